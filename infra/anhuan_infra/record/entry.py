"""Adding an entry to the record, in the transaction of the act itself."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from anhuan_infra.ids import new_id
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
    salted = {name: (secrets.token_hex(16), value) for name, value in (personal or {}).items()}
    source = actor.source
    known = {"address": source.address, "device": source.device, "client": source.client}
    session.add(
        RecordEntry(
            id=entry_id,
            actor_id=actor.person_id,
            actor_kind=actor.kind,
            actor_name=actor.name,
            act=act,
            subject_kind=kind,
            subject_id=subject_id,
            case_id=case_id,
            unit_no=unit_no,
            source={name: value for name, value in known.items() if value},
            body=plain(body),
            personal={name: commitment(salt, value) for name, (salt, value) in salted.items()} or None,
        )
    )
    session.add(RecordPending(id=entry_id))
    for name, (salt, value) in salted.items():
        session.add(RecordPersonal(entry_id=entry_id, field=name, salt=salt, value=value))


def commitment(salt: str, value: str) -> str:
    """What stands in the entry in place of a personal value: SHA-256 over salt and value, as hex."""
    return hashlib.sha256(f"{salt}{value}".encode()).hexdigest()


def plain(value: Any) -> Any:
    """The body as JSON that has one canonical form: no floats (they become text), ids and times as text."""
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return str(value)
