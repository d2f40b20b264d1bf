"""The drill: one hazard under clocks of a minute, so that the ladder really climbs while one watches.

The clocks are data of the loop. A version with short ones is published through the API, one hazard is reported under it,
and the company's own version is published again at once; the running case keeps the version with which it began.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from anhuan_graphql.demo import acts
from anhuan_graphql.demo.api import Unexpected, Visitor
from anhuan_graphql.demo.day import Day

STEP = "rectify"
MINUTES = 1
SHARES = (10, 20, 30)
"""Percent of the minute after which the second and later rungs fire; before it falls due one warns at half."""
PATIENCE = 150.0
_NAME = {"zh": "（演练：一分钟时限）", "en": " (drill: clocks of one minute)"}


def shortened(body: Mapping[str, Any]) -> dict[str, Any]:
    """The loop with one minute for putting it right and rungs in quick succession; everything else as it is."""
    ladder = next(step["ladder"] for step in body["steps"] if step["code"] == STEP)
    steps = [
        step | {"clocks": [clock | {"minutes": MINUTES} for clock in step["clocks"]], "again": MINUTES}
        if step["code"] == STEP
        else step
        for step in body["steps"]
    ]
    rungs: list[dict[str, Any]] = []
    late = iter((0, *SHARES))
    for rung in body["ladders"][ladder]:
        percent = 50 if rung["side"] == "before" else next(late, SHARES[-1])
        rungs.append({key: value for key, value in rung.items() if key != "minutes"} | {"percent": percent})
    name = {language: text + _NAME.get(language, "") for language, text in body["name"].items()}
    return dict(body) | {"name": name, "steps": steps, "ladders": dict(body["ladders"]) | {ladder: rungs}}


async def begin(day: Day) -> str:
    """Report and dispatch a hazard under the short clocks, and leave it alone; its id."""
    day.heading("演练：无人整改，逐级升级", "a drill: nobody puts it right, so it climbs")
    lin, wei, deng, ding = day["lin"], day["wei"], day["deng"], day["ding"]
    usual = (await ding.ask('{ loopDefinition(code: "hazard") { version body } }'))["body"]
    await _publish(
        day, ding, shortened(usual), "发布演练版流程（整改时限 1 分钟）", "publishes the drill's clocks"
    )
    try:
        found = await day.report(lin, "2号压力机光电保护失效，手可伸入危险区", "M-02")
    finally:
        await _publish(day, ding, usual, "恢复正式流程", "publishes the company's own clocks again")
    case_id: str = found["id"]
    await acts.grade(day, case_id, wei, "C")
    found = await day.look(case_id)
    await day.waits_for(case_id, "assign", "tang")
    await acts.assign(day, case_id, day["tang"], deng)
    await day.waits_for(case_id, STEP, deng.account)
    await day.tell(None, "到期后逐级上报，直至停产", "the minute runs, and nobody does anything")
    return case_id


async def watch(day: Day, case_id: str) -> dict[str, Any]:
    """Wait until the last rung stopped the work, telling each as it takes effect; then it is put right as any other."""
    day.heading("演练结果：逐级升级直至停产", "what became of the drill")
    told: set[int] = set()
    ends = asyncio.get_running_loop().time() + PATIENCE
    while True:
        found = await day.look(case_id)
        for one in sorted(found["escalations"], key=lambda one: one["rung"]):
            if one["effectedAt"] and one["rung"] not in told:
                told.add(one["rung"])
                await _tell_rung(day, one)
        if any(order["cause"] == "ladder" for order in found["stopOrders"]):
            break
        if asyncio.get_running_loop().time() > ends:
            raise Unexpected(f"after {PATIENCE:.0f} s the ladder had only reached {sorted(told)}")
        await asyncio.sleep(0.5)
    early = [one for one in found["escalations"] if one["firedAt"] < one["dueAt"]]
    rungs = [one["rung"] for one in found["escalations"]]
    if early or len(rungs) != len(set(rungs)) or sorted(rungs) != list(range(1, len(rungs) + 1)):
        raise Unexpected(f"every rung fires once and never early; these fired: {found['escalations']}")
    await day.tell(None, "停产令已下达（升级阶梯最后一级）", "the last rung stopped the work")
    await acts.rectify(day, case_id, day["deng"])
    await acts.check(day, case_id)
    return found


async def _publish(day: Day, who: Visitor, body: Mapping[str, Any], zh: str, en: str) -> None:
    found = await who.act("publishDefinition", "{ code version }", body=dict(body))
    await day.tell(who, f"{zh}（第 {found['version']} 版）", f"{en} (version {found['version']})")


async def _tell_rung(day: Day, one: Mapping[str, Any]) -> None:
    effect = one["effect"]
    when = "到期前预警" if effect["side"] == "before" else "逾期升级"
    stops = effect.get("effect") == "stop_work"
    await day.tell(
        None,
        f"第 {one['rung']} 级 {when}，应于 {day.clock(one['dueAt'])}，触发于 {day.clock(one['firedAt'])}"
        + ("：停产" if stops else ""),
        f"rung {one['rung']} {'warns' if effect['side'] == 'before' else 'climbs'}"
        + (" and stops the work" if stops else ""),
    )
