"""The board (隐患看板) and the other questions about hazards."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.dialects.postgresql import array

from anhuan_graphql.context import Info
from anhuan_graphql.enums import CaseStatus, Grade
from anhuan_graphql.fields import query
from anhuan_graphql.hazards.sought import Meaning, Sought
from anhuan_graphql.hazards.types import KINDS, Guess, Hazard, HazardType, hazard_by_id
from anhuan_graphql.people import Unit, is_under
from anhuan_graphql.planner.pieces import Piece, string
from anhuan_graphql.planner.pieces import literal as text_literal
from anhuan_graphql.planner.readings import At, ById, Env, table_of
from anhuan_graphql.planner.roots import Given, Guard, Searched, Whole
from anhuan_graphql.relay import Connection, Order, Page
from anhuan_infra.settings import Secrets
from anhuan_infra.text import PROSE, clean
from anhuan_infra.work import Work
from anhuan_platform.hazards import repository, routing, suggest
from anhuan_platform.hazards.models import Hazard as HazardRow
from anhuan_platform.hazards.statutory import INSTRUMENTS
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.loops import repository as loops
from anhuan_platform.loops.models import Case as CaseRow
from anhuan_tenants.organisation import repository as organisation
from anhuan_tenants.organisation.models import Unit as UnitRow

HAZARDS = "hazards"


@strawberry.enum(description="DUE: most urgent first, without a limit last. OPENED: newest first.")
class HazardOrder(Enum):
    """How the board is ordered."""

    DUE = "due"
    OPENED = "opened"


@strawberry.input
class HazardFilter:
    """What narrows the board; everything given must hold. `unit` includes everything under it; `mine` is what one has a part in,
    `reported` what one reported oneself; `text` is a part of the description or of a number."""

    status: CaseStatus | None = None
    stage: str | None = None
    grades: list[Grade] | None = None
    unit: UUID | None = None
    overdue: bool | None = None
    mine: bool | None = None
    reported: bool | None = None
    type: str | None = None
    text: str | None = None
    area: UUID | None = None
    asset: UUID | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None


@strawberry.type
class Route:
    """A proposed responsible unit; `reason` is function or place."""

    unit: Unit
    percent: int
    reason: str


@strawberry.type
class Instrument:
    """A criterion for 重大事故隐患; `seen` is text where its wording was confirmed, secondary where it needs a look."""

    code: str
    title: str
    sector: str
    seen: str
    holds_today: bool


ORDERS = {
    HazardOrder.DUE: (Order(CaseRow.due_at, nullable=True), Order(CaseRow.id)),
    HazardOrder.OPENED: (Order(CaseRow.opened_at, True), Order(CaseRow.id, True)),
}
PLAIN = At({table_of(model): table_of(model) for model in (CaseRow, HazardRow)})
OF_CASE = (HazardRow.tenant_id == CaseRow.tenant_id) & (HazardRow.id == CaseRow.id)


def _page(secrets: Secrets, tenant_id: UUID, given: Mapping[str, Any]) -> Page:
    order_by: HazardOrder = given["order_by"] or HazardOrder.DUE
    return Page(
        secrets=secrets,
        tenant_id=tenant_id,
        of="hazards",
        narrowed=[order_by.value, vars(given["filter"] or HazardFilter())],
        orders=ORDERS[order_by],
        first=given["first"],
        after=given["after"],
    )


def _made_ready(given: Mapping[str, Any]) -> Mapping[str, Any]:
    text = given["filter"].text if given["filter"] else None
    return {**given, "sought": Sought.of(text) if text else None}


def _where(at: At, env: Env, given: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    asked = given["filter"] or HazardFilter()
    return conditions(at, asked, given["sought"], env.value("person", sa.Uuid()), func.now())


def _there(_env: Env, given: Given) -> Piece | None:
    """The unit must be seen, and a number that is looked for must be there, or it was words."""
    asked: HazardFilter = given["filter"] or HazardFilter()
    sought: Sought | None = given["sought"]
    must: list[ColumnElement[bool]] = []
    if asked.unit is not None:
        unit = sa.alias(table_of(UnitRow), "asked")
        must.append(select(unit.c.id).where(unit.c.id == asked.unit).exists())
    if sought is not None and sought.meaning is Meaning.NUMBER:
        must.append(sought.any_numbered())
    return sa.case((sa.and_(*must), text_literal("true")), else_=text_literal("false")) if must else None


BOARD = Searched(
    "Hazard",
    _page,
    _where,
    sure=(HazardRow,),
    guard=Guard(lambda holds, _member: bool(holds), _there),
    made_ready=_made_ready,
)


@query(HAZARDS, BOARD)
async def hazards(
    info: Info,
    filter: HazardFilter | None = None,
    order_by: HazardOrder = HazardOrder.DUE,
    first: int | None = None,
    after: str | None = None,
) -> Connection[Hazard]:
    """The board: hazards that you can see."""
    context = info.context
    asked = filter or HazardFilter()
    async with context.reading() as work:
        where = await narrowing(work, asked)
        given = {"filter": filter, "order_by": order_by, "first": first, "after": after}
        page = _page(context.house.settings.secrets, work.tenant_id, given)
        statement = (
            select(CaseRow, HazardRow)
            .join(HazardRow, OF_CASE)
            .where(*where, page.where())
            .order_by(*page.order_by())
            .limit(page.size + 1)
        )
        rows = (await work.session.execute(statement)).all()

    async def count() -> int:
        async with context.reading() as work:
            counted = select(func.count()).select_from(CaseRow).join(HazardRow, OF_CASE).where(*where)
            return await work.session.scalar(counted) or 0

    def place(case: CaseRow) -> tuple[Any, UUID]:
        return (case.due_at if order_by is HazardOrder.DUE else case.opened_at, case.id)

    return page.connection([(Hazard.of(case, row), place(case)) for case, row in rows], count)


@query(HAZARDS, ById("Hazard", missing=True))
async def hazard(info: Info, id: UUID) -> Hazard | None:
    """One hazard."""
    return await hazard_by_id(info.context, id)


@query(HAZARDS, Whole(lambda _facts, _member: KINDS))
async def hazard_types(info: Info) -> list[HazardType]:
    """The kinds that the grid offers."""
    return KINDS


@query(HAZARDS, Whole(lambda text, _member: _guesses(text), lambda _env, given: string(given["text"])))
async def guess_type(info: Info, text: str) -> list[Guess]:
    """What a text speaks of, best first; with how sure that is."""
    return _guesses(text)


def _guesses(text: str) -> list[Guess]:
    clean(text, "text", PROSE, multiline=True, may_be_empty=True)
    return [
        Guess(
            type=HazardType.of(BY_CODE[one.type_code]),
            percent=round(one.confidence * 100),
            because=list(one.because),
        )
        for one in suggest.suggest(text)
    ]


@query(HAZARDS)
async def proposed_unit(info: Info, hazard: UUID) -> Route | None:
    """The unit that usually puts this kind of hazard right."""
    async with info.context.reading() as work:
        case = await loops.get(work, hazard)
        row = await repository.get(work, hazard)
        found = await routing.propose(work, case, BY_CODE[row.type_code])
    if found is None:
        return None
    return Route(unit=Unit.of(found.unit), percent=found.percent, reason=found.reason)


def _today(_env: Env, _given: Given) -> Piece:
    return string(func.now().op("at time zone")(text_literal("UTC")).cast(sa.Date()))


@query(HAZARDS, Whole(lambda day, _member: _instruments(date.fromisoformat(day)), _today))
async def instruments(info: Info) -> list[Instrument]:
    """The criteria for 重大事故隐患 that this product knows."""
    async with info.context.reading() as work:
        return _instruments(work.now.date())


def _instruments(today: date) -> list[Instrument]:
    return [
        Instrument(
            code=one.code, title=one.title, sector=one.sector, seen=one.seen, holds_today=one.holds_on(today)
        )
        for one in INSTRUMENTS
    ]


async def narrowing(work: Work, asked: HazardFilter) -> list[ColumnElement[bool]]:
    """The conditions of a filter; the board and everything that takes its filter ask by them."""
    me, now = literal(work.actor.person_id, sa.Uuid()), literal(work.now)
    sought = Sought.of(asked.text) if asked.text else None
    if asked.unit is not None:
        await organisation.unit(work, asked.unit)
    if (
        sought
        and sought.meaning is Meaning.NUMBER
        and not await work.session.scalar(select(sought.any_numbered()))
    ):
        sought.meaning = Meaning.WORDS
    return conditions(PLAIN, asked, sought, me, now)


def conditions(
    at: At, asked: HazardFilter, sought: Sought | None, me: ColumnElement[Any], now: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    """What must hold of the rows."""
    where: list[ColumnElement[bool]] = [at[CaseRow.kind] == "hazard"]
    same = (
        (CaseRow.status, asked.status),
        (CaseRow.stage, asked.stage),
        (HazardRow.type_code, asked.type),
        (HazardRow.area_id, asked.area),
        (HazardRow.asset_id, asked.asset),
    )
    where += [at[column] == value for column, value in same if value is not None]
    if isinstance(asked.grades, list):
        where.append(at[CaseRow.grade].in_([grade.value for grade in asked.grades]))
    elif asked.grades is not None:
        where.append(at[CaseRow.grade] == sa.any_(asked.grades))
    if asked.overdue is not None:
        late = (at[CaseRow.status] == CaseStatus.OPEN) & (at[CaseRow.due_at] < now)
        where.append(late if asked.overdue else func.coalesce(late, False).is_(False))
    if asked.mine:
        where.append(at[CaseRow.people].contains(array([me])))
    if asked.reported:
        where.append(at[CaseRow.owner_id] == me)
    if asked.opened_from is not None:
        where.append(at[CaseRow.opened_at] >= asked.opened_from)
    if asked.opened_until is not None:
        where.append(at[CaseRow.opened_at] < asked.opened_until)
    if asked.unit is not None:
        unit_id = asked.unit if isinstance(asked.unit, ColumnElement) else literal(asked.unit, sa.Uuid())
        where.append(is_under(at[CaseRow.unit_no], unit_id))
    if sought is not None:
        where.append(sought.found(at))
    return where


QUERIES = [hazards, hazard, hazard_types, guess_type, proposed_unit, instruments]
