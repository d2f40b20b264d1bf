"""What a first visit to each web app weighs on the wire, and what it may weigh."""

import gzip
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.support.database import ROOT

BUILT = ROOT / "portal" / "anhuan_portal" / "web"
KB = 1000


@dataclass(frozen=True)
class Budget:
    """kB after gzip: scripts and style sheets before the first screen, and the largest script that comes later."""

    script: int
    style: int
    later: int | None = None


BUDGETS = {"field": Budget(45, 8, 25), "portal": Budget(60, 10), "console": Budget(230, 10)}


@dataclass(frozen=True)
class Weight:
    """One built app, as its manifest tells: chunks by name, with what each needs at once and what it may fetch later."""

    app: str

    @cached_property
    def chunks(self) -> dict[str, dict[str, Any]]:
        """The manifest that the build wrote."""
        found: dict[str, dict[str, Any]] = json.loads((BUILT / self.app / "manifest.build.json").read_text())
        return found

    @cached_property
    def first(self) -> set[str]:
        """Chunks that are loaded before anything is shown."""
        found: set[str] = set()
        left = [name for name, chunk in self.chunks.items() if chunk.get("isEntry")]
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self.chunks[name].get("imports", [])
        return found

    @property
    def script(self) -> float:
        """kB of the first scripts."""
        return sum(self._kb(self.chunks[name]["file"]) for name in self.first)

    @property
    def style(self) -> float:
        """kB of the first style sheets."""
        return sum(self._kb(file) for file in {file for name in self.first for file in self._sheets(name)})

    @property
    def later(self) -> dict[str, float]:
        """kB of each script that a screen fetches when it is opened, the heaviest first."""
        files = {
            chunk["file"]
            for name, chunk in self.chunks.items()
            if name not in self.first and chunk["file"].endswith(".js")
        }
        return dict(sorted(((file, self._kb(file)) for file in files), key=lambda pair: -pair[1]))

    def over(self) -> list[str]:
        """What weighs more than it may."""
        budget = BUDGETS[self.app]
        said = [
            f"{self.app}: first {kind} {weight:.1f} kB of {most}"
            for kind, weight, most in (
                ("scripts", self.script, budget.script),
                ("styles", self.style, budget.style),
            )
            if weight > most
        ]
        if budget.later is not None:
            said += [
                f"{self.app}: {file} {kb:.1f} kB of {budget.later}"
                for file, kb in self.later.items()
                if kb > budget.later
            ]
        return said

    def _sheets(self, name: str) -> list[str]:
        chunk = self.chunks[name]
        files: list[str] = chunk.get("css", [])
        return [*files, chunk["file"]] if chunk["file"].endswith(".css") else files

    def _kb(self, file: str) -> float:
        return len(gzip.compress((BUILT / self.app / file).read_bytes(), 9)) / KB


def table() -> str:
    """All apps, a line each, with the heaviest of what comes later."""
    lines = [f"{'app':9}{'first JS':>10}{'of':>5}{'first CSS':>11}{'of':>4}   heaviest later"]
    for app, budget in BUDGETS.items():
        weight = Weight(app)
        later = ", ".join(f"{Path(file).name} {kb:.1f}" for file, kb in list(weight.later.items())[:3])
        lines.append(
            f"{app:9}{weight.script:>10.1f}{budget.script:>5}{weight.style:>11.1f}{budget.style:>4}   {later or '-'}"
        )
    return "\n".join(lines)
