"""What a checklist may not be: every fault is said at once, with its place, in both languages."""

import copy
import re
from typing import Any

import pytest

from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections import reading
from anhuan_platform.inspections.checklist import Choice, Fit, Level, Meter, Photo, Range, Scoring, Suggestion
from anhuan_platform.inspections.errors import ChecklistUnfit
from tests.support.checklists import POINTS, a_list, a_section, an_item


def _codes(body: object) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in reading.look(body)[1]]


def _plain(*items: Any, **more: Any) -> dict[str, Any]:
    return checklists.write(a_list(*items, **more))


def test_a_sound_list_reads_back_as_itself() -> None:
    choices = (Choice("good", {"zh": "好"}), Choice("bad", {"zh": "坏"}, bad=True, lost=2))
    checklist = a_list(
        an_item("a", points=3, photo=Photo("always", "safety_device"), suggest=Suggestion("fire")),
        an_item("b", "single", choices=choices, show="a != 'na'", points=2),
        an_item("c", "meter", meter=Meter(6), unit="kWh", limits=Range(high=10)),
        fit=Fit(risks=("major",), trades=("forging",), assets=("冲床",), industries=("C33", "C3311")),
    )

    assert reading.read(checklists.write(checklist)) == checklist


def test_every_fault_of_shape_is_said_with_its_place() -> None:
    body = _plain(an_item("a"), an_item("b"), an_item("c"))
    body = copy.deepcopy({**body, "sections": [dict(section) for section in body["sections"]]})
    items = [dict(item) for item in body["sections"][0]["items"]]
    items[0]["kind"] = "verdikt"
    items[1]["colour"] = "red"
    items[2].pop("name")
    body["sections"][0]["items"] = items
    body["cycle"] = "fortnight"

    faults = reading.look(body)[1]

    assert [(fault.place, fault.row) for fault in faults] == [("trial", 0), ("a", 1), ("b", 2), ("c", 3)]
    assert "verdikt" in faults[1].reason.zh and "verdikt" in faults[1].reason.en
    assert "colour" in faults[2].reason.en
    assert "name" in faults[3].reason.zh


@pytest.mark.parametrize(
    "body",
    [None, [], "x", {}, {"code": "a"}, {"sections": 1}, {"sections": [1]}, {"code": "a\0"}, float("nan")],
)
def test_what_is_no_list_at_all_is_refused(body: object) -> None:
    with pytest.raises(ChecklistUnfit) as refused:
        reading.read(body)

    assert refused.value.faults
    assert refused.value.message("zh") != refused.value.message("en")


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (an_item("value"), "CODE_RESERVED"),
        (an_item("x", name={"zh": " "}), "NAME_EMPTY"),
        (an_item("x", "single"), "CHOICES"),
        (an_item("x", "text", choices=(Choice("a", {"zh": "甲"}),)), "CHOICES"),
        (
            an_item("x", "single", choices=(Choice("a", {"zh": "甲"}), Choice("a", {"zh": "乙"}))),
            "CHOICE_TWICE",
        ),
        (an_item("x", unit="MPa"), "NOT_A_NUMBER"),
        (an_item("x", "number", limits=Range(2, 1)), "RANGE"),
        (an_item("x", "number", limits=Range(1, 1, high_open=True)), "RANGE"),
        (an_item("x", "meter"), "METER"),
        (an_item("x", expires=True), "EXPIRY"),
        (an_item("x", "text", veto=True), "NEVER_FOUND"),
        (an_item("x", "number", alarm=True), "NEVER_FOUND"),
        (an_item("x", "text", points=3), "POINTS"),
        (an_item("x", lost=3), "POINTS"),
        (an_item("x", suggest=Suggestion("dragons")), "HAZARD_TYPE"),
        (an_item("x", show="later == 'ok'"), "CONDITION_READS"),
        (an_item("x", show="x == 'ok'"), "CONDITION_READS"),
        (an_item("x", show="1 +"), "CONDITION"),
        (an_item("x", show="'yes'"), "CONDITION_TYPE"),
        (an_item("x", "text", valid="value > 5"), "CONDITION_TYPE"),
    ],
)
def test_one_fault_is_found_and_no_other(item: Any, code: str) -> None:
    assert _codes(_plain(item)) == [("x" if item.code == "x" else item.code, code)]


def test_names_conditions_and_bands_of_the_whole_list() -> None:
    bands = (Level("a", {"zh": "甲"}, 60), Level("a", {"zh": "乙"}, 70))
    body = _plain(
        an_item("a"), an_item("a"), an_item("p", "photo"), an_item("b", show="p == 'x'"),
        scoring=Scoring(by="points", levels=bands),
    )  # fmt: skip

    assert _codes(body) == [("", "LEVELS"), ("", "CODE_TWICE"), ("a", "CODE_TWICE"), ("b", "CONDITION_READS")]


def test_a_veto_needs_a_level_to_fall_to() -> None:
    assert _codes(_plain(an_item("a", veto=True), scoring=Scoring())) == [("", "VETO_WITHOUT_LEVELS")]


def test_points_in_a_list_that_is_not_scored_are_a_mistake() -> None:
    assert _codes(_plain(an_item("a", points=1), scoring=Scoring())) == [("a", "POINTS")]


def test_a_list_for_hot_work_looks_at_gas_extinguisher_and_guardian() -> None:
    """S004-07."""
    fit = Fit(trades=("hot_work",))
    gas = an_item("gas", "number", topic="gas_test", limits=Range(high=0.5))
    rest = (an_item("ext", topic="extinguisher"), an_item("guard", topic="guardian"))

    assert _codes(_plain(gas, *rest, fit=fit)) == []
    assert _codes(_plain(gas, an_item("ext", topic="extinguisher", required=False), rest[1], fit=fit)) == [
        ("", "TOPIC_MISSING")
    ]
    assert len(_codes(_plain(an_item("a"), fit=fit))) == 3


def test_a_condition_may_meet_missing_answers_but_no_other_kind() -> None:
    number = an_item("n", "number")

    assert _codes(_plain(number, an_item("x", show="n > 5 && n < 10.5"))) == []
    assert _codes(_plain(number, an_item("x", show="n.startsWith('5')"))) == [("x", "CONDITION_TYPE")]


def test_conditions_are_bounded() -> None:
    nested = "tools.exists(x, tools.exists(y, x == y))"
    tools = an_item("tools", "multiple", choices=(Choice("a", {"zh": "甲"}),))

    assert _codes(_plain(tools, an_item("x", show="tools.exists(t, t == 'a')"))) == []
    assert _codes(_plain(tools, an_item("x", show=nested))) == [("x", "CONDITION")]


def test_a_list_that_is_too_large_is_refused() -> None:
    big = _plain(*(an_item(f"i{no}", guidance={"zh": "字" * 1900}) for no in range(300)))

    assert [code for _, code in _codes(big)] == ["SHAPE"]


def test_faults_are_whole_in_each_language() -> None:
    body = _plain(
        an_item("x", "single", points=1, veto=True), an_item("x", show="zz"), sections=None, scoring=POINTS
    ) | {"fit": {"trades": ["hot_work"]}}

    faults = reading.look(body)[1]

    assert len(faults) > 5
    for fault in faults:
        assert not re.search("[\u4e00-\u9fff]", fault.reason.en)
        assert re.search("[\u4e00-\u9fff]", fault.reason.zh)


def test_sections_stand_apart() -> None:
    body = checklists.write(a_list(sections=(a_section("s", an_item("a")), a_section("s", an_item("b")))))

    assert _codes(body) == [("s", "CODE_TWICE")]
