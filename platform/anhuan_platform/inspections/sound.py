"""Whether a checklist makes sense: names that are unique, figures that fit, conditions that can be answered, dangerous work complete."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from anhuan_infra.errors import Words
from anhuan_infra.text import shows
from anhuan_platform.hazards.types import BY_CODE as HAZARD_TYPES
from anhuan_platform.inspections import rehearsal
from anhuan_platform.inspections.checklist import Checklist, Item, Range, Scoring, Section, Text
from anhuan_platform.inspections.errors import Fault

MUST_HOLD: Mapping[str, tuple[str, ...]] = {"hot_work": ("gas_test", "extinguisher", "guardian")}
"""What a list for dangerous work looks after in any case, by trade: topics that at least one required item has."""
_TOPICS = {
    "gas_test": Words("气体检测", "gas test"),
    "extinguisher": Words("灭火器材", "extinguisher"),
    "guardian": Words("监护人在场", "guardian present"),
}
Problem = tuple[bool, str, str, str]
"""Whether it is so, the fault's code, and what is wrong in both languages."""


def faults(checklist: Checklist) -> Iterator[Fault]:
    """Everything that is wrong with it, by place."""
    yield from _said("", 0, _of_list(checklist))
    seen: set[str] = set()
    for section in checklist.sections:
        yield from _said(section.code, 0, _of_section(section, seen))
        seen.add(section.code)
    before: dict[str, Item] = {}
    row = 0
    for section in checklist.sections:
        yield from rehearsal.faults(section.code, 0, section.show, before)
        for item in section.items:
            row += 1
            yield from _said(item.code, row, _of_item(checklist.scoring, section, item, seen))
            yield from rehearsal.faults(item.code, row, item.show, before)
            for choice in item.choices:
                yield from rehearsal.faults(item.code, row, choice.show, before)
            yield from rehearsal.faults(item.code, row, item.valid, before, item)
            seen.add(item.code)
            before[item.code] = item
    for veto in checklist.scoring.vetoes:
        yield from rehearsal.faults(veto.code, 0, veto.when, before)


def _said(place: str, row: int, problems: Iterable[Problem]) -> Iterator[Fault]:
    return (Fault(place, row, code, Words(zh, en)) for is_so, code, zh, en in problems if is_so)


def _of_list(checklist: Checklist) -> Iterator[Problem]:
    scoring = checklist.scoring
    leasts = [level.least for level in scoring.levels]
    empty = all(not section.items for section in checklist.sections)
    codes = [level.code for level in scoring.levels]
    yield empty, "NO_ITEMS", "没有任何检查项", "there are no items"
    yield _blank(checklist.name), "NAME_EMPTY", "名称为空", "the name is empty"
    falling = all(a > b for a, b in pairwise(leasts)) and (not leasts or leasts[-1] == 0)
    yield (
        not falling,
        "LEVELS",
        "等级须从高到低排列，最后一级从 0 开始",
        "levels run from high to low, and the last begins at 0",
    )
    yield len(set(codes)) < len(codes), "CODE_TWICE", "等级编码重复", "two levels have the same code"
    vetoed = bool(scoring.vetoes) or any(item.veto for _, item in checklist.lines())
    yield (
        vetoed and not scoring.levels,
        "VETO_WITHOUT_LEVELS",
        "有一票否决项但没有等级",
        "there is a veto but no level",
    )
    topics = {item.topic for _, item in checklist.lines() if item.required and item.show is None}
    for trade in checklist.fit.trades:
        for topic in MUST_HOLD.get(trade, ()):
            words = _TOPICS[topic]
            yield (
                topic not in topics, "TOPIC_MISSING",
                f"该类作业的检查表必须有必填项“{words.zh}”", f"a list for this work needs a required item: {words.en}",
            )  # fmt: skip


def _of_section(section: Section, seen: set[str]) -> Iterator[Problem]:
    yield section.code in seen, "CODE_TWICE", "编码重复", "the code stands there twice"
    yield _blank(section.name), "NAME_EMPTY", "名称为空", "the name is empty"


def _of_item(scoring: Scoring, section: Section, item: Item, seen: set[str]) -> Iterator[Problem]:
    is_number = item.kind in ("number", "meter")
    chooses = item.kind in ("single", "multiple")
    codes = [choice.code for choice in item.choices]
    yield item.code in seen, "CODE_TWICE", "编码重复", "the code stands there twice"
    yield (
        item.code in rehearsal.RESERVED,
        "CODE_RESERVED",
        "该编码是条件语言的保留字",
        "the code is a word of the condition language",
    )
    yield _blank(item.name), "NAME_EMPTY", "名称为空", "the name is empty"
    yield (
        chooses != bool(codes),
        "CHOICES",
        "选择题须有选项，其他类型不能有选项",
        "choices belong to questions with choices, and to no other",
    )
    yield len(set(codes)) < len(codes), "CHOICE_TWICE", "选项编码重复", "two choices have the same code"
    yield (
        any(map(_blank, (choice.name for choice in item.choices))),
        "NAME_EMPTY",
        "选项名称为空",
        "a choice has no name",
    )
    numeric = bool(item.unit or item.limits or item.takes or item.whole)
    yield (
        numeric and not is_number,
        "NOT_A_NUMBER",
        "单位、限值只用于数值和表计",
        "units and limits belong to numbers and meters",
    )
    for span in (item.limits, item.takes):
        yield (
            span is not None and not _possible(span),
            "RANGE",
            "限值上下限颠倒或为空",
            "no number lies within the limits",
        )
    yield (
        (item.kind == "meter") != (item.meter is not None),
        "METER",
        "表计须说明位数，其他类型不能",
        "a meter, and nothing else, says how many digits it has",
    )
    yield item.expires and item.kind != "date", "EXPIRY", "只有日期可以过期", "only a date expires"
    yield (
        item.kind == "note" and item.photo is not None,
        "PHOTO",
        "说明文字不能要求照片",
        "a note asks for no photo",
    )
    can_fail = item.can_fail
    on_fault = item.photo is not None and item.photo.when == "on_not_ok"
    needless = item.veto or item.alarm or item.suggest is not None or on_fault
    yield (
        needless and not can_fail,
        "NEVER_FOUND",
        "该项不会出现不合格，不能设否决、报警、隐患建议或不合格拍照",
        "nothing about it can be not ok, so it has no veto, alarm, suggestion or photo of a fault",
    )
    suggestion = item.suggest
    yield (
        suggestion is not None and suggestion.type not in HAZARD_TYPES,
        "HAZARD_TYPE",
        "没有这种隐患类型",
        "there is no such type of hazard",
    )
    costs = bool(item.lost or item.points or any(choice.lost for choice in item.choices))
    counts = can_fail or any(choice.lost for choice in item.choices)
    yield (
        costs and not counts,
        "POINTS",
        "该项不会出现不合格，不能设分值",
        "nothing about it can be not ok, so it is worth no points",
    )
    yield (
        costs and scoring.by == "none",
        "POINTS",
        "检查表不计分，不能设分值",
        "the list is not scored, so nothing is worth points",
    )
    has_worth = (
        section.points is not None or any(other.points for other in section.items) or section.floor < 0
    )
    yield (
        costs and scoring.by == "points" and not has_worth,
        "POINTS",
        "有扣分但分类和检查项都没有分值",
        "points are lost, but neither the section nor its items are worth any",
    )


def _possible(span: Range) -> bool:
    if span.low is None or span.high is None:
        return span.low is not None or span.high is not None
    return span.low < span.high or (span.low == span.high and not span.low_open and not span.high_open)


def _blank(name: Text) -> bool:
    return not all(shows(text) for text in name.values())
