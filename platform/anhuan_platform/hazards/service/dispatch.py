"""Dispatching (派发) a hazard to whoever puts it right: a unit, a person, or an outside maintenance firm."""

from uuid import UUID

from sqlalchemy import Nullable, select

from anhuan_infra.errors import NotFound
from anhuan_infra.text import maybe
from anhuan_infra.work import Work
from anhuan_platform.hazards import repository
from anhuan_platform.hazards.errors import NobodyResponsible
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.loops import flow, joining
from anhuan_platform.loops.errors import CaseEnded
from anhuan_platform.loops.models import Case, CaseStatus
from anhuan_platform.loops.service import steps
from anhuan_tenants.organisation.models import Person, Unit
from anhuan_tenants.parties.models import Party


async def assign(
    work: Work,
    hazard_id: UUID,
    *,
    unit_id: UUID | None,
    person_id: UUID | None,
    party_id: UUID | None,
    note: str | None,
) -> Hazard:
    """Say who puts it right. Done again while the work is open, it passes the work on and keeps the due time."""
    case, hazard = await repository.lock(work, hazard_id)
    work.allow("hazard.assign", case)
    if case.status != CaseStatus.OPEN:
        raise CaseEnded(status=case.status)
    said = maybe(note, "note", 1000, multiline=True)
    unit_no, person, party = await _whom(work, case, unit_id, person_id, party_id)
    again = "assigned_at" in case.facts
    async with work.seeing_all():
        hazard.responsible_unit_no = unit_no
        hazard.responsible_id = person.id if person else None
        hazard.responsible_party_id = party.id if party else None
        case.facts = case.facts | {
            "assigned_at": case.facts.get("assigned_at") or work.now.isoformat(),
            "responsible_unit_no": unit_no,
            "responsible_id": str(person.id) if person else None,
            "responsible_party_id": str(party.id) if party else None,
        }
        await _change_party(work, case, party.id if party else None)
        work.record(
            "hazard.assigned", ("hazard", hazard.id), case_id=case.id, unit_no=case.unit_no,
            to_unit=unit_no, to_person=hazard.responsible_id, to_party=hazard.responsible_party_id, note=said, again=again,
        )  # fmt: skip
        if again:
            await flow.reseat(work, case, ("control", "rectify"))
        else:
            await steps.do(work, case, "assign", steps.Done(note=said))
    return hazard


async def _change_party(work: Work, case: Case, party_id: UUID | None) -> None:
    """The firm that is responsible sees the case; one that no longer is, does not, nor whom it hires later."""
    before, case.party_id = case.party_id, party_id
    if before is not None and before != party_id:
        query = select(Person.id).where(Person.party_id == before)
        await joining.leave(
            work, case, [one for one in await work.session.scalars(query) if one != case.owner_id]
        )


async def _whom(
    work: Work, case: Case, unit_id: UUID | None, person_id: UUID | None, party_id: UUID | None
) -> tuple[int, Person | None, Party | None]:
    if unit_id is None and person_id is None and party_id is None:
        raise NobodyResponsible(path="unitId")
    query = (
        select(Nullable(Unit), Nullable(Person), Nullable(Party))
        .select_from(Case)
        .outerjoin(Unit, (Unit.tenant_id == Case.tenant_id) & (Unit.id == unit_id))
        .outerjoin(Person, (Person.tenant_id == Case.tenant_id) & (Person.id == person_id))
        .outerjoin(Party, (Party.tenant_id == Case.tenant_id) & (Party.id == party_id))
        .where(Case.id == case.id)
    )
    unit, person, party = (await work.session.execute(query)).one()
    if unit_id and (unit is None or unit.closed_at is not None):
        raise NotFound(path="unitId", kind="unit", id=unit_id)
    if person_id and (person is None or person.disabled_at is not None):
        raise NotFound(path="personId", kind="person", id=person_id)
    if party_id and (party is None or party.ended_at is not None):
        raise NotFound(path="partyId", kind="party", id=party_id)
    if unit is not None:
        return unit.no, person, party
    return (person.home_unit_no if person else case.unit_no), person, party
