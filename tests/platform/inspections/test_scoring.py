"""Scores as score sheets count them: what is lost, what caps it, what n.a. and vetoes do, and what holds of every list there can be."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anhuan_platform.inspections.answers import Answer
from anhuan_platform.inspections.checklist import Checklist, Choice, Item, Range, Scoring, Veto
from anhuan_platform.inspections.scoring import score
from tests.support.checklists import (
    LEVELS,
    NA,
    a_list,
    a_section,
    an_item,
    answers_to,
    checklists,
    not_ok,
    ok,
)

TODAY = date(2026, 11, 21)


def test_a_list_that_is_in_order_reaches_everything() -> None:
    result = score(a_list(an_item("a", points=6), an_item("b", points=4)), {"a": ok(), "b": ok()})

    assert (result.possible, result.lost, result.percent, result.level) == (10, 0, 100, "blue")


def test_each_occurrence_costs_until_the_item_is_used_up() -> None:
    checklist = a_list(an_item("a", points=5, lost=2), an_item("b", points=15))

    assert score(checklist, {"a": not_ok(2), "b": ok()}).lost == 4
    assert score(checklist, {"a": not_ok(3), "b": ok()}).lost == 5
    assert score(checklist, {"a": not_ok(3), "b": ok()}).percent == 75


def test_a_section_loses_no_more_than_it_is_worth() -> None:
    checklist = a_list(
        sections=(
            a_section("fire", an_item("a", lost=3), an_item("b", lost=3), points=5),
            a_section("power", an_item("c", points=5)),
        )
    )

    result = score(checklist, {"a": not_ok(), "b": not_ok(), "c": ok()})

    assert [(part.possible, part.lost) for part in result.parts] == [(5, 5), (5, 0)]
    assert result.percent == 50


def test_a_section_with_its_own_cap_or_a_floor_below_nothing() -> None:
    capped = a_list(
        sections=(a_section("s", an_item("a", points=10), an_item("b", points=10), most_lost=12),)
    )
    below = a_list(
        sections=(
            a_section("s", an_item("a", lost=30), points=10, floor=-4),
            a_section("t", an_item("b", points=10)),
        )
    )

    assert score(capped, {"a": not_ok(), "b": not_ok()}).lost == 12
    assert score(below, {"a": not_ok(), "b": ok()}).reached == 6


def test_what_does_not_apply_is_taken_out_of_what_could_be_reached() -> None:
    checklist = a_list(an_item("a", points=60), an_item("b", points=40))

    result = score(checklist, {"a": not_ok(), "b": NA})

    assert (result.possible, result.lost, result.percent) == (60, 60, 0)


def test_where_nothing_applies_there_is_no_rate() -> None:
    result = score(a_list(an_item("a", points=10)), {"a": NA})

    assert (result.percent, result.level, result.possible) == (None, None, 0)


def test_a_section_with_points_of_its_own_falls_out_when_nothing_in_it_applies() -> None:
    checklist = a_list(
        sections=(a_section("s", an_item("a", lost=2), points=20), a_section("t", an_item("b", points=10)))
    )

    assert score(checklist, {"a": NA, "b": ok()}).possible == 10


def test_a_veto_is_the_worst_level_whatever_the_points_say() -> None:
    checklist = a_list(an_item("a", points=1, veto=True), an_item("b", points=99))

    result = score(checklist, {"a": not_ok(), "b": ok()})

    assert (result.percent, result.level, result.vetoed) == (99, "red", ("a",))


def test_a_veto_can_rest_on_several_answers() -> None:
    both = Veto("both", {"zh": "两项同时不合格"}, "a == 'not_ok' && b == 'not_ok'")
    checklist = a_list(
        an_item("a", points=1), an_item("b", points=1), an_item("c", points=98),
        scoring=Scoring(by="points", levels=LEVELS, vetoes=(both,)),
    )  # fmt: skip

    assert score(checklist, {"a": not_ok(), "b": ok(), "c": ok()}).level == "blue"
    assert score(checklist, {"a": not_ok(), "b": not_ok(), "c": ok()}).vetoed == ("both",)


@pytest.mark.parametrize(
    ("lost", "level"), [(10, "blue"), (10.01, "yellow"), (25, "yellow"), (40, "orange"), (40.1, "red")]
)
def test_a_band_begins_at_its_own_figure(lost: float, level: str) -> None:
    checklist = a_list(an_item("a", points=100, lost=lost))

    assert score(checklist, {"a": not_ok()}).level == level


def test_a_figure_never_shows_a_band_that_was_not_reached() -> None:
    result = score(a_list(an_item("a", points=30_000, lost=3001)), {"a": not_ok()})

    assert (result.percent, result.level) == (89.99, "yellow")


def test_choices_cost_what_they_say() -> None:
    choices = (
        Choice("good", {"zh": "完好"}),
        Choice("worn", {"zh": "磨损"}, lost=1.5),
        Choice("broken", {"zh": "断裂"}, bad=True),
    )
    checklist = a_list(an_item("rope", "single", choices=choices, points=8), an_item("a", points=2))

    for value, lost in (("good", 0), ("worn", 1.5), ("broken", 8)):
        assert score(checklist, {"rope": Answer(value=value), "a": ok()}).lost == lost


def test_a_reading_out_of_its_limits_and_a_date_that_has_passed_cost() -> None:
    checklist = a_list(
        an_item("pressure", "number", limits=Range(low=0.4, high=0.8), points=5),
        an_item("test_due", "date", expires=True, points=5),
    )
    good = {"pressure": Answer(value=0.8), "test_due": Answer(value="2026-11-21")}

    assert score(checklist, good, TODAY).lost == 0
    assert score(checklist, good | {"pressure": Answer(value=0.81)}, TODAY).lost == 5
    assert score(checklist, good | {"test_due": Answer(value="2026-11-20")}, TODAY).lost == 5


def test_a_hidden_item_is_neither_worth_nor_costs_anything() -> None:
    checklist = a_list(an_item("a", points=5), an_item("b", points=5, show="a == 'not_ok'"))

    assert score(checklist, {"a": ok(), "b": not_ok()}).possible == 5
    assert score(checklist, {"a": not_ok(), "b": not_ok()}).lost == 10


def test_shares_count_items_where_nothing_is_said_of_points() -> None:
    checklist = a_list(
        an_item("a"), an_item("b"), an_item("c", "text"), an_item("d"), scoring=Scoring(by="share")
    )

    result = score(checklist, {"a": ok(), "b": not_ok(), "c": Answer(value="x")})

    assert (result.possible, result.lost, result.unanswered, result.level) == (3, 1, 1, None)


ANY = st.data()


@settings(max_examples=150, deadline=None)
@given(checklists(), ANY)
def test_caps_hold_and_figures_agree(checklist: Checklist, data: st.DataObject) -> None:
    result = score(checklist, data.draw(answers_to(checklist)), TODAY)

    for section, part in zip(checklist.sections, result.parts, strict=True):
        assert 0 <= part.lost <= part.possible - section.floor
        assert section.most_lost is None or part.lost <= section.most_lost
    assert result.possible == pytest.approx(sum(part.possible for part in result.parts))
    assert result.lost == pytest.approx(sum(part.lost for part in result.parts))
    assert result.percent is None or checklist.scoring.floor < 0 or 0 <= result.percent <= 100


@settings(max_examples=150, deadline=None)
@given(checklists(), ANY)
def test_the_order_of_answers_is_nobodys_business(checklist: Checklist, data: st.DataObject) -> None:
    answers = data.draw(answers_to(checklist))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))

    assert score(checklist, shuffled, TODAY) == score(checklist, answers, TODAY)


@settings(max_examples=200, deadline=None)
@given(checklists(), ANY)
def test_more_findings_never_raise_the_result(checklist: Checklist, data: st.DataObject) -> None:
    """In verdicts and numbers; what a choice costs is its own affair."""
    answers = data.draw(answers_to(checklist))
    plain = [item for _, item in checklist.lines() if not item.choices and answers.get(item.code) != NA]
    assume(plain)
    worse = dict(answers)
    for item in data.draw(st.lists(st.sampled_from(plain), min_size=1, unique_by=lambda item: item.code)):
        before = answers.get(item.code)
        is_found = before is not None and before.value in ("not_ok", 7.0)
        worse[item.code] = Answer(
            value="not_ok" if item.kind == "verdict" else 7.0,
            count=before.count + 1 if before and is_found else 1,
        )

    better, after = score(checklist, answers, TODAY), score(checklist, worse, TODAY)

    assert after.possible == better.possible
    assert after.reached <= better.reached
    assert set(after.vetoed) >= set(better.vetoed)


@settings(max_examples=200, deadline=None)
@given(checklists(), ANY)
def test_what_does_not_apply_costs_nothing_and_vetoes_nothing(
    checklist: Checklist, data: st.DataObject
) -> None:
    answers = data.draw(answers_to(checklist))
    item = data.draw(st.sampled_from([item for _, item in checklist.lines()]))

    before, after = score(checklist, answers, TODAY), score(checklist, answers | {item.code: NA}, TODAY)

    assert after.lost <= before.lost
    assert after.possible <= before.possible
    assert set(after.vetoed) <= set(before.vetoed)


@settings(max_examples=200, deadline=None)
@given(checklists(), ANY)
def test_what_does_not_apply_never_lowers_where_findings_cost_all_that_an_item_is_worth(
    checklist: Checklist, data: st.DataObject
) -> None:
    whole = _without_caps(checklist)
    answers = data.draw(answers_to(whole))
    found = [
        item
        for _, item in whole.lines()
        if (given := answers.get(item.code)) and given.value in ("not_ok", 7.0)
    ]
    assume(found)
    item = data.draw(st.sampled_from(found))

    before, after = score(whole, answers, TODAY), score(whole, answers | {item.code: NA}, TODAY)

    assert before.percent is not None
    assert after.percent is None or after.percent >= before.percent


def _without_caps(checklist: Checklist) -> Checklist:
    def plain(item: Item) -> Item:
        choices = tuple(msgspec.structs.replace(choice, lost=None) for choice in item.choices)
        return msgspec.structs.replace(
            item, points=item.points or 1, lost=None, most_lost=None, choices=choices
        )

    sections: Any = tuple(
        msgspec.structs.replace(
            section, points=None, most_lost=None, floor=0, items=tuple(plain(item) for item in section.items)
        )
        for section in checklist.sections
    )
    return msgspec.structs.replace(checklist, sections=sections)


def test_a_section_with_points_of_its_own_gives_up_what_does_not_apply() -> None:
    checklist = a_list(sections=(a_section("s", an_item("a", points=4), an_item("b", points=6), points=10),))

    assert score(checklist, {"a": ok(), "b": NA}).possible == 4


def test_a_veto_is_silent_while_its_item_is_in_order() -> None:
    checklist = a_list(an_item("a", points=1, veto=True))

    for answers in ({"a": ok()}, {"a": NA}, {}):
        assert score(checklist, answers).vetoed == ()
