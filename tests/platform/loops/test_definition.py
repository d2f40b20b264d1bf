"""Definitions are data, and data that would strand a case is refused when it is read."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
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


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda b: b["steps"].append(_step(b, "grade")), "twice"),
        (lambda b: _step(b, "grade").update(after=["verify"]), "later or unknown"),
        (lambda b: _step(b, "grade").update(stage="nowhere"), "unknown stage"),
        (lambda b: _step(b, "grade").update(seats=[]), "nobody sits"),
        (lambda b: _step(b, "accept").pop("back"), "way back"),
        (lambda b: _step(b, "accept").update(back="verify"), "leads nowhere"),
        (lambda b: _step(b, "accept").update(need=9), "more approvals"),
        (lambda b: _step(b, "grade").update(ladder="none"), "unknown ladder"),
        (lambda b: _step(b, "grade").update(clocks=[]), "without a clock"),
        (lambda b: _step(b, "grade").update(clocks=[{"rule": "x", "minutes": 0}]), "does not run"),
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
