"""Where heads go when they leave the database: one append-only file per tenant.

Whoever owns the database could rewrite a whole chain; they cannot rewrite a copy of this file that is kept
elsewhere (another disk, the customer's mail). A torn last line, which only a power cut leaves, was never
promised to anyone and is cut off by the next writer.
"""

import fcntl
import json
import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from anhuan_infra.record import canonical
from anhuan_infra.record.chain import Head

_TAIL = 4096


class Anchors:
    """The folder of anchor files; two processes may append to the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, tenant_id: UUID) -> Path:
        """Where this tenant's heads are."""
        return self.folder / f"{tenant_id}.heads.jsonl"

    def append(self, tenant_id: UUID, heads: Iterable[Head], publics: Mapping[str, bytes]) -> int:
        """Add the heads that are beyond the file's last one and have it on disk on return; how many were new."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.path(tenant_id)
        born = not path.exists()
        with _locked(path) as file:
            last = _end(file)
            size, key_id = (last.size, last.key_id) if last else (0, "")
            lines: list[bytes] = []
            added = 0
            for head in heads:
                if head.size <= size:
                    continue
                if head.key_id != key_id and head.key_id in publics:
                    lines.append(key_line(head.key_id, publics[head.key_id]))
                lines.append(head.line())
                size, key_id, added = head.size, head.key_id, added + 1
            if lines:
                _write(file, b"".join(line + b"\n" for line in lines))
        if born:
            _sync_folder(self.folder)
        return added

    def last(self, tenant_id: UUID) -> Head | None:
        """The newest head that left the database, or None before the first."""
        path = self.path(tenant_id)
        if not path.exists():
            return None
        with path.open("rb") as file:
            return _last_head(file.fileno())

    def read(self, tenant_id: UUID) -> Iterator[Head]:
        """Every head that left the database, oldest first."""
        path = self.path(tenant_id)
        if not path.exists():
            return
        with path.open("rb") as file:
            for line in file:
                if line.endswith(b"\n") and (head := _head(line)) is not None:
                    yield head

    def export(self, tenant_id: UUID, after: int = 0) -> bytes:
        """The file, or what of it is newer than size `after`, to be mailed; mailed pieces joined make the file."""
        wanted: list[bytes] = []
        held: list[bytes] = []
        path = self.path(tenant_id)
        if not path.exists():
            return b""
        with path.open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                held.append(line)
                if (head := _head(line)) is not None:
                    if head.size > after:
                        wanted.extend(held)
                    held = []
        return b"".join(wanted)


def key_line(key_id: str, public: bytes) -> bytes:
    """How a file says which key signs from here on."""
    return canonical.dumps({"key_id": key_id, "kind": "key", "public": public.hex()})


@contextmanager
def _locked(path: Path) -> Generator[int]:
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _end(file: int) -> Head | None:
    """Cut a torn last line off; the head that the file then ends with."""
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        tail = os.pread(file, _TAIL, max(0, size - _TAIL))
        os.ftruncate(file, size - (len(tail) - tail.rfind(b"\n") - 1))
    return _last_head(file)


def _last_head(file: int) -> Head | None:
    size = os.fstat(file).st_size
    lines = os.pread(file, _TAIL, max(0, size - _TAIL)).split(b"\n")
    for line in reversed(lines[:-1]):
        if line.startswith(b"{") and (head := _head(line)) is not None:
            return head
    return None


def _head(line: bytes) -> Head | None:
    value = json.loads(line)
    if value["kind"] != "head":
        return None
    return Head(
        tenant_id=UUID(value["tenant_id"]),
        size=value["size"],
        chain=bytes.fromhex(value["chain"]),
        at=datetime.fromisoformat(value["at"]),
        key_id=value["key_id"],
        signature=bytes.fromhex(value["signature"]),
    )


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
    os.fsync(file)


def _sync_folder(folder: Path) -> None:
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
