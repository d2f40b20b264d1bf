"""The mark on a case: whether its part of the record is as it was sealed, found out anew each time it is asked."""

from datetime import datetime
from uuid import UUID

import strawberry

from anhuan_graphql.context import Info
from anhuan_graphql.fields import query
from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra.record import part
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.part import Part, State, Why
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.loops import repository as loops

HAZARDS = "hazards"

strawberry.enum(
    State,
    name="VerificationState",
    description="VERIFIED up to a signed head; PENDING: sound as far as it is sealed; BROKEN: somebody changed it.",
)
strawberry.enum(
    Why,
    name="BrokenWhy",
    description="CHANGED: content or links; GONE: an entry since this case began; OUTSIDE: one that was never sealed.",
)


@strawberry.type
class CaseVerification:
    """What was found out about a case's entries in the record. Numbers are text: they outgrow 32 bits."""

    state: State
    entries: int
    pending: int
    """Entries that no signed head covers yet; seconds as a rule."""
    why: Why | None
    broken_at: str | None
    """The number in the chain at which it breaks; null where an entry stands outside the chain."""
    first_seq: str | None
    last_seq: str | None
    chain_hash: str | None
    """SHA-256 of the chain at the last sealed entry, as hex."""
    head_size: str | None
    head_chain_hash: str | None
    signed_at: datetime | None
    key_id: str | None
    checked_at: datetime

    @classmethod
    def of(cls, found: Part, checked_at: datetime) -> "CaseVerification":
        """As it was found."""
        head = found.head
        return cls(
            state=found.state,
            entries=found.entries,
            pending=found.pending,
            why=found.why,
            broken_at=_number(found.broken_at),
            first_seq=_number(found.first),
            last_seq=_number(found.last),
            chain_hash=found.chain.hex() if found.chain else None,
            head_size=_number(head.size) if head else None,
            head_chain_hash=head.chain.hex() if head else None,
            signed_at=head.at if head else None,
            key_id=head.key_id if head else None,
            checked_at=checked_at,
        )


async def proven(work: Work, settings: Settings, case_id: UUID) -> Part:
    """The proof of a case that this person may see; refuses one that they may not."""
    await loops.get(work, case_id)
    publics = Keyring(settings.secrets.key(RECORD_KEY)).publics
    async with work.seeing_all():
        # Only to count and to compare hashes: entries hidden from this person must not pass for entries that are gone.
        return await part.prove(work.session, work.tenant_id, case_id, publics)


@query(HAZARDS)
async def case_verification(info: Info, id: UUID) -> CaseVerification:
    """Whether the case's part of the record is as it was sealed: every entry hashed anew and followed to a signed head."""
    async with info.context.reading() as work:
        found = await proven(work, info.context.house.settings, id)
        return CaseVerification.of(found, work.now)


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


QUERIES = [case_verification]
