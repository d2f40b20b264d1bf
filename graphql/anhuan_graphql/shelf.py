"""Built files of one web app, known by name before anybody asks for one: what is not on the shelf cannot be reached by any address."""

import asyncio
import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

LOOK = 1.0
"""Seconds after which a request has the folder looked at anew: a build beside a running server shows at once."""
KINDS = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""What a build may hold; other files, such as source maps and the build's own notes, stay on the shelf's far side."""
_CODINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings that the build writes beside a file, the smaller first."""
_NOTES = ".build.json"


@dataclass(frozen=True)
class Body:
    """Bytes as they leave."""

    content: bytes
    coding: str | None
    tag: str
    """The strong ETag, quoted; each coding has its own."""


@dataclass
class File:
    """One file with its codings; read when first asked for, and kept."""

    name: str
    kind: str
    paths: dict[str | None, Path]
    stamp: tuple[object, ...]
    _bodies: dict[str | None, Body] = field(default_factory=dict[str | None, Body])

    async def body(self, accepted: str) -> Body:
        """In the best coding that the reader takes."""
        coding = next((one for one in _CODINGS if one in self.paths and takes(accepted, one)), None)
        if coding not in self._bodies:
            self._bodies[coding] = await asyncio.to_thread(_read, self.paths[coding], coding)
        return self._bodies[coding]


class Shelf:
    """The files below one folder; links are not followed, and a folder that is not there is an empty shelf."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}
        self._looked = -LOOK
        self._looking = asyncio.Lock()

    async def file(self, name: str) -> File | None:
        """The file of exactly this name, written with slashes; None where the build left none."""
        if time.monotonic() - self._looked >= LOOK:
            async with self._looking:
                if time.monotonic() - self._looked >= LOOK:
                    found = await asyncio.to_thread(lambda: dict(_scan(self._folder)))
                    self._files = {
                        one: known if (known := self._files.get(one)) and known.stamp == file.stamp else file
                        for one, file in found.items()
                    }
                    self._looked = time.monotonic()
        return self._files.get(name)


def takes(accepted: str, coding: str) -> bool:
    """Whether an Accept-Encoding header names the coding and does not weigh it with nothing."""
    for part in accepted[:500].lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == coding:
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _read(path: Path, coding: str | None) -> Body:
    content = path.read_bytes()
    return Body(content, coding, f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def _scan(folder: Path) -> Iterator[tuple[str, File]]:
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        there = {one: Path(place, one) for one in names if not Path(place, one).is_symlink()}
        for name, path in there.items():
            kind = KINDS.get(path.suffix)
            if kind is None or name.startswith(".") or name.endswith(_NOTES):
                continue
            beside = {coding: there.get(name + suffix) for coding, suffix in _CODINGS.items()}
            paths: dict[str | None, Path] = {None: path} | {c: p for c, p in beside.items() if p is not None}
            try:
                stamp = tuple((c, p.stat().st_mtime_ns, p.stat().st_size) for c, p in paths.items())
            except FileNotFoundError:
                continue  # A build clears the folder in this very moment.
            whole = path.relative_to(folder).as_posix()
            yield whole, File(whole, kind, paths, stamp)
