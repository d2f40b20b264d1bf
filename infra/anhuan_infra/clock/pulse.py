"""The pulse: what the leading scheduler last did, as a small file that `doctor` and the metrics read."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from anhuan_infra.outbox.state import Backlog


def path(home: Path) -> Path:
    """Where the pulse of an installation is."""
    return home / "run" / "scheduler.json"


@dataclass
class Pulse:
    """Kept by the leader; written once a second, whole or not at all."""

    file: Path
    backlog: Backlog | None = None
    _beats: dict[str, datetime] = field(default_factory=dict[str, datetime])
    _troubles: dict[str, str] = field(default_factory=dict[str, str])

    def beat(self, name: str) -> None:
        """A round went through."""
        self._beats[name] = datetime.now(UTC)
        self._troubles.pop(name, None)

    def trouble(self, name: str, problem: str) -> None:
        """A round failed; said until it goes through again."""
        self._troubles[name] = problem

    def write(self) -> None:
        """Put it on the disk; readers see the old one or the new one."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(f".{os.getpid()}")
        fresh.write_text(
            json.dumps(
                {
                    "pid": os.getpid(),
                    "at": datetime.now(UTC).isoformat(),
                    "rounds": {name: at.isoformat() for name, at in self._beats.items()},
                    "troubles": self._troubles,
                    "backlog": asdict(self.backlog) if self.backlog else None,
                }
            )
        )
        fresh.replace(self.file)

    def clear(self) -> None:
        """Take it away at an orderly end."""
        with suppress(OSError):
            self.file.unlink()


def read(home: Path) -> dict[str, Any] | None:
    """The last pulse, or None where no scheduler wrote one; `at` says how old it is."""
    try:
        told = json.loads(path(home).read_text())
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None
