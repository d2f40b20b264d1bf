"""A client's own journal: what it is about to send and what was acknowledged, each line on the disk before it goes on.

It lies outside the installation under test, so it is the one witness that no fault of the product can touch.
"""

import json
import os
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID


@dataclass
class Told:
    """One thing that a client wanted done."""

    by: str
    """Whose phone it is on; the product holds the same id from somebody else for another thing."""
    kind: str
    id: UUID
    content: dict[str, Any]
    """Frozen at the first attempt: what is sent again is the same to the letter."""
    acks: list[str] = field(default_factory=list[str])
    """What was acknowledged, in the order of the answers."""


class Journal:
    """Append-only; any number of threads write to it, and it is read back from the file and from nowhere else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._lock = threading.Lock()

    def intend(self, told: Told) -> None:
        """Before the first byte is sent."""
        self._write(
            {"event": "intent", "by": told.by, "kind": told.kind, "id": str(told.id), "content": told.content}
        )

    def acknowledged(self, id: UUID, what: str = "done") -> None:
        """After the answer was read to its end."""
        self._write({"event": "ack", "id": str(id), "what": what})

    def read(self) -> dict[UUID, Told]:
        """Everything intended, by id, in the order in which it was."""
        found: dict[UUID, Told] = {}
        for line in self.path.read_text().splitlines():
            entry = json.loads(line)
            id = UUID(entry["id"])
            if entry["event"] == "intent":
                found[id] = Told(entry["by"], entry["kind"], id, entry["content"])
            else:
                found[id].acks.append(entry["what"])
        return found

    def of(self, kind: str) -> list[Told]:
        """What was intended of one kind."""
        return [told for told in self.read().values() if told.kind == kind]

    def acked(self, kind: str, what: str = "done") -> list[Told]:
        """What was acknowledged of one kind."""
        return [told for told in self.of(kind) if what in told.acks]

    def unanswered(self) -> list[Told]:
        """What may or may not have happened, oldest first."""
        return [told for told in self.read().values() if "done" not in told.acks]

    def sums(self) -> dict[str, int]:
        """How much was intended and how much of it acknowledged, for the one who reads the test's output."""
        counted: Counter[str] = Counter()
        for told in self.read().values():
            counted[f"{told.kind} intended"] += 1
            counted[f"{told.kind} acknowledged"] += "done" in told.acks
        return dict(counted)

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)

    def _write(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with self._lock:
            os.write(self._file, line)
            os.fsync(self._file)
