"""Jobs by name: a room's `jobs.py` registers here, and whoever puts a job off names it without importing it."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, overload

from anhuan_infra.jobs.works import Works
from anhuan_infra.work import Work

QUEUES = ("default", "deadlines", "notices")
"""The queues that every worker listens to; separate, so that a flood in one does not hold up the others."""

_NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
_P = ParamSpec("_P")
_Inside = Callable[Concatenate[Work, _P], Awaitable[None]]
_Outside = Callable[Concatenate[Works, _P], Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """One kind of job and how it is run."""

    name: str
    queue: str
    max_tries: int
    is_outside: bool
    function: Callable[..., Awaitable[None]]


_jobs: dict[str, Job] = {}


@overload
def job(
    name: str, *, queue: str = "default", max_tries: int = 8, outside: Literal[False] = False
) -> Callable[[_Inside[_P]], _Inside[_P]]: ...
@overload
def job(
    name: str, *, queue: str = "default", max_tries: int = 8, outside: Literal[True]
) -> Callable[[_Outside[_P]], _Outside[_P]]: ...
def job(name: str, *, queue: str = "default", max_tries: int = 8, outside: bool = False) -> Any:
    """Register `async def f(work, *ids)` under `noun.verb`; it takes effect once, in the transaction that marks it done.

    With `outside`, the function calls the world beyond the database and gets `Works` in place of `Work`: see there.
    """
    if not _NAME.fullmatch(name) or queue not in QUEUES:
        raise ValueError(f"{name!r} on {queue!r}: a job is called noun.verb and runs on one of {QUEUES}")

    def register(function: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        before = _jobs.get(name)
        if before and _origin(before.function) != _origin(function):
            raise ValueError(f"two jobs are called {name}")
        _jobs[name] = Job(name, queue, max_tries, outside, function)
        return function

    return register


def find(name: str) -> Job | None:
    """The job of this name, or None where its room is not loaded (or is of another release)."""
    return _jobs.get(name)


def known() -> frozenset[str]:
    """Every name that can be put off, as far as the rooms are loaded."""
    return frozenset(_jobs)


def queue_of(name: str) -> str:
    """Where a job of this name goes; unknown ones go to the default queue, whose worker may know more."""
    found = _jobs.get(name)
    return found.queue if found else QUEUES[0]


def on(queue: str) -> list[str]:
    """The names of the jobs on a queue."""
    return sorted(name for name, found in _jobs.items() if found.queue == queue)


def _origin(function: Callable[..., Awaitable[None]]) -> tuple[str, str]:
    return function.__module__, getattr(function, "__qualname__", "")
