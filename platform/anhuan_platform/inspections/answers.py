"""Answers to a checklist: which items are asked of them, and how each item stands."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from anhuan_platform.inspections import conditions
from anhuan_platform.inspections.checklist import Checklist, Frozen, Item, Section

MOST_NOTE = 2000
Standing = Literal["ok", "not_ok", "na", "open", "told"]
"""In order, a finding, not applicable, not (rightly) answered yet, or answered where nothing is judged."""


class Answer(Frozen, frozen=True):
    """What somebody answered to one item. A photo or signature is evidence and stands elsewhere."""

    value: str | float | tuple[str, ...] | None = None
    """`ok` or `not_ok`; a number; the code or codes of choices; text; a day as YYYY-MM-DD."""
    na: bool = False
    count: Annotated[int, Meta(ge=1, le=10_000)] = 1
    """How often the finding was met, where points are lost for each."""
    note: str = ""


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Looked:
    """One item that is asked, with its answer."""

    no: int
    section: Section
    item: Item
    answer: Answer | None
    standing: Standing


def read(raw: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers as they come over the wire; raises msgspec's error where one has another shape."""
    return msgspec.convert(raw, type=dict[str, Answer])


def looked_at(checklist: Checklist, answers: Answers, today: date) -> Iterator[Looked]:
    """Every item that is asked, in order. What is hidden counts as never answered, for the conditions after it too."""
    facts: dict[str, Any] = {}
    no = 0
    for section in checklist.sections:
        is_open = conditions.holds(section.show, facts.get)
        for item in section.items:
            no += 1
            if not is_open or not conditions.holds(item.show, facts.get):
                continue
            answer = answers.get(item.code)
            how = standing(item, answer, facts, today)
            facts[item.code] = fact(item, answer, how)
            yield Looked(no, section, item, answer, how)


def fact(item: Item, answer: Answer | None, how: Standing) -> Any:
    """What conditions read of an answer; null for none."""
    if how == "na":
        return "na" if item.kind == "verdict" else None
    if answer is None or how == "open":
        return None
    if isinstance(answer.value, tuple):
        return list(answer.value)
    # CEL does not add a whole number to a fraction.
    return float(answer.value) if isinstance(answer.value, int) else answer.value


def standing(item: Item, answer: Answer | None, facts: Mapping[str, Any], today: date) -> Standing:
    """How an item stands with its answer; `facts` are the answers before it, by which choices show."""
    if item.kind in ("photo", "signature", "note"):
        return "told"
    if answer is None:
        return "open"
    if answer.na:
        return "na" if item.may_be_na else "open"
    match item.kind, answer.value:
        case "verdict", "ok" | "not_ok" as verdict:
            return verdict
        case "number" | "meter", float() | int() as value if math.isfinite(value):
            return "not_ok" if item.limits and not item.limits.holds(value) else "ok"
        case "single", str() as code if _offered(item, (code,), facts):
            return "not_ok" if item.by_choice[code].bad else "ok"
        case "multiple", tuple() as codes if codes and _offered(item, codes, facts):
            return "not_ok" if any(item.by_choice[code].bad for code in codes) else "ok"
        case "date", str() as text if (day := day_of(text)) is not None:
            return "not_ok" if item.expires and day < today else "ok"
        case "text", str() as text if text.strip():
            return "told"
        case _:
            return "open"


def day_of(text: str) -> date | None:
    """The day that is written as YYYY-MM-DD; None where it is not."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _offered(item: Item, codes: tuple[str, ...], facts: Mapping[str, Any]) -> bool:
    if len(set(codes)) != len(codes):
        return False
    chosen = [item.by_choice.get(code) for code in codes]
    return all(choice is not None and conditions.holds(choice.show, facts.get) for choice in chosen)
