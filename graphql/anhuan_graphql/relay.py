"""Lists and identities by the Relay conventions: nodes by UUID, connections, cursors that fit only the list they came from."""

import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, and_, or_, true, tuple_
from sqlalchemy.orm import QueryableAttribute

from anhuan_graphql.errors import BadCursor
from anhuan_graphql.limits import LIST, PAGE
from anhuan_graphql.shown import shown
from anhuan_infra.errors import BadInput
from anhuan_infra.fingerprint import fingerprint
from anhuan_infra.settings import Secrets

T = TypeVar("T")
TAG = 16
"""Bytes of the cursor's seal."""


@strawberry.interface
class Node:
    """A thing with an identity; `node(id)` finds it again."""

    id: UUID


@strawberry.type
class PageInfo:
    """Where this page ends; lists are read forwards."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One item and the place after it."""

    node: T
    cursor: str


@strawberry.type
class Connection(Generic[T]):
    """One page of a list. The whole is counted only when asked for."""

    edges: list[Edge[T]]
    page_info: PageInfo
    count: strawberry.Private[Callable[[], Awaitable[int]]]

    @shown
    async def total_count(self) -> int:
        """How many there are in all, as far as you can see them."""
        return await self.count()


@dataclass(frozen=True)
class Order:
    """One column of an order; rows without a value come last. The last column of a list must be unique."""

    column: "ColumnElement[Any] | QueryableAttribute[Any]"
    descending: bool = False
    nullable: bool = False

    def clause(self) -> ColumnElement[Any]:
        """For ORDER BY, in the words of its index: where there is no null, saying where nulls go would cost a sort."""
        way = self.column.desc() if self.descending else self.column.asc()
        return way.nulls_last() if self.nullable else way

    def beyond(self, value: Any) -> ColumnElement[bool]:
        """Rows that come later than this value, by this column alone."""
        if value is None:
            return ~true()
        later = self.column < value if self.descending else self.column > value
        return or_(later, self.column.is_(None)) if self.nullable else later

    def same(self, value: Any) -> ColumnElement[bool]:
        """Rows that this column does not tell apart from the value."""
        return self.column.is_(None) if value is None else self.column == value


@dataclass(frozen=True)
class Page:
    """A request for a page of one list, known by its name, the company and everything that narrows or orders it."""

    secrets: Secrets
    tenant_id: UUID
    of: str
    narrowed: Any
    orders: Sequence[Order]
    first: int | None
    after: str | None

    @property
    def size(self) -> int:
        """How many items; refuses what is no page."""
        return size_of(self.first)

    def where(self) -> ColumnElement[bool]:
        """The rows after the cursor, in this order."""
        return true() if self.after is None else beyond(self.orders, self.opened())

    def order_by(self) -> list[ColumnElement[Any]]:
        """For the statement; ask it for `size + 1` rows."""
        return [order.clause() for order in self.orders]

    def connection(
        self,
        rows: Sequence[tuple[T, Sequence[Any]]],
        count: Callable[[], Awaitable[int]],
    ) -> Connection[T]:
        """The page out of up to `size + 1` items, each with its values in the order's columns."""
        shown = rows[: self.size]
        edges = [Edge(node=node, cursor=self.seal(values)) for node, values in shown]
        info = PageInfo(
            has_next_page=len(rows) > self.size,
            has_previous_page=self.after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )
        return Connection(edges=edges, page_info=info, count=count)

    def seal(self, values: Sequence[Any]) -> str:
        """The cursor of an item with these values in the order's columns."""
        plain = json.dumps([_out(value) for value in values], separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(self._tag(plain) + plain).decode().rstrip("=")

    def opened(self) -> list[Any]:
        """The values that the cursor stands for; refuses one that was not sealed for this list."""
        tag, plain = _taken_apart(self.after or "")
        if not hmac.compare_digest(tag, self._tag(plain)):
            raise BadCursor(path="after")
        return [_in(value) for value in json.loads(plain)]

    def _tag(self, plain: bytes) -> bytes:
        seal = self._begun.copy()
        seal.update(plain)
        return seal.digest()[:TAG]

    @cached_property
    def _begun(self) -> hmac.HMAC:
        """The seal of every cursor of this list, as far as they are alike."""
        bound = fingerprint([str(self.tenant_id), self.of, self.narrowed])
        return hmac.new(self.secrets.key("cursor/1"), bound, hashlib.sha256)


def size_of(first: int | None) -> int:
    """How many items a page has that asks for so many; refuses what is no page."""
    size = PAGE if first is None else first
    if not 1 <= size <= LIST:
        raise BadInput(path="first", reason=f"1–{LIST}")
    return size


def claimed(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """The values of these types that a cursor says it stands for. Whether it was sealed for its list is known once the list is, so
    nothing made with them goes out before `Page.opened` has agreed."""
    try:
        values = [_in(value) for value in json.loads(_taken_apart(cursor)[1])]
        plain = [one.astimezone(UTC) if isinstance(one, datetime) else one for one in values]
    except (ValueError, TypeError, LookupError, OverflowError, AttributeError, RecursionError):
        raise BadCursor(path="after") from None
    if [type(one) for one in plain] != list(kinds):
        raise BadCursor(path="after")
    return plain


def _taken_apart(cursor: str) -> tuple[bytes, bytes]:
    """Seal and content."""
    if len(cursor) > 1_000 or not cursor.isascii():
        raise BadCursor(path="after")
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise BadCursor(path="after") from None
    return raw[:TAG], raw[TAG:]


def beyond(orders: Sequence[Order], values: Sequence[Any]) -> ColumnElement[bool]:
    """Rows that come later than one with these values in the order's columns."""
    if not any(order.nullable for order in orders) and len({order.descending for order in orders}) == 1:
        # As one comparison of rows it is a place in the index; as a chain of alternatives everything before it is read.
        columns: ColumnElement[Any] = tuple_(*(order.column for order in orders))
        return columns < tuple_(*values) if orders[0].descending else columns > tuple_(*values)
    arms: list[ColumnElement[bool]] = []
    for place, (order, value) in enumerate(zip(orders, values, strict=True)):
        same = [o.same(v) for o, v in zip(orders[:place], values[:place], strict=True)]
        arms.append(and_(*same, order.beyond(value)))
    return or_(*arms)


def _out(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.astimezone(UTC).isoformat()}
    if isinstance(value, UUID):
        return {"u": str(value)}
    return value


def _in(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["t"]) if "t" in value else UUID(value["u"])
    return value
