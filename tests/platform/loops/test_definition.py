"""Definitions are data, and data that would strand a case is refused when it is read."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from anhuan_platform.loops import clocks, conditions, definition
from anhuan_platform.loops.definition import Clock, Rung
from anhuan_platform.loops.errors import DefinitionInvalid
from anhuan_platform.loops.library.hazard import HAZARD
from anhuan_tenants.calendars.rules import Calendar

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def _body() -> dict[str, Any]:
    body: dict[str, Any] = json.loads(json.dumps(definition.write(HAZARD)))
    return body


def test_the_shipped_loop_reads_back_as_it_was_written() -> None:
    assert definition.read(_body()) == HAZARD


def _step(body: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(step for step in body["steps"] if step["code"] == code)
    return found


def _clock(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _step(body, "grade")["clocks"][0]
    return found


def _seat(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _step(body, "grade")["seats"][0]
    return found


def _rung(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body["ladders"]["grading"][1]
    return found


def _without(body: dict[str, Any], code: str) -> None:
    body["steps"] = [
        step | {"after": [one for one in step.get("after", ()) if one != code]}
        for step in body["steps"]
        if step["code"] != code
    ]


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda b: b["steps"].append(_step(b, "grade")), "twice"),
        (lambda b: _step(b, "grade").update(after=["verify"]), "later or unknown"),
        (lambda b: _step(b, "grade").update(stage="nowhere"), "unknown stage"),
        (lambda b: _step(b, "grade").update(seats=[]), "nobody sits"),
        (lambda b: _step(b, "accept").pop("back"), "way back"),
        (lambda b: _step(b, "accept").update(back="verify"), "leads nowhere"),
        (lambda b: _step(b, "authorise").update(back="control", after=["assign"]), "does not rest on"),
        (lambda b: _step(b, "accept").update(need=9), "more approvals"),
        (lambda b: _step(b, "grade").update(ladder="none"), "unknown ladder"),
        (lambda b: _step(b, "grade").update(clocks=[]), "without a clock"),
        (lambda b: _step(b, "grade").update(clocks=[{"rule": "x", "minutes": 0}]), ">= 1"),
        (lambda b: _step(b, "control").update(when="grade =="), "condition"),
        (lambda b: _step(b, "control").update(when="'x' + " * 200 + "'x'"), "too large"),
        (lambda b: _step(b, "control").update(form={"type": 7}), "form"),
        (lambda b: b.update(steps=[]), "no steps"),
        (lambda b: b.update(unheard_of=1), "unheard_of"),
    ],
)
def test_what_would_strand_a_case_is_refused(break_it: Callable[[dict[str, Any]], object], why: str) -> None:
    body = _body()
    break_it(body)

    with pytest.raises(DefinitionInvalid) as refused:
        definition.read(body)

    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda b: _clock(b).update(minutes=10**15), "<="),
        (lambda b: _clock(b).update(since="someday"), "someday"),
        (lambda b: _step(b, "control").update(again=-1), ">= 0"),
        (lambda b: _seat(b).update(duty="nope"), "unknown duty"),
        (lambda b: _seat(b).update(by="head"), "unknown duty"),
        (lambda b: _seat(b).update(by="person", duty="", person="x"), "unknown person"),
        (lambda b: _seat(b).update(person="01890000-0000-7000-8000-000000000000"), "unknown person"),
        (lambda b: _seat(b).update(up=-5), ">= 0"),
        (lambda b: _seat(b).update(up=13), "<= 12"),
        (lambda b: _step(b, "grade").update(act="nope"), "unknown act"),
        (lambda b: _step(b, "grade").update(act="person.manage"), "not done to a case"),
        (lambda b: _rung(b).update(percent=-1), ">= 0"),
        (lambda b: _rung(b).update(minutes=10**9), "<="),
        (lambda b: _rung(b)["tell"][0].update(duty="nope"), "unknown duty"),
        (lambda b: _rung(b)["tell"][0].update(when="(("), "condition"),
        (lambda b: _rung(b)["tell"][0].update(when="tier"), "not true or false"),
        (lambda b: _step(b, "rectify")["evidence"][0].update(least=0), ">= 1"),
        (lambda b: _step(b, "rectify")["evidence"][0].update(purpose="beauty"), "beauty"),
        (lambda b: _step(b, "rectify")["evidence"][0].update(when="grade == 'A' ? true : 'no'"), "not true"),
        (lambda b: b.update(code="../x"), "code"),
        (lambda b: b.update(series="HZ 2026"), "series"),
        (lambda b: b["name"].update(zh="隐患\x00"), "cannot be kept"),
        (lambda b: b["stages"].append(b["stages"][0]), "twice"),
    ],
)
def test_what_lies_out_of_bounds_or_names_nothing_is_refused(
    break_it: Callable[[dict[str, Any]], object], why: str
) -> None:
    body = _body()
    break_it(body)

    with pytest.raises(DefinitionInvalid) as refused:
        definition.read(body)

    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda b: _step(b, "control").update(when="no_such == 1"), "no_such"),
        (lambda b: _step(b, "control").update(when="grade == 'C' ? 1 / 0 == 1 : true"), "zero"),
        (lambda b: _step(b, "control").update(when="tier != 'hq' || [1][5] == 1"), "bounds"),
        (lambda b: _step(b, "control").update(when="!outside || 9223372036854775807 + 1 > 0"), "overflow"),
        (lambda b: _seat(b).update(when="grade == 'Z'"), "too few seats"),
        (lambda b: _step(b, "assign")["seats"].pop(), "too few seats when {'grade': 'A'"),
        (lambda b: _step(b, "authorise").update(need=2), "too few seats when {'grade': 'B'"),
        (lambda b: _step(b, "verify")["seats"][0].update(when="type != 'fire'") or
            _step(b, "verify")["seats"][1].update(when="type != 'fire'"), "'type': 'fire'"),
        (lambda b: _step(b, "assign")["clocks"].pop(), "no clock for its ladder when {'grade': 'C'"),
        (lambda b: _step(b, "authorise").update(when="true"), "too few seats when {'grade': 'C'"),
        (lambda b: _step(b, "verify").update(when="type.matches('(')"), "regex"),
    ],
)  # fmt: skip
def test_a_condition_that_fails_for_some_facts_is_refused_before_a_case_meets_them(
    break_it: Callable[[dict[str, Any]], object], why: str
) -> None:
    body = _body()
    break_it(body)

    with pytest.raises(DefinitionInvalid) as refused:
        definition.read(body)

    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda b: _without(b, "grade"), "grade: every hazard needs"),
        (lambda b: _without(b, "assign"), "assign: every hazard needs"),
        (lambda b: _step(b, "assign").update(when="tier != 'hq'"), "assign: every hazard needs"),
        (lambda b: _step(b, "control").update(code="fence"), "later or unknown"),
        (lambda b: b["steps"].insert(1, _step(b, "grade") | {"code": "look"}), "look: no verb"),
        (lambda b: _step(b, "grade").update(form={"required": ["colour"]}), "grade: its form"),
        (lambda b: _step(b, "rectify").update(form={"required": ["cost"]}), "rectify: its form"),
        (lambda b: _step(b, "accept").update(form={"required": ["cost"]}), "accept: its form"),
        (lambda b: _step(b, "assign").update(evidence=[{"purpose": "test"}]), "evidence here"),
    ],
)
def test_a_hazard_loop_has_the_steps_that_its_verbs_name(
    break_it: Callable[[dict[str, Any]], object], why: str
) -> None:
    body = _body()
    break_it(body)

    with pytest.raises(DefinitionInvalid) as refused:
        definition.read(body)

    assert why in str(refused.value)


def test_a_company_may_leave_steps_out_that_no_verb_needs_and_name_another_loop_freely() -> None:
    plain = _body()
    for code in ("verify", "authorise", "control"):
        _without(plain, code)
    drill = _body() | {"code": "drill", "series": "DR"}
    _without(drill, "grade")
    for seat in _step(drill, "assign")["seats"]:
        seat.pop("when")
    _step(drill, "assign")["clocks"] = [{"rule": "start", "minutes": 30}]

    assert [step.code for step in definition.read(plain).steps] == ["grade", "assign", "rectify", "accept"]
    assert definition.read(drill).step("assign").clocks == (Clock("start", 30),)


def test_what_was_published_is_read_back_without_being_judged_again() -> None:
    body = _body()
    _seat(body)["duty"] = "a_duty_of_an_earlier_release"

    kept = definition.cached("row", json.dumps(body).encode())

    assert kept.step("grade").seats[0].duty == "a_duty_of_an_earlier_release"


@pytest.mark.parametrize(
    "grow",
    [
        lambda b: b["name"].update(zh="长" * 101),
        lambda b: b["steps"].extend(_step(b, "grade") | {"code": f"x{no}"} for no in range(40)),
        lambda b: _step(b, "grade")["seats"].extend(_seat(b) for _ in range(20)),
        lambda b: b["ladders"]["grading"].extend(_rung(b) for _ in range(20)),
        lambda b: _step(b, "control")["form"].update(description="x" * 260_000),
        lambda b: _step(b, "control")["form"].update(examples=["x" * 33_000]),
        lambda b: _step(b, "control").update(when="[1].map(x, [1].map(y, y)) == []"),
        lambda b: _step(b, "control").update(when="[1]. map (x, [1]. map (y, y)) == []"),
        lambda b: [
            seat.update(when=f"{no} > 0 && outside && statutory && unit_kind != type && tier != 't{no}'")
            for step in b["steps"]
            for no, seat in enumerate(step["seats"])
        ],
    ],
)
def test_a_definition_has_a_size(grow: Callable[[dict[str, Any]], object]) -> None:
    body = _body()
    grow(body)

    started = monotonic()
    with pytest.raises(DefinitionInvalid):
        definition.read(body)
    assert monotonic() - started < 1


def test_a_rejection_undoes_what_rests_on_its_target_and_no_more() -> None:
    assert HAZARD.dependents("rectify") == {"rectify", "accept", "verify"}
    assert HAZARD.dependents("control") == {"control", "authorise", "accept", "verify"}


def test_a_condition_must_be_true_or_false() -> None:
    assert conditions.holds("grade == 'A' || statutory", {"grade": "C", "statutory": True}) is True
    assert conditions.holds(None, {}) is True
    with pytest.raises(DefinitionInvalid):
        conditions.holds("grade", {"grade": "A"})
    with pytest.raises(DefinitionInvalid):
        conditions.holds("missing == 1", {})


@pytest.mark.parametrize(
    ("tier", "grade", "rule", "hours"),
    [
        ("workshop", "A", "grade.A", 24),
        ("workshop", "C", "tier.workshop", 24),
        ("branch", "C", "grade.C", 72),
        ("hq", "B", "grade.B", 72),
    ],
)
def test_of_two_clocks_the_earlier_wins(tier: str, grade: str, rule: str, hours: int) -> None:
    facts = {
        "tier": tier,
        "grade": grade,
        "graded_at": NOW.isoformat(),
        "assigned_at": (NOW + timedelta(minutes=5)).isoformat(),
    }

    won = clocks.limit(HAZARD.step("rectify"), NOW + timedelta(minutes=5), facts, Calendar.standard)

    assert won is not None
    assert won.rule == rule
    assert won.due_at - won.since == timedelta(hours=hours)


def test_working_time_passes_over_the_weekend() -> None:
    friday = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)  # 16:00 in Shanghai

    won = clocks.limit(
        HAZARD.step("grade").__class__(
            code="x", stage="s", name={}, act="a", seats=(), clocks=(Clock("review", 120, working=True),)
        ),
        friday,
        {},
        Calendar.standard,
    )

    assert won is not None
    assert won.due_at == datetime(2026, 3, 9, 1, 0, tzinfo=UTC)  # Monday 9:00


@pytest.mark.parametrize(
    ("window_hours", "rung", "at_hours"),
    [
        (72, Rung("before", minutes=720, percent=50), 60),
        (24, Rung("before", minutes=720, percent=50), 12),
        (8, Rung("before", minutes=720, percent=50), 4),
        (8, Rung("after", minutes=120, percent=25), 10),
        (72, Rung("after", minutes=120, percent=25), 90),
    ],
)
def test_the_warning_comes_half_way_at_the_latest_of_short_windows(
    window_hours: int, rung: Rung, at_hours: float
) -> None:
    won = clocks.Limit(NOW + timedelta(hours=window_hours), "r", NOW, provisional=False)

    ((_, at, _),) = clocks.rungs((rung,), won)

    assert at - NOW == timedelta(hours=at_hours)
