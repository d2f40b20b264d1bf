"""Roles given and taken, what a role may do, and why somebody can or cannot. Every change holds from the next request on."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, delete, select

from anhuan_infra import text
from anhuan_infra.fingerprint import fingerprint
from anhuan_infra.ids import new_id
from anhuan_infra.work import Access, Place, Work
from anhuan_tenants.access import explain, giving, policy, repository, standing
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.errors import (
    AdministratorsRole,
    OutsideRole,
    PermissionUnknown,
    RoleChanged,
    RoleCodeTaken,
)
from anhuan_tenants.access.explain import Explanation
from anhuan_tenants.access.models import Grant, Role
from anhuan_tenants.access.policy import Condition
from anhuan_tenants.access.repository import ADMINISTRATOR
from anhuan_tenants.access.roles import OUTSIDE
from anhuan_tenants.companies import versions
from anhuan_tenants.identity import entry
from anhuan_tenants.identity.errors import LastAdministrator
from anhuan_tenants.organisation import repository as organisation
from anhuan_tenants.organisation.models import Person

_KEPT_BY_ADMINISTRATORS = (Act.POLICY_MANAGE, Act.PERSON_MANAGE, Act.UNIT_MANAGE)
_CODE_LENGTH = 40


async def access_of(work: Work, person_id: UUID) -> Access:
    """What a person of the company may do now, disabled or not; from memory while the versions stand."""
    async with work.seeing_all():
        return await entry.access_of(work, person_id)


async def may(work: Work, person_id: UUID, act: str, place: Place | None) -> bool:
    """Whether another person could do the act there, so that nobody is seated who cannot act; never for one who is shut out."""
    async with work.seeing_all():
        found = (await standing.of(work, [person_id])).get(person_id)
        return found is not None and await standing.may(work, found, act, place)


async def give_role(work: Work, person_id: UUID, role_code: str, unit_id: UUID) -> Grant:
    """Give a person a role at a unit; twice is once. Not more than one holds there oneself, unless one manages all policy."""
    person = await organisation.person(work, person_id)
    unit = await organisation.unit(work, unit_id)
    work.allow(Act.POLICY_MANAGE, unit)
    role = as_policy(await repository.role(work, role_code))
    async with work.seeing_all():
        tree = (await repository.policy_of(work)).tree
        giving.check(work, [role], unit.no, tree, person)
        await versions.policy_changed(work)
        before = await work.session.scalar(_grant(person_id, role_code, unit.no))
        if before is not None:
            return before
        grant = Grant(id=new_id(), person_id=person_id, role_code=role_code, unit_no=unit.no)
        work.session.add(grant)
        work.record("role.given", ("person", person_id), unit_no=unit.no, role=role_code)
    work.tell("policy", person=person_id)
    return grant


async def take_role(work: Work, person_id: UUID, role_code: str, unit_id: UUID) -> bool:
    """Take a role that was given at a unit; whether it was there. The last administrator stays one."""
    person = await organisation.person(work, person_id)
    unit = await organisation.unit(work, unit_id)
    work.allow(Act.POLICY_MANAGE, unit)
    async with work.seeing_all():
        # One after another from here on, so that the count of administrators is true until the end.
        await versions.policy_changed(work)
        grant = await work.session.scalar(_grant(person_id, role_code, unit.no))
        if grant is None:
            return False
        if role_code == ADMINISTRATOR:
            await _keep_an_administrator(work, person, unit.no)
        await work.session.execute(delete(Grant).where(Grant.id == grant.id))
        work.record("role.taken", ("person", person_id), unit_no=unit.no, role=role_code)
    work.tell("policy", person=person_id)
    return True


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """A role as somebody writes it; `permissions` are pairs of act and condition."""

    code: str
    name_zh: str
    name_en: str
    permissions: Sequence[Sequence[str]]


async def add_role(work: Work, role_id: UUID, given: RoleGiven) -> Role:
    """A role of the company's own; the same id with the same content is the same role."""
    work.allow(Act.POLICY_MANAGE, giving.EVERYWHERE)
    clean = _checked(given)
    content = {"code": clean.code, "zh": clean.zh, "en": clean.en, "permissions": clean.pairs()}
    if not await work.once("role", role_id, content):
        return await work.session.get_one(Role, (work.tenant_id, role_id))
    await versions.policy_changed(work)
    if await work.session.scalar(select(Role.id).where(Role.code == clean.code)):
        raise RoleCodeTaken(path="code", role=clean.code)
    row = Role(id=role_id, code=clean.code, name_zh=clean.zh, name_en=clean.en, permissions=clean.pairs())
    work.session.add(row)
    await work.session.flush()
    work.record("role.added", ("role", row.id), code=clean.code, permissions=clean.pairs())
    work.tell("policy")
    return row


def version_of(row: Role) -> str:
    """A mark of what the role may do now; it is another one when somebody has changed that."""
    return fingerprint(as_policy(row).pairs()).hex()[:16]


async def change_role(
    work: Work, role_code: str, permissions: Sequence[Sequence[str]], *, seen: str | None = None
) -> Role:
    """Change what a role may do, for everyone who holds it; the same again changes nothing.

    `seen` is the version that the change was made upon: a role that has become another meanwhile stays as it is.
    """
    work.allow(Act.POLICY_MANAGE, giving.EVERYWHERE)
    row = await repository.role(work, role_code)
    clean = _checked(RoleGiven(row.code, row.name_zh, row.name_en, permissions))
    if row.code == ADMINISTRATOR:
        for act in _KEPT_BY_ADMINISTRATORS:
            if (act, Condition.TENANT) not in clean.clauses:
                raise AdministratorsRole(path="permissions", act=act)
    if row.code in OUTSIDE and not giving.is_for_outside(clean):
        raise OutsideRole(path="permissions", role=row.code)
    await versions.policy_changed(work)
    await work.session.refresh(row)
    before = as_policy(row).pairs()
    if before != clean.pairs():
        if seen is not None and seen != version_of(row):
            raise RoleChanged(path="seen", role=row.code)
        row.permissions = clean.pairs()
        work.record("role.changed", ("role", row.id), code=row.code, before=before, after=row.permissions)
        work.tell("policy")
    return row


async def explain_access(
    work: Work, person_id: UUID, act: str, subject: tuple[str, UUID] | None = None
) -> Explanation:
    """Why a person can or cannot do the act on a thing (`("case", id)`), or anywhere when no thing is named; for who may read policy.

    What one cannot see oneself is not found here either, so nobody learns from the answer that it exists.
    """
    person = await organisation.person(work, person_id)
    work.allow(Act.POLICY_READ, Place(unit_no=person.home_unit_no))
    if act not in set(Act):
        raise PermissionUnknown(path="act", word=act)
    place = await repository.place_of(work, *subject) if subject else None
    async with work.seeing_all():
        company = await repository.policy_of(work)
        reaching = await repository.reaching(work, person_id)
    parties = frozenset([person.party_id] if person.party_id else [])
    question = explain.Question(Act(act), person_id, parties, place, company.names)
    return explain.explain(reaching.grants, company.roles, company.tree, question)


def _checked(given: RoleGiven) -> policy.Role:
    """The role in the words of policy, or a refusal that names the word that is unknown."""
    acts, conditions = set(Act), set(Condition)
    for at, pair in enumerate(given.permissions):
        if len(pair) != 2 or pair[0] not in acts or pair[1] not in conditions:
            raise PermissionUnknown(path=f"permissions.{at}", word=" ".join(pair)[:100])
    return policy.Role.of(
        text.clean(given.code, "code", _CODE_LENGTH),
        text.clean(given.name_zh, "nameZh"),
        text.clean(given.name_en, "nameEn"),
        given.permissions,
    )


def as_policy(row: Role) -> policy.Role:
    """A stored role in the words of policy."""
    return policy.Role.of(row.code, row.name_zh, row.name_en, row.permissions)


async def _keep_an_administrator(work: Work, person: Person, unit_no: int) -> None:
    elsewhere = select(Grant.id).where(
        Grant.person_id == person.id, Grant.role_code == ADMINISTRATOR, Grant.unit_no != unit_no
    )
    stays = person.disabled_at is None and await work.session.scalar(elsewhere) is not None
    if not stays and not await repository.other_administrators(work, person.id):
        raise LastAdministrator(path="personId", name=person.name)


def _grant(person_id: UUID, role_code: str, unit_no: int) -> Select[Grant]:
    return select(Grant).where(
        Grant.person_id == person_id, Grant.role_code == role_code, Grant.unit_no == unit_no
    )
