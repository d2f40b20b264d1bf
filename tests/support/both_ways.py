"""The same questions asked of two doors over the same data, one of which never plans: whatever PostgreSQL answers by itself is compared."""

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from anhuan_graphql.front import Front
from anhuan_graphql.planner.planner import READS
from anhuan_infra.settings import Settings
from tests.support.askers import Asker
from tests.support.doorstep import Answer, Doorstep, ask, open_door


@dataclass(frozen=True)
class Difference:
    """A question that is answered in two ways."""

    asker: Asker
    text: str
    variables: Mapping[str, Any]
    planned: str
    ordinary: str

    def __str__(self) -> str:
        """As somebody reads it who has to find out why."""
        said = json.dumps(self.variables, ensure_ascii=False)
        return f"{self.asker.name} ({self.asker.language}) asks\n  {self.text}\n  {said}\nplanned  {self.planned}\nordinary {self.ordinary}"


@dataclass
class BothWays:
    """Two doors, and what came of asking."""

    planning: Doorstep
    plain: Doorstep
    asked: int = 0
    good: int = 0
    planned: int = 0
    differences: list[Difference] = field(default_factory=list[Difference])

    async def ask(
        self, asker: Asker, text: str, variables: Mapping[str, Any], *, by_hash: bool = True
    ) -> Answer:
        """The answer of the door that plans; where PostgreSQL gave it, the other door is asked as well."""
        said: dict[str, Any] = {"id": named(text)} if by_hash else {"query": text}
        body = json.dumps(said | {"variables": variables}).encode()
        before = ways()
        answer = await ask(self.planning, body, asker.token, asker.language)
        after = ways()
        is_planned = after["planned"] > before["planned"]
        self.asked += 1
        self.good += answer.is_good
        self.planned += is_planned
        if is_planned or after["failed"] > before["failed"]:
            other = await ask(self.plain, body, asker.token, asker.language)
            if answer != other or not is_planned:
                told = str(answer) if is_planned else f"declined by PostgreSQL or broken; {answer}"
                self.differences.append(Difference(asker, text, variables, told, str(other)))
        return answer

    async def differs(self, asker: Asker, text: str, variables: Mapping[str, Any]) -> Difference | None:
        """Whether this question, asked often enough to be planned, is answered in two ways."""
        before = len(self.differences)
        for _ in range(3):
            await self.ask(asker, text, variables, by_hash=False)
        found, self.differences = self.differences[before:], self.differences[:before]
        return found[0] if found else None


def named(text: str) -> str:
    """The name of a trusted document."""
    return hashlib.sha256(text.encode()).hexdigest()


def ways() -> dict[str, float]:
    """How many questions were answered in which way so far."""
    (family,) = READS.collect()
    found = dict.fromkeys(("planned", "ordinary", "failed"), 0.0)
    return found | {one.labels["way"]: one.value for one in family.samples if one.name.endswith("_total")}


@asynccontextmanager
async def both_doors(settings: Settings, folder: Path, texts: Sequence[str]) -> AsyncGenerator[BothWays]:
    """Two applications that trust these texts; one of them never learns any."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    listed = json.dumps({named(text): text for text in texts})
    await asyncio.to_thread((folder / "documents.json").write_text, listed)
    with pytest.MonkeyPatch.context() as patch:
        async with AsyncExitStack() as stack:
            planning = await stack.enter_async_context(open_door(settings, Front(web=folder)))
            plain = await stack.enter_async_context(open_door(settings, Front(web=folder)))
            patch.setattr(plain.house.planner, "learn", _learns_nothing)
            yield BothWays(planning, plain)


def _learns_nothing(_question: Any, _document: Any) -> None:
    pass
