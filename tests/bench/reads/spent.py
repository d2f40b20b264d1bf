"""What processes have used, as the kernel counts it: nanoseconds on a CPU, and memory with shared pages counted in part."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


def backends(postmaster: int, role: str) -> list[int]:
    """PostgreSQL's processes that serve connections of a role."""
    mark = f"postgres: {role} ".encode()
    found: list[int] = []
    for child in psutil.Process(postmaster).children():
        with suppress(OSError):
            if Path(f"/proc/{child.pid}/cmdline").read_bytes().startswith(mark):
                found.append(child.pid)
    return found


def nanoseconds(pids: Iterable[int]) -> dict[int, int]:
    """Time on a CPU of each process with all its threads."""
    found: dict[int, int] = {}
    for pid in pids:
        with suppress(OSError):
            found[pid] = sum(_of_thread(thread) for thread in Path(f"/proc/{pid}/task").iterdir())
    return found


def between(before: dict[int, int], after: dict[int, int]) -> int:
    """What was used between two looks; a process that ended in between took what it used along."""
    return sum(now - before.get(pid, 0) for pid, now in after.items())


def memory(pid: int) -> float:
    """Megabytes of a process and all that descend from it (proportional set size)."""
    return sum(psutil.Process(one).memory_full_info().pss for one in tree(pid)) / 1e6


def _of_thread(thread: Path) -> int:
    with suppress(OSError):
        return int((thread / "schedstat").read_text().split()[0])
    return 0
