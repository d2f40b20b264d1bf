"""Conditions of a definition: CEL expressions over the facts of a case, bounded in size since companies write them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

import cel

from anhuan_platform.loops.errors import DefinitionInvalid

MAX_LENGTH = 500
MAX_MACROS = 2
_MACRO = re.compile(r"\.(all|exists|exists_one|filter|map)\s*\(")


@lru_cache(maxsize=2048)
def compiled(source: str) -> Any:
    """The expression made ready; refuses what is too long, nests too deep or does not parse. CEL itself has no cost limit."""
    if len(source) > MAX_LENGTH or len(_MACRO.findall(source)) > MAX_MACROS:
        raise DefinitionInvalid(reason=f"condition too large: {source[:60]}…")
    try:
        return cel.compile(source)
    except ValueError as problem:
        raise DefinitionInvalid(reason=f"condition {source!r}: {problem}") from problem


def holds(source: str | None, facts: Mapping[str, Any]) -> bool:
    """Whether the condition is true of these facts; no condition always holds, anything but true or false is refused."""
    if not source:
        return True
    try:
        answer = cast(object, compiled(source).execute(dict(facts)))
    except (RuntimeError, ValueError, TypeError, KeyError) as problem:
        raise DefinitionInvalid(reason=f"condition {source!r}: {problem}") from problem
    if not isinstance(answer, bool):
        raise DefinitionInvalid(reason=f"condition {source!r} is not true or false")
    return answer
