"""A field of a type that is worked out: its docstring is its description on the wire."""

import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast

import strawberry

from anhuan_graphql.planner.readings import PLAN, Reading

F = TypeVar("F", bound=Callable[..., Any])


def shown(read: F) -> F:
    """Show this method as a field; to a type checker it stays the method it is."""
    return cast(F, strawberry.field(read, description=inspect.getdoc(read)))


def planned(reading: Reading) -> Callable[[F], F]:
    """Show this method as a field, and say how PostgreSQL answers it without the method."""

    def wrap(read: F) -> F:
        return cast(F, strawberry.field(read, description=inspect.getdoc(read), metadata={PLAN: reading}))

    return wrap
