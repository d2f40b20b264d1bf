"""Pages of a list that stands inside a row: comments of a case, entries of its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from anhuan_graphql.planner import pieces
from anhuan_graphql.planner.paging import Listing, on, sealed
from anhuan_graphql.planner.pieces import Piece, joined
from anhuan_graphql.planner.readings import At, Pages
from anhuan_graphql.planner.selection import Chosen
from anhuan_graphql.planner.statement import Asking, Supply
from anhuan_graphql.relay import Page, beyond, claimed, size_of
from graphql import GraphQLObjectType, get_named_type

if TYPE_CHECKING:
    from anhuan_graphql.planner.arguments import Arguments
    from anhuan_graphql.planner.compiler import Walk


def pages_within(
    walk: "Walk", reading: Pages, at: At, chosen: Chosen, kind: Any, given: "Arguments"
) -> Piece:
    """The connection of a list inside a row. Which row, and so whether a cursor was sealed for its list, is known only with the answer:
    the cursor is believed in the statement and judged before the answer goes out."""
    connection = get_named_type(kind)
    assert isinstance(connection, GraphQLObjectType)
    return _Within(walk, reading, at, given).connection(chosen, connection)


@dataclass(frozen=True, eq=False)
class _Turn:
    """Which page of each row's list is asked for."""

    reading: Pages
    first: Supply
    after: Supply

    def of(self, row: str, asking: Asking) -> Page:
        """The page of a row; kept for the request, since all its cursors share what is sealed."""
        if (self, row) not in asking.kept:
            asking.kept[self, row] = self.reading.page(
                asking.secrets, asking.member.tenant_id, UUID(row), self.first(asking), self.after(asking)
            )
        page: Page = asking.kept[self, row]
        return page


class _Within(Listing):
    def __init__(self, walk: "Walk", reading: Pages, outer: At, given: "Arguments") -> None:
        super().__init__(walk, reading.noun)
        self.reading, self.outer = reading, outer
        self.turn = turn = _Turn(reading, given.supply("first"), given.supply("after"))
        self.size = self.draft.given(lambda asking: size_of(turn.first(asking)), sa.Integer())
        self.is_first = given.is_null("after")
        (self.table,) = self.noun.tables
        self.page = self._page()
        self.at = At({self.table: self.page})

    def _all(self) -> tuple[At, list[sa.ColumnElement[bool]]]:
        one = At({self.table: self.draft.alias(self.table)})
        own = self.outer.own
        return one, [one.own.tenant_id == own.tenant_id, one[self.reading.column] == own.id]

    def _page(self) -> sa.Subquery:
        one, where = self._all()
        orders = on(one, self.reading.orders)
        clauses = [order.clause() for order in orders]
        if not self.is_first:
            kinds = [order.column.type.python_type for order in orders]
            values = [
                self.draft.given(_claimed(self.turn.after, kinds, no), order.column.type)
                for no, order in enumerate(orders)
            ]
            where.append(beyond(orders, values))
        numbered = (
            sa.select(*one.own, sa.func.row_number().over(order_by=clauses).label("n"))
            .where(*where)
            .order_by(*clauses)
            .limit(self.size + sa.literal_column("1"))
        )
        return numbered.correlate(*self.around()).subquery(self.draft.name())

    def rows(self) -> sa.FromClause:
        return self.page

    def around(self) -> Sequence[sa.FromClause]:
        return list(self.outer.tables.values())

    def connection(self, chosen: Chosen, kind: GraphQLObjectType) -> Piece:
        whole = super().connection(chosen, kind)
        if self.is_first:
            return whole

        turn = self.turn

        def judged(row: str, asking: Asking) -> bytes:
            turn.of(row, asking).opened()
            return b""

        return joined([self.draft.hole(pieces.string(self.outer.own.id), judged), whole])

    def cursor(self) -> Piece:
        columns = [order.column for order in on(self.at, self.reading.orders)]
        kinds, turn = [column.type for column in columns], self.turn

        def seal(facts: list[Any], asking: Asking) -> bytes:
            row, *values = facts
            return sealed(turn.of(row, asking), values, kinds)

        return self.draft.hole(sa.func.json_build_array(self.outer.own.id, *columns).cast(sa.Text()), seal)

    def counted(self) -> sa.Select[Any]:
        one, where = self._all()
        return sa.select(sa.func.count()).select_from(one.tables[self.table]).where(*where)


def _claimed(after: Supply, kinds: Sequence[type], no: int) -> Supply:
    return lambda asking: claimed(after(asking), kinds)[no]
