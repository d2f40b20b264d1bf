"""Adding an entry to the record, in the transaction of the act itself."""

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from anhuan_infra.ids import new_id
from anhuan_infra.record import canonical
from anhuan_infra.record.models import RecordEntry, RecordPending, RecordPersonal

if TYPE_CHECKING:
    from anhuan_infra.work import Actor


def add(
    session: AsyncSession,
    actor: "Actor",
    act: str,
    subject: tuple[str, UUID],
    *,
    case_id: UUID | None,
    unit_no: int | None,
    personal: Mapping[str, str] | None,
    body: Mapping[str, Any],
) -> None:
    """Add one entry, its pending mark, and the erasable values behind its commitments."""
    kind, subject_id = subject
    entry_id = new_id()
    source = actor.source
    # Name, address and device are personal: they stand behind commitments, so that they can be erased and the chain stays whole.
    about = {
        "actor": actor.name if actor.person_id else None,
        "address": source.address,
        "device": source.device,
    }
    known = {name: value for name, value in about.items() if value} | dict(personal or {})
    salted = {name: (secrets.token_hex(16), value) for name, value in known.items()}
    session.add(
        RecordEntry(
            id=entry_id,
            actor_id=actor.person_id,
            actor_kind=actor.kind,
            act=act,
            subject_kind=kind,
            subject_id=subject_id,
            case_id=case_id,
            unit_no=unit_no,
            source={"client": source.client} if source.client else {},
            body=canonical.plain(body),
            personal={name: canonical.commitment(salt, value) for name, (salt, value) in salted.items()}
            or None,
        )
    )
    session.add(RecordPending(id=entry_id))
    for name, (salt, value) in salted.items():
        session.add(RecordPersonal(entry_id=entry_id, field=name, salt=salt, value=value))
