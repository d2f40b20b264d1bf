"""What is asked of both: the same rows and the same stored values, each in the contender's own words.

Pages of the console are asked of ours in the very documents that the page sends. PostGraphile is asked for the rows behind them; what only
our program works out of them (what one may do, addresses of pictures, names of stages) it is spared.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from anhuan_graphql.front import WEB
from anhuan_infra.ids import new_id
from tests.bench.reads.contenders import Contender
from tests.bench.reads.people import Asker

_TEXTS = Path(__file__).with_name("questions")
_PAGES = {"board": "BoardColumn", "case": "ConsoleCase", "ledger": "LedgerPage", "people": "ConsolePeople"}
REPORT = "冲床防护罩缺失，联锁失效，需停机处理"
_serial = count()

Variables = Callable[[Asker, UUID | None], Mapping[str, Any]]


@dataclass(frozen=True)
class Question:
    """One question in two wordings; `same` gives what must be equal of the answers."""

    name: str
    ours: str
    theirs: str
    variables: Variables
    others: Variables
    same: Callable[[Any], Any]
    of_a_case: bool = False
    is_read: bool = True

    def request(self, contender: Contender, asker: Asker, case: UUID | None) -> bytes:
        """It as a whole request to this contender."""
        return contender.request(asker, *self.said(contender, asker, case))

    def said(self, contender: Contender, asker: Asker, case: UUID | None) -> tuple[str, Mapping[str, Any]]:
        """Document and variables for this contender."""
        if contender.name == "ours":
            return self.ours, self.variables(asker, case)
        return self.theirs, self.others(asker, case)


def questions() -> list[Question]:
    """All of them; pages of the console only where the web app is built."""
    pages = _documents()
    found = [
        _list("list", _text("list.ours"), {"status": "OPEN", "first": 20}, {"status": "open", "first": 20}),
        _of_case("detail", _text("detail.ours")),
    ]
    if _PAGES["board"] in pages:
        column = {"status": "OPEN", "stage": "rectification"}
        ours = {"filter": column, "order": "DUE", "first": 20}
        found.append(_list("board", pages[_PAGES["board"]], ours, {**column, "status": "open", "first": 20}))
        found.append(_of_case("case", pages[_PAGES["case"]]))
        ours = {"filter": {}, "order": "OPENED", "first": 50}
        found.append(_list("ledger", pages[_PAGES["ledger"]], ours, {"first": 50}))
        ours = {"first": 50, "disabled": False}
        found.append(_list("people", pages[_PAGES["people"]], ours, {"first": 50}))
    found.append(
        Question(
            "report",
            _text("report.ours"),
            _text("report.theirs"),
            lambda _, __: {"input": {"id": str(new_id()), "type": "machine_guard", "description": _said()}},
            lambda _, __: {"id": str(new_id()), "type": "machine_guard", "text": _said()},
            lambda _: None,
            is_read=False,
        )
    )
    return found


def _said() -> str:
    """No two alike: what is repeated word for word is looked at as a recurrence."""
    return f"{REPORT}，第 {next(_serial)} 处"


def _list(name: str, ours: str, variables: Mapping[str, Any], others: Mapping[str, Any]) -> Question:
    return Question(
        name, ours, _text(f"{name}.theirs"), lambda _, __: variables, lambda _, __: others, _rows_and_count
    )


def _of_case(name: str, ours: str) -> Question:
    return Question(
        name,
        ours,
        _text(f"{name}.theirs"),
        lambda _, case: {"id": str(case)},
        lambda asker, case: {"id": str(case), "tenant": str(asker.tenant_id)},
        _parts,
        of_a_case=True,
    )


def _rows_and_count(data: Any) -> Any:
    (found,) = data.values()
    return (
        found["totalCount"],
        found["pageInfo"]["hasNextPage"],
        [edge["node"]["id"] for edge in found["edges"]],
    )


def _parts(data: Any) -> Any:
    """The rows of a case, by what they are."""
    case = data["case"]
    return {
        "number": case["number"],
        "tasks": {task["id"]: sorted(seat["id"] for seat in task["seats"]) for task in case["tasks"]},
        "evidence": sorted(one["id"] for one in case["evidence"]),
        "people": sorted((one["part"], (one["person"] or {"id": ""})["id"]) for one in case["people"]),
    }


def _text(name: str) -> str:
    return (_TEXTS / f"{name}.graphql").read_text("utf-8")


def _documents() -> dict[str, str]:
    """Texts of the console by name, out of the built web app."""
    file = WEB / "documents.json"
    if not file.exists():
        return {}
    texts: dict[str, str] = json.loads(file.read_text("utf-8"))
    return {name: text for name in _PAGES.values() for text in texts.values() if f"query {name}(" in text}
