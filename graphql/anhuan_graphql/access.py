"""Policy on the wire: roles, who holds them, and why somebody can or cannot."""

from collections.abc import Sequence
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry

from anhuan_graphql.context import Context, Info
from anhuan_graphql.fields import act, query
from anhuan_graphql.people import Person, Unit, people_by_id, unit_of
from anhuan_graphql.planner.readings import At, Env, One, Told, noun
from anhuan_graphql.planner.roots import Guard, Rows, Whole, allowed
from anhuan_graphql.rights import person_seen, place
from anhuan_graphql.shown import planned
from anhuan_infra.work import Work
from anhuan_tenants.access import explain, repository, service
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.models import Grant as GrantRow
from anhuan_tenants.access.models import Role as RoleRow
from anhuan_tenants.organisation import repository as organisation
from anhuan_tenants.subscriptions.catalogue import CORE


@strawberry.enum(description="Things that have a place, so that policy can be asked about them.")
class SubjectKind(Enum):
    """As the policy's room knows them."""

    AREA = "area"
    ASSET = "asset"
    CASE = "case"
    PARTY = "party"
    PERSON = "person"
    RECORD = "record"
    UNIT = "unit"


@strawberry.type
class Permission:
    """An act, and the condition under which a role has it: tenant, unit, own, assigned or party."""

    act: str
    condition: str


def _role(at: At, _env: Env) -> sa.ColumnElement[Any]:
    columns = (RoleRow.code, RoleRow.name_zh, RoleRow.name_en, RoleRow.permissions)
    return sa.func.json_build_array(*(at[column] for column in columns))


def _version(facts: list[Any], _member: Any) -> str:
    code, name_zh, name_en, permissions = facts
    return service.version_of(RoleRow(code=code, name_zh=name_zh, name_en=name_en, permissions=permissions))


def _permissions(pairs: Sequence[Sequence[str]], _member: object = None) -> list[Permission]:
    return [Permission(act=name, condition=condition) for name, condition in pairs]


@noun(
    RoleRow,
    permissions=Told(lambda at, _env: at[RoleRow.permissions], _permissions),
    version=Told(_role, _version),
)
@strawberry.type
class Role:
    """What somebody may do by holding it at a unit. `version` marks what that is now, for `updatePolicy`."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    is_shipped: bool
    permissions: list[Permission]
    version: str

    @classmethod
    def of(cls, row: RoleRow) -> "Role":
        """Out of its row."""
        return cls(
            id=row.id,
            code=row.code,
            name_zh=row.name_zh,
            name_en=row.name_en,
            is_shipped=row.is_shipped,
            permissions=_permissions(row.permissions),
            version=service.version_of(row),
        )


@noun(GrantRow)
@strawberry.type
class Grant:
    """A role given to a person at a unit."""

    id: UUID
    role_code: str
    unit_no: strawberry.Private[int]

    @classmethod
    def of(cls, row: GrantRow) -> "Grant":
        """Out of its row."""
        return cls(id=row.id, role_code=row.role_code, unit_no=row.unit_no)

    @planned(One("Unit", GrantRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """Where it holds, with everything beneath."""
        return await unit_of(info.context, self.unit_no)


@strawberry.type
class ActName:
    """Something that can be granted."""

    code: str
    name_zh: str
    resource: str


@strawberry.type
class AccessReason:
    """One step of the answer; `code` is stable."""

    allows: bool
    code: str
    message: str


@strawberry.type
class AccessAnswer:
    """What one grant says."""

    role: str
    allows: bool
    message: str
    reasons: list[AccessReason]


@strawberry.type
class Explanation:
    """Why a person can or cannot do a thing; `allowed` is what the policy decides."""

    act: str
    allowed: bool
    message: str
    answers: list[AccessAnswer]

    @classmethod
    def of(cls, found: explain.Explanation, language: str) -> "Explanation":
        """In the reader's language."""
        zh = language == "zh"
        return cls(
            act=found.act.value,
            allowed=found.allowed,
            message=found.zh if zh else found.en,
            answers=[
                AccessAnswer(
                    role=answer.grant.role,
                    allows=answer.allows,
                    message=answer.zh if zh else answer.en,
                    reasons=[
                        AccessReason(allows=one.allows, code=one.code, message=one.zh if zh else one.en)
                        for one in answer.reasons
                    ],
                )
                for answer in found.answers
            ],
        )


@strawberry.input
class GiveRoleInput:
    """A role for a person at a unit."""

    person_id: UUID
    role: str
    unit_id: UUID


@strawberry.input
class TakeRoleInput:
    """A role that a person holds at a unit."""

    person_id: UUID
    role: str
    unit_id: UUID


@strawberry.input
class PermissionInput:
    """An act and its condition."""

    act: str
    condition: str


@strawberry.input
class AddRoleInput:
    """A role of the company's own."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    permissions: list[PermissionInput]


@strawberry.input
class UpdatePolicyInput:
    """What a role may do from now on. With `seen`, the version that one looked at, what somebody else has changed meanwhile stays."""

    role: str
    permissions: list[PermissionInput]
    seen: str | None = None


@query(CORE)
async def explain_access(
    info: Info, person: UUID, act: str, kind: SubjectKind | None = None, subject: UUID | None = None
) -> Explanation:
    """Why a person can or cannot do an act on a thing, or anywhere at all when no thing is named."""
    about = (kind.value, subject) if kind is not None and subject is not None else None
    async with info.context.reading() as work:
        found = await service.explain_access(work, person, act, about)
    return Explanation.of(found, info.context.language)


ACTS = [ActName(code=one.value, name_zh=one.zh, resource=one.resource.value) for one in Act]


@query(CORE, Whole(lambda _facts, _member: ACTS))
async def acts(info: Info) -> list[ActName]:
    """Everything that can be granted."""
    return ACTS


@query(
    CORE,
    Rows(
        "Role",
        lambda _at, _env, _given: [],
        lambda at, _env, _given: [at[RoleRow.is_shipped].desc(), at[RoleRow.code]],
        guard=allowed(Act.POLICY_READ),
    ),
)
async def roles(info: Info) -> list[Role]:
    """The roles of the company; for who may read policy."""
    async with info.context.reading() as work:
        work.allow(Act.POLICY_READ)
        return [Role.of(row) for row in await repository.roles(work)]


def _may_see(facts: list[Any] | None, member: Any) -> bool:
    return facts is not None and member.access.allows(Act.POLICY_READ, place(facts))


@query(
    CORE,
    Rows(
        "Grant",
        lambda at, _env, given: [at[GrantRow.person_id] == given["person"]],
        lambda at, _env, _given: [at[GrantRow.id]],
        guard=Guard(_may_see, person_seen("person")),
    ),
)
async def grants(info: Info, person: UUID) -> list[Grant]:
    """Roles given to a person directly, not by a post; for who may read policy there."""
    async with info.context.reading() as work:
        row = await organisation.person(work, person, "person")
        work.allow(Act.POLICY_READ, row.place())
        return [Grant.of(one) for one in await repository.grants_of(work, person)]


async def _person(context: Context, person_id: UUID) -> Person | None:
    return await context.loader(people_by_id).load(person_id)


@act(CORE, then=_person)
async def give_role(work: Work, input: GiveRoleInput) -> UUID:
    """Give a person a role at a unit; it holds from their next request on."""
    await service.give_role(work, input.person_id, input.role, input.unit_id)
    return input.person_id


@act(CORE, then=_person)
async def take_role(work: Work, input: TakeRoleInput) -> UUID:
    """Take a role back; it ends with their next request."""
    await service.take_role(work, input.person_id, input.role, input.unit_id)
    return input.person_id


@act(CORE)
async def add_role(work: Work, input: AddRoleInput) -> Role:
    """Make a role of the company's own."""
    given = service.RoleGiven(input.code, input.name_zh, input.name_en, _pairs(input.permissions))
    return Role.of(await service.add_role(work, input.id, given))


@act(CORE)
async def update_policy(work: Work, input: UpdatePolicyInput) -> Role:
    """Change what a role may do."""
    return Role.of(await service.change_role(work, input.role, _pairs(input.permissions), seen=input.seen))


def _pairs(given: Sequence[PermissionInput]) -> list[list[str]]:
    return [[one.act, one.condition] for one in given]


QUERIES = [explain_access, acts, roles, grants]
MUTATIONS = [give_role, take_role, add_role, update_policy]
