"""What people do with a hazard in the day, each act told as it happens; the order of the loop is the product's, not ours."""

from typing import Any

from anhuan_graphql.demo import stories
from anhuan_graphql.demo.api import Unexpected, Visitor
from anhuan_graphql.demo.day import Day
from anhuan_infra.ids import new_id

_GRADES = {"A": "A 级（重大）", "B": "B 级（较大）", "C": "C 级（一般）"}


async def grade(day: Day, case_id: str, who: Visitor, level: str) -> dict[str, Any]:
    """The safety officer grades, within the hour."""
    task = await day.waits_for(case_id, "grade", who.account)
    await day.tell(
        None,
        f"等待 {who.name} 定级，时限 {day.clock(task['dueAt'])}（规则 {task['dueRule']['rule']}）",
        "the safety officer has one hour to grade it",
    )
    await who.act("gradeHazard", "{ id }", hazardId=case_id, grade=level)
    found = await day.look(case_id)
    await day.tell(who, f"定为 {_GRADES[level]}", f"grades it {level}; it stands at “{found['stage']}”")
    return found


async def assign(
    day: Day, case_id: str, who: Visitor, to: Visitor | None, *, party: dict[str, Any] | None = None
) -> None:
    """Send it to a person, or pass it on to an outside firm."""
    given = {"personId": to.person_id} if to else {"partyId": party["id"] if party else None}
    note = "请按要求整改" if to else "委托外部维保单位处理"
    await who.act("assignHazard", "{ id }", hazardId=case_id, note=note, **given)
    name = f"{to.name}（{to.what}）" if to else str(party["name"] if party else "")
    await day.tell(who, f"派发给 {name}", "dispatches the work")
    if to is None:
        return
    task = await day.waits_for(case_id, "rectify")
    await day.tell(
        None,
        f"整改时限 {task['dueAt'][:10]} {day.clock(task['dueAt'])}，取先到者：规则 {task['dueRule']['rule']}",
        f"of the two clocks the earlier wins: {task['dueRule']['rule']}",
    )


async def progress(day: Day, case_id: str, who: Visitor, note: str, percent: int) -> None:
    """A progress note."""
    await who.act("addProgress", "{ id }", id=new_id(), hazardId=case_id, note=note, percent=percent)
    await day.tell(who, f"整改进展 {percent}%：{note}", "tells how far the work is")


async def control(day: Day, case_id: str, who: Visitor) -> None:
    """Interim control until the danger is gone, and the plan."""
    await who.act("submitControl", "{ id }", hazardId=case_id, measures=stories.CONTROL)
    await day.tell(
        who, f"临时管控：{stories.CONTROL}", "puts interim controls in place and hands in the plan"
    )


async def rectify(day: Day, case_id: str, who: Visitor, summary: str = stories.TEST) -> None:
    """Hand the finished work in: photos before and after, and a passed test."""
    before, after = await day.photo(who), await day.photo(who)
    await who.act(
        "submitRectification",
        "{ id }",
        hazardId=case_id,
        measures=stories.MEASURES,
        test={"passed": True, "summary": summary, "value": "30 min"},
        evidence=[
            {"evidenceId": before, "purpose": "BEFORE"},
            {"evidenceId": after, "purpose": "AFTER"},
        ],
    )
    await day.tell(
        who,
        "提交整改：整改前后照片、测试结果合格",
        "hands the work in with photos before and after and a passed test",
    )


async def approve(day: Day, case_id: str, step: str, zh: str, en: str) -> list[str]:
    """Everyone for whom this step waits approves, one after another as seats open; who signed."""
    signed: list[str] = []
    while True:
        found = await day.look(case_id)
        task = next((one for one in found["tasks"] if one["step"] == step), None)
        if task is None:
            return signed
        waiting = [one for one in day.seated(task) if one.account not in signed]
        if not waiting:
            raise Unexpected(f"{found['number']}: {step} waits for nobody who is signed in")
        who = waiting[0]
        evidence: list[dict[str, Any]] = []
        if step == "verify" and not signed:
            evidence = [{"evidenceId": await day.photo(who), "purpose": "VERIFICATION"}]
        await who.act(
            "review",
            "{ id }",
            hazardId=case_id,
            approve=True,
            comment="同意",
            step=step,
            evidence=evidence,
        )
        signed.append(who.account)
        await day.tell(who, zh, en)


async def check(day: Day, case_id: str, *, reviewers: int = 3) -> None:
    """The three reviews and the joint verification on site, which closes the case."""
    signed = await approve(day, case_id, "accept", "验收同意", "accepts it (one of three reviews)")
    if len(signed) != reviewers:
        raise Unexpected(f"{reviewers} reviews are asked for, {len(signed)} were signed: {signed}")
    signed = await approve(
        day, case_id, "verify", "现场联合验证合格", "verifies on site; safety and production together"
    )
    if len(signed) != 2:
        raise Unexpected(f"two verify on site, {len(signed)} did: {signed}")
    found = await day.look(case_id)
    if found["status"] != "CLOSED":
        raise Unexpected(f"{found['number']} should be closed, but is {found['status']} at {found['stage']}")
    if any(order["liftedAt"] is None for order in found["stopOrders"]):
        raise Unexpected(f"{found['number']} is closed, but its stop order still stands")
    day.closed.append(case_id)
    await day.tell(None, f"{found['number']} 已销号闭环", "the case is closed")
