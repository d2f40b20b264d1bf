"""Ways to falsify an exported record: each takes a genuine file and gives back one that must not pass."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from anhuan_infra.record import canonical, chain
from anhuan_infra.record.keys import Keyring
from tests.infra.record.samples import keys

THIEF = keys(66)


@dataclass(frozen=True)
class File:
    """An export as its lines, and the ring that signed it."""

    lines: tuple[bytes, ...]
    ring: Keyring

    @property
    def entries(self) -> list[int]:
        """Where the entries stand."""
        return [at for at, line in enumerate(self.lines) if b'"kind":"entry"' in line]

    @property
    def heads(self) -> list[int]:
        """Where the heads stand."""
        return [at for at, line in enumerate(self.lines) if b'"kind":"head"' in line]

    def bytes(self) -> bytes:
        """The file."""
        return b"".join(self.lines)


Attack = Callable[[Random, File], bytes]


def flip(rng: Random, file: File) -> bytes:
    """One bit, anywhere."""
    whole = bytearray(file.bytes())
    whole[rng.randrange(len(whole))] ^= 1 << rng.randrange(8)
    return bytes(whole)


def delete(rng: Random, file: File) -> bytes:
    """Some neighbouring lines."""
    at = rng.randrange(len(file.lines))
    return b"".join(file.lines[:at] + file.lines[at + rng.randint(1, 3) :])


def swap(rng: Random, file: File) -> bytes:
    """Two lines change places."""
    one, other = rng.sample(range(len(file.lines)), 2)
    lines = list(file.lines)
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def reorder(rng: Random, file: File) -> bytes:
    """A stretch of lines, turned round."""
    at = rng.randrange(len(file.lines) - 2)
    end = at + rng.randint(2, 9)
    return b"".join(file.lines[:at] + file.lines[at:end][::-1] + file.lines[end:])


def duplicate(rng: Random, file: File) -> bytes:
    """A line once more, here or elsewhere."""
    line, to = rng.choice(file.lines), rng.randrange(len(file.lines) + 1)
    return b"".join((*file.lines[:to], line, *file.lines[to:]))


def cut(rng: Random, file: File) -> bytes:
    """The file ends early, within a line."""
    whole = file.bytes()
    return whole[: rng.randrange(len(whole))]


def truncate(rng: Random, file: File) -> bytes:
    """A file that ends properly, with an older head: yesterday's record for today's."""
    at = rng.choice(file.heads[:-1])
    size = json.loads(file.lines[at])["size"]
    return _with_size(file.lines[: at + 1], size)


def edit(rng: Random, file: File) -> bytes:
    """One field of one entry says something else."""
    at = rng.choice(file.entries)
    line = json.loads(file.lines[at])
    _falsify(rng, line["entry"])
    return b"".join((*file.lines[:at], canonical.dumps(line) + b"\n", *file.lines[at + 1 :]))


def lie_about_a_person(rng: Random, file: File) -> bytes:
    """A personal value is exchanged for another under the old commitment."""
    at = rng.choice([at for at in file.entries if b'"name":{' in file.lines[at]])
    line = json.loads(file.lines[at])
    line["personal"]["name"]["value"] += "。"
    return b"".join((*file.lines[:at], canonical.dumps(line) + b"\n", *file.lines[at + 1 :]))


def rewrite(rng: Random, file: File) -> bytes:
    """An entry is edited, removed or invented, and all that follows is made to fit and signed with a stolen key."""
    return _relinked(rng, file, file.ring)


def resign(rng: Random, file: File) -> bytes:
    """The same with a key of one's own, which the header then names."""
    return _relinked(rng, file, THIEF)


def resign_a_head(rng: Random, file: File) -> bytes:
    """One genuine head, signed again by another hand."""
    at = rng.choice(file.heads)
    head = _head(json.loads(file.lines[at]))
    forged = chain.sign(THIEF, head.tenant_id, head.size, head.chain, head.at)
    if rng.random() < 0.5:
        forged = replace(forged, key_id=head.key_id)
    return b"".join((*file.lines[:at], forged.line() + b"\n", *file.lines[at + 1 :]))


def fork(rng: Random, file: File) -> bytes:
    """A second head for a size that has one, properly signed, with another story."""
    at = rng.choice(file.heads)
    head = _head(json.loads(file.lines[at]))
    other = chain.sign(file.ring, head.tenant_id, head.size, rng.randbytes(32), head.at)
    after = at + rng.randint(0, 1)
    return b"".join((*file.lines[:after], other.line() + b"\n", *file.lines[after:]))


def exchange_signatures(rng: Random, file: File) -> bytes:
    """Two heads with each other's signature."""
    one, other = rng.sample(file.heads, 2)
    lines = list(file.lines)
    first, second = json.loads(lines[one]), json.loads(lines[other])
    first["signature"], second["signature"] = second["signature"], first["signature"]
    lines[one], lines[other] = (canonical.dumps(head) + b"\n" for head in (first, second))
    return b"".join(lines)


ATTACKS: tuple[Attack, ...] = (
    flip, delete, swap, reorder, duplicate, cut, truncate, edit, lie_about_a_person, rewrite, resign, resign_a_head,
    fork, exchange_signatures,
)  # fmt: skip


def _falsify(rng: Random, entry: dict[str, Any]) -> None:
    field = rng.choice(["act", "actor_id", "at", "body", "case_id", "source", "subject_id", "unit_no"])
    entry[field] = {
        "act": "hazard.cancelled",
        "at": canonical.stamp(datetime.fromtimestamp(rng.randrange(10**9), UTC)),
        "body": {**entry["body"], "before": {"stage": "整改"}},
        "source": {"address": "192.0.2.1"},
        "unit_no": 99,
    }.get(field, str(UUID(int=rng.getrandbits(128))))


def _relinked(rng: Random, file: File, ring: Keyring) -> bytes:
    victim = rng.choice(file.entries)
    what = rng.choice(["edit", "remove", "invent"])
    lines: list[bytes] = []
    link, seq = chain.genesis(UUID(json.loads(file.lines[0])["tenant_id"])), 0
    for at, raw in enumerate(file.lines[1:], 1):
        line = json.loads(raw)
        if line["kind"] == "head":
            head = _head(line)
            if seq:
                lines.append(chain.sign(ring, head.tenant_id, seq, link, head.at).line() + b"\n")
            continue
        if at == victim and what == "remove":
            continue
        if at == victim:
            _falsify(rng, line["entry"])
        for entry in [line["entry"]] * (2 if at == victim and what == "invent" else 1):
            seq += 1
            link = chain.link(link, seq, chain.entry_hash(canonical.dumps(entry)))
            lines.append(canonical.dumps({**line, "seq": seq, "chain": link.hex()}) + b"\n")
    header = json.loads(file.lines[0])
    header["keys"] |= {ring.key_id: ring.public.hex()}
    return _with_size((canonical.dumps(header) + b"\n", *lines), seq)


def _with_size(lines: tuple[bytes, ...], size: int) -> bytes:
    header = json.loads(lines[0]) | {"size": size}
    return b"".join((canonical.dumps(header) + b"\n", *lines[1:]))


def _head(line: dict[str, Any]) -> chain.Head:
    return chain.Head(
        UUID(line["tenant_id"]),
        line["size"],
        bytes.fromhex(line["chain"]),
        datetime.fromisoformat(line["at"]),
        line["key_id"],
        bytes.fromhex(line["signature"]),
    )
