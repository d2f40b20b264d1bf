"""How root fields are read that are neither one row by its id nor a plain list in pages: lists, the first of several kinds, values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa

from anhuan_graphql.planner.pieces import NULL, Piece, literal
from anhuan_graphql.planner.readings import At, ById, Env, Model, Paged, Reading, table_of


class Given(Protocol):
    """Arguments of a root field by name: itself where it shapes the statement (nothing, a truth value, a member of an enumeration),
    and an expression otherwise; test them with `is not None`."""

    def __getitem__(self, name: str, /) -> Any: ...


@dataclass(frozen=True)
class Guard:
    """What must hold before anything is answered. Where it does not, the ordinary way is asked, which knows how to refuse."""

    holds: Callable[[Any, Any], bool]
    """`(facts, member)`."""
    facts: Callable[[Env, Given], Piece | None] = lambda _env, _given: literal(NULL)
    """JSON out of SQL; None where there is nothing to ask."""


@dataclass(frozen=True)
class Root(Reading):
    """What a root field may be."""

    guard: Guard | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Rows(Root):
    """All rows that the conditions leave, in order, as a list."""

    noun: str
    where: Callable[[At, Env, Given], list[sa.ColumnElement[bool]]]
    order: Callable[[At, Env, Given], list[sa.ColumnElement[Any]]]
    most: int | None = None
    sorted_by: tuple[Callable[[At], Piece], Callable[[Any], Any]] | None = None
    """Facts of each row as JSON, and Python's key for them, where only Python knows the order: of names in Chinese, say."""


@dataclass(frozen=True)
class Arm:
    """One kind of thing that may be meant, in the order of `order`."""

    noun: str
    where: Callable[[At, Env, Given], list[sa.ColumnElement[bool]]]
    order: Callable[[At], list[sa.ColumnElement[Any]]] = lambda _at: []
    module: str | None = None
    """Without which the thing is not shown but refused."""


@dataclass(frozen=True)
class First(Root):
    """One thing: the first row of the first kind that has one. `missing` where the resolver refuses instead of answering nothing."""

    arms: tuple[Arm, ...]
    missing: bool = False


@dataclass(frozen=True)
class Value(Root):
    """One plain value that PostgreSQL works out; `kind` is its Python type."""

    made: Callable[[Env, Given], sa.ColumnElement[Any]]
    kind: object


@dataclass(frozen=True)
class Whole(Root):
    """What Python makes: plain values, or objects of types whose fields are plain, of which the question's selection is shown."""

    make: Callable[[Any, Any], Any]
    """`(facts, member) -> value`."""
    facts: Callable[[Env, Given], Piece] = lambda _env, _given: literal(NULL)
    """JSON out of SQL."""


@dataclass(frozen=True)
class Searched(Paged):
    """A list in pages that asks something first, or whose arguments Python makes ready."""

    guard: Guard | None = None
    made_ready: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None
    """The arguments as `where` wants them, from those that the resolver gets; `page` still gets these. May refuse."""


ROOTS = (ById, Paged, Root)
"""Every reading that a root field may have."""


def allowed(act: str) -> Guard:
    """Only for whom the policy grants the act anywhere at all."""
    return Guard(lambda _facts, member: member.access.allows(act, None))


def seen(model: Model, argument: str) -> Guard:
    """Where the argument names a row, one must see it."""
    table = table_of(model)

    def facts(_env: Env, given: Given) -> Piece | None:
        wanted = given[argument]
        if wanted is None:
            return None
        found = sa.alias(table, f"seen_{argument}")
        there = sa.select(found.c.id).where(found.c.id == wanted).exists()
        return sa.case((there, literal("true")), else_=literal("false"))

    return Guard(lambda is_seen, _member: is_seen, facts)


def both(*guards: Guard) -> Guard:
    """All of them must hold."""

    def facts(env: Env, given: Given) -> Piece:
        each = [guard.facts(env, given) for guard in guards]
        said = [literal(NULL) if one is None else one for one in each]
        is_asked = [literal("false" if one is None else "true") for one in each]
        return sa.func.json_build_array(*(one.cast(sa.JSON()) for one in (*is_asked, *said))).cast(sa.Text())

    def holds(found: list[Any], member: Any) -> bool:
        asked, said = found[: len(guards)], found[len(guards) :]
        return all(
            not is_asked or guard.holds(fact, member)
            for is_asked, fact, guard in zip(asked, said, guards, strict=True)
        )

    return Guard(holds, facts)
