"""How a noun is read: from which tables, and for each field by which expression. Declared once, beside the field, in the noun's own file.

A plain field is a column of the same name and needs no word. A relation says where it leads; what is worked out says its SQL. A field
without either is not planned: an operation that asks for it is answered in the ordinary way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import QueryableAttribute

from anhuan_graphql.planner.pieces import Piece
from anhuan_infra.db.base import Base

Attribute = QueryableAttribute[Any]
Model = type[Base]
T = TypeVar("T", bound=type)
PLAN = "plan"
"""Key of a reading in the metadata of a Strawberry field."""


@dataclass(frozen=True)
class At:
    """The row that is shown: its tables, each under the alias that it has in the statement."""

    tables: Mapping[sa.FromClause, sa.FromClause]

    def __getitem__(self, attribute: "Attribute | sa.ColumnElement[Any]") -> sa.ColumnElement[Any]:
        """A column of the row, named as the model names it."""
        column = column_of(attribute)
        return self.tables[column.table].c[column.key]

    def ordered(self, attribute: "Attribute | Down") -> sa.ColumnElement[Any]:
        """A column of the row as an order takes it."""
        return self[attribute.attribute].desc() if isinstance(attribute, Down) else self[attribute]

    @property
    def own(self) -> sa.ColumnCollection[str, sa.ColumnElement[Any]]:
        """The columns of the table that gives the row its identity."""
        return next(iter(self.tables.values())).c


@dataclass(frozen=True)
class Down:
    """The greatest first."""

    attribute: Attribute


class Unplanned(Exception):
    """This operation is answered in the ordinary way; says which field stands in the way."""


class Env(Protocol):
    """Who asks, as expressions whose values come with each request."""

    def value(self, name: str, type_: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
        """`language`, or `person`: the asker's id."""
        ...


class Reading:
    """How one field is read."""


@dataclass(frozen=True)
class Column(Reading):
    """A plain value of a column; by default the column that is called like the field."""

    attribute: "Attribute | sa.Column[Any]"


@dataclass(frozen=True)
class Worked(Reading):
    """A plain value that PostgreSQL works out; `kind` is its Python type."""

    made: Callable[[At, Env], sa.ColumnElement[Any]]
    kind: object


@dataclass(frozen=True)
class Finished(Reading):
    """A value that Python makes: the facts for it travel in the answer as JSON and are replaced by what `finish` makes of them."""

    facts: Callable[[At, Env], Piece]
    finish: Callable[[Any, Any], bytes]
    """`(facts, member) -> JSON`."""


@dataclass(frozen=True)
class Told(Reading):
    """What Python says, in the very way in which the ordinary way says it: a plain value, or objects of a type without identity.
    `tell` gets the facts as JSON out of SQL, and the asker; of the objects is shown what the question selects."""

    facts: Callable[[At, Env], sa.ColumnElement[Any]]
    tell: Callable[[Any, Any], Any]
    """`(facts, member) -> value`; where the facts are SQL's null it is not called and there is no value."""


@dataclass(frozen=True)
class One(Reading):
    """The row that a column points at, as its noun; null where the column is null or the row is out of sight."""

    noun: str
    column: Attribute
    key: str = "id"


@dataclass(frozen=True)
class Many(Reading):
    """Rows that point here, in order; `where` narrows them by the field's own arguments, each an expression."""

    noun: str
    column: Attribute
    """Of the rows; it holds this row's id."""
    order: tuple[Attribute | Down, ...]
    most: int
    where: Mapping[str, Callable[[At, Any], sa.ColumnElement[bool]]] = field(
        default_factory=dict[str, Callable[[At, Any], sa.ColumnElement[bool]]]
    )
    only: Callable[[At, Env], sa.ColumnElement[bool]] | None = None
    """What holds of all of them, whatever is asked; looked at after the list has ended."""
    among: Callable[[At], sa.ColumnElement[bool]] | None = None
    """Of which rows the list is made at all."""


@dataclass(frozen=True)
class Listed(Reading):
    """Rows whose ids stand in an array column: those that can be seen, in the array's order."""

    noun: str
    column: Attribute


@dataclass(frozen=True)
class Group(Reading):
    """Values of the same row shown together as an object of a type without identity; null where `present` does not hold."""

    kind: str
    fields: Mapping[str, Reading]
    present: Callable[[At], sa.ColumnElement[bool]] | None = None


@dataclass(frozen=True)
class Pages(Reading):
    """Rows that point here, in pages; the field's arguments are `first` and `after`."""

    noun: str
    column: Attribute
    """Of the rows; it holds this row's id."""
    orders: Sequence[Any]
    """`relay.Order`s by columns that are never null."""
    page: Callable[[Any, Any, UUID, int | None, str | None], Any]
    """`(secrets, tenant_id, id of this row, first, after) -> Page`, as the resolver makes it."""


@dataclass(frozen=True)
class ById(Reading):
    """A question for one row by its id."""

    noun: str
    missing: bool = False
    """Whether a missing row is refused, which the ordinary way does, instead of being null."""
    argument: str = "id"


@dataclass(frozen=True)
class Paged(Reading):
    """A list at the root of a question, in pages.

    `page` makes the page out of the resolver's arguments, as the resolver does; `where` are the conditions, in which an argument is
    what it is where it shapes the statement (nothing, a truth value, a member of an enumeration) and an expression otherwise.
    """

    noun: str
    page: Callable[[Any, Any, Mapping[str, Any]], Any]
    """`(secrets, tenant_id, arguments) -> Page`."""
    where: Callable[[At, Env, Mapping[str, Any]], list[sa.ColumnElement[bool]]]
    sure: tuple[Model, ...] = ()
    """Of the noun's tables those that have a row wherever the conditions hold; they are read for what is shown of a row, and to find
    and count rows only where a condition or the order names them."""


@dataclass(frozen=True)
class Noun:
    """A type that stands for rows: its first table has the identity, the others share it; `optional` ones may have no row."""

    name: str
    tables: tuple[sa.Table, ...]
    optional: frozenset[sa.Table] = frozenset()
    readings: Mapping[str, Reading] = field(default_factory=dict[str, Reading])
    """Of plain fields that are not simply a column of their name."""


@dataclass(frozen=True)
class Union:
    """An interface whose rows are of several types: of the first with a row in its table, else of the last."""

    base: Noun
    kinds: tuple[tuple[sa.Table, str], ...]


NOUNS: dict[str, Noun] = {}
UNIONS: dict[str, Union] = {}


def noun(*models: Model, **readings: Reading) -> Callable[[T], T]:
    """Say from which tables a Strawberry type is read, and how those plain fields are that are no column of their name."""

    def wrap(kind: T) -> T:
        name: str = vars(kind)["__strawberry_definition__"].name
        NOUNS[name] = Noun(name, tuple(table_of(model) for model in models), readings=readings)
        return kind

    return wrap


def union(base: Model, **kinds: Model) -> Callable[[T], T]:
    """Say of an interface which types its rows may have, each by the table that only it has; the type of the base comes last."""

    def wrap(kind: T) -> T:
        name: str = vars(kind)["__strawberry_definition__"].name
        own = {table_of(model): called for called, model in kinds.items()}
        others = frozenset(own) - {table_of(base)}
        UNIONS[name] = Union(Noun(name, (table_of(base), *others), others), tuple(own.items()))
        return kind

    return wrap


def table_of(model: Model) -> sa.Table:
    """The table of a model."""
    table = model.__table__
    assert isinstance(table, sa.Table)
    return table


def column_of(attribute: "Attribute | sa.ColumnElement[Any]") -> sa.Column[Any]:
    """The column of an attribute of a model."""
    if isinstance(attribute, sa.Column):
        return attribute
    found: sa.Column[Any] = attribute.property.columns[0]
    return found
