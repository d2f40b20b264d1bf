"""One statement under construction: aliases, the values that come with each request, and the holes that Python fills."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

from anhuan_graphql.planner.pieces import Piece, hole
from anhuan_graphql.planner.readings import At, Noun, Unplanned
from anhuan_infra.db.lane import Statement
from anhuan_tenants.identity.arrivals import Arrival, stands

_MOST_TABLES = 150
"""In one statement; PostgreSQL plans each, and there are questions that would multiply them without end."""
Supply = Callable[["Asking"], Any]
Finish = Callable[[Any, "Asking"], bytes]
_DIALECT: Any = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
"""For its way of writing SQL alone: numbered parameters, each with its type; the library leaves dialects untyped."""


BOUND: dict[type, sa.types.TypeEngine[Any]] = {
    str: sa.Text(),
    int: sa.Integer(),
    float: sa.Double(),
    UUID: sa.Uuid(),
    datetime: sa.DateTime(timezone=True),
}
"""How values that come with a request are sent."""


@dataclass(frozen=True)
class Asking:
    """One request: the values of its variables, who asks, in which language, and what was made ready for it."""

    variables: Mapping[str, Any]
    member: Any
    language: str
    ready: tuple[Any, ...] = ()
    arrival: Arrival | None = None
    """Where the asker was known again by their token: the statement itself asks whether they still stand."""
    secrets: Any = None
    """What cursors are sealed with."""
    kept: dict[Any, Any] = field(default_factory=dict[Any, Any])
    """What the request has made and needs again."""


@dataclass
class Draft:
    """Collects while the compiler walks."""

    supplies: dict[str, Supply] = field(default_factory=dict[str, Supply])
    finishes: list[Finish] = field(default_factory=list[Finish])
    _aliases: int = 0

    def alias(self, table: sa.FromClause) -> sa.FromClause:
        """The table under a name of its own."""
        self._aliases += 1
        if self._aliases > _MOST_TABLES:
            raise Unplanned(f"more than {_MOST_TABLES} tables")
        return table.alias(f"t{self._aliases}")

    def at(self, noun: Noun) -> At:
        """A row of a noun, under new names."""
        return At({table: self.alias(table) for table in noun.tables})

    def name(self) -> str:
        """For a subquery."""
        self._aliases += 1
        return f"q{self._aliases}"

    def given(self, supply: Supply, type_: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
        """A value that each request brings."""
        name = f"v{len(self.supplies)}"
        self.supplies[name] = supply
        return sa.bindparam(name, type_=type_)

    def value(self, name: str, type_: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
        """Who asks: `language` or `person`; one parameter however often it is used."""
        supply: Supply = (lambda a: a.language) if name == "language" else (lambda a: a.member.person_id)
        self.supplies.setdefault(name, supply)
        return sa.bindparam(name, type_=type_)

    def _of_arrival(
        self, read: Callable[[Arrival], Any], type_: sa.types.TypeEngine[Any]
    ) -> sa.ColumnElement[Any]:
        return self.given(lambda asking: read(asking.arrival) if asking.arrival else None, type_)

    def hole(self, facts: Piece, finish: Finish) -> Piece:
        """A place that Python fills."""
        self.finishes.append(finish)
        return hole(len(self.finishes) - 1, facts)

    def plan(self, answer: Piece) -> "Plan":
        """The finished statement: the answer, or null for somebody who was known again and does not stand as they did."""
        is_known = self.given(lambda asking: asking.arrival is not None, sa.Boolean())
        whole = sa.case((sa.or_(~is_known, stands(self._of_arrival)), answer))
        said = sa.select(whole).compile(dialect=_DIALECT)
        positions: list[str] = list(said.positiontup or ())
        fixed: Mapping[str, Any] = said.params
        supplies = tuple(self.supplies.get(name) or _constant(fixed[name]) for name in positions)
        return Plan(Statement.of(said.string), supplies, tuple(self.finishes))


@dataclass(frozen=True)
class Plan:
    """What is kept of an operation: the statement, where its parameters come from, and how its holes are filled."""

    statement: Statement
    supplies: tuple[Supply, ...]
    finishes: tuple[Finish, ...]

    def parameters(self, asking: Asking) -> list[bytes | None]:
        """The values of one request as PostgreSQL reads them."""
        return [as_text(supply(asking)) for supply in self.supplies]


def shape_of(value: Any) -> Any:
    """What of given values shapes a statement: truth values and members of enumerations as they are, of all else whether it is there."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, Mapping):
        return tuple((name, shape_of(one)) for name, one in value.items())
    if is_dataclass(value):
        return shape_of(vars(value))
    return type(value).__name__


def _constant(value: Any) -> Supply:
    return lambda _: value


def as_text(value: Any) -> bytes | None:
    """A value in PostgreSQL's text format."""
    if value is None:
        return None
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, datetime):
        return value.isoformat().encode()
    if isinstance(value, str | int | float | UUID):
        return str(value).encode()
    if isinstance(value, list | tuple | frozenset | set):
        return b"{" + b",".join(_item(one) for one in value) + b"}"
    raise TypeError(f"no way to send a {type(value).__name__}")


def _item(value: Any) -> bytes:
    text = as_text(value)
    if text is None:
        return b"NULL"
    return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
