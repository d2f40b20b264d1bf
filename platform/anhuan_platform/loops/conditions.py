"""Conditions of a definition: CEL expressions over the facts of a case, bounded in size since companies write them."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import product
from typing import Any, cast

import cel

from anhuan_platform.loops.errors import DefinitionInvalid
from anhuan_tenants.organisation.models import UnitKind

MAX_LENGTH = 500
MAX_MACROS = 1
"""One walk through a list is linear in the expression's length; one inside another is not."""
MAX_RUNS = 20_000
"""How many evaluations one definition may cost while it is read: a tenth of a second."""
_MACRO = re.compile(r"\b(?:all|exists|exists_one|filter|map|transform\w*)\b")
_MACRO_RUNS = 20
_QUOTED = re.compile(r"""["']([^"']{1,40})["']""")
_RANGES: Mapping[str, tuple[object, ...]] = {
    "grade": ("", "A", "B", "C"),
    "tier": ("workshop", "branch", "hq"),
    "outside": (False, True),
    "statutory": (False, True),
    "unit_kind": tuple(kind.value for kind in UnitKind),
}


@lru_cache(maxsize=2048)
def compiled(source: str) -> Any:
    """The expression made ready; refuses what is too long, nests too deep or does not parse. CEL itself has no cost limit."""
    if len(source) > MAX_LENGTH or len(_MACRO.findall(source)) > MAX_MACROS:
        raise DefinitionInvalid(reason=f"condition too large: {source[:60]}…")
    try:
        return cel.compile(source)
    except ValueError as problem:
        raise _invalid(source, problem) from problem


def holds(source: str | None, facts: Mapping[str, Any]) -> bool:
    """Whether the condition is true of these facts; no condition always holds, anything but true or false is refused."""
    if not source:
        return True
    try:
        answer = cast(object, compiled(source).execute(dict(facts)))
    except (RuntimeError, ValueError, TypeError, LookupError, ArithmeticError) as problem:
        raise _invalid(source, problem) from problem
    if not isinstance(answer, bool):
        raise DefinitionInvalid(reason=f"condition {source[:60]!r} is not true or false")
    return answer


def _invalid(source: str, problem: Exception) -> DefinitionInvalid:
    return DefinitionInvalid(reason=f"condition {source[:60]!r}: {str(problem)[:200]}")


class Rehearsal:
    """Every combination of facts that the conditions of one loop may meet, and where each of them holds.

    A condition that fails, or answers anything but true or false, anywhere in it is refused now and not when a case gets there.
    """

    def __init__(self, sources: Collection[str], *, typed: bool) -> None:
        """`typed` where the loop's cases have a `type`: each one that the conditions name is tried, and one that none names."""
        for source in sources:
            compiled(source)
        said = "\n".join(sources)
        ranges = {
            name: values if name == "grade" or re.search(rf"\b{name}\b", said) else values[:1]
            for name, values in _RANGES.items()
        }
        if typed:
            named = dict.fromkeys(_QUOTED.findall(said)) if re.search(r"\btype\b", said) else {}
            ranges["type"] = ("", *named)
        size = 1
        for values in ranges.values():
            size *= len(values)
        if size * sum(_MACRO_RUNS if _MACRO.search(source) else 1 for source in sources) > MAX_RUNS:
            raise DefinitionInvalid(reason="too many conditions over too many different facts")
        self.facts = [dict(zip(ranges, values, strict=True)) for values in product(*ranges.values())]
        self._where = {
            source: frozenset(no for no, facts in enumerate(self.facts) if holds(source, facts))
            for source in sources
        }

    def holding(self, source: str | None) -> frozenset[int]:
        """The combinations, by number, in which the condition holds; all of them without one."""
        return self._where[source] if source else frozenset(range(len(self.facts)))

    def said(self, no: int) -> dict[str, object]:
        """One combination in words for the author: only what the conditions tell apart."""
        return {
            name: value
            for name, value in self.facts[no].items()
            if value != "" and any(other[name] != value for other in self.facts)
        }

    def graded(self) -> frozenset[int]:
        """The combinations of a case that has a grade."""
        return frozenset(no for no, facts in enumerate(self.facts) if facts["grade"])
