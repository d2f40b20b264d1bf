"""Acts sent again because their answer was lost: done once, answered each time, however far the case has moved on meanwhile."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.outbox.models import Postponed
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_platform.loops.models import Case
from anhuan_tenants.access.models import Grant
from anhuan_tenants.companies import versions
from tests.support import shape
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

SAID = "{ id status stage }"


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    """Everyone that the loop asks for."""
    return await a_plant(sessions, settings)


@dataclass
class Phone:
    """Sends acts, and keeps each as it was sent."""

    wire: Wire
    plant: Plant
    sent: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list[tuple[str, str, dict[str, Any]]])

    async def again(self, name: str, account: str, given: dict[str, Any]) -> dict[str, Any]:
        """The very act."""
        token = await self.wire.token_of(self.plant.company.id, self.plant.people[account])
        return await self.wire.act(name, SAID, token, **given)

    async def do(self, name: str, account: str, **given: Any) -> None:
        """For the first time."""
        whole = {"id": str(new_id()), **given}
        found = await self.again(name, account, whole)
        assert found["errors"] == [], (name, account, found["errors"])
        self.sent.append((name, account, whole))

    async def proof(self, account: str, purpose: str) -> dict[str, str]:
        """A verified photo of this person."""
        return {"evidenceId": str(await self.plant.photo(account)), "purpose": purpose.upper()}

    async def traces(self) -> tuple[int, int]:
        """How much was recorded and put off in the whole company."""
        async with self.plant.company.house() as work:
            entries = await work.session.scalar(select(func.count()).select_from(RecordEntry))
            jobs = await work.session.scalar(select(func.count()).select_from(Postponed))
        return entries or 0, jobs or 0


@pytest.fixture
def phone(wire: Wire, plant: Plant) -> Phone:
    """One that has sent nothing."""
    return Phone(wire, plant)


async def closed(phone: Phone) -> UUID:
    """A hazard of grade B through every step, with people called in and a seat handed over on the way."""
    plant, hazard = phone.plant, await phone.plant.report()
    of: dict[str, Any] = {"hazardId": str(hazard)}
    await phone.do("gradeHazard", "wei", **of, grade="B")
    await phone.do("inviteToGroup", "wei", caseId=str(hazard), people=[str(plant.people["ehead"])])
    await phone.do("assignHazard", await holder(plant, hazard, "assign"), **of, personId=str(plant.people["fitter"]))  # fmt: skip
    await phone.do("submitControl", "fitter", **of, measures="断电挂牌，设专人监护")
    while (waiting := await plant.open_steps(hazard)) and "rectify" not in waiting:
        await reviewed(phone, hazard, next(iter(waiting.values()))[0])
    proofs = [await phone.proof("fitter", "before"), await phone.proof("fitter", "after")]
    test = {"passed": True, "summary": "空载试车 10 分钟"}
    await phone.do("submitRectification", "fitter", **of, measures="加装防护罩", test=test, evidence=proofs)
    while waiting := await plant.open_steps(hazard):
        await reviewed(phone, hazard, next(iter(waiting.values()))[-1])
    return hazard


async def reviewed(phone: Phone, hazard: UUID, account: str) -> None:
    """One signature."""
    proofs = [await phone.proof(account, "verification")]
    await phone.do("review", account, hazardId=str(hazard), approve=True, comment="合格", evidence=proofs)


async def holder(plant: Plant, hazard: UUID, step: str) -> str:
    """Who has the first seat of a step."""
    return (await plant.open_steps(hazard))[step][0]


async def test_a_whole_loop_sent_again_changes_nothing_and_answers_each_time(phone: Phone) -> None:
    hazard = await closed(phone)
    before = await phone.traces()

    answers = [await phone.again(name, account, given) for name, account, given in phone.sent]

    assert {name for name, _, _ in phone.sent} == {
        "gradeHazard",
        "inviteToGroup",
        "assignHazard",
        "submitControl",
        "submitRectification",
        "review",
    }
    for said in answers:
        assert said == {"result": {"id": str(hazard), "status": "CLOSED", "stage": "closed"}, "errors": []}
    assert await phone.traces() == before


async def test_without_the_id_the_same_is_refused_by_the_state(phone: Phone) -> None:
    """Positive control of the test above."""
    await closed(phone)

    codes: set[str] = set()
    for name, account, given in phone.sent:
        if name != "inviteToGroup":
            said = await phone.again(name, account, given | {"id": None})
            codes |= {problem["code"] for problem in said["errors"]}

    assert codes == {"CASE_ENDED"}


async def test_a_report_called_off_and_a_seat_handed_over_are_done_once(phone: Phone) -> None:
    plant, hazard = phone.plant, await phone.plant.report(text="误报")
    other = await plant.report()
    await plant.grade(other, "C")
    await phone.do("callOff", "lin", hazardId=str(hazard), reason="不是隐患")
    await phone.do(
        "handOver", "tlead",
        caseId=str(other), seatId=str(await seat(phone, other, "tlead")), to=str(plant.people["whead"]), reason="外出培训",
    )  # fmt: skip
    assert await plant.open_steps(other) == {"assign": ["whead"]}
    before = await phone.traces()

    for name, account, given in phone.sent:
        assert (await phone.again(name, account, given))["errors"] == []

    assert await phone.traces() == before


async def seat(phone: Phone, hazard: UUID, account: str) -> str:
    """The seat that waits for this person."""
    token = await phone.wire.token_of(phone.plant.company.id, phone.plant.people[account])
    query = "query($i: UUID!) { hazard(id: $i) { tasks { seats { id isMine } } } }"
    said = await phone.wire.data(query, token, i=str(hazard))
    return next(str(one["id"]) for task in said["tasks"] for one in task["seats"] if one["isMine"])


async def test_other_content_another_person_or_another_act_under_the_id_is_a_conflict(phone: Phone) -> None:
    hazard = await phone.plant.report()
    await phone.do("gradeHazard", "wei", hazardId=str(hazard), grade="C")
    _, _, given = phone.sent[0]
    tries = [
        ("gradeHazard", "wei", given | {"grade": "B"}),
        ("gradeHazard", "director", given),
        ("callOff", "wei", {"id": given["id"], "hazardId": str(hazard), "reason": "x"}),
        ("reportHazard", "wei", {"id": given["id"], "description": "x"}),
    ]

    for name, account, changed in tries:
        said = await phone.again(name, account, changed)
        assert said["result"] is None, name
        assert [(one["code"], one["path"]) for one in said["errors"]] == [("CONFLICT", "id")], name
    assert (await phone.plant.hazard(hazard)).grade == "C"


async def test_a_refused_act_leaves_its_id_free(phone: Phone) -> None:
    hazard = await phone.plant.report()
    given = {"id": str(new_id()), "hazardId": str(hazard), "reason": ""}

    first = await phone.again("callOff", "lin", given)
    second = await phone.again("callOff", "lin", given | {"reason": "重复填报"})

    assert first["result"] is None
    assert second == {
        "result": {"id": str(hazard), "status": "CANCELLED", "stage": "cancelled"},
        "errors": [],
    }


async def test_an_act_and_its_repetition_at_the_same_time_are_one(phone: Phone) -> None:
    """A browser itself sends a request again when a kept connection breaks."""
    hazard = await phone.plant.report()
    given = {"id": str(new_id()), "hazardId": str(hazard), "grade": "C"}
    answers = await asyncio.gather(*(phone.again("gradeHazard", "wei", given) for _ in range(5)))

    assert [one["errors"] for one in answers] == [[]] * 5
    async with phone.plant.company.house() as work:
        query = select(func.count()).select_from(RecordEntry)
        graded = query.where(RecordEntry.act == "hazard.graded", RecordEntry.case_id == hazard)
        assert await work.session.scalar(graded) == 1


async def test_who_has_lost_every_right_meanwhile_is_answered_and_shown_nothing(phone: Phone) -> None:
    """The answer was lost, and so was the post: what was done stays done, and its repetition is neither refused nor a way to look."""
    plant, hazard = phone.plant, new_id()
    company, of = plant.company, {"caseId": str(hazard)}
    plant.people["leaver"] = await company.person(
        "李离岗", "branch_safety_officer", unit_no=plant.units["branch"]
    )
    await phone.do("reportHazard", "leaver", id=str(hazard), description="吊钩保险扣缺失", unitId=str(plant.unit_ids["team"]))  # fmt: skip
    await phone.do("comment", "leaver", **of, body="已拉警戒线")
    await phone.do("stopWork", "leaver", **of, reason="先停吊装")
    await plant.grade(hazard, "C")
    await plant.assign(hazard, (await plant.open_steps(hazard))["assign"][0], "leaver")
    await phone.do("addProgress", "leaver", hazardId=str(hazard), note="配件已到", percent=50)
    async with company.house() as work:
        await work.session.execute(delete(Grant).where(Grant.person_id == plant.people["leaver"]))
        await work.session.execute(
            update(Case).where(Case.id == hazard).values(people=[], owner_id=plant.people["lin"])
        )
        await versions.policy_changed(work)
    before = await phone.traces()

    for name, account, given in phone.sent:
        assert await phone.again(name, account, given) == {"result": None, "errors": []}, name
        said = await phone.again(name, account, given | {"id": str(new_id())})
        assert [one["code"] for one in said["errors"]] in (["NOT_FOUND"], ["FORBIDDEN"]), name
    assert await phone.traces() == before


def test_every_act_on_a_case_takes_an_id() -> None:
    """What a phone may have to send again; acts that are harmless twice by nature are named."""
    harmless = {"resumeWork"}
    without = {
        root.name
        for root in shape.roots()
        if root.operation == "mutation"
        and {leaf.path[-1] for leaf in shape.leaves(root)} & {"caseId", "hazardId", "orderId"}
        and f"{root.name}.id" not in {leaf.key for leaf in shape.leaves(root)}
    }

    assert without == harmless
