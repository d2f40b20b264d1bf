"""The page beside a list that says what it is of (口径): whose, when, of what scope, narrowed how, and how figures are counted. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.printing import words
from anhuan_platform.printing.listing import Names
from anhuan_platform.printing.sheet import MOST_ROWS

_LABELS: words.Words = {
    "status": ("状态", "Status"),
    "stage": ("环节", "Stage"),
    "grades": ("等级", "Grades"),
    "unit": ("单位（含下级）", "Unit and everything under it"),
    "overdue": ("是否超期", "Overdue"),
    "mine": ("与我有关", "Has to do with me"),
    "type": ("类别", "Kind"),
    "text": ("关键字", "Text"),
    "area": ("区域", "Area"),
    "asset": ("设备", "Machine"),
    "opened_from": ("上报时间从（含）", "Reported from, inclusive"),
    "opened_until": ("上报时间至（不含）", "Reported until, exclusive"),
}
_COUNTED = (
    (
        "时间",
        "Times",
        "均为企业所在时区 {zone} 的当地时间。",
        "All times are local times of the company's zone, {zone}.",
    ),
    (
        "超期",
        "Overdue",
        "以数据时间为准：办理中且当前期限已过；“当前期限”为正在办理的环节中最早到期者。",
        "As of the data time: open and past the current limit, which is the earliest of the steps that wait.",
    ),
    (
        "闭环用时",
        "Hours to close",
        "从上报到销号的自然小时数，仅已销号的隐患有值。",
        "Hours by the clock on the wall from the report to the closing; only of closed hazards.",
    ),
    (
        "等级",
        "Grade",
        "A/B/C 为企业自定等级；“法定重大隐患”按国家判定标准认定，与企业等级分开。",
        "A/B/C is the company's own scale; statutory major hazards are decided by the law's criteria, apart from it.",
    ),
    (
        "姓名",
        "Names",
        "导出人无权查看的人员、单位显示为空。",
        "People and units that whoever took this away may not see are left blank.",
    ),
)


@dataclass(frozen=True)
class Taken:
    """How a list was taken away."""

    by: str
    at: datetime
    filter: Mapping[str, Any]
    by_due: bool
    rows: int
    not_granted: int
    """Seen, but not to be exported by this person."""
    is_cut: bool


def page(known: Names, taken: Taken, language: str) -> list[tuple[str, str]]:
    """Names and values, in order."""
    zh, zone = language == "zh", known.company.zone
    narrowed = _narrowed(known, taken.filter, language)
    scope = "导出人有权查看的隐患" if zh else "the hazards that whoever took this away may see"
    if taken.not_granted:
        scope += (
            f"；另有 {taken.not_granted} 条可查看但无导出权限，未列入"
            if zh
            else f"; {taken.not_granted} more may be seen and not exported, and are left out"
        )
    order = ("期限由近到远，无期限在后" if taken.by_due else "上报时间由新到旧") if zh else (
        "most urgent first, without a limit last" if taken.by_due else "newest first"
    )  # fmt: skip
    facts: list[tuple[str, str]] = [
        ("企业" if zh else "Company", known.company.name),
        ("导出人" if zh else "Taken by", taken.by),
        ("数据时间" if zh else "Data as of", f"{words.moment(taken.at, zone, language)}（{zone}）"),
        ("数据范围" if zh else "Scope", scope),
        ("筛选条件" if zh else "Filter", narrowed or ("无（全部）" if zh else "none (all)")),
        ("排序" if zh else "Order", order),
        ("条数" if zh else "Rows", str(taken.rows)),
    ]
    if taken.is_cut:
        cut = (
            f"符合条件的隐患超过 {MOST_ROWS} 条，本表仅含前 {MOST_ROWS} 条，请缩小筛选范围后分批导出。"
            if zh
            else f"More than {MOST_ROWS} hazards fit; only the first {MOST_ROWS} are here. Narrow the filter and take them in parts."
        )
        facts.append(("注意：未导全" if zh else "Attention: cut off", cut))
    facts += [(a if zh else b, (c if zh else d).format(zone=zone)) for a, b, c, d in _COUNTED]
    return facts


def _narrowed(known: Names, asked: Mapping[str, Any], language: str) -> str:
    given = {name: value for name, value in asked.items() if value is not None}
    return "\n".join(
        f"{words.word(_LABELS, name, language)}: {_said(known, name, value, language)}"
        for name, value in given.items()
    )


def _said(known: Names, name: str, value: Any, language: str) -> str:
    zh = language == "zh"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, datetime):
        return words.moment(value, known.company.zone, language)
    if isinstance(value, UUID):
        named = {"unit": known.unit_ids, "area": known.areas, "asset": known.assets}[name]
        return named.get(value, str(value))
    if name == "grades":
        return "、".join(words.word(words.GRADES, str(one.value), language) for one in value)
    if name == "status":
        return words.word(words.STATUS, str(value.value), language)
    if name == "type":
        return BY_CODE[value].zh if zh else BY_CODE[value].en
    if name == "stage":
        return known.stage_name(value, language)
    return str(value)
