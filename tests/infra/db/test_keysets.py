"""Every list that is read in pages stands in the order of an index: a page costs what its rows cost, however many the company has."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import psycopg
import pytest

from anhuan_graphql.limits import core
from anhuan_graphql.planner.compiler import strawberry_field
from anhuan_graphql.planner.readings import PLAN, Paged, Pages, column_of
from anhuan_graphql.schema import schema
from anhuan_infra.db import lint
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Secrets
from graphql import GraphQLEnumType, GraphQLField, GraphQLObjectType, get_named_type

Columns = tuple[str, tuple[str, ...]]


def _orders() -> dict[str, set[Columns]]:
    """By field, each order in which its pages may come: a table and its columns."""
    found: dict[str, set[Columns]] = {}
    for kind in core(schema).type_map.values():
        if not isinstance(kind, GraphQLObjectType) or "strawberry-definition" not in kind.extensions:
            continue
        for name, field in kind.fields.items():
            reading = strawberry_field(kind, name).metadata.get(PLAN)
            orders = _of(reading, field)
            if orders:
                found[f"{kind.name}.{name}"] = orders
    return found


def _of(reading: Any, field: GraphQLField) -> set[Columns]:
    if isinstance(reading, Pages):
        first = column_of(reading.column)
        return {(first.table.name, (first.name, *(column_of(one.column).name for one in reading.orders)))}
    if not isinstance(reading, Paged):
        return set()
    return {
        (
            column_of(page.orders[0].column).table.name,
            tuple(column_of(one.column).name for one in page.orders),
        )
        for page in _pages(reading, field)
    }


def _pages(reading: Paged, field: GraphQLField) -> Iterator[Any]:
    """The page for each way of asking that shapes it."""
    names = [argument.out_name or name for name, argument in field.args.items()]
    ways: list[list[Any]] = []
    for argument in field.args.values():
        kind = get_named_type(argument.type)
        if isinstance(kind, GraphQLEnumType):
            ways.append([None, *kind.extensions["strawberry-definition"].wrapped_cls])
        else:
            ways.append([None, True] if kind.name == "Boolean" else [None])
    for values in product(*ways):
        yield reading.page(Secrets(bytes(32)), new_id(), _Given(zip(names, values, strict=True)))


class _Given(dict[str, Any]):
    """Arguments by the names of Python, whichever way they are written."""

    def __missing__(self, name: str) -> Any:
        head, *rest = name.split("_")
        return self[head + "".join(part.title() for part in rest)] if rest else None


ORDERS = _orders()
REVIEWED: set[Columns] = {("record_entries", ("case_id", "at", "id"))}
"""Its index ends with the moment: two entries of one case hardly ever share one."""


@pytest.mark.parametrize("field", ORDERS)
def test_each_page_is_read_along_an_index(env: dict[str, str], field: str) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        orders = ORDERS[field] - REVIEWED
        missing = [order for order in orders if not lint.is_in_order(connection, *order)]

    assert missing == []


def test_the_lists_that_are_known_are_among_them() -> None:
    assert {"Query.hazards", "Query.people", "Query.notices", "Query.record"} <= set(ORDERS)
    assert len(ORDERS["Query.hazards"]) == 2


def test_an_order_without_its_index_is_noticed(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute("drop index ix_cases_opened")

        assert not lint.is_in_order(connection, "cases", ("opened_at", "id"))
        assert lint.is_in_order(connection, "cases", ("due_at", "id"))
        assert not lint.is_in_order(connection, "cases", ("id", "due_at"))
        connection.rollback()
