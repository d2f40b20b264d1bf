"""The tables of the closed-loop form: the way of the case, its signatures, its climbing, its stop orders, its evidence. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from anhuan_platform.loops import orders
from anhuan_platform.loops.models import SeatStatus, Task
from anhuan_platform.printing import words
from anhuan_platform.printing.gathered import Gathered
from anhuan_platform.printing.words import moment, span, word


def way(found: Gathered, language: str, now: datetime) -> dict[str, Any]:
    """Every step with who, when, how long and how it ended."""
    zh, zone = language == "zh", found.names.company.zone
    head = (
        ["环节", "办理人", "开始", "完成", "用时", "期限与规则", "结果", "说明"]
        if zh
        else ["Step", "By", "Began", "Ended", "Took", "Limit and rule", "Outcome", "Note"]
    )
    rows: list[list[str]] = []
    for task in found.tasks:
        took = span((task.done_at or now) - task.opened_at, language)
        limit = moment(task.due_at, zone, language)
        if task.due_rule:
            limit += f"\n{word(words.RULES, task.due_rule, language)}"
        rows.append(
            [
                _step(found, task, language),
                found.name(task.done_by),
                moment(task.opened_at, zone, language),
                moment(task.done_at, zone, language),
                took if task.done_at else (f"已 {took}" if zh else f"{took} so far"),
                limit,
                word(words.OUTCOMES, task.outcome or task.status, language),
                task.note or "—",
            ]
        )
    return _table("办理过程" if zh else "The way it went", head, [12, 8, 11, 11, 11, 17, 9, 21], rows)


def signatures(found: Gathered, language: str) -> dict[str, Any]:
    """Every seat of an approval that is or was asked for: who signed in the system and when, with room to sign by hand."""
    zh, zone = language == "zh", found.names.company.zone
    head = (
        ["环节", "签字岗位", "姓名", "结论", "意见", "系统签署时间", "手写签字"]
        if zh
        else ["Approval", "Seat", "Name", "Decision", "Comment", "Signed in the system", "By hand"]
    )
    approvals = {step.code for step in found.definition.steps if step.kind == "approval"}
    rows: list[list[str]] = []
    for task in found.tasks:
        if task.step not in approvals:
            continue
        for seat in found.seats.get(task.id, []):
            if seat.status == SeatStatus.VOID:
                continue
            decision = word(words.OUTCOMES, seat.status, language)
            rows.append(
                [
                    _step(found, task, language),
                    _seat(seat.who, language),
                    found.name(seat.decided_by),
                    decision,
                    seat.comment or "—",
                    moment(seat.decided_at, zone, language),
                    "",
                ]
            )
    none = "尚未进入审批环节" if zh else "no approval has come up yet"
    foot = (
        "系统签署具有时间与身份记录；手写栏供纸质归档时使用。"
        if zh
        else "Signing in the system is on record with time and person; the last column is for paper files."
    )
    title = "审批与签字" if zh else "Approvals and signatures"
    rows = rows or [[none, *[""] * 6]]
    return _table(title, head, [16, 12, 9, 9, 22, 16, 16], rows, tall=True) | {"foot": foot}


def climbed(found: Gathered, language: str) -> list[dict[str, Any]]:
    """Rungs of the ladder that fired; no table where none did."""
    zh, zone = language == "zh", found.names.company.zone
    tasks = {task.id: task for task in found.tasks}
    head = (
        ["触发时间", "环节", "层级", "通知对象", "措施"]
        if zh
        else ["Fired", "Step", "Rung", "Told", "Effect"]
    )
    rows: list[list[str]] = []
    for one in found.escalations:
        told = "、" if zh else ", "
        who = told.join(dict.fromkeys(_seat(each, language) for each in one.effect.get("tell", [])))
        stops = one.effect.get("effect") == "stop_work"
        effect = ("停工" if zh else "stop of work") if stops else ("提醒" if zh else "reminder")
        task = tasks.get(one.task_id)
        rows.append(
            [
                moment(one.fired_at, zone, language),
                _step(found, task, language) if task else "—",
                str(one.rung),
                who or "—",
                effect,
            ]
        )
    title = "逾期升级" if zh else "Escalations"
    return [_table(title, head, [16, 18, 8, 42, 16], rows)] if rows else []


def stops(found: Gathered, language: str) -> list[dict[str, Any]]:
    """Orders to stop work; no table where there are none."""
    zh, zone = language == "zh", found.names.company.zone
    head = (
        ["停工原因", "触发", "下令人 / 时间", "解除人 / 时间"]
        if zh
        else ["Reason", "Cause", "Ordered by, at", "Lifted by, at"]
    )
    rows = [
        [
            orders.in_words(order.reason, order.cause, language),
            word(words.CAUSES, order.cause, language),
            f"{found.name(order.issued_by)}\n{moment(order.issued_at, zone, language)}",
            f"{found.name(order.lifted_by)}\n{moment(order.lifted_at, zone, language)}"
            if order.lifted_at
            else ("尚未解除" if zh else "in force"),
        ]
        for order in found.orders
    ]
    title = "停工令" if zh else "Stop-work orders"
    return [_table(title, head, [48, 14, 19, 19], rows)] if rows else []


def evidence(found: Gathered, language: str) -> dict[str, Any]:
    """Every file with its fingerprint, so that a copy can be held against it."""
    zh, zone = language == "zh", found.names.company.zone
    head = (
        ["用途", "文件", "上传人", "入库时间", "状态", "SHA-256"]
        if zh
        else ["Shows", "File", "By", "Stored at", "State", "SHA-256"]
    )
    rows = [
        [
            word(words.PURPOSES, row.purpose, language),
            row.name,
            found.name(row.uploaded_by),
            moment(row.confirmed_at, zone, language),
            word(words.EVIDENCE, row.status, language)
            + (
                (f"，{len(row.flags)} 处待核" if zh else f", {len(row.flags)} to look at")
                if row.flags
                else ""
            ),
            f"{row.sha256[:32]}\n{row.sha256[32:]}",
        ]
        for row in found.evidence
    ]
    title = "证据清单" if zh else "Evidence"
    return _table(title, head, [11, 18, 9, 12, 13, 37], rows or [["—"] * 6])


def _table(
    title: str,
    head: Sequence[str],
    widths: Sequence[int],
    rows: Sequence[Sequence[str]],
    *,
    tall: bool = False,
) -> dict[str, Any]:
    lines = [list(row) for row in rows]
    return {
        "kind": "listing",
        "title": title,
        "head": list(head),
        "widths": list(widths),
        "rows": lines,
        "tall": tall,
    }


def _step(found: Gathered, task: Task, language: str) -> str:
    step = next((one for one in found.definition.steps if one.code == task.step), None)
    name = (step.name.get(language) or step.name.get("zh") or step.code) if step else task.step
    if task.round > 1:
        name += f"（第 {task.round} 轮）" if language == "zh" else f" (round {task.round})"
    return name


def _seat(who: Mapping[str, Any], language: str) -> str:
    return word(words.DUTIES, who.get("duty") or who.get("by"), language)
