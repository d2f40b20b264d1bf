"""Work: the one traveller through a request or a job: its transaction, who acts, when, what is allowed, recorded and put off."""

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from anhuan_infra.db import engine, together
from anhuan_infra.errors import Conflict, Forbidden
from anhuan_infra.fingerprint import fingerprint
from anhuan_infra.ids import new_id
from anhuan_infra.outbox.models import Postponed
from anhuan_infra.record import entry
from anhuan_infra.record.models import RecordEntry, RecordPending, RecordPersonal
from anhuan_infra.requests import Request

together.announce(RecordEntry, RecordPending, RecordPersonal, Postponed, read_back=False)


@dataclass(frozen=True)
class Place:
    """Where a thing stands, as far as policy asks: its unit, its owner, who is assigned to it, whose party it is."""

    unit_no: int | None = None
    owner_id: UUID | None = None
    people: frozenset[UUID] = frozenset()
    party_id: UUID | None = None


class Placed(Protocol):
    """A thing that knows its place."""

    def place(self) -> Place:
        """Where it stands now."""
        ...


class Access(Protocol):
    """A person's compiled policy."""

    def allows(self, act: str, place: Place | None) -> bool:
        """Whether the act is granted on a thing at this place; None asks whether it is granted anywhere."""
        ...

    def settings(self) -> dict[str, str]:
        """The same policy as PostgreSQL settings, one name to one value."""
        ...


@dataclass(frozen=True)
class Source:
    """Where an act came from: the address, the device and the client program, as far as they were told."""

    address: str | None = None
    device: str | None = None
    client: str | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person under a compiled policy, or the system itself inside one company."""

    tenant_id: UUID
    person_id: UUID | None
    name: str
    access: Access
    language: str = "zh"
    source: Source = Source()
    session_id: UUID | None = None
    party_id: UUID | None = None
    read_only_modules: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """`person` or `system`, as the record says it."""
        return "person" if self.person_id else "system"

    def context(self) -> dict[str, str]:
        """The settings that the database asks for in every transaction of this actor."""
        return {
            "app.tenant_id": str(self.tenant_id),
            "app.person_id": str(self.person_id or ""),
            **self.access.settings(),
        }


class Everything:
    """The system's own access inside one company: sees and may do everything there, and nothing elsewhere."""

    resources = ("case", "person", "unit", "record", "party")

    def allows(self, act: str, place: Place | None) -> bool:
        """Always; jobs act on what people already decided."""
        return True

    def settings(self) -> dict[str, str]:
        """`all` for every resource."""
        return {f"app.see_{resource}": "all" for resource in self.resources}


def system(tenant_id: UUID) -> Actor:
    """The system as an actor of one company, for jobs."""
    return Actor(tenant_id=tenant_id, person_id=None, name="system", access=Everything())


@dataclass
class Work:
    """One tenant, one actor, one transaction."""

    session: AsyncSession
    actor: Actor
    now: datetime
    """The database's clock at the start of the transaction, UTC."""
    postponed: list[Postponed] = field(default_factory=list[Postponed])
    _at_last: list[Callable[[], Awaitable[None]]] = field(default_factory=list[Callable[[], Awaitable[None]]])
    _wide: int = 0

    @property
    def tenant_id(self) -> UUID:
        """The company whose rows this work sees."""
        return self.actor.tenant_id

    def can(self, act: str, thing: Placed | Place | None = None) -> bool:
        """Whether the policy grants the act on the thing; for buttons, never instead of `allow`."""
        place = thing if isinstance(thing, Place) or thing is None else thing.place()
        return self.actor.access.allows(act, place)

    def allow(self, act: str, thing: Placed | Place | None = None) -> None:
        """Refuse unless the policy grants the act on the thing; the one place where authorisation enters."""
        if not self.can(act, thing):
            raise Forbidden(act=act)

    def record(
        self,
        act: str,
        subject: tuple[str, UUID],
        *,
        case_id: UUID | None = None,
        unit_no: int | None = None,
        personal: Mapping[str, str] | None = None,
        **body: Any,
    ) -> None:
        """Enter the act in the record, in this transaction; `personal` values can be erased later without breaking the chain."""
        entry.add(
            self.session,
            self.actor,
            act,
            subject,
            case_id=case_id,
            unit_no=unit_no,
            personal=personal,
            body=body,
        )

    def put_off(self, job: str, *ids: UUID, after: datetime | None = None) -> None:
        """Have a job done after the commit; it stands in the outbox in this transaction, so it cannot be lost or come too early."""
        row = Postponed(id=new_id(), job=job, arguments=[str(i) for i in ids], due_at=after or self.now)
        self.session.add(row)
        self.postponed.append(row)

    def tell(self, topic: str, **facts: UUID | str) -> None:
        """Say on the live channel, after the commit, that something changed; ids only, a hint that may be lost."""
        hint = {"tenant": str(self.tenant_id), "topic": topic, **{k: str(v) for k, v in facts.items()}}
        self.session.sync_session.info.setdefault(together.TOLD, []).append(compact(hint))

    def at_last(self, do: Callable[[], Awaitable[None]]) -> None:
        """Have this done when all else is, right before the commit: what it locks is held no longer than it must be."""
        self._at_last.append(do)

    async def settle(self) -> None:
        """Write what is still to be written; the commit comes next."""
        for do in self._at_last:
            await do()
        await self.session.flush()
        told = self.session.sync_session.info.pop(together.TOLD, None)
        if told:
            # It reads no table, so sight need not be narrowed for it.
            await (await self.session.connection()).execute(_TELL, {"told": told})

    @asynccontextmanager
    async def seeing_all(self) -> AsyncGenerator[None]:
        """Within the block the database shows the whole company: for routing and bookkeeping after `allow` has answered, never for
        an answer to a person. Blocks may stand inside one another; what they changed is flushed before sight narrows again."""
        self._wide += 1
        try:
            if self._wide == 1:
                await self._widen()
            yield
            if self._wide == 1:
                await self.session.flush()
        except BaseException:
            # After an error of the database its transaction takes no more words; that error is what must be seen.
            self._narrow()
            raise
        self._narrow()

    async def _widen(self) -> None:
        if isinstance(self.actor.access, Everything):
            return
        await self.session.flush()
        if engine.is_next_set(self.session):
            # Nobody has asked for anything since the last block ended.
            engine.set_next(self.session, None)
        else:
            await self.session.execute(*engine.setting(Everything().settings()))

    def _narrow(self) -> None:
        self._wide -= 1
        if self._wide == 0 and not isinstance(self.actor.access, Everything):
            own = dict.fromkeys(Everything().settings(), "") | self.actor.access.settings()
            engine.set_next(self.session, own)

    async def once(self, kind: str, request_id: UUID, content: Any) -> bool:
        """True when this request id is new; False when the same content came before; refuses other content under the id."""
        mark = fingerprint(content)
        statement = (
            insert(Request)
            .values(
                tenant_id=self.tenant_id,
                id=request_id,
                kind=kind,
                fingerprint=mark,
                person_id=self.actor.person_id,
            )
            .on_conflict_do_nothing()
            .returning(Request.id)
        )
        if await self.session.scalar(statement):
            return True
        before = await self.session.get(Request, (self.tenant_id, request_id))
        if (
            before is None
            or before.kind != kind
            or before.fingerprint != mark
            or before.person_id != self.actor.person_id
        ):
            raise Conflict(path="id", id=request_id)
        return False


Send = Callable[[Work], None]
"""Called after the commit with what was put off and told; may fail without loss, the outbox is the truth."""


@asynccontextmanager
async def open_work(
    sessions: engine.Sessions, actor: Actor, send: Send | None = None
) -> AsyncGenerator[Work]:
    """One tenant, one transaction; commit on the way out, then hint at what was put off."""
    async with sessions() as session:
        engine.enter(session, actor.context())
        async with session.begin():
            await session.connection()
            work = Work(session, actor, session.sync_session.info[engine.NOW].astimezone(UTC))
            yield work
            await work.settle()
    if send is not None and work.postponed:
        send(work)


_TELL = text("select pg_notify('changes', m) from unnest(cast(:told as text[])) m")


def compact(message: Mapping[str, str]) -> str:
    """A live hint as JSON; PostgreSQL carries at most 8,000 bytes, ids fit by far."""
    return json.dumps(message, separators=(",", ":"), sort_keys=True)
