"""Conditions of a checklist: CEL over answers. What was not answered is null there, and what cannot be said of null does not hold."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from anhuan_platform.loops import conditions as cel
from anhuan_platform.loops.errors import DefinitionInvalid

_OF_MACRO = re.compile(r"\.(?:all|exists|exists_one|filter|map)\(\s*(\w+)\s*,")
_NO_ANSWER = (RuntimeError, ValueError, TypeError, LookupError, ArithmeticError)


class Unsound(Exception):
    """The expression cannot be used; the text says why, in English and without the expression."""


@lru_cache(maxsize=4096)
def reads(source: str) -> tuple[str, ...]:
    """The names that an expression asks about; refuses one that does not parse or is too large."""
    try:
        known = cast("dict[str, list[str]]", cel.compiled(source).references())
    except DefinitionInvalid as problem:
        raise Unsound(str(problem.facts.get("reason", ""))[:200]) from problem
    own = set(_OF_MACRO.findall(source))
    return tuple(name for name in known["variables"] if name not in own)


def holds(source: str | None, value_of: Callable[[str], Any]) -> bool:
    """Whether it is true of the answers; no condition always holds. Only the answers that it reads are fetched."""
    if not source:
        return True
    try:
        return execute(source, {name: value_of(name) for name in reads(source)}) is True
    except _NO_ANSWER:
        return False


def execute(source: str, facts: dict[str, Any]) -> object:
    """What the expression comes to; raises whatever CEL raises."""
    return cast("object", cel.compiled(source).execute(facts))


def fails(source: str, facts: dict[str, Any]) -> bool:
    """Whether it comes to something other than true or false of these facts, none of which is null."""
    try:
        return not isinstance(execute(source, facts), bool)
    except _NO_ANSWER:
        return True
