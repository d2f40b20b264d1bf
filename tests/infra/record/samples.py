"""Entries, chains and exports made by hand, for tests that need no database."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from anhuan_infra.record import anchors, canonical, chain, export
from anhuan_infra.record.keys import Keyring

TENANT = UUID("018f3c9a-7b11-7c2e-9d33-1b5f6a7e8c90")
START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
SALT = "5c7b902e08a6e8271ea072c9c0270391"


def keys(number: int = 1) -> Keyring:
    """The same key for the same number."""
    return Keyring(bytes([number]) * 32)


def an_entry(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A closed hazard on the press line; the reporter's telephone is erasable."""
    entry = {
        "tenant_id": TENANT,
        "id": UUID(int=0x018F3C9A7B1170000000000000000000 + number),
        "at": START + timedelta(seconds=number),
        "actor_id": UUID(int=7),
        "actor_kind": "person",
        "act": "hazard.closed",
        "subject_kind": "hazard",
        "subject_id": UUID(int=1000 + number),
        "case_id": None,
        "unit_no": 12,
        "source": {"client": "field/1.4"},
        "body": {"before": {"stage": "验收"}, "after": {"stage": "closed", "evidence": [number, number + 1]}},
        "personal": {"phone": canonical.commitment(SALT, f"1390000{number:04}")},
    }
    return entry | changes


def a_row(entry: dict[str, Any], seq: int, link: bytes, erased: bool = False) -> dict[str, Any]:
    """What the database answers for this entry when it is exported."""
    number = seq
    opened = {"phone": {"salt": SALT, "value": f"1390000{number:04}"}}
    texts = {name: json.dumps(entry[name]) for name in ("source", "body", "personal")}
    return {
        **entry,
        **texts,
        "seq": seq,
        "chain_hash": link,
        "opened": None if erased else json.dumps(opened),
    }


def a_record(
    size: int, heads_at: Sequence[int], ring: Keyring | None = None, erased: frozenset[int] = frozenset()
) -> tuple[bytes, bytes]:
    """An export with its anchors, both as the files' bytes."""
    ring = ring or keys()
    lines = [export.header(TENANT, size, ring.publics)]
    anchored = [anchors.key_line(ring.key_id, ring.public) + b"\n"]
    link = chain.genesis(TENANT)
    for seq in range(1, size + 1):
        entry = an_entry(seq)
        link = chain.link(link, seq, chain.entry_hash(canonical.encode(entry)))
        lines.append(export.line(a_row(entry, seq, link, erased=seq in erased)))
        if seq in heads_at:
            head = chain.sign(ring, TENANT, seq, link, START + timedelta(days=1, seconds=seq))
            lines.append(head.line() + b"\n")
            anchored.append(head.line() + b"\n")
    return b"".join(lines), b"".join(anchored)
