"""Checklists for tests: builders with defaults, and random lists with random answers for properties."""

from typing import Any

from hypothesis import strategies as st

from anhuan_platform.inspections.answers import Answer
from anhuan_platform.inspections.checklist import (
    Checklist,
    Choice,
    Item,
    Kind,
    Level,
    Range,
    Scoring,
    Section,
)

LEVELS = (
    Level("blue", {"zh": "蓝", "en": "Blue"}, 90, "blue"),
    Level("yellow", {"zh": "黄", "en": "Yellow"}, 75, "yellow"),
    Level("orange", {"zh": "橙", "en": "Orange"}, 60, "orange"),
    Level("red", {"zh": "红", "en": "Red"}, 0, "red"),
)
POINTS = Scoring(by="points", levels=LEVELS)


def an_item(code: str, kind: Kind = "verdict", **more: Any) -> Item:
    """An item that is called after its code."""
    return Item(code=code, kind=kind, **({"name": {"zh": f"检查 {code}", "en": f"Check {code}"}} | more))


def a_list(*items: Item, scoring: Scoring = POINTS, **more: Any) -> Checklist:
    """A list with one section, or with the sections that are given."""
    sections = more.pop("sections", None) or (a_section("all", *items),)
    return Checklist(
        code="trial", version=0, name={"zh": "试用检查表"}, sections=sections, scoring=scoring, **more
    )


def a_section(code: str, *items: Item, **more: Any) -> Section:
    """A section that is called after its code."""
    return Section(code=code, name={"zh": f"分类 {code}"}, items=items, **more)


def ok(**more: Any) -> Answer:
    """In order."""
    return Answer(value="ok", **more)


def not_ok(count: int = 1, note: str = "防护罩缺失", **more: Any) -> Answer:
    """A finding with what was seen."""
    return Answer(value="not_ok", count=count, note=note, **more)


NA = Answer(na=True)

_points = st.one_of(st.none(), st.integers(0, 200).map(lambda tenths: tenths / 10))


@st.composite
def items(draw: st.DrawFn, code: str) -> Item:
    """Any item that can fail, with any price."""
    price: dict[str, Any] = {
        "points": draw(_points),
        "lost": draw(_points),
        "most_lost": draw(_points),
        "veto": draw(st.booleans()),
    }
    match draw(st.sampled_from(["verdict", "number", "single", "multiple"])):
        case "number":
            return an_item(code, "number", limits=Range(0, 1), **price)
        case "single" | "multiple" as kind:
            choices = [
                Choice(f"c{no}", {"zh": f"{no}"}, bad=draw(st.booleans()), lost=draw(_points))
                for no in range(3)
            ]
            return an_item(code, kind, choices=(*choices, Choice("bad", {"zh": "坏"}, bad=True)), **price)
        case _:
            return an_item(code, **price)


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    """Any scored list without conditions between its items."""
    sections = []
    for number in range(draw(st.integers(1, 3))):
        inside = tuple(draw(items(f"i{number}_{no}")) for no in range(draw(st.integers(1, 4))))
        sections.append(
            a_section(
                f"s{number}", *inside, points=draw(_points), most_lost=draw(_points),
                floor=draw(st.sampled_from([0, 0, -5.5])),
            )
        )  # fmt: skip
    by: Any = draw(st.sampled_from(["points", "share"]))
    return a_list(
        sections=tuple(sections), scoring=Scoring(by=by, levels=LEVELS, floor=draw(st.sampled_from([0, -3])))
    )


@st.composite
def answers_to(draw: st.DrawFn, checklist: Checklist) -> dict[str, Answer]:
    """Any answers to some of its items, in any order."""
    given = {}
    for _, item in draw(st.permutations(list(checklist.lines()))):
        kind = draw(st.sampled_from(["none", "na", "good", "bad"]))
        if kind != "none":
            given[item.code] = NA if kind == "na" else draw(an_answer(item, is_bad=kind == "bad"))
    return given


@st.composite
def an_answer(draw: st.DrawFn, item: Item, *, is_bad: bool) -> Answer:
    """An answer to the item, a finding or not where it can be."""
    count = draw(st.integers(1, 5))
    match item.kind:
        case "number":
            return Answer(value=7.0 if is_bad else 0.5, count=count)
        case "single":
            fitting = [choice.code for choice in item.choices if choice.bad == is_bad]
            return Answer(value=draw(st.sampled_from(fitting or ["bad"])), count=count)
        case "multiple":
            fitting = [choice.code for choice in item.choices if choice.bad == is_bad]
            return Answer(value=tuple(fitting or ["bad"]), count=count)
        case _:
            return Answer(value="not_ok" if is_bad else "ok", count=count, note="坏")
