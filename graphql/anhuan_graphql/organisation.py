"""Changing the organisation: units, posts, people, and who holds what where."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import Duty, Function, UnitKind
from anhuan_graphql.fields import act, query, wide_act
from anhuan_graphql.people import Person, Unit, people_by_id, units_by_id
from anhuan_graphql.planner.readings import noun
from anhuan_graphql.planner.roots import Rows, allowed
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.organisation import repository
from anhuan_tenants.organisation.models import Post as PostRow
from anhuan_tenants.organisation.service import people, posts, tree
from anhuan_tenants.subscriptions.catalogue import CORE


@noun(PostRow)
@strawberry.type
class PostKind:
    """A post (岗位) as the company names it, with the roles that come with it where it is held."""

    id: UUID
    code: str
    name: str
    duty: Duty
    roles: list[str]

    @classmethod
    def of(cls, row: PostRow) -> "PostKind":
        """Out of its row."""
        return cls(id=row.id, code=row.code, name=row.name, duty=Duty(row.duty), roles=list(row.roles))


@strawberry.type
class PersonAdded:
    """Somebody new. The code activates the account and is shown this once; null when the same was sent before."""

    person: Person | None
    activation_code: str | None


@strawberry.input
class AddUnitInput:
    """A unit under another."""

    id: UUID
    code: str
    name: str
    kind: UnitKind
    parent_id: UUID
    function: Function = Function.NONE


@strawberry.input
class ChangeUnitInput:
    """What is to be different about a unit; what is left out stays."""

    unit_id: UUID
    code: str | None = None
    name: str | None = None
    function: Function | None = None


@strawberry.input
class MoveUnitInput:
    """A unit and where it is to stand."""

    unit_id: UUID
    parent_id: UUID


@strawberry.input
class CloseUnitInput:
    """A unit that is no more."""

    unit_id: UUID


@strawberry.input
class AddPostInput:
    """A post."""

    id: UUID
    code: str
    name: str
    duty: Duty
    roles: list[str] = strawberry.field(default_factory=list[str])


@strawberry.input
class ChangePostInput:
    """What is to be different about a post."""

    post_id: UUID
    name: str | None = None
    roles: list[str] | None = None


@strawberry.input
class AddPersonInput:
    """Somebody new."""

    id: UUID
    account: str
    name: str
    unit_id: UUID
    email: str | None = None
    phone: str | None = None
    party_id: UUID | None = None
    language: str = "zh"
    joined_on: date | None = None


@strawberry.input
class ChangePersonInput:
    """What is to be different about a person; what is left out stays, an empty e-mail or phone is taken away."""

    person_id: UUID
    name: str | None = None
    unit_id: UUID | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None


@strawberry.input
class SetPostInput:
    """Somebody is to hold a post in a unit."""

    id: UUID
    person_id: UUID
    post_id: UUID
    unit_id: UUID
    is_primary: bool = False
    until: datetime | None = None


@strawberry.input
class EndPostInput:
    """A holding that ends."""

    holding_id: UUID


async def _unit(context: Context, unit_id: UUID) -> Unit | None:
    return await context.loader(units_by_id).load(unit_id)


async def _person(context: Context, person_id: UUID) -> Person | None:
    return await context.loader(people_by_id).load(person_id)


@query(
    CORE,
    Rows(
        "PostKind",
        lambda _at, _env, _given: [],
        lambda at, _env, _given: [at[PostRow.name], at[PostRow.code]],
        guard=allowed(Act.UNIT_READ),
    ),
)
async def posts_of_company(info: Info) -> list[PostKind]:
    """The posts of the company by name."""
    async with info.context.reading() as work:
        work.allow(Act.UNIT_READ)
        return [PostKind.of(row) for row in await repository.posts(work)]


@act(CORE, then=_unit)
async def add_unit(work: Work, input: AddUnitInput) -> UUID:
    """Add a unit under another."""
    given = tree.UnitGiven(
        input.id, input.code, input.name, input.kind.value, input.parent_id, input.function.value
    )
    return (await tree.add_unit(work, given)).id


@act(CORE, then=_unit)
async def change_unit(work: Work, input: ChangeUnitInput) -> UUID:
    """Give a unit another name, code or function."""
    function = input.function.value if input.function else None
    await tree.change_unit(work, input.unit_id, tree.UnitChange(input.code, input.name, function))
    return input.unit_id


@act(CORE, then=_unit)
async def move_unit(work: Work, input: MoveUnitInput) -> UUID:
    """Move a unit with everything under it; what happened there stays there."""
    await tree.move_unit(work, input.unit_id, input.parent_id)
    return input.unit_id


@act(CORE, then=_unit)
async def close_unit(work: Work, input: CloseUnitInput) -> UUID:
    """Close a unit; its history stays."""
    await tree.close_unit(work, input.unit_id)
    return input.unit_id


@act(CORE)
async def add_post(work: Work, input: AddPostInput) -> PostKind:
    """Add a post to the company."""
    given = posts.PostGiven(input.id, input.code, input.name, input.duty.value, tuple(input.roles))
    return PostKind.of(await posts.add_post(work, given))


@act(CORE)
async def change_post(work: Work, input: ChangePostInput) -> PostKind:
    """Rename a post, or change the roles that it brings."""
    return PostKind.of(await posts.change_post(work, input.post_id, name=input.name, roles=input.roles))


@wide_act(CORE)
async def add_person(context: Context, input: AddPersonInput) -> PersonAdded:
    """Add somebody; with the code that activates the account."""
    async with context.acting() as work:
        row, code = await people.add_person(work, context.house.settings, people.PersonGiven(**vars(input)))
    return PersonAdded(person=await _person(context, row.id), activation_code=code)


@wide_act(CORE)
async def change_person(context: Context, input: ChangePersonInput) -> Person | None:
    """Change a person's entry; of one's own only the language."""
    wanted = {name: value for name, value in vars(input).items() if name != "person_id"}
    async with context.acting() as work:
        await people.change_person(
            work, context.house.settings, input.person_id, people.PersonChange(**wanted)
        )
    return await _person(context, input.person_id)


@act(CORE, then=_person)
async def set_post(work: Work, input: SetPostInput) -> UUID:
    """Have somebody hold a post in a unit; what it brings holds from their next request on."""
    await posts.set_post(work, posts.PostSet(**vars(input)))
    return input.person_id


@act(CORE, then=_person)
async def end_post(work: Work, input: EndPostInput) -> UUID:
    """End that somebody holds a post."""
    return (await posts.end_post(work, input.holding_id)).person_id


QUERIES = [posts_of_company]
MUTATIONS = [
    add_unit, change_unit, move_unit, close_unit, add_post, change_post, add_person, change_person, set_post, end_post,
]  # fmt: skip
