"""Pages of a list as SQL: one statement for the page, its cursors, whether more follows, and the count where it is asked for."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql import visitors

from anhuan_graphql.planner import pieces
from anhuan_graphql.planner.pieces import Piece, joined, or_null
from anhuan_graphql.planner.readings import At, Paged, Unplanned, table_of
from anhuan_graphql.planner.rows import base_of, rows_of
from anhuan_graphql.planner.selection import Chosen
from anhuan_graphql.planner.statement import BOUND, Asking, Draft, Supply, shape_of
from anhuan_graphql.relay import Order, Page, beyond
from graphql import GraphQLObjectType, get_named_type

if TYPE_CHECKING:
    from anhuan_graphql.planner.compiler import Walk


@dataclass(frozen=True)
class Ready:
    """What one request asks of one list: the page with its cursor opened, and the arguments as the noun's file knows them."""

    page: Page
    size: int
    after: Sequence[Any] | None
    given: Mapping[str, Any]

    @property
    def shape(self) -> Any:
        """What of it shapes the statement."""
        after = None if self.after is None else tuple(value is None for value in self.after)
        return after, shape_of(self.given)


@dataclass
class Symbols:
    """The arguments of a list as its conditions see them: what shapes the statement as it is, the rest as parameters."""

    draft: Draft
    place: int

    def of(self, ready: Ready) -> dict[str, Any]:
        """All arguments by name."""
        return {name: self._symbol(value, (name,)) for name, value in ready.given.items()}

    def _symbol(self, value: Any, path: tuple[str, ...]) -> Any:
        if value is None or isinstance(value, bool | Enum):
            return value
        if hasattr(value, "__dataclass_fields__"):
            made = object.__new__(type(value))
            for name, one in vars(value).items():
                setattr(made, name, self._symbol(one, (*path, name)))
            return made
        if isinstance(value, list):
            return self.draft.given(
                lambda asking: [_plain(one) for one in self._found(asking, path)], sa.ARRAY(sa.Text())
            )
        type_ = BOUND.get(type(value))
        if type_ is None:
            raise Unplanned(".".join(path))
        return self.draft.given(lambda asking: self._found(asking, path), type_)

    def _found(self, asking: Asking, path: tuple[str, ...]) -> Any:
        found: Any = asking.ready[self.place].given[path[0]]
        for name in path[1:]:
            found = getattr(found, name)
        return found


def page_of(
    walk: "Walk", reading: Paged, chosen: Chosen, kind: GraphQLObjectType, place: int, ready: Ready
) -> Piece:
    """The connection of a list at the root of a question."""
    return _Root(walk, reading, place, ready).connection(chosen, kind)


class Listing(ABC):
    """One list as it is turned into pieces: `page` has its rows, one more than are shown, numbered `n` in order."""

    page: sa.Subquery
    at: At
    size: sa.ColumnElement[int]
    is_first: bool

    def __init__(self, walk: "Walk", noun: str) -> None:
        self.walk, self.draft, self.called = walk, walk.draft, noun
        self.noun = base_of(noun)

    @abstractmethod
    def rows(self) -> sa.FromClause:
        """The page, with what is needed of each row."""

    @abstractmethod
    def cursor(self) -> Piece:
        """Of a row."""

    @abstractmethod
    def counted(self) -> sa.Select[Any]:
        """How many rows the whole list has."""

    def around(self) -> Sequence[sa.FromClause]:
        """The tables of the row that the list stands in."""
        return ()

    def connection(self, chosen: Chosen, kind: GraphQLObjectType) -> Piece:
        """All that is asked of it."""
        inside = self.walk.chooser.fields(chosen.inner, frozenset([kind.name]))
        parts: list[Piece | str] = ["{"]
        for no, field in enumerate(inside):
            parts += ["," if no else "", f'"{field.key}":', self._part(field, kind)]
        whole = joined([*parts, "}"])
        # One row whatever is asked of the page and however many rows it has.
        found = sa.select(whole).select_from(self.rows()).having(sa.true())
        return found.correlate(*self.around()).scalar_subquery()

    def _part(self, field: Chosen, kind: GraphQLObjectType) -> Piece | str:
        if field.name == "__typename":
            return f'"{kind.name}"'
        if field.name == "totalCount":
            return self.counted().correlate(*self.around()).scalar_subquery().cast(sa.Text())
        inner = get_named_type(kind.fields[field.name].type)
        assert isinstance(inner, GraphQLObjectType)
        fields = self.walk.chooser.fields(field.inner, frozenset([inner.name]))
        if field.name == "pageInfo":
            return self._object(inner, fields, self._info)
        edge = self._object(inner, fields, self._edge)
        gathered = sa.func.string_agg(edge, aggregate_order_by(pieces.literal(","), self.page.c.n))
        shown = gathered.filter(self.page.c.n <= self.size)
        return joined(["[", sa.func.coalesce(shown, pieces.literal("")), "]"])

    @staticmethod
    def _object(kind: GraphQLObjectType, fields: Sequence[Chosen], one: Any) -> Piece:
        parts: list[Piece | str] = ["{"]
        for no, field in enumerate(fields):
            said = f'"{kind.name}"' if field.name == "__typename" else one(field)
            parts += ["," if no else "", f'"{field.key}":', said]
        return joined([*parts, "}"])

    def _edge(self, field: Chosen) -> Piece:
        return self.cursor() if field.name == "cursor" else self.walk.row(self.called, self.at, field)

    def _info(self, field: Chosen) -> Piece | str:
        if field.name == "hasNextPage":
            return sa.case(
                (sa.func.count() > self.size, pieces.literal("true")), else_=pieces.literal("false")
            )
        if field.name == "hasPreviousPage":
            return "false" if self.is_first else "true"
        number = self.page.c.n
        order = number.asc() if field.name == "startCursor" else number.desc()
        all_of_them = sa.func.array_agg(aggregate_order_by(self.cursor(), order)).filter(number <= self.size)
        return or_null(sa.type_coerce(all_of_them, sa.ARRAY(sa.Text()))[1])


class _Root(Listing):
    def __init__(self, walk: "Walk", reading: Paged, place: int, ready: Ready) -> None:
        super().__init__(walk, reading.noun)
        self.reading, self.place, self.ready = reading, place, ready
        self.given = Symbols(self.draft, place).of(ready)
        self.size = self.draft.given(lambda asking: asking.ready[place].size, sa.Integer())
        self.is_first = ready.after is None
        self.at = self.draft.at(self.noun)
        self.page = self._page()

    def _page(self) -> sa.Subquery:
        at = self.draft.at(self.noun)
        orders = on(at, self.ready.page.orders)
        clauses = [order.clause() for order in orders]
        conditions = [*self.reading.where(at, self.draft, self.given), *self._beyond(orders)]
        numbered = (
            sa.select(
                at.own.tenant_id,
                at.own.id,
                *(order.column.label(f"o{no}") for no, order in enumerate(orders)),
                sa.func.row_number().over(order_by=clauses).label("n"),
            )
            .select_from(self._found_in(at, [*conditions, *clauses]))
            .where(*conditions)
            .order_by(*clauses)
            .limit(self.size + sa.literal_column("1"))
        )
        return numbered.subquery(self.draft.name())

    def _beyond(self, orders: Sequence[Order]) -> list[sa.ColumnElement[bool]]:
        if self.ready.after is None:
            return []
        place = self.place
        values: list[Any] = []
        for no, value in enumerate(self.ready.after):
            kind = BOUND.get(type(value))
            if value is None:
                values.append(None)
            elif kind is None:
                raise Unplanned("a cursor of an odd type")
            else:
                values.append(self.draft.given(_after(place, no), kind))
        return [beyond(orders, values)]

    def rows(self) -> sa.FromClause:
        same = sa.and_(self.at.own.tenant_id == self.page.c.tenant_id, self.at.own.id == self.page.c.id)
        first, *others = self.noun.tables
        rows = self.page.outerjoin(self.at.tables[first], same)
        for table in others:
            other = self.at.tables[table]
            rows = rows.outerjoin(
                other, sa.and_(other.c.tenant_id == self.page.c.tenant_id, other.c.id == self.page.c.id)
            )
        return rows

    def cursor(self) -> Piece:
        columns = [self.page.c[f"o{no}"] for no in range(len(self.ready.page.orders))]
        kinds = [column.type for column in columns]
        place = self.place

        def seal(values: list[Any], asking: Asking) -> bytes:
            page: Page = asking.ready[place].page
            return sealed(page, values, kinds)

        return self.draft.hole(sa.func.json_build_array(*columns).cast(sa.Text()), seal)

    def counted(self) -> sa.Select[Any]:
        at = self.draft.at(self.noun)
        conditions = self.reading.where(at, self.draft, self.given)
        return sa.select(sa.func.count()).select_from(self._found_in(at, conditions)).where(*conditions)

    def _found_in(self, at: At, clauses: Sequence[sa.ColumnElement[Any]]) -> sa.FromClause:
        """The tables in which rows are found: each is asked once more whether the row may be seen, so none without need."""
        named = {
            part.table
            for clause in clauses
            for part in visitors.iterate(clause)
            if isinstance(part, sa.ColumnClause)
        }
        sure = {table_of(model) for model in self.reading.sure}
        kept = tuple(one for one in self.noun.tables if one not in sure or at.tables[one] in named)
        return rows_of(replace(self.noun, tables=kept), at)


def on(at: At, orders: Sequence[Order]) -> list[Order]:
    """The orders by the columns of a row of the statement."""
    return [Order(at[order.column], order.descending, order.nullable) for order in orders]


def sealed(page: Page, values: Sequence[Any], kinds: Sequence[sa.types.TypeEngine[Any]]) -> bytes:
    """The cursor of a row with these values, as they came in JSON."""
    back = [_back(value, kind) for value, kind in zip(values, kinds, strict=True)]
    return b'"' + page.seal(back).encode() + b'"'


def _after(place: int, no: int) -> Supply:
    return lambda asking: asking.ready[place].after[no]


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _back(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    if value is not None and isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    if value is not None and isinstance(kind, sa.Uuid):
        return UUID(value)
    return value
