"""What a text means that somebody looks for on the board: numbers of cases, words, or either."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from anhuan_graphql.planner.readings import At, table_of
from anhuan_infra.text import clean
from anhuan_platform.hazards.models import Hazard as HazardRow
from anhuan_platform.loops import numbers
from anhuan_platform.loops.models import Case as CaseRow
from anhuan_platform.loops.models import CaseNumber

_TEXTS = sa.ARRAY(sa.Text())


class Meaning(Enum):
    """What is a part of numbers that one can see means those; few digits may be either; all else are words."""

    WORDS = "words"
    NUMBER = "number"
    EITHER = "either"


@dataclass
class Sought:
    """A text made ready to be looked for: its words as a pattern, its numbers as rules, one list for each part of them."""

    meaning: Meaning
    is_wide: bool
    has_ranges: bool
    words: Any
    patterns: Any
    firsts: Any
    lasts: Any

    @classmethod
    def of(cls, text: str) -> "Sought":
        """Refuses what is no text."""
        rules = numbers.rules(clean(text, "filter.text"))
        meaning = Meaning.NUMBER if rules else Meaning.WORDS
        plain = text.replace("/", "//").replace("%", "/%").replace("_", "/_")
        return cls(
            meaning=Meaning.EITHER if rules and numbers.could_be_words(text) else meaning,
            is_wide=numbers.is_wide(text),
            has_ranges=any(rule.first != rule.last for rule in rules),
            words=f"%{plain}%",
            patterns=[rule.pattern for rule in rules],
            firsts=[rule.first for rule in rules],
            lasts=[rule.last for rule in rules],
        )

    def found(self, at: At) -> ColumnElement[bool]:
        """Whether a hazard is meant."""
        if self.meaning is Meaning.WORDS:
            return self._worded(at)
        if self.meaning is Meaning.NUMBER:
            return self._numbered(at.tables[table_of(CaseRow)])
        return sa.or_(self._worded(at), self._numbered(at.tables[table_of(CaseRow)]))

    def any_numbered(self) -> ColumnElement[bool]:
        """Whether there is a number that is meant, among the hazards that one can see; otherwise words were."""
        case = sa.alias(table_of(CaseRow), "numbered")
        return sa.select(case.c.id).where(case.c.kind == "hazard", self._numbered(case)).exists()

    def _worded(self, at: At) -> ColumnElement[bool]:
        columns = (at[HazardRow.description], at[CaseRow.title])
        return sa.or_(*(column.ilike(self.words, escape="/") for column in columns))

    def _numbered(self, case: sa.FromClause) -> ColumnElement[bool]:
        """By the index of numbers where few can be meant; where whole series are, by looking at what comes in order."""
        number = case.c.number
        if self.is_wide:
            return self._within(case, lambda _first, _last: sa.true())
        single, _ = self._spans(lambda first, last: first == last)
        is_single = number == sa.any_(sa.func.array(single.scalar_subquery()))
        if not self.has_ranges:
            return is_single
        # Between two constants, as PostgreSQL sees it, the index is worth its while.
        ranges, (first, last) = self._spans(lambda first, last: first != last)
        lowest = ranges.with_only_columns(sa.func.min(first)).scalar_subquery()
        highest = ranges.with_only_columns(sa.func.max(last)).scalar_subquery()
        near = number.between(lowest, highest)
        return is_single | (near & self._within(case, lambda first, last: first != last))

    def _within(self, case: sa.FromClause, which: "_Which") -> ColumnElement[bool]:
        spans, (first, last) = self._spans(which)
        return spans.where(case.c.number.between(first, last)).correlate(case).exists()

    def _spans(self, which: "_Which") -> tuple[sa.Select[Any], tuple[ColumnElement[Any], ColumnElement[Any]]]:
        """First numbers, by the company's series and the rules; with the first and the last of each."""
        series = sa.alias(table_of(CaseNumber), "series")
        lists = [
            sa.literal(one, _TEXTS) if isinstance(one, list) else one
            for one in (self.patterns, self.firsts, self.lasts)
        ]
        rule = sa.func.unnest(*lists).table_valued("pattern", "first", "last", name="rule").render_derived()
        fits = series.c.series.regexp_match(rule.c.pattern)
        first, last = series.c.series + rule.c["first"], series.c.series + rule.c["last"]
        found = (
            sa.select(first)
            .select_from(series.join(rule, fits))
            .where(which(rule.c["first"], rule.c["last"]))
        )
        return found, (first, last)


_Which = Callable[[ColumnElement[Any], ColumnElement[Any]], ColumnElement[bool]]
