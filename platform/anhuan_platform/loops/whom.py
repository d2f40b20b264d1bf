"""Who a seat or a rung means today: found by duty from a unit upwards, deputies in place of those away, never an empty chair."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.work import Place, Work
from anhuan_platform.loops import conditions, repository, roster
from anhuan_platform.loops.definition import Who
from anhuan_platform.loops.models import Case
from anhuan_tenants.access import standing
from anhuan_tenants.access.models import Grant
from anhuan_tenants.organisation.models import Duty, Person, Unit, UnitKind

_HEADS: Mapping[str, tuple[Duty, ...]] = {
    UnitKind.TEAM: (Duty.TEAM_LEADER,),
    UnitKind.WORKSHOP: (Duty.WORKSHOP_HEAD,),
    UnitKind.BRANCH: (Duty.RESPONSIBLE_LEADER, Duty.GENERAL_MANAGER),
    UnitKind.HQ: (Duty.RESPONSIBLE_LEADER, Duty.GENERAL_MANAGER),
    UnitKind.DEPARTMENT: (Duty.DEPARTMENT_HEAD, Duty.EQUIPMENT_HEAD),
}
_LAST_RESORT = (Duty.SAFETY_OFFICER, Duty.SAFETY_DIRECTOR, Duty.RESPONSIBLE_LEADER, Duty.GENERAL_MANAGER)


@dataclass(frozen=True)
class Fit:
    """Who may sit: not one of `without`, and, where an act is named, only who holds it at this place once seated."""

    place: Place
    without: frozenset[UUID] = frozenset()
    act: str | None = None


async def find(
    work: Work,
    who: Who,
    case: Case,
    facts: Mapping[str, Any],
    without: Collection[UUID] = (),
    act: str | None = None,
) -> list[UUID]:
    """People for one seat, nearest first found; with an act, nobody who could not do it. Empty only in an empty company."""
    if not conditions.holds(who.when, facts):
        return []
    fit = Fit(case.place(), frozenset(without), act)
    named = await _named(work, who, case, facts)
    if present := await _present(work, named, fit):
        return present
    start = await _start(work, who, case, facts)
    lineage = repository.lineage(start)
    nearest_first = lineage[who.up :] or lineage[-1:]
    leads = who.by in ("head", "responsible") and not who.up
    duties = _HEADS.get(start.kind, ()) if leads else ()
    wanted = (Duty(who.duty),) if who.by == "duty" else duties
    if who.by == "head" and who.up:
        wanted = _HEADS.get((await repository.unit(work, nearest_first[0])).kind, ())
    for group in (wanted, _LAST_RESORT):
        if found := await _climb(work, group, lineage, nearest_first, fit):
            return found
    return await _admins(work, fit)


async def _named(work: Work, who: Who, case: Case, facts: Mapping[str, Any]) -> list[UUID]:
    match who.by:
        case "person":
            return [UUID(who.person)]
        case "reporter":
            return [case.owner_id] if case.owner_id else []
        case "responsible":
            if facts.get("responsible_id"):
                return [UUID(facts["responsible_id"])]
            if facts.get("responsible_party_id"):
                query = select(Person.id).where(Person.party_id == UUID(facts["responsible_party_id"]))
                return list(await work.session.scalars(query.execution_options(autoflush=False)))
            return []
        case _:
            return []


async def _start(work: Work, who: Who, case: Case, facts: Mapping[str, Any]) -> Unit:
    at_responsible = who.at == "responsible" or who.by == "responsible"
    unit_no = facts.get("responsible_unit_no") if at_responsible else None
    unit = await repository.unit(work, int(unit_no) if unit_no else case.unit_no)
    if not who.tier:
        return unit
    ancestors = repository.lineage(unit)
    rows = [await repository.unit(work, no) for no in ancestors]
    return next((row for row in rows if row.kind == who.tier), unit)


async def _climb(
    work: Work, duties: tuple[Duty, ...], lineage: list[int], nearest_first: list[int], fit: Fit
) -> list[UUID]:
    if not duties:
        return []
    holders = await roster.holders(work, duties, lineage)
    for level in nearest_first:
        for duty in duties:
            here = [one.person_id for one in holders if one.duty == duty and one.stands_at(level)]
            if found := await _present(work, here, fit):
                return found
    return []


async def _present(work: Work, people: list[UUID], fit: Fit) -> list[UUID]:
    """Those who still work here and fit, each away one replaced by the deputy, in a stable order."""
    found: list[UUID] = []
    await standing.of(work, people)
    for person in sorted(set(people)):
        stands_in = await deputy(work, person)
        is_fit = stands_in not in fit.without and stands_in not in found
        if is_fit and await can_sit(work, stands_in, fit):
            found.append(stands_in)
    return found


async def can_sit(work: Work, person_id: UUID, fit: Fit) -> bool:
    """Whether this person works here and could do the act once seated: a seat that its holder cannot use would be an empty chair."""
    person = (await standing.of(work, [person_id])).get(person_id)
    if person is None or not person.is_here:
        return False
    if fit.act is None:
        return True
    seated = replace(fit.place, people=fit.place.people | {person_id})
    return await standing.may(work, person, fit.act, seated)


async def deputy(work: Work, person_id: UUID) -> UUID:
    """Who stands in for this person now; a chain of absences is followed, a circle ends where it began."""
    seen = [person_id]
    while True:
        person = (await standing.of(work, [seen[-1]])).get(seen[-1])
        if person is None or person.deputy_id is None:
            return seen[-1]
        if person.deputy_id in seen:
            return person_id
        seen.append(person.deputy_id)


async def _admins(work: Work, fit: Fit) -> list[UUID]:
    query = select(Grant.person_id).where(Grant.role_code == "tenant_admin")
    admins = await work.session.scalars(query.execution_options(autoflush=False))
    return await _present(work, list(admins), fit)
