"""A loop definition as data: steps that depend on one another, who does each, by when, with what evidence, and how it climbs."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from anhuan_infra.errors import Words
from anhuan_platform.loops import conditions, forms
from anhuan_platform.loops.errors import DefinitionInvalid, FormInvalid
from anhuan_tenants.access.acts import Act, Resource
from anhuan_tenants.organisation.models import Duty

MAX_BYTES = 256_000
_TWO_YEARS = 2 * 365 * 24 * 60
Text = Annotated[dict[str, Annotated[str, Meta(max_length=100)]], Meta(min_length=1, max_length=10)]
"""A name by language: `{"zh": …, "en": …}`."""
Code = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,39}\Z")]
"""A name for the machine."""
Rule = Annotated[str, Meta(min_length=1, max_length=60)]
Minutes = Annotated[int, Meta(ge=0, le=_TWO_YEARS)]
Span = Annotated[int, Meta(ge=1, le=_TWO_YEARS)]
Few = Meta(max_length=20)
Many = Meta(max_length=40)
_HAZARD_WORK: Mapping[str, dict[str, Any] | None] = {
    "grade": None,
    "assign": None,
    "control": {"measures": "停机挂牌，设置围挡，派专人监护"},
    "rectify": {"measures": "加装防护罩并校验联锁", "test": {"passed": True, "summary": "空载试车合格"}},
}
"""The work that the verbs of the hazard room do by name, with the answers that they always give, beside which a form may ask for
more; None where they give none, nor evidence."""
_HAZARD_ALWAYS = ("grade", "assign", "rectify")


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whom a seat or a rung means. A duty is looked for at the unit, then upwards, each time with the departments there."""

    by: Literal["duty", "head", "reporter", "responsible", "person"]
    duty: str = ""
    at: Literal["case", "responsible"] = "case"
    """The unit to start from: where it happened, or the one that puts it right."""
    tier: Literal["", "team", "workshop", "branch", "hq"] = ""
    """Start at the nearest unit of this kind instead."""
    up: Annotated[int, Meta(ge=0, le=12)] = 0
    """Start so many units higher."""
    person: str = ""
    when: str | None = None


class Clock(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One time limit; where several apply the earliest wins and its rule is shown."""

    rule: Rule
    minutes: Span
    working: bool = False
    """Counted in working time of the unit's calendar instead of by the clock on the wall."""
    since: Literal["", "graded_at", "assigned_at"] = ""
    """A moment kept in the facts of the case, such as `graded_at`; otherwise when the step opens."""
    when: str | None = None


class Rung(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step of the ladder: before the due time (the shorter of minutes and share of the window) or after it (the longer)."""

    side: Literal["before", "after"]
    minutes: Minutes = 0
    percent: Annotated[int, Meta(ge=0, le=1000)] = 0
    tell: Annotated[tuple[Who, ...], Few] = ()
    effect: Literal["tell", "stop_work"] = "tell"


class EvidenceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """At least so many pieces of this purpose before the step can be done."""

    purpose: Literal["before", "after", "test", "verification"]
    least: Annotated[int, Meta(ge=1, le=20)] = 1
    when: str | None = None


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One piece of work or one approval."""

    code: Code
    stage: Code
    name: Text
    act: str
    """The act of the policy that doing it needs."""
    seats: Annotated[tuple[Who, ...], Few]
    after: Annotated[tuple[Code, ...], Many] = ()
    when: str | None = None
    kind: Literal["work", "approval"] = "work"
    mode: Literal["serial", "parallel"] = "parallel"
    need: Annotated[int, Meta(ge=0)] = 0
    """How many approvals are enough; 0 is all of them (n of m otherwise)."""
    back: str = ""
    """Where a rejection leads."""
    checks: Annotated[tuple[Code, ...], Many] = ()
    """Steps whose doers may not sit here: nobody checks their own work."""
    clocks: Annotated[tuple[Clock, ...], Few] = ()
    again: Minutes = 0
    """Minutes that are left at least when the step is done again after a rejection."""
    ladder: str = ""
    form: dict[str, Any] = {}
    evidence: Annotated[tuple[EvidenceRule, ...], Few] = ()


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole loop. `code` and `version` name it for ever; published ones never change."""

    code: Code
    version: int
    name: Text
    series: Annotated[str, Meta(pattern=r"\A[A-Z][A-Z0-9]{0,7}\Z")]
    """Prefix of case numbers."""
    stages: Annotated[tuple[tuple[Code, Text], ...], Few]
    steps: Annotated[tuple[Step, ...], Many]
    ladders: Annotated[dict[Code, Annotated[tuple[Rung, ...], Few]], Few]

    def step(self, code: str) -> Step:
        """The step of this code."""
        for step in self.steps:
            if step.code == code:
                return step
        raise DefinitionInvalid(reason=f"no step {code}")

    def stage_name(self, code: str) -> Words:
        """What people call the stage; the code where a case ended outside of all."""
        return named(dict(self.stages).get(code, {}), code)

    def dependents(self, code: str) -> frozenset[str]:
        """The step and everything that rests on it: what a rejection to it undoes."""
        found = {code}
        for step in self.steps:  # steps stand in order, so one pass is enough
            if found.intersection(step.after):
                found.add(step.code)
        return frozenset(found)


def named(name: Mapping[str, str], code: str) -> Words:
    """A name in both languages; one that is missing is told in the other."""
    either = next(iter(name.values()), code)
    return Words(name.get("zh", either), name.get("en", either))


def read(body: Any) -> Definition:
    """A definition that somebody wants to publish; refuses anything that would strand a case, whatever its facts."""
    try:
        raw = msgspec.json.encode(body)
        if len(raw) > MAX_BYTES or b"\\u0000" in raw:
            raise DefinitionInvalid(reason=f"more than {MAX_BYTES} bytes, or text that cannot be kept")
        definition = msgspec.json.decode(raw, type=Definition)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError) as problem:
        raise DefinitionInvalid(reason=str(problem)[:300]) from problem
    _check(definition)
    return definition


def write(definition: Definition) -> dict[str, Any]:
    """The definition as plain data, for storing."""
    plain: dict[str, Any] = msgspec.to_builtins(definition)
    return plain


@lru_cache(maxsize=512)
def cached(_key: object, body: bytes) -> Definition:
    """A published definition, read once per process; the key is its row id and only keeps versions apart. What was fit to be
    published stays in force for the cases that began with it, so it is not judged again."""
    return msgspec.json.decode(body, type=Definition)


def _check(definition: Definition) -> None:
    if not definition.steps:
        raise DefinitionInvalid(reason="no steps")
    sources = {source for source in _sources(definition) if source}
    is_hazard = definition.code == "hazard"
    rehearsal = conditions.Rehearsal(sources, typed=is_hazard)
    for code in _HAZARD_ALWAYS if is_hazard else ():
        if all(step.code != code for step in definition.steps):
            raise DefinitionInvalid(reason=f"{code}: every hazard needs this step")
    seen: set[str] = set()
    for step in definition.steps:
        for why in chain(_loose_ends(definition, step, seen), _nobody(definition, step, rehearsal)):
            raise DefinitionInvalid(reason=f"{step.code}: {why}")
        if step.form:
            forms.check_schema(step.form)
        seen.add(step.code)
    for name, ladder in definition.ladders.items():
        for why in (why for rung in ladder for who in rung.tell for why in _unknown(who)):
            raise DefinitionInvalid(reason=f"ladder {name}: {why}")
    if is_hazard:
        for why in _unfit_for_hazards(definition, rehearsal):
            raise DefinitionInvalid(reason=why)


def _loose_ends(definition: Definition, step: Step, seen: set[str]) -> Iterable[str]:
    """What is wrong with a step among the others; `seen` are the ones before it."""
    acts = {act.value for act in Act if act.resource is Resource.CASE}
    stages = [code for code, _ in definition.stages]
    rests = step.back in seen and step.code in definition.dependents(step.back)
    problems = [
        (step.code in seen, "step twice"),
        (not seen.issuperset(step.after), "depends on a later or unknown step"),
        (stages.count(step.stage) != 1, "unknown stage, or one that stands there twice"),
        (step.act not in acts, "unknown act, or one that is not done to a case"),
        (not step.seats, "nobody sits here"),
        (bool(step.back) and step.back not in seen, "rejection leads nowhere"),
        (step.kind == "approval" and not step.back, "an approval needs a way back"),
        (step.back in seen and not rests, "rejection leads to a step that this one does not rest on"),
        (not seen.issuperset(step.checks), "checks an unknown step"),
        (step.need > len(step.seats), "needs more approvals than seats"),
        (bool(step.ladder) and step.ladder not in definition.ladders, "unknown ladder"),
        (bool(step.ladder) and not step.clocks, "a ladder without a clock"),
    ]
    yield from (why for wrong, why in problems if wrong)
    yield from (why for who in step.seats for why in _unknown(who))


def _unknown(who: Who) -> Iterable[str]:
    if who.duty not in ({duty.value for duty in Duty} if who.by == "duty" else {""}):
        yield f"unknown duty {who.duty[:40]!r}, or one where none is asked"
    try:
        is_person = bool(UUID(who.person))
    except ValueError:
        is_person = False
    if is_person != (who.by == "person") or (who.person and not is_person):
        yield f"unknown person {who.person[:40]!r}"


def _nobody(definition: Definition, step: Step, rehearsal: conditions.Rehearsal) -> Iterable[str]:
    """Facts under which the step is asked for and nobody could do it, be late with it, or reject it."""
    for no in sorted(_asked(definition, step, rehearsal)):
        facts = rehearsal.said(no)
        seats = sum(no in rehearsal.holding(who.when) for who in step.seats)
        if seats < max(step.need, 1):
            yield f"too few seats when {facts}"
        if step.ladder and not any(no in rehearsal.holding(clock.when) for clock in step.clocks):
            yield f"no clock for its ladder when {facts}"
        if step.back and no not in rehearsal.holding(definition.step(step.back).when):
            yield f"a rejection leads to a step that is not asked for when {facts}"


def _asked(definition: Definition, step: Step, rehearsal: conditions.Rehearsal) -> frozenset[int]:
    """Where the step is asked for; whatever rests on the grading never meets a case without a grade."""
    asked = rehearsal.holding(step.when)
    is_later = step.code in definition.dependents("grade") and step.code != "grade"
    return asked & rehearsal.graded() if is_later else asked


def _unfit_for_hazards(definition: Definition, rehearsal: conditions.Rehearsal) -> Iterable[str]:
    """What the verbs of the hazard room could not do with this loop: they name its work, and its other steps are approvals."""
    for step in definition.steps:
        if step.code in _HAZARD_ALWAYS and rehearsal.holding(step.when) != rehearsal.holding(None):
            yield f"{step.code}: every hazard needs this step"
        if (step.kind == "work") != (step.code in _HAZARD_WORK):
            yield f"{step.code}: no verb of hazards does this; work is {', '.join(_HAZARD_WORK)}"
            continue
        answers = _HAZARD_WORK.get(step.code)
        try:
            if answers is None:
                forms.check(step.form, {})
            else:
                forms.check_askable(step.form, answers)
        except FormInvalid as problem:
            yield f"{step.code}: its form asks for what nobody is asked ({problem})"
        if step.code in _HAZARD_WORK and answers is None and step.evidence:
            yield f"{step.code}: nobody is asked for evidence here"


def _sources(definition: Definition) -> Iterable[str | None]:
    for step in definition.steps:
        yield step.when
        yield from (who.when for who in step.seats)
        yield from (clock.when for clock in step.clocks)
        yield from (rule.when for rule in step.evidence)
    for ladder in definition.ladders.values():
        yield from (who.when for rung in ladder for who in rung.tell)
