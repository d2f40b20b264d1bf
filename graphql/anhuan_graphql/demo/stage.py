"""The stage on which the demo group is set up: its company, its people by account, and transactions in anybody's name at any time."""

import hashlib
import hmac
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from anhuan_graphql.demo import pictures
from anhuan_infra.db.engine import Sessions
from anhuan_infra.outbox.models import Postponed
from anhuan_infra.settings import Settings
from anhuan_infra.work import Source, Work, open_work, system
from anhuan_platform.evidence import confirming, service, tools
from anhuan_platform.evidence.models import EvidenceStatus
from anhuan_platform.hazards.models import Progress
from anhuan_platform.loops.models import Comment
from anhuan_tenants.identity import entry
from anhuan_tenants.identity.entry import Member
from anhuan_tenants.organisation.models import Person, Unit

_SOURCE = Source(client="anhuan demo load")
_TOLD = ("hazards.", "loops.")
"""Jobs that tell people something."""


@dataclass
class Stage:
    """One company that is being set up; ids are made from names and this installation's secret, so that a second load finds them."""

    sessions: Sessions
    settings: Settings
    tenant_id: UUID
    anchor: datetime
    """When the company signed itself up: the present of its history."""
    people: dict[str, UUID] = field(default_factory=dict[str, UUID])
    """By account."""
    units: dict[str, UUID] = field(default_factory=dict[str, UUID])
    """By code."""
    _members: dict[UUID, Member] = field(default_factory=dict[UUID, Member])

    def id(self, name: str, at: datetime | None = None) -> UUID:
        """The id that this name has here, a UUIDv7 of that moment."""
        return named(self.settings, name, at or self.anchor)

    async def learn(self) -> None:
        """Read who and what there is by now."""
        self._members.clear()
        async with self.house() as work:
            self.people = {row.account: row.id for row in await work.session.scalars(select(Person))}
            self.units = {row.code: row.id for row in await work.session.scalars(select(Unit))}

    @asynccontextmanager
    async def house(self) -> AsyncGenerator[Work]:
        """A transaction of the system, which sees everything in the company."""
        async with open_work(self.sessions, system(self.tenant_id)) as work:
            yield work

    @asynccontextmanager
    async def as_(
        self, who: str | UUID, at: datetime | None = None, *, tells: bool = True
    ) -> AsyncGenerator[Work]:
        """A transaction of a person, now or at a moment of the past; without `tells` nobody is told any more what happened then.

        Only what the product itself dates by the act is dated back. The record keeps the time at which it was really written.
        """
        async with open_work(self.sessions, await self._member(who)) as work:
            if at is not None:
                work.now = at
                event.listen(work.session.sync_session, "before_flush", _dated(at))
            yield work
            if not tells:
                await _hush(work)

    async def _member(self, who: str | UUID) -> Member:
        """The person under the policy of this moment; asked once, for nothing here changes rights after `learn`."""
        person_id = self.people[who] if isinstance(who, str) else who
        if person_id not in self._members:
            async with self.house() as work:
                self._members[person_id] = await entry.member_of(work, person_id, _SOURCE)
        return self._members[person_id]

    async def photo(self, who: str | UUID, seed: str, at: datetime) -> UUID:
        """A photo of this person, drawn, stored, examined as every other; the same seed again is the same photo."""
        evidence_id = self.id(f"photo/{seed}", at)
        content = pictures.photo(f"{self.tenant_id}/{seed}", at, size=(640, 480))
        digest = hashlib.sha256(content).hexdigest()
        async with self.as_(who, at) as work:
            row = await service.request(
                work,
                evidence_id,
                name="现场照片.jpg",
                media_type="image/jpeg",
                size=len(content),
                sha256=digest,
            )
            key, is_awaited = row.object_key, row.status == EvidenceStatus.REQUESTED
        if is_awaited:
            await tools.store().put(key, content, "image/jpeg")
            await confirming.confirm(lambda: self.as_(who, at), evidence_id)
        return evidence_id


def named(settings: Settings, name: str, at: datetime) -> UUID:
    """A UUIDv7 of this moment whose other bits follow from the name and the installation's secret."""
    bits = hmac.new(settings.secrets.key("demo/ids"), name.encode(), hashlib.sha256).digest()
    value = int(at.timestamp() * 1000) << 80 | int.from_bytes(bits[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)


def _dated(at: datetime) -> Callable[[Session, object, object], None]:
    """What was said then was said then."""

    def date_back(session: Session, _context: object, _instances: object) -> None:
        for row in session.new:
            if isinstance(row, Comment | Progress):
                row.created_at = at

    return date_back


async def _hush(work: Work) -> None:
    """Count as done what would tell people of something long past."""
    await work.session.flush()
    told = [row.id for row in work.postponed if row.job.startswith(_TOLD)]
    if told:
        await work.session.execute(update(Postponed).where(Postponed.id.in_(told)).values(done_at=func.now()))
