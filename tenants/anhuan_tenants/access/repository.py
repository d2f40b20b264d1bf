"""Every query about roles, grants, and where the things stand that policy is asked about. Row-level security supplies the tenant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import LiteralString
from uuid import UUID

from sqlalchemy import case, func, select, text
from sqlalchemy.orm import aliased

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Place, Work
from anhuan_tenants.access import policy
from anhuan_tenants.access.errors import SubjectUnknown
from anhuan_tenants.access.models import Grant, Role
from anhuan_tenants.organisation.models import Function, Holding, Person, Post, Unit, UnitKind

ADMINISTRATOR = "tenant_admin"

_NOWHERE = "null::uuid as owner_id, '{}'::uuid[] as people, null::uuid as party_id"

_PLACES: Mapping[str, LiteralString] = MappingProxyType(
    {
        # Rooms above keep their own tables; here only the columns count by which each is seen.
        "area": f"select unit_no, {_NOWHERE} from areas where id = :id",
        "asset": f"select unit_no, {_NOWHERE} from assets where id = :id",
        "case": "select unit_no, owner_id, people, party_id from cases where id = :id",
        "party": "select unit_no, null::uuid as owner_id, '{}'::uuid[] as people, id as party_id from parties where id = :id",
        "person": "select home_unit_no as unit_no, id as owner_id, '{}'::uuid[] as people, party_id from people where id = :id",
        "record": f"select unit_no, {_NOWHERE} from record_entries where id = :id",
        "unit": f"select no as unit_no, {_NOWHERE} from units where id = :id",
    }
)


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds for everybody in the company: its roles, its tree, and what its units are called."""

    roles: Mapping[str, policy.Role]
    tree: policy.Tree
    names: Mapping[int, str]


async def policy_of(work: Work) -> Policy:
    """The policy as it stands. The work must see the whole company."""
    roles = await work.session.execute(select(Role.code, Role.name_zh, Role.name_en, Role.permissions))
    units = (await work.session.execute(select(Unit.no, Unit.path, Unit.name))).all()
    return Policy(
        roles={code: policy.Role.of(code, zh, en, pairs) for code, zh, en, pairs in roles},
        tree=policy.Tree({no: path for no, path, _ in units}),
        names={no: name for no, _, name in units},
    )


@dataclass(frozen=True, slots=True)
class Reaching:
    """The grants that reach a person, those of posts written out, and when the first post among them ends."""

    grants: tuple[policy.Grant, ...]
    until: datetime | None


async def reaching(work: Work, person_id: UUID) -> Reaching:
    """What reaches the person now. The work must see the whole company.

    A safety department (安环科) looks after the unit above it, so what a post there brings holds from that unit downwards;
    otherwise its officers would answer for their own desks.
    """
    given = await work.session.execute(
        select(Grant.role_code, Grant.unit_no).where(Grant.person_id == person_id).order_by(Grant.id)
    )
    above = aliased(Unit)
    looks_after = (Unit.kind == UnitKind.DEPARTMENT) & (Unit.function == Function.SAFETY)
    node = case((looks_after, func.coalesce(above.no, Unit.no)), else_=Unit.no)
    held = await work.session.execute(
        select(Holding.post_id, node, Holding.until, Post.roles)
        .join(Post, (Post.tenant_id == Holding.tenant_id) & (Post.id == Holding.post_id))
        .join(Unit, (Unit.tenant_id == Holding.tenant_id) & (Unit.no == Holding.unit_no))
        .outerjoin(above, (above.tenant_id == Unit.tenant_id) & (above.id == Unit.parent_id))
        .where(Holding.person_id == person_id, Holding.until.is_(None) | (Holding.until > work.now))
        .order_by(Holding.id)
    )
    posts = held.all()
    grants = [policy.Grant(person_id, role, node) for role, node in given]
    grants += [policy.Grant(person_id, role, node, post) for post, node, _, roles in posts for role in roles]
    ends = [until for _, _, until, _ in posts if until is not None]
    return Reaching(tuple(grants), min(ends, default=None))


async def role(work: Work, code: str) -> Role:
    """A role by its code."""
    found = await work.session.scalar(select(Role).where(Role.code == code))
    if found is None:
        raise NotFound(path="role", kind="role", id=code)
    return found


async def roles(work: Work) -> list[Role]:
    """All roles of the company, the shipped ones first."""
    return list(await work.session.scalars(select(Role).order_by(Role.is_shipped.desc(), Role.code)))


async def grants_of(work: Work, person_id: UUID) -> list[Grant]:
    """The roles given to a person directly."""
    return list(
        await work.session.scalars(select(Grant).where(Grant.person_id == person_id).order_by(Grant.id))
    )


async def place_of(work: Work, kind: str, subject_id: UUID) -> Place:
    """Where a thing stands that the actor can see; one of another company answers exactly as one that does not exist."""
    query = _PLACES.get(kind)
    if query is None:
        raise SubjectUnknown(path="kind", kind=kind, kinds=", ".join(_PLACES))
    row = (await work.session.execute(text(query), {"id": subject_id})).one_or_none()
    if row is None:
        raise NotFound(path="subjectId", kind=kind, id=subject_id)
    return Place(row.unit_no, row.owner_id, frozenset(row.people), row.party_id)


async def other_administrators(work: Work, than: UUID) -> bool:
    """Whether somebody else who is not shut out administers the company. The work must see the whole company.

    The grants are locked, so that two administrators who remove one another cannot both succeed.
    """
    granted = select(Grant.person_id).where(Grant.role_code == ADMINISTRATOR).with_for_update()
    others = set(await work.session.scalars(granted)) - {than}
    enabled = select(Person.id).where(Person.id.in_(others), Person.disabled_at.is_(None)).limit(1)
    return await work.session.scalar(enabled) is not None
