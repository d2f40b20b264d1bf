"""The shipped library: whole in both languages, sound, of a size that people go through, and with what the requirements name."""

import re
from datetime import date

import pytest

from anhuan_platform.inspections import library
from anhuan_platform.inspections.answers import Answer
from anhuan_platform.inspections.checklist import Checklist, Text
from anhuan_platform.inspections.judging import judge
from anhuan_platform.inspections.scoring import score

TODAY = date(2026, 11, 21)
HAN = re.compile("[\u4e00-\u9fff]")
BY_CODE = {one.code: one for one in library.shipped()}
each = pytest.mark.parametrize("checklist", library.shipped(), ids=lambda one: one.code)


def _texts(checklist: Checklist) -> list[Text]:
    found = [checklist.name, *(section.name for section in checklist.sections)]
    found += [level.name for level in checklist.scoring.levels]
    for _, item in checklist.lines():
        found += [item.name, *(choice.name for choice in item.choices)]
        found += [item.guidance] if item.guidance else []
    return found + ([checklist.guidance] if checklist.guidance else [])


def test_every_list_that_is_asked_for_is_there() -> None:
    assert set(BY_CODE) == {
        "confined_space", "dust_cleaning", "electrical", "fire_safety", "forklift", "lifting",
        "machine_shop_daily", "ppe", "pressure_vessel", "special_areas", "twelve_points",
    }  # fmt: skip


@each
def test_every_word_stands_in_both_languages(checklist: Checklist) -> None:
    for text in _texts(checklist):
        assert HAN.search(text["zh"]), text
        assert not HAN.search(text["en"]), text


@each
def test_a_list_is_short_enough_to_be_gone_through(checklist: Checklist) -> None:
    assert 8 <= len(checklist.by_code) <= 25
    assert checklist.version == 1
    assert checklist.cycle


@each
def test_with_everything_in_order_it_reaches_all_and_finds_nothing(checklist: Checklist) -> None:
    good = _answers(checklist, "ok")
    photos: dict[str, dict[str, int]] = {
        code: {item.photo.purpose: item.photo.least} for code, item in checklist.by_code.items() if item.photo
    }
    evidence = photos | {
        code: {"signature": 1} for code, item in checklist.by_code.items() if item.kind == "signature"
    }
    evidence |= {
        code: {"scene": 1}
        for code, item in checklist.by_code.items()
        if item.kind == "photo" and not item.photo
    }

    judgement = judge(checklist, good, evidence, today=TODAY)

    assert judgement.faults == ()
    assert judgement.findings == ()
    assert score(checklist, good, TODAY).percent == 100


@each
def test_with_nothing_in_order_it_is_on_its_worst_level(checklist: Checklist) -> None:
    bad = _answers(checklist, "not_ok")

    result = score(checklist, bad, TODAY)

    assert result.level == "unsafe"
    assert result.percent is not None and result.percent < 60
    suggested = [finding.type for finding in judge(checklist, bad, {}, today=TODAY).findings]
    assert suggested and None not in suggested


def _answers(checklist: Checklist, verdict: str) -> dict[str, Answer]:
    given: dict[str, Answer] = {}
    for code, item in checklist.by_code.items():
        match item.kind:
            case "verdict":
                given[code] = Answer(value=verdict, note="现场不符合" if verdict == "not_ok" else "")
            case "number" if item.limits:
                inside = item.limits.low if item.limits.low is not None else 0.0
                given[code] = Answer(value=inside if verdict == "ok" else 99.0, note="超限")
            case "number" | "meter":
                given[code] = Answer(value=1.0)
            case "date":
                given[code] = Answer(value="2027-06-30" if verdict == "ok" else "2026-01-01", note="过期")
            case "multiple":
                given[code] = Answer(value=tuple(item.by_choice))
            case _:
                pass
    return given


def test_twelve_points_are_twelve() -> None:
    """S003-01."""
    assert len(BY_CODE["twelve_points"].sections[0].items) == 12


def test_dust_of_one_millimetre_is_removed_in_the_same_shift_with_photos() -> None:
    """S004-20."""
    checklist = BY_CODE["dust_cleaning"]
    before, left = checklist.by_code["thickness"], checklist.by_code["left"]

    assert checklist.cycle == "shift"
    assert before.photo and left.photo and left.limits
    assert not left.limits.holds(1.0) and left.limits.holds(0.99)
    assert [(item.photo.when, item.photo.purpose) for item in (before, left) if item.photo] == [
        ("always", "before"), ("always", "after"),
    ]  # fmt: skip


def test_hot_work_looks_at_gas_extinguisher_and_guardian() -> None:
    """S004-07."""
    checklist = BY_CODE["special_areas"]

    assert "hot_work" in checklist.fit.trades
    assert {"gas_test", "extinguisher", "guardian"} <= {item.topic for _, item in checklist.lines()}


def test_bare_wires_and_overpressure_are_told_at_once() -> None:
    """S003-05."""
    assert BY_CODE["electrical"].by_code["insulation"].alarm
    assert BY_CODE["pressure_vessel"].by_code["not_over"].alarm


def test_nameplates_and_safety_devices_are_photographed() -> None:
    """S003-04."""
    purposes = {item.photo.purpose for _, item in BY_CODE["pressure_vessel"].lines() if item.photo}

    assert {"nameplate", "safety_device"} <= purposes


def test_clauses_are_named_only_of_the_one_standard_that_was_read() -> None:
    named = {item.clause.split(" ")[1] for one in library.shipped() for _, item in one.lines() if item.clause}

    assert named == {"46768-2025"}
