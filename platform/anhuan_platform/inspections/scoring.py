"""What answers are worth, as score sheets count it: points lost for each finding, capped, out of what could be reached. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_FLOOR, Decimal

from anhuan_platform.inspections import conditions
from anhuan_platform.inspections.answers import Answers, Looked, fact, looked_at
from anhuan_platform.inspections.checklist import Checklist, Item, Level, Scoring, Section

_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A section's share of the result."""

    code: str
    possible: float
    lost: float


@dataclass(frozen=True, slots=True)
class Score:
    """The result. Numerator and denominator stand beside every rate; with nothing to reach there is none."""

    possible: float
    """What could be reached: not-applicable and hidden items are taken out of it."""
    lost: float
    reached: float
    percent: float | None
    """Rounded down to a hundredth, so that it never shows a level that was not reached."""
    level: str | None
    """Code of the band; None where the list has no bands or nothing could be reached, unless something vetoes."""
    vetoed: tuple[str, ...]
    """Codes of the items and vetoes that put the list on its worst level."""
    parts: tuple[Part, ...]
    unanswered: int
    """Items that are judged and have no answer yet; each counts as if nothing were lost on it."""


def score(checklist: Checklist, answers: Answers, today: date | None = None) -> Score:
    """What the answers are worth. `today` decides what has expired; without it, the day in UTC."""
    looked = tuple(looked_at(checklist, answers, today or datetime.now(UTC).date()))
    scoring = checklist.scoring
    by_section: dict[str, list[Looked]] = {}
    for one in looked:
        by_section.setdefault(one.section.code, []).append(one)
    counted = [
        (section.code, *_section(scoring, section, by_section.get(section.code, ())))
        for section in checklist.sections
    ]
    possible = sum((worth for _, worth, _ in counted), _ZERO)
    lost = sum((gone for _, _, gone in counted), _ZERO)
    reached = max(possible - lost, _exact(scoring.floor))
    percent = reached * _HUNDRED / possible if possible else None
    vetoed = _vetoed(scoring, looked)
    return Score(
        possible=float(possible),
        lost=float(lost),
        reached=float(reached if possible else _ZERO),
        percent=None if percent is None else float(percent.quantize(_CENT, ROUND_FLOOR)),
        level=_level(scoring.levels, percent, is_vetoed=bool(vetoed)),
        vetoed=vetoed,
        parts=tuple(Part(code, float(worth), float(gone)) for code, worth, gone in counted),
        unanswered=sum(one.standing == "open" and _counts(one.item) for one in looked),
    )


def _section(scoring: Scoring, section: Section, looked: Iterable[Looked]) -> tuple[Decimal, Decimal]:
    """What the section is worth, and what is lost of it."""
    if scoring.by == "none":
        return _ZERO, _ZERO
    counting = [one for one in looked if one.standing != "na" and _counts(one.item)]
    if not counting:
        return _ZERO, _ZERO
    own = sum((_worth(scoring, one.item) for one in counting), _ZERO)
    worth = own
    if section.points is not None:
        every = sum((_worth(scoring, item) for item in section.items), _ZERO)
        worth = max(_exact(section.points) - (every - own), _ZERO)
    limits = [worth - _exact(section.floor), sum((_lost(scoring, one) for one in counting), _ZERO)]
    if section.most_lost is not None:
        limits.append(_exact(section.most_lost))
    return worth, min(limits)


def _counts(item: Item) -> bool:
    return item.can_fail or any(choice.lost for choice in item.choices)


def _worth(scoring: Scoring, item: Item) -> Decimal:
    if not _counts(item):
        return _ZERO
    if item.points is None:
        return Decimal(1 if scoring.by == "share" else 0)
    return _exact(item.points)


def _lost(scoring: Scoring, one: Looked) -> Decimal:
    """What the item costs, within its own cap."""
    item, answer = one.item, one.answer
    worth = _worth(scoring, item)
    if answer is None or one.standing not in ("ok", "not_ok"):
        return _ZERO
    if scoring.by == "share":
        return worth if one.standing == "not_ok" else _ZERO
    each = worth if item.lost is None else _exact(item.lost)
    if item.choices:
        codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        chosen = [item.by_choice[str(code)] for code in codes]
        costs = (each * choice.bad if choice.lost is None else _exact(choice.lost) for choice in chosen)
        lost = sum(costs, _ZERO)
    else:
        lost = each * (one.standing == "not_ok")
    lost *= answer.count
    if item.most_lost is not None:
        return min(lost, _exact(item.most_lost))
    return min(lost, worth) if worth else lost


def _vetoed(scoring: Scoring, looked: Iterable[Looked]) -> tuple[str, ...]:
    facts = {one.item.code: fact(one.item, one.answer, one.standing) for one in looked}
    items = (one.item.code for one in looked if one.item.veto and one.standing == "not_ok")
    rules = (veto.code for veto in scoring.vetoes if conditions.holds(veto.when, facts.get))
    return (*items, *rules)


def _level(levels: tuple[Level, ...], percent: Decimal | None, *, is_vetoed: bool) -> str | None:
    if not levels:
        return None
    if is_vetoed:
        return levels[-1].code
    if percent is None:
        return None
    return next((level.code for level in levels if percent >= _exact(level.least)), levels[-1].code)


def _exact(number: float) -> Decimal:
    """The number as people wrote it, so that tenths add up."""
    return Decimal(str(number))
