"""Live changes: a hint with ids, sent the moment something is committed; the client reads anew what it shows."""

import inspect
from collections.abc import AsyncGenerator
from datetime import datetime
from uuid import UUID

import strawberry
from sqlalchemy import func, select

from anhuan_graphql.context import Context, Info, now
from anhuan_graphql.fields import Declared
from anhuan_infra.errors import NotFound
from anhuan_infra.live.hub import RESYNC
from anhuan_infra.live.hub import Change as Hint
from anhuan_infra.work import open_work
from anhuan_platform.loops import repository as loops
from anhuan_platform.notices.models import Notice as NoticeRow
from anhuan_tenants.subscriptions.catalogue import CORE


@strawberry.type
class Change:
    """Something changed. `resync` means that some hints were missed: read everything again."""

    topic: str
    at: datetime
    case_id: UUID | None = None
    notice_id: UUID | None = None
    person_id: UUID | None = None

    @classmethod
    def of(cls, hint: Hint) -> "Change":
        """Ids only."""
        facts = {
            name: UUID(value) for name, value in hint.facts.items() if name in ("case", "notice", "person")
        }
        return cls(
            topic=hint.topic,
            at=now(),
            case_id=facts.get("case"),
            notice_id=facts.get("notice"),
            person_id=facts.get("person"),
        )


async def changes(info: Info, topics: list[str] | None = None) -> AsyncGenerator[Change, None]:
    """Hints about cases, notices and more, as far as you may see what they are about.

    Who is there is asked anew for every hint: a session that ended, or a right taken away, ends the stream.
    """
    begun: Context = info.context
    declared = Declared(CORE, writes=False)
    await declared.admit(begun)
    actor = await begun.actor()
    async with begun.house.hub.subscribe(actor.tenant_id) as hints:
        async for hint in hints:
            if topics is not None and hint.topic not in (*topics, RESYNC):
                continue
            asked = begun.again()
            await declared.admit(asked)
            if await _is_mine(asked, hint):
                yield Change.of(hint)


async def _is_mine(context: Context, hint: Hint) -> bool:
    actor = await context.actor()
    case_id, notice_id = hint.facts.get("case"), hint.facts.get("notice")
    person_id = hint.facts.get("person")
    if person_id and hint.topic == "notice" and person_id != str(actor.person_id):
        return False
    if case_id is None and notice_id is None:
        return True
    async with open_work(context.house.reads, actor) as work:
        try:
            if case_id is not None:
                await loops.get(work, UUID(case_id))
            if notice_id is not None:
                mine = select(func.count()).select_from(NoticeRow)
                mine = mine.where(NoticeRow.id == UUID(notice_id), NoticeRow.person_id == actor.person_id)
                return bool(await work.session.scalar(mine))
        except NotFound:
            return False
    return True


SUBSCRIPTIONS = [strawberry.subscription(changes, description=inspect.getdoc(changes))]
