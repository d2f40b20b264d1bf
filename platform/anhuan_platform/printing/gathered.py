"""Everything that the closed-loop form shows of a case, read at one moment under the sight of who prints it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.evidence import repository as evidences
from anhuan_platform.evidence.models import Evidence
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops import repository as loops
from anhuan_platform.loops.deadline_models import Escalation
from anhuan_platform.loops.models import Case, Seat, StopOrder, Task
from anhuan_platform.printing import listing
from anhuan_platform.printing.listing import Names
from anhuan_tenants.access.acts import Act


@dataclass(frozen=True)
class Gathered:
    """The case with all its parts; `people` are the names of those whom the person may see."""

    case: Case
    hazard: Hazard
    definition: definitions.Definition
    tasks: list[Task]
    seats: Mapping[UUID, list[Seat]]
    evidence: list[Evidence]
    escalations: list[Escalation]
    orders: list[StopOrder]
    names: Names
    people: Mapping[UUID, str]

    def name(self, person_id: UUID | None) -> str:
        """Who that is; a dash for nobody, and for somebody whom the person may not see."""
        return "—" if person_id is None else self.people.get(person_id, "—")


async def gather(work: Work, case_id: UUID) -> Gathered:
    """Read it; refuses a case that this person may not see, and one that is no hazard."""
    case = await loops.get(work, case_id)
    work.allow(Act.CASE_READ, case)
    hazard = await work.session.get(Hazard, (work.tenant_id, case_id))
    if hazard is None:
        raise NotFound(path="id", kind="hazard", id=case_id)
    tasks = await loops.tasks_of(work, case_id)
    seats: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in await work.session.scalars(select(Seat).where(Seat.case_id == case_id).order_by(Seat.no)):
        seats[seat.task_id].append(seat)
    evidence = list(await evidences.of_case(work, case_id))
    escalations = select(Escalation).where(Escalation.case_id == case_id)
    orders = select(StopOrder).where(StopOrder.case_id == case_id).order_by(StopOrder.id)
    stopped = list(await work.session.scalars(orders))
    wanted = [
        case.owner_id, hazard.graded_by, hazard.responsible_id,
        *(task.done_by for task in tasks),
        *(seat.decided_by for some in seats.values() for seat in some),
        *(row.uploaded_by for row in evidence),
        *(one for order in stopped for one in (order.issued_by, order.lifted_by)),
    ]  # fmt: skip
    return Gathered(
        case=case,
        hazard=hazard,
        definition=await loops.definition_of(work, case),
        tasks=tasks,
        seats=seats,
        evidence=evidence,
        escalations=list(
            await work.session.scalars(escalations.order_by(Escalation.fired_at, Escalation.id))
        ),
        orders=stopped,
        names=await listing.names(work),
        people=await listing.people(work, wanted),
    )
