"""The closed-loop form as data: sections with every word said, in one language, on the company's clock. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from anhuan_infra import fonts
from anhuan_infra.record.part import Part
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.loops.models import Task, TaskStatus
from anhuan_platform.printing import steps, words
from anhuan_platform.printing.gathered import Gathered
from anhuan_platform.printing.sealed import sealed
from anhuan_platform.printing.words import moment, span, word

_ORDINALS = "一二三四五六七八九十"
_MOST_PHOTOS = 4
"""Of one group; the list of evidence names them all."""
_GROUPS = (("before", ("report", "before")), ("after", ("after", "test", "verification")))


@dataclass(frozen=True)
class Printed:
    """How it was printed."""

    by: str
    at: datetime
    language: str
    pictures: frozenset[UUID]
    """Evidence whose picture is at hand, as `<id>.jpg`."""


def photos_of(found: Gathered) -> list[UUID]:
    """The pictures that the form shows, in order."""
    return [one for _, purposes in _GROUPS for one in _shown(found, purposes)[:_MOST_PHOTOS]]


def document(found: Gathered, proof: Part, printed: Printed) -> dict[str, Any]:
    """What the template lays out."""
    zh = printed.language == "zh"
    case, zone = found.case, found.names.company.zone
    badges = [word(words.STATUS, case.status, printed.language)]
    badges += [word(words.GRADES, case.grade, printed.language)] if case.grade else []
    badges += [("法定重大隐患" if zh else "Statutory major")] if found.hazard.is_statutory_major else []
    sections = [
        _section("pairs", "基本情况" if zh else "The hazard", rows=_about(found, printed)),
        _section("pairs", "定级与期限" if zh else "Grade and limit", rows=_limit(found, printed)),
        _section(
            "photos", "整改前后照片" if zh else "Photos before and after", groups=_photos(found, printed)
        ),
        _section("pairs", "整改措施与试验" if zh else "Measures and test", rows=_measures(found, printed)),
        steps.way(found, printed.language, printed.at),
        steps.signatures(found, printed.language),
        *steps.climbed(found, printed.language),
        *steps.stops(found, printed.language),
        steps.evidence(found, printed.language),
        sealed(proof, zone, printed.language),
    ]
    for place, section in enumerate(sections):
        section["number"] = f"{_ORDINALS[place]}、" if zh else f"{place + 1}. "
    made = moment(printed.at, zone, printed.language)
    footer = (
        f"{case.number} · {printed.by} 打印于 {made}（{zone}）· 以系统记录为准，扫描右上角二维码核对"
        if zh
        else f"{case.number} · printed by {printed.by} at {made} ({zone}) · the system's record holds; scan the code to compare"
    )
    plain = {
        "lang": printed.language,
        "title": "隐患整改闭环单" if zh else "Hazard rectification record",
        "number": case.number,
        "company": found.names.company.name,
        "badges": badges,
        "footer": footer,
        "page": ["第", "页 / 共", "页"] if zh else ["page", "of", ""],
        "sections": sections,
    }
    clean: dict[str, Any] = _printable(plain, printed.language)
    return clean


def _section(kind: str, title: str, **content: Any) -> dict[str, Any]:
    return {"kind": kind, "title": title, **content}


def _about(found: Gathered, printed: Printed) -> list[list[str]]:
    zh, zone = printed.language == "zh", found.names.company.zone
    case, hazard, names = found.case, found.hazard, found.names
    kind = BY_CODE[hazard.type_code]
    area = names.areas.get(hazard.area_id, "—") if hazard.area_id else "—"
    asset = names.assets.get(hazard.asset_id, "—") if hazard.asset_id else "—"
    anonymous = ("匿名" if zh else "anonymous") if hazard.is_anonymous else found.name(case.owner_id)
    party = names.parties.get(hazard.responsible_party_id, "—") if hazard.responsible_party_id else "—"
    unit_no = hazard.responsible_unit_no
    responsible = names.units.get(unit_no, "—") if unit_no is not None else "—"
    labels = (
        ("隐患名称", "类别", "当前环节", "发生单位", "区域", "设备", "位置说明", "上报人", "上报时间", "发现时间", "责任单位", "责任人",
         "相关方", "复发次数", "隐患描述")
        if zh
        else ("Title", "Kind", "Stage", "Unit", "Area", "Machine", "Place", "Reported by", "Reported at", "Seen at",
              "Responsible unit", "Responsible", "Outside party", "Recurrences", "Description")
    )  # fmt: skip
    at, lang = moment, printed.language
    return [
        [labels[0], case.title],
        [labels[1], kind.zh if zh else kind.en, labels[2], names.stage(case, lang)],
        [labels[3], names.units.get(case.unit_no, "—"), labels[4], area],
        [labels[5], asset, labels[6], hazard.place_note or "—"],
        [labels[7], anonymous, labels[8], at(case.opened_at, zone, lang)],
        [labels[9], at(hazard.seen_at, zone, lang), labels[13], str(hazard.recurrence_count)],
        [labels[10], responsible, labels[11], found.name(hazard.responsible_id)],
        *([[labels[12], party]] if hazard.responsible_party_id else []),
        [labels[14], hazard.description or "—"],
    ]


def _limit(found: Gathered, printed: Printed) -> list[list[str]]:
    zh, zone, lang = printed.language == "zh", found.names.company.zone, printed.language
    hazard = found.hazard
    clause = hazard.statutory_clause
    number = str(clause["clause"]) if clause else ""
    statutory = (
        f"{clause['title']} {f'第 {number} 条' if zh and number.isdigit() else number}"
        if clause
        else ("未认定为法定重大事故隐患" if zh else "not marked as a major accident hazard by law")
    )
    reason = next((task.note for task in found.tasks if task.step == "grade" and task.note), None)
    last = next((task for task in reversed(found.tasks) if task.step == "rectify"), None)
    rows = [
        ["等级" if zh else "Grade", word(words.GRADES, hazard.grade, lang), "定级人 / 时间" if zh else "Graded by, at",
         f"{found.name(hazard.graded_by)}  {moment(hazard.graded_at, zone, lang)}"],
        ["定级说明" if zh else "Reason", reason or "—"],
        ["法定依据" if zh else "By law", statutory],
    ]  # fmt: skip
    if last is not None:
        rule = word(words.RULES, last.due_rule, lang)
        if last.due_rule:
            rule += "（多项时限取最早到期者）" if zh else " (of several limits the earliest)"
        if last.due_provisional:
            rule += (
                "；所跨日期的官方日历未发布，暂定"
                if zh
                else "; provisional, the official calendar is not out yet"
            )
        rows += [
            ["整改期限" if zh else "Limit", moment(last.due_at, zone, lang), "适用规则" if zh else "Rule", rule],
            ["提交整改" if zh else "Handed in", moment(last.done_at, zone, lang), "按期情况" if zh else "In time", _in_time(last, printed)],
        ]  # fmt: skip
    return rows


def _in_time(task: Task, printed: Printed) -> str:
    zh = printed.language == "zh"
    if task.due_at is None:
        return "—"
    end = task.done_at or printed.at
    length = span(abs(end - task.due_at), printed.language)
    if end > task.due_at:
        return f"超期 {length}" if zh else f"{length} late"
    if task.status == TaskStatus.OPEN:
        return f"剩余 {length}" if zh else f"{length} left"
    return f"按期，提前 {length}" if zh else f"in time, {length} early"


def _measures(found: Gathered, printed: Printed) -> list[list[str]]:
    zh = printed.language == "zh"
    good = {task.step: task.answers or {} for task in found.tasks if task.outcome == "done"}
    result = found.hazard.test_result
    rows: list[list[str]] = []
    if control := good.get("control", {}).get("measures"):
        rows.append(["临时管控方案" if zh else "Interim control", str(control)])
    rows.append(["整改措施" if zh else "Measures", str(good.get("rectify", {}).get("measures") or "—")])
    if result:
        passed = ("合格" if zh else "passed") if result.get("passed") else ("不合格" if zh else "failed")
        value = f"{result['value']}" if result.get("value") else "—"
        rows.append(["试验结论" if zh else "Test", passed, "实测值" if zh else "Value", value])
        rows.append(["试验说明" if zh else "What was tested", str(result.get("summary") or "—")])
    return rows


def _shown(found: Gathered, purposes: Sequence[str]) -> list[UUID]:
    """By what they show; of the finished work the newest first, since work sent back was done again."""
    pictures = [row for row in found.evidence if row.view_version is not None]
    ordered = pictures if "report" in purposes else pictures[::-1]
    return [row.id for purpose in purposes for row in ordered if row.purpose == purpose]


def _photos(found: Gathered, printed: Printed) -> list[dict[str, Any]]:
    zh, zone = printed.language == "zh", found.names.company.zone
    rows = {row.id: row for row in found.evidence}
    titles = {"before": ("整改前", "Before"), "after": ("整改后与验证", "After, and verification")}
    groups: list[dict[str, Any]] = []
    for code, purposes in _GROUPS:
        ids = _shown(found, purposes)
        photos: list[dict[str, Any]] = []
        for one in ids[:_MOST_PHOTOS]:
            row = rows[one]
            taken = (
                f"{word(words.PURPOSES, row.purpose, printed.language)} · {found.name(row.uploaded_by)} · "
                f"{moment(row.confirmed_at, zone, printed.language)}\nSHA-256 {row.sha256[:16]}…"
            )
            missing = "照片暂时无法读取" if zh else "the photo cannot be read right now"
            file = f"{one}.jpg" if one in printed.pictures else None
            photos.append({"file": file, "caption": taken, "missing": missing})
        rest = len(ids) - len(photos)
        more = (
            (f"另有 {rest} 张，见证据清单与系统。" if zh else f"{rest} more: see the list of evidence.")
            if rest
            else ""
        )
        none = "暂无照片" if zh else "no photo yet"
        groups.append({"title": titles[code][0 if zh else 1], "photos": photos, "more": more, "none": none})
    return groups


def _printable(value: Any, language: str) -> Any:
    """The same with every text as the font can print it."""
    if isinstance(value, str):
        return fonts.printable(value, language)
    if isinstance(value, Mapping):
        return {name: _printable(inner, language) for name, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner, language) for inner in value]
    return value
