"""The history of the demo group, played through the services in the names of those whose turn it was."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from anhuan_graphql.demo import outside, stories
from anhuan_graphql.demo.group import group
from anhuan_graphql.demo.places import AREAS, MACHINES
from anhuan_graphql.demo.stage import Stage
from anhuan_graphql.demo.stories import Story
from anhuan_infra.work import Work
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.hazards.service import checking, dispatch, grading, reporting, working
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.loops.models import Case, Seat, SeatStatus, Task, TaskStatus
from anhuan_platform.loops.service.steps import Proof
from anhuan_tenants.organisation.models import Duty, Function

STEPS = ("grade", "assign", "control", "authorise", "rectify", "accept", "verify")
"""In the order in which they are taken when several wait."""
_TAKES = {
    "grade": 0.4,
    "assign": 0.8,
    "control": 1.0,
    "authorise": 1.5,
    "rectify": 5.0,
    "accept": 0.8,
    "verify": 1.0,
}
"""Hours until each is done."""
_OLD = timedelta(days=3)
_UNITS = {place.code: place.unit for place in (*AREAS, *MACHINES)}


@dataclass
class _Scene:
    """One story while it is played."""

    stage: Stage
    story: Story
    number: int
    at: datetime
    case_id: UUID
    reported: UUID
    """The photo of the report."""
    pictures: int = 0
    was_rejected: bool = False

    def later(self, hours: float) -> datetime:
        """Time goes on, never beyond the present."""
        self.at = min(self.at + timedelta(hours=hours), self.stage.anchor - timedelta(minutes=1))
        return self.at

    def as_(self, who: str | UUID) -> AbstractAsyncContextManager[Work]:
        return self.stage.as_(who, self.at, tells=self.stage.anchor - self.at < _OLD)

    async def photo(self, who: str | UUID) -> UUID:
        self.pictures += 1
        return await self.stage.photo(who, f"{self.number}/{self.pictures}", self.at)


async def play(stage: Stage, number: int) -> bool:
    """One story from its report to where it stands; False when it has been told before. Cut short, it stays where it was."""
    story = stories.STORIES[number]
    began = stage.anchor - timedelta(hours=story.hours_ago)
    case_id = stage.id(f"hazard/{number}", began)
    async with stage.house() as work:
        if await work.session.get(Hazard, (stage.tenant_id, case_id)):
            return False
    reporter = _reporter(number)
    photo = await stage.photo(reporter, f"{number}/report", began)
    scene = _Scene(stage, story, number, began, case_id, photo)
    await _report(scene, reporter)
    if story.until == stories.CALLED_OFF:
        await _call_off(scene)
        return True
    while (found := await _next(scene)) is not None and found[0] != story.until:
        step, people = found
        scene.later(_TAKES[step])
        await _ACTS[step](scene, people)
    return True


async def _next(scene: _Scene) -> tuple[str, list[UUID]] | None:
    """The step that waits, and who may take it: nobody signs twice."""
    async with scene.stage.house() as work:
        rows = await work.session.execute(
            select(Task.step, Seat.status, Seat.candidates, Seat.decided_by)
            .join(Seat, (Seat.tenant_id == Task.tenant_id) & (Seat.task_id == Task.id))
            .where(Task.case_id == scene.case_id, Task.status == TaskStatus.OPEN)
            .order_by(Task.id, Seat.no)
        )
        seats = [(str(step), status, list(people), signed) for step, status, people, signed in rows]
    signed = {(step, person) for step, _, _, person in seats}
    waiting = [
        (step, [person for person in people if (step, person) not in signed])
        for step, status, people, _ in seats
        if status == SeatStatus.OPEN
    ]
    return min(waiting, key=lambda one: STEPS.index(one[0]), default=None)


def _reporter(number: int) -> str:
    """A worker of the place, each time another."""
    unit = _unit(number)
    leaders = group().holders(unit, Duty.TEAM_LEADER)
    workers = [one.account for one in group().own if one.unit == unit and one.account not in leaders]
    return workers[number % len(workers)]


def _unit(number: int) -> str:
    place = stories.STORIES[number].place
    return _UNITS.get(place, place)


async def _report(scene: _Scene, reporter: str) -> None:
    place = scene.story.place
    report = reporting.Report(
        id=scene.case_id,
        description=scene.story.text,
        evidence=[scene.reported],
        asset_id=scene.stage.id(f"asset/{place}") if place.startswith("M-") else None,
        area_id=scene.stage.id(f"area/{place}") if place.startswith("A-") else None,
        unit_id=None if place in _UNITS else scene.stage.units[place],
        seen_at=scene.at,
    )
    async with scene.as_(reporter) as work:
        await reporting.report(work, report)


async def _grade(scene: _Scene, people: list[UUID]) -> None:
    async with scene.as_(people[0]) as work:
        await grading.grade(work, scene.case_id, scene.story.grade, statutory_by=None, reason=None)


async def _assign(scene: _Scene, people: list[UUID]) -> None:
    stage, unit = scene.stage, _unit(scene.number)
    async with stage.house() as work:
        hazard = await work.session.get_one(Hazard, (stage.tenant_id, scene.case_id))
        is_for_equipment = BY_CODE[hazard.type_code].function is Function.EQUIPMENT
    equipment, team = f"{unit[:2]}-equipment", f"{unit[:2]}-equipment-mech"
    if scene.story.outside:
        responsible, person = equipment, group().holders(equipment, Duty.EQUIPMENT_HEAD)[0]
    elif is_for_equipment:
        fitters = group().holders(team, Duty.FITTER)
        responsible, person = team, fitters[scene.number % len(fitters)]
    else:
        responsible, person = unit, [one.account for one in group().own if one.unit == unit][-1]
    async with scene.as_(people[0]) as work:
        await dispatch.assign(
            work,
            scene.case_id,
            unit_id=stage.units[responsible],
            person_id=stage.people[person],
            party_id=None,
            note=None,
        )
    if scene.story.outside:
        # The head of equipment knows the maintenance firm and passes the work on.
        firm = stage.id(f"party/{outside.MAINTENANCE.code}")
        async with scene.as_(person) as work:
            await dispatch.assign(
                work,
                scene.case_id,
                unit_id=stage.units[responsible],
                person_id=None,
                party_id=firm,
                note="委托外部维保单位处理",
            )


async def _control(scene: _Scene, people: list[UUID]) -> None:
    async with scene.as_(people[0]) as work:
        await working.submit_control(work, scene.case_id, measures=stories.CONTROL, proofs=[])


async def _rectify(scene: _Scene, people: list[UUID]) -> None:
    doer = people[0]
    if scene.number % 2 == 0 and not scene.was_rejected:
        note, percent = stories.PROGRESS[scene.number // 2 % len(stories.PROGRESS)]
        async with scene.as_(doer) as work:
            await working.add_progress(
                work,
                scene.case_id,
                note_id=scene.stage.id(f"progress/{scene.number}", scene.at),
                note=note,
                percent=percent,
                evidence=[],
            )
    # Each round of the work needs photos of its own, taken by who does it.
    before = await scene.photo(doer)
    after = await scene.photo(doer)
    async with scene.as_(doer) as work:
        await working.submit_rectification(
            work,
            scene.case_id,
            measures=stories.MEASURES,
            test=working.TestResult(passed=True, summary=stories.TEST),
            proofs=[Proof(before, "before"), Proof(after, "after")],
        )


async def _decide(scene: _Scene, people: list[UUID]) -> None:
    if scene.story.rejected and not scene.was_rejected and await _stage_is(scene, "review"):
        scene.was_rejected = True
        async with scene.as_(people[0]) as work:
            await checking.review(
                work, scene.case_id, approve=False, comment=stories.REJECTION, proofs=[], step="accept"
            )
        return
    async with scene.as_(people[0]) as work:
        await checking.review(work, scene.case_id, approve=True, comment="同意", proofs=[])


async def _verify(scene: _Scene, people: list[UUID]) -> None:
    photo = await scene.photo(people[0])
    async with scene.as_(people[0]) as work:
        await checking.review(
            work,
            scene.case_id,
            approve=True,
            comment="现场验证合格",
            proofs=[Proof(photo, "verification")],
            step="verify",
        )
        case = await work.session.get_one(Case, (work.tenant_id, scene.case_id))
        if case.closed_at is not None and scene.stage.anchor - scene.at >= _OLD:
            # Closing tells people and locks the evidence; of what is long past only the lock is wanted.
            work.put_off("evidence.lock", scene.case_id)


async def _stage_is(scene: _Scene, stage: str) -> bool:
    async with scene.stage.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, scene.case_id))
        return case.stage == stage


async def _call_off(scene: _Scene) -> None:
    """The safety officer recognises a second report of the same thing."""
    found = await _next(scene)
    earlier = scene.stage.anchor - timedelta(hours=stories.STORIES[scene.number - 1].hours_ago)
    scene.later(0.3)
    if found is not None:
        async with scene.as_(found[1][0]) as work:
            await checking.call_off(
                work,
                scene.case_id,
                reason="与在办隐患重复",
                duplicate_of=scene.stage.id(f"hazard/{scene.number - 1}", earlier),
            )


_ACTS = {
    "grade": _grade,
    "assign": _assign,
    "control": _control,
    "authorise": _decide,
    "rectify": _rectify,
    "accept": _decide,
    "verify": _verify,
}
