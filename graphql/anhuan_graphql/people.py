"""Units, posts and people, as the organisation and every name in a case show them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import Duty, Function, UnitKind
from anhuan_graphql.planner.pieces import literal
from anhuan_graphql.planner.readings import At, Down, Env, Many, One, Worked, noun, table_of
from anhuan_graphql.relay import Node
from anhuan_graphql.rights import buttons, granted
from anhuan_graphql.shown import planned
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Resource
from anhuan_tenants.organisation.models import Contact, Holding
from anhuan_tenants.organisation.models import Person as PersonRow
from anhuan_tenants.organisation.models import Post as PostRow
from anhuan_tenants.organisation.models import Unit as UnitRow

MOST_POSTS = 200
"""Shown of one person."""


def _names_down(at: At, _env: Env) -> sa.ColumnElement[Any]:
    """Along the path of numbers, those that can be seen."""
    labels = sa.func.string_to_array(at[UnitRow.path].cast(sa.Text()), literal("."))
    steps = sa.func.unnest(labels).table_valued("label", with_ordinality="n", name="steps").render_derived()
    number = sa.func.substr(steps.c.label, sa.literal_column("2")).cast(sa.Integer())
    above = sa.alias(table_of(UnitRow), "above")
    # Each by the index: a join would read all units for every path, since nobody knows how few labels a path has.
    name = (
        sa.select(above.c.name)
        .where(above.c.no == number, above.c.tenant_id == at[UnitRow.tenant_id])
        .correlate(steps, at.tables[table_of(UnitRow)])
        .scalar_subquery()
    )
    names = (
        sa.select(sa.func.array_agg(aggregate_order_by(name, steps.c.n)))
        .select_from(steps)
        .correlate(at.tables[table_of(UnitRow)])
        .scalar_subquery()
    )
    seen = sa.func.array_remove(names, sa.null())
    return sa.func.coalesce(seen, sa.literal_column("'{}'::text[]"))


@noun(UnitRow)
@strawberry.type
class Unit(Node):
    """A unit of the organisation."""

    code: str
    name: str
    kind: UnitKind
    function: Function
    closed_at: datetime | None
    row: strawberry.Private[UnitRow]

    @classmethod
    def of(cls, row: UnitRow) -> "Unit":
        """Out of its row."""
        return cls(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=UnitKind(row.kind),
            function=Function(row.function),
            closed_at=row.closed_at,
            row=row,
        )

    @planned(One("Unit", UnitRow.parent_id))
    async def parent(self, info: Info) -> Annotated["Unit", strawberry.lazy("anhuan_graphql.people")] | None:
        """The unit above."""
        if self.row.parent_id is None:
            return None
        return await info.context.loader(units_by_id).load(self.row.parent_id)

    @planned(Worked(_names_down, list))
    async def path(self, info: Info) -> list[str]:
        """Names from the top down to this unit."""
        numbers = [int(label[1:]) for label in self.row.path.split(".")]
        found = await info.context.loader(units_by_no).load_many(numbers)
        return [unit.name for unit in found if unit is not None]

    @planned(buttons(Resource.UNIT, UnitRow.no))
    async def can(self, info: Info) -> list[str]:
        """What you may do here."""
        return granted(await info.context.actor(), Resource.UNIT, self.row.place())


def _of_post(column: Any, kind: object) -> Worked:
    """A column of the post that a holding holds."""

    def made(at: At, _env: Env) -> sa.ColumnElement[Any]:
        post = sa.alias(table_of(PostRow), "held")
        same = (post.c.tenant_id == at[Holding.tenant_id]) & (post.c.id == at[Holding.post_id])
        return (
            sa.select(post.c[column.key])
            .where(same)
            .correlate(at.tables[table_of(Holding)])
            .scalar_subquery()
        )

    return Worked(made, kind)


def _is_held(at: At) -> sa.ColumnElement[bool]:
    return at[Holding.until].is_(None) | (at[Holding.until] > func.now())


@noun(
    Holding,
    code=_of_post(PostRow.code, str),
    name=_of_post(PostRow.name, str),
    duty=_of_post(PostRow.duty, Duty),
    unit=One("Unit", Holding.unit_no, "no"),
)
@strawberry.type
class Post:
    """A post (岗位) that somebody holds in a unit; `id` is the holding's."""

    id: UUID
    code: str
    name: str
    duty: Duty
    unit: Unit | None
    is_primary: bool


@noun(Contact)
@strawberry.type
class Contacts:
    """How to reach somebody; only for who may read people there, and for oneself."""

    phone: str | None
    email: str | None


@noun(PersonRow)
@strawberry.type
class Person(Node):
    """Someone who works in or for the company."""

    name: str
    account: str
    party_id: UUID | None
    language: str
    disabled_at: datetime | None
    row: strawberry.Private[PersonRow]

    @classmethod
    def of(cls, row: PersonRow) -> "Person":
        """Out of its row."""
        return cls(
            id=row.id,
            name=row.name,
            account=row.account,
            party_id=row.party_id,
            language=row.language,
            disabled_at=row.disabled_at,
            row=row,
        )

    @planned(One("Unit", PersonRow.home_unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """The unit that the person belongs to."""
        return await info.context.loader(units_by_no).load(self.row.home_unit_no)

    @planned(
        Many("Post", Holding.person_id, (Down(Holding.is_primary), Holding.id), MOST_POSTS, among=_is_held)
    )
    async def posts(self, info: Info) -> list[Post]:
        """Posts held now."""
        held = (await info.context.loader(posts_by_person).load(self.row.id))[:MOST_POSTS]
        units = await info.context.loader(units_by_no).load_many([holding.unit_no for holding, _ in held])
        return [
            Post(
                id=holding.id,
                code=post.code,
                name=post.name,
                duty=Duty(post.duty),
                unit=unit,
                is_primary=holding.is_primary,
            )
            for (holding, post), unit in zip(held, units, strict=True)
        ]

    @planned(One("Contacts", PersonRow.id))
    async def contacts(self, info: Info) -> Contacts | None:
        """Phone and e-mail; null where you may not read them."""
        return await info.context.loader(contacts_by_person).load(self.row.id)

    @planned(buttons(Resource.PERSON, PersonRow.home_unit_no, PersonRow.id, PersonRow.party_id))
    async def can(self, info: Info) -> list[str]:
        """What you may do with this person's entry."""
        return granted(await info.context.actor(), Resource.PERSON, self.row.place())


async def units_by_no(work: Work, numbers: list[int]) -> list[Unit | None]:
    """Units by their numbers."""
    rows = await work.session.scalars(select(UnitRow).where(UnitRow.no.in_(numbers)))
    found = {row.no: Unit.of(row) for row in rows}
    return [found.get(no) for no in numbers]


async def units_by_id(work: Work, ids: list[UUID]) -> list[Unit | None]:
    """Units by id."""
    rows = await work.session.scalars(select(UnitRow).where(UnitRow.id.in_(ids)))
    found = {row.id: Unit.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def people_by_id(work: Work, ids: list[UUID]) -> list[Person | None]:
    """People by id; who may not be seen is None."""
    rows = await work.session.scalars(select(PersonRow).where(PersonRow.id.in_(ids)))
    found = {row.id: Person.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def posts_by_person(work: Work, ids: list[UUID]) -> list[list[tuple[Holding, PostRow]]]:
    """Holdings that are in force, the primary one first."""
    rows = await work.session.execute(
        select(Holding, PostRow)
        .join(PostRow, (PostRow.tenant_id == Holding.tenant_id) & (PostRow.id == Holding.post_id))
        .where(Holding.person_id.in_(ids), Holding.until.is_(None) | (Holding.until > func.now()))
        .order_by(Holding.is_primary.desc(), Holding.id)
    )
    found: dict[UUID, list[tuple[Holding, PostRow]]] = {one: [] for one in ids}
    for holding, post in rows:
        found[holding.person_id].append((holding, post))
    return [found[one] for one in ids]


async def contacts_by_person(work: Work, ids: list[UUID]) -> list[Contacts | None]:
    """What row-level security shows of them."""
    rows = await work.session.scalars(select(Contact).where(Contact.id.in_(ids)))
    found = {row.id: Contacts(phone=row.phone, email=row.email) for row in rows}
    return [found.get(one) for one in ids]


async def person_or_none(context: Context, person_id: UUID | None) -> Person | None:
    """A person by an id that may be missing."""
    return None if person_id is None else await context.loader(people_by_id).load(person_id)


async def seen_people(context: Context, ids: Sequence[UUID]) -> list[Person]:
    """Those of the people whom this person may see."""
    found = await context.loader(people_by_id).load_many(list(ids))
    return [person for person in found if person is not None]


async def unit_of(context: Context, no: int | None) -> Unit | None:
    """A unit by a number that may be missing."""
    return None if no is None else await context.loader(units_by_no).load(no)


def is_under(number: sa.ColumnElement[int], unit_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether a unit's number is that of the unit or of one beneath it."""
    top, there = sa.alias(table_of(UnitRow), "top"), sa.alias(table_of(UnitRow), "beneath")
    beneath = sa.select(there.c.no).join(top, there.c.path.op("<@", return_type=sa.Boolean())(top.c.path))
    return number.in_(beneath.where(top.c.id == unit_id))
