"""The scenes of the day: a general hazard with a twin and a rejection, a major one, and one that an outside firm puts right."""

from datetime import UTC, datetime, timedelta
from typing import Any

from anhuan_graphql.demo import acts, outside, places, stories
from anhuan_graphql.demo.api import Unexpected
from anhuan_graphql.demo.day import Day
from anhuan_infra.ids import new_id

_PRESSES = (places.AREAS[0].latitude, places.AREAS[0].longitude)
_ROUTE = "query($id: UUID!) { proposedUnit(hazard: $id) { unit { name } percent reason } }"
AWAY = timedelta(seconds=25)
"""How long the safety officer is away in the third scene."""


async def general(day: Day) -> None:
    """Grade C: reported, noticed live, graded, dispatched, warned of as reported twice, sent back once, checked, closed."""
    day.heading("一般隐患：从上报到销号", "a general hazard, from the report to the archive")
    lin, wei, tang, chen = day["lin"], day["wei"], day["tang"], day["chen"]
    day.screen.forget()
    found = await day.report(lin, "1号压力机防护罩固定螺栓松动，传动部位外露", "M-01", _PRESSES)
    case_id: str = found["id"]
    await day.screen.until(
        lambda hint: hint["topic"] == "notice" and hint["personId"] == wei.person_id, patience=20
    )
    await day.tell(wei, "屏幕实时收到新隐患通知", "is told on the open screen at once")
    await acts.grade(day, case_id, wei, "C")

    twin = await day.report(tang, "1号压力机防护罩螺栓松动，传动部位外露", "M-01")
    alike = [one for one in twin["similar"] if one["caseId"] == case_id]
    if not alike:
        raise Unexpected(f"the second report of the same thing was not warned of: {twin['similar']}")
    await day.tell(
        None,
        f"提醒：与 {alike[0]['number']} 相似 {alike[0]['percent']}%",
        "warns that this looks like a report that is open",
    )
    await wei.act("callOff", "{ id }", hazardId=twin["id"], reason="与在办隐患重复", duplicateOf=case_id)
    await day.tell(wei, "并案：重复上报", "calls the twin off as a duplicate")

    await day.waits_for(case_id, "assign", "tang")
    route = await tang.ask(_ROUTE, id=case_id)
    await day.tell(
        None,
        f"建议责任单位：{route['unit']['name']}（把握 {route['percent']}%）",
        f"suggests who should put it right, with {route['percent']} % confidence",
    )
    await acts.assign(day, case_id, tang, chen)
    for note, percent in stories.PROGRESS:
        await acts.progress(day, case_id, chen, note, percent)
    said = await day.must_decline(
        "EVIDENCE_NEEDED",
        chen.act(
            "submitRectification",
            "{ id }",
            hazardId=case_id,
            measures=stories.MEASURES,
            test={"passed": True, "summary": stories.TEST},
        ),
    )
    await day.tell(chen, f"无照片不能提请验收（{said}）", "cannot ask for acceptance without photos")
    await acts.rectify(day, case_id, chen)
    await day.waits_for(case_id, "accept", "tang")
    await tang.act("review", "{ id }", hazardId=case_id, approve=False, comment=stories.REJECTION)
    found = await day.look(case_id)
    if found["round"] != 2 or [task["step"] for task in found["tasks"]] != ["rectify"]:
        raise Unexpected(f"the rejection should lead back to the work, but it stands at {found['stage']}")
    await day.tell(tang, f"退回整改：{stories.REJECTION}", "rejects it; the work is open again")
    await acts.rectify(day, case_id, chen, summary="重新紧固后复测，防护罩无松动，联锁有效")
    await acts.check(day, case_id)


async def major(day: Day) -> None:
    """Grade A: work stops at once, plan within two hours, two signatures, the work passes to a colleague, closed, work resumes."""
    day.heading("重大隐患：立即停工、双签", "a major hazard: work stops at once, two people sign")
    lin, wei, ding, deng, chen = day["lin"], day["wei"], day["ding"], day["deng"], day["chen"]
    found = await day.report(lin, "2号压力机离合器失灵，滑块意外下行，有挤压致命危险", "M-02", _PRESSES)
    case_id: str = found["id"]
    found = await acts.grade(day, case_id, wei, "A")
    orders = [order for order in found["stopOrders"] if order["liftedAt"] is None]
    if [order["cause"] for order in orders] != ["grade"]:
        raise Unexpected(f"grade A must stop the work at once, but the orders are {orders}")
    await day.tell(None, f"停工令：{orders[0]['reason']}", "orders the work to stop, by the grade")
    await day.waits_for(case_id, "assign", "ding")
    await acts.assign(day, case_id, ding, deng)
    await acts.control(day, case_id, deng)
    signed = await acts.approve(day, case_id, "authorise", "审批整改方案：同意", "signs the plan")
    if sorted(signed) != ["ding", "gao"]:
        raise Unexpected(f"general manager and safety director sign a grade A plan, not {signed}")

    task = await day.waits_for(case_id, "rectify", "deng")
    await deng.act(
        "handOver",
        "{ id }",
        caseId=case_id,
        seatId=task["seats"][0]["id"],
        to=chen.person_id,
        reason="外出培训，移交同班组",
    )
    await day.waits_for(case_id, "rectify", "chen")
    await day.tell(deng, f"移交整改任务给 {chen.name}", "hands the work over to a colleague")
    await acts.rectify(day, case_id, chen, summary="更换离合器后空载试车 50 次，制动角度合格")
    await acts.check(day, case_id)
    await day.tell(None, "停工令解除，恢复作业", "lifts the stop order; work may resume")


async def by_outsiders(day: Day) -> None:
    """Grade B, recurring: head of equipment passes it to a maintenance firm; a joint group; the safety officer is away."""
    day.heading(
        "较大隐患：重复发生、外部维保、联合处理", "a larger hazard that recurs, put right by an outside firm"
    )
    lin, wei, shen, ma, su = day["lin"], day["wei"], day["shen"], day["ma"], day["su"]
    found = await day.report(lin, "1号压力机防护罩再次松动，联锁不起作用", "M-01", _PRESSES)
    case_id: str = found["id"]
    if found["recurrenceCount"] < 1:
        raise Unexpected("the same fault on the same machine was not recognised as recurring")
    await day.tell(
        None,
        f"重复隐患：同一设备三个月内第 {found['recurrenceCount'] + 1} 次",
        f"recognises a recurrence: number {found['recurrenceCount'] + 1} within three months",
    )
    await day["tang"].act("stopWork", "{ id }", id=new_id(), caseId=case_id, reason="联锁失效，先停机再处理")
    await day.tell(
        day["tang"], "一键停机：联锁失效，先停机再处理", "stops the work at the machine with one touch"
    )
    await acts.grade(day, case_id, wei, "B")
    await day.waits_for(case_id, "assign", "wei")
    await acts.assign(day, case_id, wei, shen)
    firm = await _firm(day)
    await acts.assign(day, case_id, shen, None, party=firm)
    await day.waits_for(case_id, "rectify", "ma")
    await wei.act(
        "comment",
        "{ id }",
        id=new_id(),
        caseId=case_id,
        body="@苏晴 @沈立新 请一起到现场确认联锁回路，外部维保下午进场",
        mentions=[su.person_id, shen.person_id],
    )
    await day.tell(
        wei, "联合处理组：@苏晴 @沈立新", "calls supervisor and head of equipment into the joint group"
    )
    await su.act("comment", "{ id }", id=new_id(), caseId=case_id, body="已到现场，监护落实")
    await day.tell(su, "组内回复：已到现场，监护落实", "answers in the group")
    await acts.control(day, case_id, ma)
    await acts.approve(day, case_id, "authorise", "审批临时管控：同意", "approves the interim control")
    await acts.progress(day, case_id, ma, "联锁开关已更换，正在校验", 70)

    now = datetime.now(UTC)
    await wei.act(
        "startAbsence",
        id=new_id(),
        deputyId=day["bai"].person_id,
        startsAt=now - timedelta(seconds=5),
        endsAt=now + AWAY,
        reason="参加应急演练",
    )
    await day.tell(wei, f"暂离岗位，由 {day['bai'].name} 代理", "is away; the branch officer stands in")
    await acts.rectify(day, case_id, ma, summary="联锁断电 10 次，滑块均立即停止")
    signed = await acts.approve(day, case_id, "accept", "验收同意", "accepts it (one of three reviews)")
    if signed != ["tang", "bai", "leng"]:
        raise Unexpected(f"the deputy should have reviewed in the officer's place, but {signed} did")
    await acts.check(day, case_id, reviewers=0)


async def _firm(day: Day) -> dict[str, Any]:
    parties = await day["shen"].ask("{ parties { id code name kind } }")
    for party in parties:
        if party["code"] == outside.MAINTENANCE.code:
            return dict(party)
    raise Unexpected("the head of equipment sees no maintenance firm")
