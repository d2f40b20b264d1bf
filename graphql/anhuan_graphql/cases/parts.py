"""What a case is made of: tasks with their seats and clocks, people, comments, stop orders, rungs that fired."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
import strawberry
from sqlalchemy.dialects.postgresql import JSONB

from anhuan_graphql.cases import loads
from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import SeatStatus, TaskStatus
from anhuan_graphql.evidence import Evidence
from anhuan_graphql.people import Person, Unit, person_or_none, seen_people, unit_of
from anhuan_graphql.planner.pieces import literal
from anhuan_graphql.planner.readings import (
    At,
    Column,
    Env,
    Group,
    Listed,
    Many,
    One,
    Told,
    Worked,
    noun,
    table_of,
)
from anhuan_graphql.relay import Node
from anhuan_graphql.scalars import Json
from anhuan_graphql.shown import planned

if TYPE_CHECKING:
    from anhuan_graphql.cases.types import Case
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops import orders
from anhuan_platform.loops.deadline_models import Escalation as EscalationRow
from anhuan_platform.loops.models import Case as CaseRow
from anhuan_platform.loops.models import CasePerson, LoopDefinition
from anhuan_platform.loops.models import Comment as CommentRow
from anhuan_platform.loops.models import Seat as SeatRow
from anhuan_platform.loops.models import StopOrder as OrderRow
from anhuan_platform.loops.models import Task as TaskRow


def _is_mine(at: At, env: Env) -> sa.ColumnElement[bool]:
    me = env.value("person", sa.Uuid())
    return (at[SeatRow.status] == SeatStatus.OPEN.value) & (me == sa.any_(at[SeatRow.candidates]))


@strawberry.type
class DueRule:
    """Which clock won, so that nobody wonders why it is due then."""

    rule: str
    due_at: datetime
    is_provisional: bool


@noun(SeatRow)
@strawberry.type
class Seat(Node):
    """One signature or piece of work that a task needs."""

    no: int
    status: SeatStatus
    decided_at: datetime | None
    comment: str | None
    row: strawberry.Private[SeatRow]

    @classmethod
    def of(cls, row: SeatRow) -> "Seat":
        """Out of its row."""
        return cls(
            id=row.id,
            no=row.no,
            status=SeatStatus(row.status),
            decided_at=row.decided_at,
            comment=row.comment,
            row=row,
        )

    @planned(Listed("Person", SeatRow.candidates))
    async def candidates(self, info: Info) -> list[Person]:
        """Who may take it; any one of them does it."""
        return await seen_people(info.context, self.row.candidates)

    @planned(One("Person", SeatRow.decided_by))
    async def decided_by(self, info: Info) -> Person | None:
        """Who took it."""
        return await person_or_none(info.context, self.row.decided_by)

    @planned(Worked(_is_mine, bool))
    async def is_mine(self, info: Info) -> bool:
        """Whether it waits for you."""
        actor = await info.context.actor()
        return self.row.status == SeatStatus.OPEN and actor.person_id in self.row.candidates


@strawberry.type
class Demand:
    """Evidence without which the step cannot be done."""

    purpose: str
    least: int


_NO_FORM = sa.cast(literal("{}"), JSONB)


def _step_of(at: At, part: Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]) -> sa.ColumnElement[Any]:
    """Out of the case's definition, the step that the task is; nothing where the case is not seen."""
    case, definition = sa.alias(table_of(CaseRow), "of"), sa.alias(table_of(LoopDefinition), "d")
    step = (
        sa.func.jsonb_array_elements(definition.c.body["steps"])
        .table_valued("value")
        .render_derived(name="s")
    )
    value = step.c.value.cast(JSONB)
    same = (definition.c.tenant_id == case.c.tenant_id) & (definition.c.id == case.c.definition_id)
    return (
        sa.select(part(value))
        .select_from(case.join(definition, same).join(step, sa.true()))
        .where(
            case.c.tenant_id == at[TaskRow.tenant_id],
            case.c.id == at[TaskRow.case_id],
            value["code"].astext == at[TaskRow.step],
        )
        .limit(sa.literal_column("1"))
        .correlate(at.tables[table_of(TaskRow)])
        .scalar_subquery()
    )


def _step_name(at: At, env: Env) -> sa.ColumnElement[str]:
    return sa.func.coalesce(_step_of(at, lambda step: in_language(step["name"], env)), at[TaskRow.step])


def _is_approval(at: At, _env: Env) -> sa.ColumnElement[bool]:
    is_one = _step_of(at, lambda step: step["kind"].astext == literal("approval"))
    return sa.func.coalesce(is_one, sa.false())


def _demanded(at: At, _env: Env) -> sa.ColumnElement[Any]:
    return sa.func.coalesce(_step_of(at, lambda step: step["evidence"]), sa.cast(literal("[]"), JSONB))


def _demands(rules: Iterable[definitions.EvidenceRule]) -> list[Demand]:
    return [Demand(purpose=one.purpose, least=one.least) for one in rules]


@noun(TaskRow)
@strawberry.type
class Task(Node):
    """One step of a case, with its clock and its seats."""

    step: str
    round: int
    status: TaskStatus
    mode: str
    need: int
    opened_at: datetime
    due_at: datetime | None
    done_at: datetime | None
    outcome: str | None
    note: str | None
    answers: Json | None
    row: strawberry.Private[TaskRow]

    @classmethod
    def of(cls, row: TaskRow) -> "Task":
        """Out of its row."""
        return cls(
            id=row.id,
            step=row.step,
            round=row.round,
            status=TaskStatus(row.status),
            mode=row.mode,
            need=row.need,
            opened_at=row.opened_at,
            due_at=row.due_at,
            done_at=row.done_at,
            outcome=row.outcome,
            note=row.note,
            answers=None if row.answers is None else Json(row.answers),
            row=row,
        )

    @planned(Worked(_step_name, str))
    async def step_name(self, info: Info) -> str:
        """The step's name in your language."""
        step = await _step(info.context, self.row)
        return said(step.name, info.context.language) if step else self.row.step

    @planned(Worked(_is_approval, bool))
    async def is_approval(self, info: Info) -> bool:
        """Whether it is approved rather than done."""
        step = await _step(info.context, self.row)
        return step is not None and step.kind == "approval"

    @planned(Worked(lambda at, _: _step_of(at, lambda step: sa.func.nullif(step["form"], _NO_FORM)), Json))
    async def form(self, info: Info) -> Json | None:
        """JSON Schema of what is filled in."""
        step = await _step(info.context, self.row)
        return Json(step.form) if step and step.form else None

    @planned(Told(_demanded, lambda kept, _: _demands(msgspec.convert(kept, list[definitions.EvidenceRule]))))
    async def demands(self, info: Info) -> list[Demand]:
        """Evidence that the step asks for."""
        step = await _step(info.context, self.row)
        return _demands(step.evidence) if step else []

    @planned(
        Group(
            "DueRule",
            {
                "rule": Column(TaskRow.due_rule),
                "due_at": Column(TaskRow.due_at),
                "is_provisional": Column(TaskRow.due_provisional),
            },
            present=lambda at: at[TaskRow.due_at].is_not(None) & at[TaskRow.due_rule].is_not(None),
        )
    )
    async def due_rule(self) -> DueRule | None:
        """The clock that won."""
        if self.row.due_at is None or self.row.due_rule is None:
            return None
        return DueRule(
            rule=self.row.due_rule, due_at=self.row.due_at, is_provisional=self.row.due_provisional
        )

    @planned(Many("Seat", SeatRow.task_id, (SeatRow.no,), loads.MOST))
    async def seats(self, info: Info) -> list[Seat]:
        """Its seats, in order."""
        return [Seat.of(row) for row in await info.context.loader(loads.seats_by_task).load(self.row.id)]

    @planned(One("Person", TaskRow.done_by))
    async def done_by(self, info: Info) -> Person | None:
        """Who did it."""
        return await person_or_none(info.context, self.row.done_by)

    @planned(One("Case", TaskRow.case_id))
    async def case(
        self, info: Info
    ) -> Annotated["Case", strawberry.lazy("anhuan_graphql.cases.types")] | None:
        """The case it belongs to."""
        from anhuan_graphql.cases.types import cases_by_id  # a case is made of these parts

        return await info.context.loader(cases_by_id).load(self.row.case_id)


@noun(CasePerson)
@strawberry.type
class Participant:
    """Somebody's part in a case: reporter, owner, checker, group (联合处理组), informed, escalated."""

    part: str
    left_at: datetime | None
    person_id: UUID

    @planned(One("Person", CasePerson.person_id))
    async def person(self, info: Info) -> Person | None:
        """Who."""
        return await person_or_none(info.context, self.person_id)


@noun(CommentRow)
@strawberry.type
class Comment(Node):
    """Something said in a case."""

    body: str
    created_at: datetime
    row: strawberry.Private[CommentRow]

    @classmethod
    def of(cls, row: CommentRow) -> "Comment":
        """Out of its row."""
        return cls(id=row.id, body=row.body, created_at=row.created_at, row=row)

    @planned(One("Person", CommentRow.author_id))
    async def author(self, info: Info) -> Person | None:
        """Who said it."""
        return await person_or_none(info.context, self.row.author_id)

    @planned(Listed("Person", CommentRow.mentions))
    async def mentions(self, info: Info) -> list[Person]:
        """Who was called by name."""
        return await seen_people(info.context, self.row.mentions)

    @planned(Listed("Evidence", CommentRow.evidence))
    async def evidence(self, info: Info) -> list[Evidence]:
        """Photos and files with it."""
        rows = await info.context.loader(loads.evidence_by_id).load_many(self.row.evidence)
        return [Evidence.of(row) for row in rows if row is not None]


def _why(at: At, _env: Env) -> sa.ColumnElement[Any]:
    return sa.func.json_build_array(at[OrderRow.reason], at[OrderRow.cause])


@noun(OrderRow)
@strawberry.type
class StopOrder(Node):
    """Work stops here (停工令); `cause` is person, grade or ladder."""

    cause: str
    issued_at: datetime
    lifted_at: datetime | None
    kept: strawberry.Private[str]
    issued_by_id: strawberry.Private[UUID | None]
    unit_no: strawberry.Private[int]

    @classmethod
    def of(cls, row: OrderRow) -> "StopOrder":
        """Out of its row."""
        return cls(
            id=row.id,
            cause=row.cause,
            issued_at=row.issued_at,
            lifted_at=row.lifted_at,
            kept=row.reason,
            issued_by_id=row.issued_by,
            unit_no=row.unit_no,
        )

    @planned(Told(_why, lambda facts, member: orders.in_words(facts[0], facts[1], member.language)))
    def reason(self, info: Info) -> str:
        """Why, in your language; of a person in their own words."""
        return orders.in_words(self.kept, self.cause, info.context.language)

    @planned(One("Person", OrderRow.issued_by))
    async def issued_by(self, info: Info) -> Person | None:
        """Who ordered it; null where the rules did."""
        return await person_or_none(info.context, self.issued_by_id)

    @planned(One("Unit", OrderRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """Where work stands still."""
        return await unit_of(info.context, self.unit_no)


@noun(EscalationRow)
@strawberry.type
class Escalation(Node):
    """A rung of the ladder that fired."""

    task_id: UUID
    rung: int
    due_at: datetime
    fired_at: datetime
    effected_at: datetime | None
    effect: Json

    @classmethod
    def of(cls, row: EscalationRow) -> "Escalation":
        """Out of its row."""
        return cls(
            id=row.id,
            task_id=row.task_id,
            rung=row.rung,
            due_at=row.due_at,
            fired_at=row.fired_at,
            effected_at=row.effected_at,
            effect=Json(row.effect),
        )


def in_language(names: sa.ColumnElement[Any], env: Env) -> sa.ColumnElement[str]:
    """A name of a definition, as `said` chooses it."""
    own = names.op("->>", return_type=sa.Text())(env.value("language", sa.Text()))
    chinese = names.op("->>", return_type=sa.Text())(literal("zh"))
    each = sa.func.jsonb_each_text(names).table_valued("key", "value", name="named")
    first = sa.select(each.c.value).select_from(each).limit(sa.literal_column("1")).scalar_subquery()
    return sa.func.coalesce(sa.func.nullif(own, literal("")), sa.func.nullif(chinese, literal("")), first)


def said(name: definitions.Text, language: str) -> str:
    """A name of a definition in a language, or in the one it has."""
    return name.get(language) or name.get("zh") or next(iter(name.values()), "")


async def _step(context: Context, row: TaskRow) -> definitions.Step | None:
    found = await context.loader(loads.rows_by_id).load(row.case_id)
    if found is None:
        return None
    definition = await context.loader(loads.definitions_by_id).load(found[0].definition_id)
    if definition is None:
        return None
    return next((step for step in definition.steps if step.code == row.step), None)
