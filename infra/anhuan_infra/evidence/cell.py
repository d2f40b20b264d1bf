"""The cell: a small process that opens hostile files, each in a child of its own that can harm nobody.

`python -m anhuan_infra.evidence.cell` loads the decoders once, then forks for every file. The child holds two
descriptors (the file, the answer), can open nothing else (no file, no socket, no library, hence no other program),
may not dump core, has a ceiling on memory and CPU, is no longer root, and is killed with all its offspring when it
has answered or its time is over. What it says is only data, and whatever happens to it, the next file meets a fresh
copy. Nothing of the installation's secrets is in its environment. (Not a complete sandbox: a decoder taken over
could still signal processes of its own user, and threads cannot be forbidden, because libheif needs them.)
"""

import contextlib
import ctypes
import dataclasses
import json
import os
import resource
import select
import signal
import struct
import sys
import time
from typing import IO, Any

from anhuan_infra.errors import Refused
from anhuan_infra.evidence import container, picture, sniff
from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.picture import Limits

LENGTH = struct.Struct(">I")
MOST_ANSWER = 16 * 1024 * 1024
_NOBODY = 65_534
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve orders, one JSON line each, until the one who started us goes away."""
    picture.prepare()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    while line := sys.stdin.buffer.readline():
        order = json.loads(line)
        end, answer, usage, seconds = _examine(order, Limits(**order["limits"]), libc)
        head = {"end": end, "seconds": seconds, "peak_kib": usage.ru_maxrss}
        _send(sys.stdout.buffer, json.dumps(head).encode(), answer)


def _examine(
    order: dict[str, Any], limits: Limits, libc: Any
) -> tuple[str, bytes, resource.struct_rusage, float]:
    started = time.monotonic()
    file = os.open(order["path"], os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        be_confined(file, tell, limits, libc)
        _answer(sniff.named(order["type"]), limits)
        os._exit(0)
    os.close(file)
    os.close(tell)
    answer, in_time = _listen(listen, started + limits.wall_seconds)
    os.close(listen)
    # Always, also after an answer: a child taken over might linger, or have left children of its own.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    end = "answered" if answer else "crashed"
    if not in_time or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU):
        end, answer = "timeout", b""
    return end, answer, usage, round(time.monotonic() - started, 4)


def _listen(source: int, until: float) -> tuple[bytes, bool]:
    """Everything the child says until it closes its end; False where it took too long or says too much."""
    parts: list[bytes] = []
    total = 0
    while total <= MOST_ANSWER:
        ready, _, _ = select.select([source], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return b"", False
        part = os.read(source, 1 << 16)
        if not part:
            return b"".join(parts), True
        parts.append(part)
        total += len(part)
    return b"", False


def be_confined(file: int, tell: int, limits: Limits, libc: Any) -> None:
    """Keep the file as 0 and the answer as 1, then give up everything else, for good."""
    os.dup2(file, 0)
    os.dup2(tell, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.closerange(3, 1024)
    os.setsid()
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))
    # A second between the two: at the hard limit the kernel kills without saying why.
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    if libc is not None:
        # After the change of user, which clears it.
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answer(kind: sniff.Kind, limits: Limits) -> None:
    """Facts and pictures, or the code of a refusal; every unforeseen failure means that the file is broken."""
    blobs: tuple[bytes, ...] = ()
    facts: dict[str, Any]
    try:
        with os.fdopen(0, "rb", closefd=False) as file:
            facts, blobs = _facts(file, kind, limits)
    except Refused as refusal:
        facts = {"refused": refusal.code, "facts": refusal.facts}
    except MemoryError:
        facts = {"refused": "EVIDENCE_TOO_HEAVY", "facts": {}}
    except Exception as failure:  # noqa: BLE001
        # A decoder may raise anything on a hostile file; that says something about the file, not about us.
        facts = {"refused": "EVIDENCE_BROKEN", "facts": {"detail": type(failure).__name__}}
    with os.fdopen(1, "wb", closefd=False) as out:
        _send(out, json.dumps(facts).encode(), *blobs)


def _facts(file: IO[bytes], kind: sniff.Kind, limits: Limits) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    if kind.family is sniff.Family.DOCUMENT:
        container.check_pdf(file)
        return {}, ()
    if kind.family is sniff.Family.VIDEO:
        film = container.read_film(file)
        local = film.taken_at.replace(tzinfo=None) if film.taken_at else None
        return {"seconds": film.seconds, "capture": _capture(Capture(local, 0 if local else None))}, ()
    photo = picture.develop(file, kind, limits)
    likeness = photo.likeness
    facts = {
        "width": photo.width,
        "height": photo.height,
        "moving": photo.moving,
        "capture": _capture(photo.capture),
        "pixel_digest": photo.pixel_digest,
        "likeness": dataclasses.asdict(likeness) if likeness else None,
    }
    return facts, (photo.view, photo.thumbnail)


def _capture(capture: Capture) -> dict[str, Any]:
    moments = {"local": capture.local, "gps_at": capture.gps_at}
    written = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return dataclasses.asdict(capture) | written


def _send(out: IO[bytes], *parts: bytes) -> None:
    out.write(b"".join(LENGTH.pack(len(part)) + part for part in parts))
    out.flush()


if __name__ == "__main__":
    main()
