"""One entry of the record as bytes: the same entry gives the same bytes on every machine, for ever.

The form is JSON with sorted keys (by code point), no spaces, UTF-8, text as it was given (no Unicode
normalisation), times in UTC to the microsecond, and whole numbers only. The `format` field names these rules:
other rules need another name, because the bytes of sealed entries may never change.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

FORMAT = "anhuan.entry/1"
SALT = re.compile("[0-9a-f]{32}")
FIELDS = frozenset(
    {
        "tenant_id",
        "id",
        "at",
        "actor_id",
        "actor_kind",
        "act",
        "subject_kind",
        "subject_id",
        "case_id",
        "unit_no",
        "source",
        "body",
        "personal",
    }
)
_IDS = ("tenant_id", "id", "actor_id", "subject_id", "case_id")
_DEEPEST = 32
_WIDEST = 2**63
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def encode(entry: Mapping[str, object]) -> bytes:
    """The bytes that are hashed. Exactly FIELDS, or ValueError; what JSON cannot carry exactly, TypeError."""
    if odd := FIELDS.symmetric_difference(entry):
        raise ValueError(f"an entry lacks or adds fields: {sorted(odd)}")
    plainly: dict[str, object] = dict(entry)
    for name in _IDS:
        value = plainly[name]
        if value is not None and not isinstance(value, UUID):
            raise TypeError(f"{name} is not a UUID")
        plainly[name] = None if value is None else str(value)
    at = plainly["at"]
    if not isinstance(at, datetime):
        raise TypeError("at is not a time")
    plainly["at"] = stamp(at)
    for value in plainly.values():
        _insist(value, _DEEPEST)
    return dumps({"format": FORMAT, **plainly})


def decode(line: bytes) -> dict[str, Any]:
    """The entry that `encode` was given; any other bytes, however alike, are a ValueError."""
    entry: dict[str, Any] = json.loads(line, parse_float=str)
    if entry.pop("format", None) != FORMAT:
        raise ValueError("the entry is written by other rules")
    for name in _IDS:
        entry[name] = None if entry[name] is None else UUID(entry[name])
    entry["at"] = datetime.fromisoformat(entry["at"])
    if encode(entry) != line:
        raise ValueError("the entry is not in its canonical form")
    return entry


def dumps(value: object) -> bytes:
    """Deterministic JSON of a value that is already plain."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def loads(text: str) -> Any:
    """JSON as the database prints it; a number that is not a 64-bit whole one is read as its own text."""
    return json.loads(text, parse_float=str, parse_int=_whole)


def stamp(at: datetime) -> str:
    """RFC 3339 in UTC, always 27 characters, so that text order is time order."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone says nothing")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def plain(value: object, depth: int = _DEEPEST) -> Any:
    """What a verb tells the record, as JSON that can be stored and sealed.

    Numbers with a fraction become text, since no two systems print them alike; NUL and lone surrogates, which
    PostgreSQL cannot hold, become U+FFFD, so that an act never fails because of its own record.
    """
    if depth == 0:
        raise ValueError(f"a record's body is nested deeper than {_DEEPEST}")
    match value:
        case Enum():
            return plain(value.value, depth)
        case None | bool():
            return value
        case int():
            return int(value) if -_WIDEST <= value < _WIDEST else str(value)
        case str():
            return _UNSTORABLE.sub("\ufffd", value)
        case float() | Decimal() | UUID():
            return str(value)
        case datetime():
            return stamp(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {_key(name): plain(inner, depth - 1) for name, inner in value.items()}
        case AbstractSet():
            return sorted((plain(inner, depth - 1) for inner in value), key=dumps)
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [plain(inner, depth - 1) for inner in value]
        case _:
            raise TypeError(f"the record cannot hold a {type(value).__name__}")


def commitment(salt: str, value: str) -> str:
    """What the chain keeps of a personal value; the salt's fixed length keeps the two from flowing together."""
    if SALT.fullmatch(salt) is None:
        raise ValueError("a salt is 32 hexadecimal digits")
    return hashlib.sha256(f"{salt}{value}".encode()).hexdigest()


def _key(name: object) -> str:
    key = plain(name)
    return key if isinstance(key, str) else str(key)


def _whole(text: str) -> int | str:
    if len(text) > 20:
        return text
    number = int(text)
    return number if -_WIDEST <= number < _WIDEST else text


def _insist(value: object, depth: int) -> None:
    """Refuse what would print differently elsewhere."""
    if depth == 0:
        raise ValueError(f"an entry is nested deeper than {_DEEPEST}")
    if isinstance(value, dict):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise TypeError("an object's key is not text")
            _insist(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _insist(inner, depth - 1)
    elif isinstance(value, int):
        if not -_WIDEST <= value < _WIDEST:
            raise ValueError("a number is wider than 64 bits")
    elif value is not None and not isinstance(value, str):
        raise TypeError(f"an entry cannot hold a {type(value).__name__}")
