"""Examining what arrived: ask for a verdict on a file, get facts and clean pictures, or a refusal with a reason."""

import asyncio
import contextlib
import dataclasses
import hashlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import anhuan_infra
from anhuan_infra.errors import Refused
from anhuan_infra.evidence import cell, errors, sniff
from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.likeness import Likeness
from anhuan_infra.evidence.picture import Limits

_REFUSALS: dict[str, type[Refused]] = {
    refusal.code: refusal
    for refusal in (errors.EvidenceBroken, errors.EvidenceTooHeavy, errors.EvidenceTooManyPixels)
}
_GRACE = 2.0
"""Seconds beyond the file's own time after which the cell itself counts as lost."""
_START = 30.0


@dataclass(frozen=True)
class Verdict:
    """What a file truly is. Facts that its type cannot have are None: a PDF has no size in pixels."""

    kind: sniff.Kind
    size: int
    sha256: str
    capture: Capture
    width: int | None
    height: int | None
    moving: bool
    film_seconds: float | None
    pixel_digest: str | None
    likeness: Likeness | None
    view: bytes | None
    """Upright JPEG of at most 2048 pixels a side, free of everything but what can be seen."""
    thumbnail: bytes | None
    peak_kib: int
    """The most memory that opening it took."""
    seconds: float


class InspectorDown(Exception):
    """The examining process could not be started; nothing was said about the file, so try again later."""


class Inspector:
    """Keeps a few warm cells; one file a cell at a time, the others wait. Belongs to the event loop that uses it."""

    def __init__(self, limits: Limits | None = None, cells: int = 1) -> None:
        self.limits = limits or Limits()
        self._cells = [_Cell() for _ in range(cells)]
        self._free: asyncio.Queue[_Cell] = asyncio.Queue()
        for warm in self._cells:
            self._free.put_nowait(warm)

    async def inspect(self, path: Path, declared: str | None = None) -> Verdict:
        """Judge the file at this path; `declared` is the media type it was announced with, a lie is refused."""
        head, size = await asyncio.to_thread(_head_of, path)
        kind = sniff.check(head, size, declared)
        sha256 = await asyncio.to_thread(_sha256_of, path)
        async with self._cell() as warm:
            ended, facts, blobs = await warm.examine(path, kind, self.limits)
        if ended["end"] == "timeout":
            raise errors.EvidenceTimeout(seconds=self.limits.wall_seconds)
        if ended["end"] != "answered":
            raise errors.EvidenceBroken
        if "refused" in facts:
            raise _REFUSALS.get(facts["refused"], errors.EvidenceBroken)(**facts["facts"])
        return _verdict(kind, size, sha256, ended, facts, blobs)

    async def warm_up(self) -> None:
        """Start the cells now rather than at the first file."""
        await asyncio.gather(*(warm.start() for warm in self._cells))

    async def close(self) -> None:
        """Stop the cells; a later call would start them again."""
        await asyncio.gather(*(warm.stop() for warm in self._cells))

    @contextlib.asynccontextmanager
    async def _cell(self) -> AsyncGenerator["_Cell"]:
        warm = await self._free.get()
        try:
            yield warm
        finally:
            self._free.put_nowait(warm)


_Answer = tuple[dict[str, Any], dict[str, Any], list[bytes]]


class _Cell:
    """One warm process; whatever goes wrong with it, the next file gets a new one."""

    def __init__(self) -> None:
        self._process: Process | None = None

    async def start(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            # Nothing of our environment goes in: it holds the keys of the installation.
            env = {
                "PYTHONPATH": str(Path(anhuan_infra.__path__[0]).parent),
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
            }
            command = (sys.executable, "-m", cell.__name__)
            try:
                self._process = await asyncio.create_subprocess_exec(
                    *command, stdin=PIPE, stdout=PIPE, env=env, cwd="/", start_new_session=True, limit=1 << 20
                )
            except OSError as failure:
                raise InspectorDown(str(failure)) from failure
        return self._process

    async def stop(self) -> None:
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()
        self._process = None

    async def examine(self, path: Path, kind: sniff.Kind, limits: Limits) -> _Answer:
        """The cell's own end of a file is an answer; a lost cell is tried once more, then the file counts as broken."""
        order = {"path": str(path), "type": kind.media_type, "limits": dataclasses.asdict(limits)}
        for _ in range(2):
            fresh = self._process is None
            process = await self.start()
            time = limits.wall_seconds + _GRACE + (_START if fresh else 0)
            try:
                async with asyncio.timeout(time):
                    return await _exchange(process, order)
            except (TimeoutError, asyncio.IncompleteReadError, ConnectionError, ValueError, KeyError):
                await self.stop()
            except BaseException:
                # Cancelled half-way: an answer that nobody reads would be taken for the next file's.
                await self.stop()
                raise
        return {"end": "crashed"}, {}, []


async def _exchange(process: Process, order: dict[str, Any]) -> _Answer:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order).encode() + b"\n")
    await process.stdin.drain()
    ended = json.loads(await _part(process.stdout))
    said = await _part(process.stdout)
    parts = _split(said)
    return ended, json.loads(parts[0]) if parts else {}, parts[1:]


async def _part(stream: asyncio.StreamReader) -> bytes:
    (length,) = cell.LENGTH.unpack(await stream.readexactly(cell.LENGTH.size))
    if length > cell.MOST_ANSWER + (1 << 16):
        raise ValueError("the cell says more than it may")
    return await stream.readexactly(length)


def _split(said: bytes) -> list[bytes]:
    parts: list[bytes] = []
    while said:
        (length,) = cell.LENGTH.unpack_from(said)
        parts.append(said[cell.LENGTH.size : cell.LENGTH.size + length])
        said = said[cell.LENGTH.size + length :]
    return parts


def _verdict(
    kind: sniff.Kind, size: int, sha256: str, ended: dict[str, Any], facts: dict[str, Any], blobs: list[bytes]
) -> Verdict:
    likeness = facts.get("likeness")
    return Verdict(
        kind=kind,
        size=size,
        sha256=sha256,
        capture=_capture(facts.get("capture") or {}),
        width=facts.get("width"),
        height=facts.get("height"),
        moving=facts.get("moving", False),
        film_seconds=facts.get("seconds"),
        pixel_digest=facts.get("pixel_digest"),
        likeness=Likeness(tuple(likeness["phashes"]), tuple(likeness["dhashes"])) if likeness else None,
        view=blobs[0] if blobs else None,
        thumbnail=blobs[1] if blobs else None,
        peak_kib=ended["peak_kib"],
        seconds=ended["seconds"],
    )


def _capture(written: dict[str, Any]) -> Capture:
    facts = dict(written)
    for name in ("local", "gps_at"):
        if facts.get(name):
            facts[name] = datetime.fromisoformat(facts[name])
    return Capture(**facts)


def _head_of(path: Path) -> tuple[bytes, int]:
    with path.open("rb") as file:
        head = file.read(sniff.HEAD)
        return head, os.fstat(file.fileno()).st_size


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
