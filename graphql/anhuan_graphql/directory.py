"""Who and what stands in the organisation: the tree, one unit, one person, people in pages and by what somebody types."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by, array

from anhuan_graphql.context import Info
from anhuan_graphql.fields import query
from anhuan_graphql.people import Person, Unit, is_under, people_by_id, units_by_id
from anhuan_graphql.planner.pieces import literal
from anhuan_graphql.planner.readings import At, ById, Env, table_of
from anhuan_graphql.planner.roots import Given, Rows, Searched, seen
from anhuan_graphql.relay import Connection, Order, Page
from anhuan_infra.errors import NotFound
from anhuan_infra.settings import Secrets
from anhuan_tenants.organisation import repository
from anhuan_tenants.organisation.models import Person as PersonRow
from anhuan_tenants.organisation.models import Unit as UnitRow
from anhuan_tenants.subscriptions.catalogue import CORE

PLAIN = At({table_of(PersonRow): table_of(PersonRow)})


def _units(at: At, _env: Env, given: Given) -> list[sa.ColumnElement[bool]]:
    return [] if given["closed"] else [at[UnitRow.closed_at].is_(None)]


def _down_the_tree(at: At, _env: Env, given: Given) -> list[sa.ColumnElement[Any]]:
    """By the names on the way down, each with its label; `repository.tree` says the same. The names of all are gathered once."""
    named = sa.alias(table_of(UnitRow), "named")
    pairs = sa.func.jsonb_object_agg(literal("u").concat(named.c.no.cast(sa.Text())), named.c.name_sort)
    names = sa.select(sa.type_coerce(pairs, JSONB()))
    if not given["closed"]:
        names = names.where(named.c.closed_at.is_(None))
    labels = sa.func.string_to_array(at[UnitRow.path].cast(sa.Text()), literal("."))
    steps = sa.func.unnest(labels).table_valued("label", with_ordinality="n", name="way").render_derived()
    name = sa.func.coalesce(
        names.scalar_subquery().op("->>", return_type=sa.Text())(steps.c.label), literal("")
    )
    pair = sa.type_coerce(array([sa.collate(name, "C"), steps.c.label]), sa.ARRAY(sa.Text()))
    way = (
        sa.select(sa.func.array_agg(aggregate_order_by(pair, steps.c.n)))
        .select_from(steps)
        .correlate(at.tables[table_of(UnitRow)])
        .scalar_subquery()
    )
    return [way]


@query(CORE, Rows("Unit", _units, _down_the_tree))
async def organisation(info: Info, closed: bool = False) -> list[Unit]:
    """Every unit that you can see, parents before children, siblings by name; closed ones when asked for."""
    async with info.context.reading() as work:
        return [Unit.of(row) for row in await repository.tree(work, closed=closed)]


@query(CORE, ById("Unit", missing=True))
async def unit(info: Info, id: UUID) -> Unit | None:
    """One unit."""
    found = await info.context.loader(units_by_id).load(id)
    if found is None:
        raise NotFound(path="id", kind="unit", id=id)
    return found


@query(CORE, ById("Person", missing=True))
async def person(info: Info, id: UUID) -> Person | None:
    """One person."""
    found = await info.context.loader(people_by_id).load(id)
    if found is None:
        raise NotFound(path="id", kind="person", id=id)
    return found


def _page(secrets: Secrets, tenant_id: UUID, given: Mapping[str, Any]) -> Page:
    return Page(
        secrets=secrets,
        tenant_id=tenant_id,
        of="people",
        narrowed=[given["unit"], given["party"], given["text"], given["disabled"]],
        orders=(Order(PersonRow.name_sort), Order(PersonRow.id)),
        first=given["first"],
        after=given["after"],
    )


def _meant(given: Mapping[str, Any]) -> Mapping[str, Any]:
    text: str | None = given["text"]
    return {**given, "text": repository.meant(text) if text else None}


def _people(at: At, given: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [] if given["disabled"] else [at[PersonRow.disabled_at].is_(None)]
    if given["unit"] is not None:
        where.append(is_under(at[PersonRow.home_unit_no], given["unit"]))
    if given["party"] is not None:
        where.append(at[PersonRow.party_id] == given["party"])
    if given["text"] is not None:
        columns = (at[PersonRow.name], at[PersonRow.name_sort], at[PersonRow.account])
        where.append(repository.found_by(given["text"], *columns))
    return where


@query(
    CORE,
    Searched(
        "Person",
        _page,
        lambda at, _env, given: _people(at, given),
        guard=seen(UnitRow, "unit"),
        made_ready=_meant,
    ),
)
async def people(
    info: Info,
    first: int | None = None,
    after: str | None = None,
    unit: UUID | None = None,
    party: UUID | None = None,
    text: str | None = None,
    disabled: bool = False,
) -> Connection[Person]:
    """People whom you can see, by name; of a unit and everything under it, of an outside party, or meant by what is typed
    (name, pinyin, initials, account)."""
    context = info.context
    given = {
        "first": first, "after": after, "unit": unit, "party": party, "text": text, "disabled": disabled,
    }  # fmt: skip
    async with context.reading() as work:
        if unit is not None:
            await repository.unit(work, unit)
        where = _people(PLAIN, _meant(given))
        page = _page(context.house.settings.secrets, work.tenant_id, given)
        statement = select(PersonRow).where(*where, page.where()).order_by(*page.order_by())
        rows = (await work.session.scalars(statement.limit(page.size + 1))).all()

    async def count() -> int:
        async with context.reading() as work:
            return await work.session.scalar(select(func.count()).select_from(PersonRow).where(*where)) or 0

    return page.connection([(Person.of(row), (row.name_sort, row.id)) for row in rows], count)


QUERIES = [organisation, unit, person, people]
