"""The asking side: so many connections, each with its next question as soon as it has an answer; a process of its own, never counted.

`python -m tests.bench.reads.load FILE` reads a pickled `Order` and prints what came of it as JSON.
"""

import asyncio
import json
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import perf_counter

from tests.support.stack import ROOT


@dataclass(frozen=True)
class Order:
    """What is to be asked: whole requests in turn, over so many connections, for so many seconds or until each was asked so often."""

    port: int
    requests: list[bytes]
    connections: int
    seconds: float
    most: int = 10**9
    start: int = 0
    """Where in the requests to begin, so that rounds do not all ask the same."""


@dataclass(frozen=True)
class Heard:
    """What came of it; times in milliseconds."""

    answers: int
    failed: int
    seconds: float
    p50: float
    p99: float
    size: float
    """Bytes of an answer's body on average."""
    first_failure: str = ""


def run(order: Order) -> Heard:
    """Ask from another process, so that the asking takes nothing from who is measured but time on the machine."""
    with NamedTemporaryFile(suffix=".order") as file:
        Path(file.name).write_bytes(pickle.dumps(order))
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.reads.load", file.name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return Heard(**json.loads(done.stdout))


class _Asking:
    """The questions that are left, and the times of the answers."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.next = order.start
        self.times: list[float] = []
        self.size = 0
        self.failed = 0
        self.first_failure = ""
        self.ends = perf_counter() + order.seconds

    def take(self) -> bytes | None:
        if perf_counter() >= self.ends or self.next - self.order.start >= self.order.most:
            return None
        self.next += 1
        return self.order.requests[(self.next - 1) % len(self.order.requests)]

    def heard(self, began: float, status: bytes, body: bytes) -> None:
        self.times.append(perf_counter() - began)
        self.size += len(body)
        if status != b"200" or b'"errors":[{' in body or b'"data":null' in body:
            self.failed += 1
            self.first_failure = self.first_failure or (status + b" " + body[:500]).decode(errors="replace")


async def _connection(asking: _Asking) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", asking.order.port, limit=2**22)
    while (request := asking.take()) is not None:
        began = perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        asking.heard(began, head[9:12], await _body(reader, head.lower()))
    writer.close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    place = head.find(b"content-length:")
    if place >= 0:
        return await reader.readexactly(int(head[place + 15 : head.index(b"\r\n", place)]))
    parts: list[bytes] = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


async def _main(order: Order) -> Heard:
    asking = _Asking(order)
    began = perf_counter()
    await asyncio.gather(*(_connection(asking) for _ in range(order.connections)))
    seconds = perf_counter() - began
    times = sorted(asking.times)
    assert times, "no answer at all"

    def at(share: float) -> float:
        return times[min(len(times) - 1, int(len(times) * share))] * 1_000

    size = asking.size / len(times)
    return Heard(len(times), asking.failed, seconds, at(0.5), at(0.99), size, asking.first_failure)


if __name__ == "__main__":
    heard = asyncio.run(_main(pickle.loads(Path(sys.argv[1]).read_bytes())))
    print(json.dumps(vars(heard)))
