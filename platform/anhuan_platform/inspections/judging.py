"""What answers still lack, what is wrong with them, and which findings follow. Pure; hidden items are nobody's business."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from anhuan_infra.errors import Words
from anhuan_infra.text import shows
from anhuan_platform.inspections import conditions
from anhuan_platform.inspections.answers import MOST_NOTE, Answer, Answers, Looked, fact, looked_at
from anhuan_platform.inspections.checklist import Checklist, Item, Meter, Range, said
from anhuan_platform.inspections.errors import Fault

Evidence = Mapping[str, Mapping[str, int]]
"""How many pieces came for an item, by their purpose; signatures under `signature`."""
Readings = Mapping[str, float]
"""What the meters showed at the last round."""
_NEAR_END = 0.9
_NEAR_START = 0.1
_PURPOSES = {
    "scene": Words("现场", "the scene"),
    "nameplate": Words("铭牌", "the nameplate"),
    "safety_device": Words("安全装置", "the safety device"),
    "reading": Words("仪表读数", "the reading"),
    "measure": Words("控制措施", "the measure taken"),
    "before": Words("作业前", "before"),
    "after": Words("作业后", "after"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """An item that is not ok: what a hazard report begins with."""

    item: str
    section: str
    name: Words
    occurrences: int
    answer: str | float | tuple[str, ...] | None
    note: str
    type: str | None
    """Suggested type of hazard; None where the list suggests none."""
    grade: str | None
    alarm: bool
    """To be told at once, not only with the report."""
    veto: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the list says to the answers; it is complete where nothing is missing or wrong."""

    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]
    asked: int
    """How many items these answers lead to."""

    @property
    def is_complete(self) -> bool:
        """Whether it can be handed in."""
        return not self.faults


def judge(
    checklist: Checklist,
    answers: Answers,
    evidence: Evidence,
    *,
    before: Readings | None = None,
    today: date | None = None,
) -> Judgement:
    """Everything that is missing or wrong, and every finding. `today` decides what has expired; without it, the day in UTC."""
    faults = [
        Fault(code[:60], 0, "ITEM_UNKNOWN", Words("检查表中没有这一项", "the list has no such item"))
        for code in answers
        if code not in checklist.by_code
    ]
    findings: list[Finding] = []
    facts: dict[str, Any] = {}
    asked = 0
    for one in looked_at(checklist, answers, today or datetime.now(UTC).date()):
        asked += one.item.kind != "note"
        own = fact(one.item, one.answer, one.standing)
        for code, zh, en in _wrong(one, own, facts, evidence, before or {}):
            faults.append(Fault(one.item.code, one.no, code, Words(zh, en)))
        if one.standing == "not_ok" and one.answer is not None:
            findings.append(_finding(one, one.answer))
        facts[one.item.code] = own
    return Judgement(tuple(faults), tuple(findings), asked)


def _finding(one: Looked, answer: Answer) -> Finding:
    item, suggest = one.item, one.item.suggest
    return Finding(
        item=item.code, section=one.section.code, name=said(item.name, item.code), occurrences=answer.count,
        answer=answer.value, note=answer.note, type=suggest.type if suggest else None,
        grade=suggest.grade if suggest else None, alarm=item.alarm, veto=item.veto,
    )  # fmt: skip


def _wrong(
    one: Looked, own: Any, facts: Mapping[str, Any], evidence: Evidence, before: Readings
) -> Iterator[tuple[str, str, str]]:
    """What is missing or wrong about one item: code, zh, en."""
    item, answer, came = one.item, one.answer, evidence.get(one.item.code, {})
    if item.kind == "note":
        return
    if item.kind == "signature":
        if item.required and not came.get("signature") and not (answer and answer.na and item.may_be_na):
            yield "SIGNATURE_MISSING", "需要签名", "a signature is needed"
        return
    if one.standing == "open":
        yield from _unanswered(item, answer)
    elif one.standing in ("ok", "not_ok", "told") and answer is not None:
        yield from _entered(item, answer, own, facts)
        if item.meter is not None and isinstance(own, float | int):
            yield from _meter(item.meter, own, before.get(item.code))
    if one.standing == "not_ok" and item.note == "on_not_ok" and not (answer and shows(answer.note)):
        yield "NOTE_MISSING", "请说明不合格的情况", "say what is not in order"
    if answer is not None and len(answer.note) > MOST_NOTE:
        yield "NOTE_TOO_LONG", f"说明最多 {MOST_NOTE} 字", f"a note has at most {MOST_NOTE} characters"
    yield from _photos(one, came)


def _unanswered(item: Item, answer: Answer | None) -> Iterator[tuple[str, str, str]]:
    if answer is not None and answer.na:
        yield "NA_NOT_ALLOWED", "该项不能填“不适用”", "this cannot be answered as not applicable"
    elif answer is None or answer.value in (None, "", ()):
        if item.required:
            yield "ANSWER_MISSING", "尚未填写", "it has no answer yet"
    elif not (item.kind == "text" and not item.required):
        yield (
            "ANSWER_WRONG",
            "答案的类型不符或不在选项内",
            "the answer is of another kind, or not among the choices",
        )


def _entered(
    item: Item, answer: Answer, own: Any, facts: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    if isinstance(own, float | int):
        if item.takes is not None and not item.takes.holds(own):
            zh, en = _span(item.takes)
            yield "OUT_OF_RANGE", f"只能填写 {zh}", f"it takes {en}"
        if item.whole and own != int(own):
            yield "NOT_WHOLE", "只能填写整数", "it takes whole numbers only"
    if item.kind == "text" and isinstance(answer.value, str) and len(answer.value) > MOST_NOTE:
        yield "TEXT_TOO_LONG", f"最多 {MOST_NOTE} 字", f"at most {MOST_NOTE} characters"
    elif item.valid and not conditions.holds(item.valid, {**facts, "value": own}.get):
        words = (
            said(item.valid_says)
            if item.valid_says
            else Words("填写内容不符合要求", "the answer is not acceptable")
        )
        yield "NOT_VALID", words.zh, words.en


def _span(span: Range) -> tuple[str, str]:
    low = "" if span.low is None else f"{'>' if span.low_open else '≥'} {span.low:g}"
    high = "" if span.high is None else f"{'<' if span.high_open else '≤'} {span.high:g}"
    both = [end for end in (low, high) if end]
    return " 且 ".join(both), " and ".join(both)


def _meter(meter: Meter, reading: float, before: float | None) -> Iterator[tuple[str, str, str]]:
    """A reading that this meter cannot show, or cannot have reached since the last one."""
    round_at = 10.0**meter.digits
    if not 0 <= reading < round_at:
        yield (
            "METER_DIGITS",
            f"该表只有 {meter.digits} 位整数",
            f"this meter has {meter.digits} digits before the point",
        )
        return
    if before is None:
        return
    rise = risen(meter, before, reading)
    if rise is None:
        yield "METER_BACK", f"读数小于上次的 {before:g}", f"it was {before:g} before and cannot fall"
    elif meter.most_rise is not None and rise > meter.most_rise:
        yield (
            "METER_JUMP",
            f"比上次的 {before:g} 多出太多",
            f"it was {before:g} before and cannot rise so far",
        )


def risen(meter: Meter, before: float, now: float) -> float | None:
    """What the meter counted between two readings, over its last digit where it began again; None where it only fell."""
    if now >= before:
        return now - before
    round_at = 10.0**meter.digits
    began_again = now + round_at - before
    if meter.most_rise is not None:
        return began_again if began_again <= meter.most_rise else None
    is_likely = before >= _NEAR_END * round_at and now <= _NEAR_START * round_at
    return began_again if is_likely else None


def _photos(one: Looked, came: Mapping[str, int]) -> Iterator[tuple[str, str, str]]:
    item, rule = one.item, one.item.photo
    is_na = one.standing == "na" or (one.answer is not None and one.answer.na and item.may_be_na)
    if item.kind == "photo":
        purpose, least = (rule.purpose, rule.least) if rule else ("scene", 1)
        is_asked = item.required and not is_na
    elif rule is None:
        return
    else:
        purpose, least = rule.purpose, rule.least
        # An item that nobody needs to answer needs no photo either until it is answered.
        is_asked = one.standing == "not_ok" or (
            rule.when == "always" and not is_na and (item.required or one.standing != "open")
        )
    if is_asked and came.get(purpose, 0) < least:
        words = _PURPOSES[purpose]
        yield "PHOTO_MISSING", f"需要{words.zh}照片 {least} 张", f"{least} photos are needed of {words.en}"
