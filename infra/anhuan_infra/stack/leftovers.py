"""Nothing is left behind: ends what a supervisor started, even when the supervisor was killed outright.

A parent-death signal reaches direct children only, so a killed supervisor would leave the workers of its workers.
Two users share this file: the next start, before it starts anything, and the *reaper*: a tiny process (this file
run as a script, standard library only) that waits for the supervisor's end of a pipe to close. The reaper also
holds the folder's lock, so that nobody starts anew while it is still tidying.
"""

import contextlib
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

CHILDREN = "children.json"
"""The list of who was started, kept up to date by the supervisor."""


class Started(NamedTuple):
    """One started program: its name, pid, start time in clock ticks, and the signal that asks it to stop."""

    name: str
    pid: int
    start: int
    stop: int


def stat(pid: int) -> tuple[str, int, int, int] | None:
    """State letter, parent, session and start ticks of a process; None when there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[1]), int(fields[3]), int(fields[19])


def start_ticks(pid: int) -> int:
    """When a process began, in ticks since boot: with the pid, its identity. 0 when it is already gone."""
    found = stat(pid)
    return found[3] if found else 0


def identity(pid: int) -> str:
    """A process in words that no later process with the same number will match."""
    return f"{pid} {start_ticks(pid)}"


def lives(identity_text: str) -> bool:
    """Whether the process of these words still runs."""
    number = identity_text.split(" ")[0]
    return number.isdigit() and start_ticks(int(number)) != 0 and identity(int(number)) == identity_text


def family(leader: int, started: int) -> list[int]:
    """The living members of a started program: its session and all its descendants, the leader first.

    A number that was given to another program since is recognised by its start time and left alone.
    """
    table: dict[int, tuple[str, int, int, int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (found := stat(int(entry.name))) and found[0] not in "ZX":
            table[int(entry.name)] = found
    leader_lives = leader in table
    if leader_lives and table[leader][3] != started:
        return []
    members = {leader} if leader_lives else set[int]()
    members |= {
        pid for pid, (_, _, session, ticks) in table.items() if session == leader and ticks >= started
    }
    grew = True
    while grew:
        more = {pid for pid, (_, parent, _, _) in table.items() if parent in members} - members
        members |= more
        grew = bool(more)
    return sorted(members, key=lambda pid: (pid != leader, pid))


def signal_all(pids: list[int], number: int) -> None:
    """Send one signal to each; who is gone already is no error."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def read(home: Path) -> list[Started]:
    """What the last supervisor of this folder had running."""
    try:
        return [Started(*entry) for entry in json.loads((home / CHILDREN).read_text())]
    except (OSError, ValueError, TypeError):
        return []


def end(home: Path, patience: float = 3.0) -> int:
    """Ask every leftover to stop, kill after `patience` seconds; returns how many processes there were."""
    children = read(home)
    seen: set[int] = set()
    deadline = time.monotonic() + patience
    asked = False
    while True:
        alive = [members for child in children if (members := family(child.pid, child.start))]
        seen.update(pid for members in alive for pid in members)
        if not alive:
            break
        if not asked:
            for child in children:
                members = family(child.pid, child.start)
                # The leader tells its own; without a leader each must be told.
                signal_all(members[:1] if child.pid in members else members, child.stop)
            asked = True
        elif time.monotonic() > deadline:
            for members in alive:
                signal_all(members, signal.SIGKILL)
        time.sleep(0.05)
    with contextlib.suppress(OSError):
        (home / CHILDREN).unlink()
    return len(seen)


def main() -> None:
    """The reaper: sleep until the supervisor is gone, however it went, then tidy."""
    while os.read(0, 64):
        pass
    end(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
