"""The product with one named moment in which it is killed: between two steps that a crash at a random time seldom hits.

The programs are the product's own; what is added here only watches for the moment, leaves a sign and sends SIGKILL to
its own process. `AT` names the moment; a sign that is there already means that the process lives on.
"""

import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from anhuan_infra.deadlines import scan
from anhuan_infra.jobs.post import Post
from anhuan_infra.jobs.runner import Runner
from anhuan_infra.record import sealer
from anhuan_platform.evidence import confirming
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.loops.deadline_models import Escalation

AT, SIGN = "FAULT_AT", "FAULT_SIGN"
_T = TypeVar("_T")

API = ("report.before_commit", "report.after_commit", "photo.stored_before_row")
WORKER = ("effect.before_commit", "job.done_before_broker_knows")
SCHEDULER = ("deadlines.fired", "outbox.claimed_before_sent", "record.sealed_before_anchored")


def die(at: str) -> None:
    """Here, if this is the moment."""
    sign = Path(os.environ[SIGN])
    if os.environ[AT] == at and not sign.exists():
        sign.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def watch() -> None:
    """Put every moment in its place; for a process that is about to become the product."""
    event.listen(Session, "before_flush", _see, insert=True)
    event.listen(Session, "before_commit", lambda session: _die_at(session, "before_commit"))
    event.listen(Session, "after_commit", lambda session: _die_at(session, "after_commit"))
    # The moments are between functions of the product, which offers no hooks of its own for dying.
    patched: list[tuple[Any, str, str, bool]] = [
        (confirming, "_write_down", "photo.stored_before_row", True),
        (Runner, "run", "job.done_before_broker_knows", False),
        (scan, "fire", "deadlines.fired", False),
    ]
    for place, name, at, before in patched:
        setattr(place, name, _dying(getattr(place, name), at, before=before))
    extend, anchor, signed = sealer._extend, sealer._anchor, list[bool]()

    async def extending(*given: Any, **named: Any) -> Any:
        count, head = await extend(*given, **named)
        signed.append(head is not None)
        return count, head

    async def anchoring(*given: Any, **named: Any) -> int:
        # The round that only looks for heads left behind comes here as well.
        if any(signed):
            die("record.sealed_before_anchored")
        return await anchor(*given, **named)

    sealer._extend, sealer._anchor = extending, anchoring
    send = Post.send

    def sending(self: Post, parcels: Any) -> None:
        die("outbox.claimed_before_sent")
        send(self, parcels)

    Post.send = sending  # type: ignore[method-assign]


def _see(session: Session, _context: object, _rows: object) -> None:
    if any(isinstance(row, Hazard) for row in session.new):
        session.info["moment"] = "report"
    if any(isinstance(row, Escalation) for row in session.dirty):
        session.info["moment"] = "effect"


def _die_at(session: Session, when: str) -> None:
    if moment := session.info.get("moment"):
        die(f"{moment}.{when}")


def _dying(function: Callable[..., Awaitable[_T]], at: str, *, before: bool) -> Callable[..., Awaitable[_T]]:
    async def run(*given: Any, **named: Any) -> _T:
        if before:
            die(at)
        found = await function(*given, **named)
        # A round or a job that had nothing to do has no moment to die in.
        if not before and found:
            die(at)
        return found

    return run
