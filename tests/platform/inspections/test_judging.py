"""What answers still lack and which findings follow: conditions, photos, meters, dates, typing mistakes, and how long it takes."""

import re
import time
from datetime import date
from typing import Any

import pytest

from anhuan_platform.inspections import answers as answering
from anhuan_platform.inspections.answers import Answer
from anhuan_platform.inspections.checklist import Checklist, Choice, Item, Meter, Photo, Range, Suggestion
from anhuan_platform.inspections.judging import Judgement, judge, risen
from anhuan_platform.inspections.scoring import score
from tests.support.checklists import NA, a_list, a_section, an_item, not_ok, ok

TODAY = date(2026, 11, 21)


def _codes(judgement: Judgement) -> list[tuple[str, str]]:
    return [(fault.place, fault.code) for fault in judgement.faults]


def _judge(checklist: Checklist, answers: dict[str, Answer], **more: Any) -> Judgement:
    return judge(checklist, answers, more.pop("evidence", {}), today=TODAY, **more)


def test_what_is_required_is_missed_and_what_is_not_is_not() -> None:
    checklist = a_list(
        an_item("a"), an_item("b", required=False), an_item("c", "text"), an_item("tip", "note")
    )

    judgement = _judge(checklist, {})

    assert _codes(judgement) == [("a", "ANSWER_MISSING"), ("c", "ANSWER_MISSING")]
    assert judgement.asked == 3
    assert judgement.faults[0].row == 1
    assert not judgement.is_complete


def test_a_finding_is_described_photographed_and_carries_what_the_list_suggests() -> None:
    item = an_item(
        "wires", photo=Photo("on_not_ok"), suggest=Suggestion("electrical", "A"), alarm=True, veto=True
    )

    bare = _judge(a_list(item), {"wires": not_ok(note=" ")})
    whole = _judge(a_list(item), {"wires": not_ok(2, "电线裸露")}, evidence={"wires": {"scene": 1}})

    assert _codes(bare) == [("wires", "NOTE_MISSING"), ("wires", "PHOTO_MISSING")]
    assert whole.is_complete
    (finding,) = whole.findings
    assert (finding.type, finding.grade, finding.alarm, finding.veto) == ("electrical", "A", True, True)
    assert (finding.occurrences, finding.note, finding.name.zh) == (2, "电线裸露", "检查 wires")


def test_a_photo_of_something_else_is_not_the_photo() -> None:
    checklist = a_list(an_item("vessel", photo=Photo("always", "nameplate", least=2)))

    assert _codes(_judge(checklist, {"vessel": ok()}, evidence={"vessel": {"scene": 2, "nameplate": 1}}))
    assert _judge(checklist, {"vessel": ok()}, evidence={"vessel": {"nameplate": 2}}).is_complete
    assert _judge(checklist, {"vessel": NA}).is_complete


def test_photos_and_signatures_are_answers_of_their_own() -> None:
    checklist = a_list(an_item("view", "photo"), an_item("sign", "signature"))

    assert _codes(_judge(checklist, {})) == [("view", "PHOTO_MISSING"), ("sign", "SIGNATURE_MISSING")]
    assert _judge(checklist, {}, evidence={"view": {"scene": 1}, "sign": {"signature": 1}}).is_complete


def test_hidden_items_are_nobodys_business_and_hide_what_rests_on_them() -> None:
    checklist = a_list(
        an_item("hot_work"),
        an_item("gas", "number", show="hot_work == 'ok'"),
        an_item("retest", show="gas > 0.5"),
        sections=None,
    )

    assert _judge(checklist, {"hot_work": NA, "gas": Answer(value=0.9)}).is_complete
    assert _codes(_judge(checklist, {"hot_work": ok(), "gas": Answer(value=0.9)})) == [
        ("retest", "ANSWER_MISSING")
    ]


def test_a_section_can_be_hidden_whole() -> None:
    checklist = a_list(
        sections=(a_section("one", an_item("a")), a_section("two", an_item("b"), show="a == 'not_ok'"))
    )

    assert _judge(checklist, {"a": ok()}).is_complete
    assert _codes(_judge(checklist, {"a": not_ok()})) == [("b", "ANSWER_MISSING")]


@pytest.mark.parametrize(
    ("item", "answer", "code"),
    [
        (an_item("x"), Answer(value="maybe"), "ANSWER_WRONG"),
        (an_item("x"), Answer(value=1.0), "ANSWER_WRONG"),
        (an_item("x", may_be_na=False), NA, "NA_NOT_ALLOWED"),
        (an_item("x", "number"), Answer(value="12"), "ANSWER_WRONG"),
        (an_item("x", "number"), Answer(value=float("nan")), "ANSWER_WRONG"),
        (an_item("x", "number", takes=Range(0, 5)), Answer(value=5.1), "OUT_OF_RANGE"),
        (an_item("x", "number", takes=Range(0, 5, high_open=True)), Answer(value=5.0), "OUT_OF_RANGE"),
        (an_item("x", "number", whole=True), Answer(value=1.5), "NOT_WHOLE"),
        (an_item("x", "date"), Answer(value="2026-02-30"), "ANSWER_WRONG"),
        (an_item("x", "date"), Answer(value="20260228"), "ANSWER_WRONG"),
        (an_item("x", "single", choices=(Choice("a", {"zh": "甲"}),)), Answer(value="b"), "ANSWER_WRONG"),
        (
            an_item("x", "multiple", choices=(Choice("a", {"zh": "甲"}),)),
            Answer(value=("a", "a")),
            "ANSWER_WRONG",
        ),
        (an_item("x", "text"), Answer(value="字" * 2001), "TEXT_TOO_LONG"),
        (an_item("x", "text", valid="value.matches('^[0-9]{3}$')"), Answer(value="12"), "NOT_VALID"),
        (an_item("x"), ok(note="字" * 2001), "NOTE_TOO_LONG"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(item: Item, answer: Answer, code: str) -> None:
    assert _codes(_judge(a_list(item), {"x": answer})) == [("x", code)]


def test_a_choice_that_is_not_offered_cannot_be_chosen() -> None:
    choices = (Choice("press", {"zh": "冲床"}, show="shop == 'stamping'"), Choice("other", {"zh": "其他"}))
    shops = (Choice("stamping", {"zh": "冲压"}), Choice("paint", {"zh": "喷涂"}))
    checklist = a_list(
        an_item("shop", "single", choices=shops), an_item("machine", "single", choices=choices)
    )

    assert _judge(checklist, {"shop": Answer(value="stamping"), "machine": Answer(value="press")}).is_complete
    assert not _judge(
        checklist, {"shop": Answer(value="paint"), "machine": Answer(value="press")}
    ).is_complete


def test_an_answer_to_no_item_is_named() -> None:
    assert _codes(_judge(a_list(an_item("a")), {"a": ok(), "b": ok()})) == [("b", "ITEM_UNKNOWN")]


@pytest.mark.parametrize(
    ("meter", "before", "now", "rise"),
    [
        (Meter(5), 100, 250, 150),
        (Meter(5), 99_990, 10, 20),
        (Meter(5), 50_000, 10, None),
        (Meter(5, most_rise=100), 99_950, 20, 70),
        (Meter(5, most_rise=100), 99_000, 20, None),
    ],
)
def test_a_meter_rises_and_begins_again(meter: Meter, before: float, now: float, rise: float | None) -> None:
    assert risen(meter, before, now) == rise


def test_a_meter_that_fell_or_leapt_is_asked_again() -> None:
    checklist = a_list(an_item("power", "meter", meter=Meter(5, most_rise=100), unit="kWh"))

    for now, codes in (
        (120.0, []),
        (90.0, ["METER_BACK"]),
        (500.0, ["METER_JUMP"]),
        (100_000.0, ["METER_DIGITS"]),
    ):
        judgement = _judge(checklist, {"power": Answer(value=now)}, before={"power": 100})
        assert [fault.code for fault in judgement.faults] == codes


def test_everything_is_said_in_both_languages() -> None:
    checklist = a_list(an_item("a"), an_item("p", "photo"), an_item("n", "number", takes=Range(low=1)))

    for fault in _judge(checklist, {"n": Answer(value=0.0)}).faults:
        assert re.search("[\u4e00-\u9fff]", fault.reason.zh) and not re.search(
            "[\u4e00-\u9fff]", fault.reason.en
        )


def test_a_list_of_five_hundred_items_is_judged_in_no_time() -> None:
    items = [
        an_item(f"i{no}", points=1, show=f"i{no - 1} == 'ok' || i{no - 1} == 'not_ok'" if no else None)
        for no in range(500)
    ]
    checklist = a_list(*items)
    raw = {f"i{no}": {"value": "not_ok", "note": "松动"} for no in range(500)}
    judge(checklist, answering.read(raw), {}, today=TODAY)

    began = time.process_time()
    answers = answering.read(raw)
    judgement = judge(checklist, answers, {}, today=TODAY)
    result = score(checklist, answers, TODAY)
    spent = time.process_time() - began

    assert len(judgement.findings) == 500
    assert result.percent == 0
    assert spent < 0.1
