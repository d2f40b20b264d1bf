"""The tree: units are added, changed, moved and closed. Numbers never change, so what happened stays where it happened."""

from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import LiteralString
from uuid import UUID

from sqlalchemy import text as sql

from anhuan_infra import text
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation import errors, repository, rules
from anhuan_tenants.organisation.models import Function, Unit, UnitKind


@dataclass(frozen=True, slots=True)
class UnitGiven:
    """A unit as somebody enters it; `id` is made by the client."""

    id: UUID
    code: str
    name: str
    kind: str
    parent_id: UUID
    function: str = Function.NONE


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What is to be different about a unit; None leaves it."""

    code: str | None = None
    name: str | None = None
    function: str | None = None


async def add_unit(work: Work, given: UnitGiven) -> Unit:
    """Add a unit under another; the same id with the same content is the same unit."""
    parent = await repository.unit(work, given.parent_id, "parentId")
    work.allow(Act.UNIT_MANAGE, parent)
    code, name = rules.code(given.code), text.clean(given.name, "name")
    kind = rules.word(UnitKind, given.kind, "kind")
    function = rules.word(Function, given.function, "function")
    fresh = await work.once("unit", given.id, asdict(given))
    async with work.seeing_all():
        if not fresh:
            return await repository.unit(work, given.id, "id")
        await versions.policy_changed(work)
        parent = await repository.unit(work, given.parent_id, "parentId")
        _check_parent(kind, parent, levels=1)
        await _check_code(work, code)
        no = await repository.next_unit_no(work)
        row = Unit(
            id=given.id,
            no=no,
            code=code,
            name=name,
            name_sort=text.sort_key(name),
            kind=kind,
            function=function,
            parent_id=parent.id,
            path=f"{parent.path}.u{no}",
        )
        work.session.add(row)
        await work.session.flush()
        work.record("unit.added", ("unit", row.id), unit_no=no, code=code, name=name, kind=kind)
    work.tell("organisation", unit=row.id)
    return row


async def change_unit(work: Work, unit_id: UUID, change: UnitChange) -> Unit:
    """Give a unit another name, code or function; the same again changes nothing."""
    row = await repository.unit(work, unit_id)
    work.allow(Act.UNIT_MANAGE, row)
    wanted: dict[str, str] = {}
    if change.code is not None:
        wanted["code"] = rules.code(change.code)
    if change.name is not None:
        wanted["name"] = text.clean(change.name, "name")
    if change.function is not None:
        wanted["function"] = rules.word(Function, change.function, "function")
    async with work.seeing_all():
        await versions.policy_changed(work)
        row = await repository.unit(work, unit_id)
        before = {name: str(getattr(row, name)) for name in wanted}
        if before == wanted:
            return row
        if wanted.get("code", row.code) != row.code:
            await _check_code(work, wanted["code"], row)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.name_sort = text.sort_key(row.name)
        work.record("unit.changed", ("unit", row.id), unit_no=row.no, before=before, after=wanted)
    work.tell("organisation", unit=row.id)
    return row


_MOVE = sql("""
with moved as (
    update units
    set path = case when path = cast(:old as ltree) then cast(:new as ltree)
                    else cast(:new as ltree) || subpath(path, nlevel(cast(:old as ltree))) end,
        parent_id = case when path = cast(:old as ltree) then :parent else parent_id end
    where path <@ cast(:old as ltree)
    returning units.id, old.path as path_before, new.path as path_after
)
insert into unit_moves (id, unit_id, path_before, path_after, moved_by)
select uuidv7(), id, path_before, path_after, :by from moved
""")
"""The whole subtree and its history in one statement."""


async def move_unit(work: Work, unit_id: UUID, parent_id: UUID) -> Unit:
    """Put a unit, with all under it, under another one; where it stands already nothing changes.

    Rows elsewhere carry the unit's number and go along without being touched: from the next request on the new line above it sees
    them, the old line no longer does, and `unit_moves` keeps in which tree older figures were made.
    """
    row = await repository.unit(work, unit_id)
    parent = await repository.unit(work, parent_id, "parentId")
    work.allow(Act.UNIT_MANAGE, row)
    work.allow(Act.UNIT_MANAGE, parent)
    async with work.seeing_all():
        # The company's row is held from here on: moves come one after another, so two cannot close a circle.
        await versions.policy_changed(work)
        row, parent = await repository.unit(work, unit_id), await repository.unit(work, parent_id, "parentId")
        if row.parent_id is None:
            raise errors.RootStays(path="unitId")
        if row.parent_id == parent.id:
            return row
        if f"{parent.path}.".startswith(f"{row.path}."):
            raise errors.UnderItself(path="parentId")
        _check_parent(UnitKind(row.kind), parent, levels=await _levels(work, row))
        before, after = row.path, f"{parent.path}.u{row.no}"
        await move_rows(work, before, after, parent.id)
        work.record("unit.moved", ("unit", row.id), unit_no=row.no, before=before, after=after)
        row = await repository.unit(work, unit_id)
    work.tell("organisation", unit=row.id)
    return row


async def move_rows(work: Work, before: str, after: str, parent_id: UUID) -> None:
    """Rewrite the paths of a subtree and write its history. The work must see the whole company and hold its row."""
    await work.session.flush()
    await work.session.execute(
        _MOVE, {"old": before, "new": after, "parent": parent_id, "by": work.actor.person_id}
    )


_STILL_THERE: MappingProxyType[str, LiteralString] = MappingProxyType(
    {
        "units": "select count(*) from units where parent_id = :id and closed_at is null",
        "people": """select count(*) from people p where p.disabled_at is null and (p.home_unit_no = :no or exists (
            select 1 from holdings h where h.tenant_id = p.tenant_id and h.person_id = p.id and h.unit_no = :no
            and (h.until is null or h.until > now())))""",
        "parties": "select count(*) from parties where unit_no = :no and ended_at is null",
        # Rooms above this one keep these; they are known here by name only.
        "cases": "select count(*) from cases where unit_no = :no and status = 'open'",
        "areas": "select count(*) from areas where unit_no = :no and closed_at is null",
        "assets": "select count(*) from assets where unit_no = :no and closed_at is null",
    }
)


async def close_unit(work: Work, unit_id: UUID) -> Unit:
    """Close a unit that nothing and nobody is left in; twice is once. Its past stays, and its number is not used again."""
    row = await repository.unit(work, unit_id)
    work.allow(Act.UNIT_MANAGE, row)
    async with work.seeing_all():
        await versions.policy_changed(work)
        row = await repository.unit(work, unit_id)
        if row.parent_id is None:
            raise errors.RootStays(path="unitId")
        if row.closed_at is not None:
            return row
        counts = {
            name: await work.session.scalar(sql(query), {"id": row.id, "no": row.no})
            for name, query in _STILL_THERE.items()
        }
        if any(counts.values()):
            raise errors.UnitBusy(path="unitId", **counts)
        row.closed_at = work.now
        work.record("unit.closed", ("unit", row.id), unit_no=row.no, code=row.code, name=row.name)
    work.tell("organisation", unit=row.id)
    return row


def _check_parent(kind: UnitKind, parent: Unit, levels: int) -> None:
    if parent.closed_at is not None:
        raise errors.UnitClosed(path="parentId", name=parent.name)
    if not rules.may_stand_under(kind, UnitKind(parent.kind)):
        raise errors.KindOrder(path="parentId", kind=kind, above=parent.kind)
    if parent.path.count(".") + 1 + levels > rules.MOST_LEVELS:
        raise errors.TooDeep(path="parentId", most=rules.MOST_LEVELS)


async def _check_code(work: Work, code: str, row: Unit | None = None) -> None:
    other = await repository.unit_with_code(work, code)
    if other is not None and other is not row:
        raise errors.CodeTaken(path="code", value=code)


async def _levels(work: Work, row: Unit) -> int:
    """How many levels the subtree has, the unit itself counted."""
    query = sql("select max(nlevel(path)) from units where path <@ cast(:path as ltree)")
    deepest = await work.session.scalar(query, {"path": row.path})
    return int(deepest) - row.path.count(".")
