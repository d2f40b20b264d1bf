"""A loop definition as data: steps that depend on one another, who does each, by when, with what evidence, and how it climbs."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import msgspec

from anhuan_platform.loops import conditions, forms
from anhuan_platform.loops.errors import DefinitionInvalid

Text = dict[str, str]
"""A name by language: `{"zh": …, "en": …}`."""


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whom a seat or a rung means. A duty is looked for at the unit, then upwards, each time with the departments there."""

    by: Literal["duty", "head", "reporter", "responsible", "person"]
    duty: str = ""
    at: Literal["case", "responsible"] = "case"
    """The unit to start from: where it happened, or the one that puts it right."""
    tier: Literal["", "team", "workshop", "branch", "hq"] = ""
    """Start at the nearest unit of this kind instead."""
    up: int = 0
    """Start so many units higher."""
    person: str = ""
    when: str | None = None


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One time limit; where several apply the earliest wins and its rule is shown."""

    rule: str
    minutes: int
    working: bool = False
    """Counted in working time of the unit's calendar instead of by the clock on the wall."""
    since: str = ""
    """A moment kept in the facts of the case, such as `graded_at`; otherwise when the step opens."""
    when: str | None = None


class Rung(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step of the ladder: before the due time (the shorter of minutes and share of the window) or after it (the longer)."""

    side: Literal["before", "after"]
    minutes: int = 0
    percent: int = 0
    tell: tuple[Who, ...] = ()
    effect: Literal["tell", "stop_work"] = "tell"


class EvidenceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """At least so many pieces of this purpose before the step can be done."""

    purpose: str
    least: int = 1
    when: str | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One piece of work or one approval."""

    code: str
    stage: str
    name: Text
    act: str
    """The act of the policy that doing it needs."""
    seats: tuple[Who, ...]
    after: tuple[str, ...] = ()
    when: str | None = None
    kind: Literal["work", "approval"] = "work"
    mode: Literal["serial", "parallel"] = "parallel"
    need: int = 0
    """How many approvals are enough; 0 is all of them (n of m otherwise)."""
    back: str = ""
    """Where a rejection leads."""
    checks: tuple[str, ...] = ()
    """Steps whose doers may not sit here: nobody checks their own work."""
    clocks: tuple[Clock, ...] = ()
    again: int = 0
    """Minutes that are left at least when the step is done again after a rejection."""
    ladder: str = ""
    form: dict[str, Any] = {}
    evidence: tuple[EvidenceRule, ...] = ()


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole loop. `code` and `version` name it for ever; published ones never change."""

    code: str
    version: int
    name: Text
    series: str
    """Prefix of case numbers."""
    stages: tuple[tuple[str, Text], ...]
    steps: tuple[Step, ...]
    ladders: dict[str, tuple[Rung, ...]]

    def step(self, code: str) -> Step:
        """The step of this code."""
        for step in self.steps:
            if step.code == code:
                return step
        raise DefinitionInvalid(reason=f"no step {code}")

    def dependents(self, code: str) -> frozenset[str]:
        """The step and everything that rests on it: what a rejection to it undoes."""
        found = {code}
        for step in self.steps:  # steps stand in order, so one pass is enough
            if found.intersection(step.after):
                found.add(step.code)
        return frozenset(found)


def read(body: Any) -> Definition:
    """A definition from stored or imported data; refuses anything that would strand a case."""
    try:
        definition = msgspec.convert(body, Definition)
    except msgspec.ValidationError as problem:
        raise DefinitionInvalid(reason=str(problem)) from problem
    _check(definition)
    return definition


def write(definition: Definition) -> dict[str, Any]:
    """The definition as plain data, for storing."""
    plain: dict[str, Any] = msgspec.to_builtins(definition)
    return plain


@lru_cache(maxsize=512)
def cached(_key: object, body: bytes) -> Definition:
    """A stored definition, read once per process; the key is its row id and only keeps versions apart."""
    return read(msgspec.json.decode(body))


def _check(definition: Definition) -> None:
    seen: set[str] = set()
    stages = {code for code, _ in definition.stages}
    for step in definition.steps:
        problems = [
            (step.code in seen, "step twice"),
            (not seen.issuperset(step.after), "depends on a later or unknown step"),
            (step.stage not in stages, "unknown stage"),
            (not step.seats, "nobody sits here"),
            (bool(step.back) and step.back not in seen, "rejection leads nowhere"),
            (step.kind == "approval" and not step.back, "an approval needs a way back"),
            (not seen.issuperset(step.checks), "checks an unknown step"),
            (step.need > len(step.seats), "needs more approvals than seats"),
            (bool(step.ladder) and step.ladder not in definition.ladders, "unknown ladder"),
            (bool(step.ladder) and not step.clocks, "a ladder without a clock"),
            (any(clock.minutes <= 0 for clock in step.clocks), "a clock that does not run"),
        ]
        for wrong, why in problems:
            if wrong:
                raise DefinitionInvalid(reason=f"{step.code}: {why}")
        if step.form:
            forms.check_schema(step.form)
        for source in _sources(step):
            if source:
                conditions.compiled(source)
        seen.add(step.code)
    if not seen:
        raise DefinitionInvalid(reason="no steps")


def _sources(step: Step) -> Iterable[str | None]:
    yield step.when
    yield from (who.when for who in step.seats)
    yield from (clock.when for clock in step.clocks)
    yield from (rule.when for rule in step.evidence)
