"""`GET /hazards.xlsx`: the board as a sheet, with the board's own filter, for who may take it away."""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from litestar import Request, get
from litestar.response import Stream
from sqlalchemy import ColumnElement, select

from anhuan_graphql import limiter, limits
from anhuan_graphql.caller import context_of
from anhuan_graphql.context import Context
from anhuan_graphql.enums import CaseStatus, Grade
from anhuan_graphql.files import SHEET
from anhuan_graphql.hazards.board import HAZARDS, OF_CASE, ORDERS, HazardFilter, HazardOrder, narrowing
from anhuan_graphql.scalars import moment
from anhuan_infra.errors import BadInput, Words
from anhuan_infra.work import Work, open_work
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.hazards.types import BY_CODE as TYPES
from anhuan_platform.loops.models import Case
from anhuan_platform.printing import about, listing, sheet
from anhuan_platform.printing.listing import Names
from anhuan_platform.printing.sheet import Column, Sheet
from anhuan_tenants.access.acts import Act

_CHUNK = 1_000
_BLOCK = 1 << 18
_AT_ONCE = asyncio.Semaphore(2)
"""A long sheet keeps a core busy for seconds; others wait their turn."""


@get("/hazards.xlsx", summary="The board as an Excel sheet, at most 50,000 rows")
async def hazards(request: Request[Any, Any, Any]) -> Stream:
    """The query takes `status stage grade unit overdue mine reported type text area asset openedFrom openedUntil order columns lang`; `grade`
    may stand several times, `columns` are codes with commas between. What is not known is refused, so that no filter is lost."""
    context = context_of(request, request.app.state.house)
    try:
        actor = await context.actor()
        actor.require(HAZARDS, write=False)
        asked = Asked.of(request.query_params.multi_items(), context.language)
        await context.house.limiter.take(limiter.EXPORT_PERSON, str(actor.person_id))
        async with _AT_ONCE:
            out, rows = await _written(context, asked)
        async with open_work(context.house.sessions, actor) as work:
            subject = ("company", work.tenant_id)
            work.record("hazard.exported", subject, count=rows, query=asked.said, language=asked.language)
            name = f"anhuan-hazards-{work.now:%Y%m%d-%H%M}.xlsx"
    finally:
        await context.close()
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Stream(_read(out), media_type=SHEET, headers=headers)


async def _written(context: Context, asked: "Asked") -> tuple[IO[bytes], int]:
    """The whole file, in a file without a name, so that nothing is left behind however this ends."""
    out: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives until it has been sent
    try:
        async with open_work(context.house.reads, await context.actor()) as work:
            work.allow(Act.HAZARD_EXPORT)
            with tempfile.TemporaryDirectory(prefix="anhuan-sheet-") as folder:
                return out, await _fill(work, asked, out, folder, context.house.settings.public_url)
    except BaseException:
        out.close()
        raise


async def _fill(work: Work, asked: "Asked", out: IO[bytes], folder: str, home: str) -> int:
    where = await narrowing(work, asked.filter)
    known = await listing.names(work)
    made = Sheet(out, folder, asked.columns, asked.language, known.company.zone)
    try:
        refused, is_cut = await _rows(work, asked, known, made, where, home)
        taken = about.Taken(
            by=work.actor.name,
            at=work.now,
            filter=vars(asked.filter),
            by_due=asked.order is HazardOrder.DUE,
            rows=made.rows,
            not_granted=refused,
            is_cut=is_cut,
        )
        made.explain(about.page(known, taken, asked.language))
    finally:
        await asyncio.to_thread(made.close)
    return made.rows


async def _rows(
    work: Work, asked: "Asked", known: Names, made: Sheet, where: list[ColumnElement[bool]], home: str
) -> tuple[int, bool]:
    """Write them part by part as they come; how many were not granted, and whether there were more than fit."""
    refused = 0
    orders = [order.clause() for order in ORDERS[asked.order]]
    statement = select(Case, Hazard).join(Hazard, OF_CASE).where(*where).order_by(*orders)
    found = await work.session.stream(statement.execution_options(yield_per=_CHUNK))
    try:
        async for part in found.partitions(_CHUNK):
            rows = [(case, hazard) for case, hazard in part if work.can(Act.HAZARD_EXPORT, case)]
            refused += len(part) - len(rows)
            room = sheet.MOST_ROWS - made.rows
            lines = await listing.lines(work, known, rows[:room], asked.language, home)
            await asyncio.to_thread(made.add, lines)
            if len(rows) > room:
                return refused, True
    finally:
        await found.close()
    return refused, False


async def _read(out: IO[bytes]) -> AsyncGenerator[bytes]:
    with out:
        out.seek(0)
        while block := await asyncio.to_thread(out.read, _BLOCK):
            yield block


@dataclass(frozen=True)
class Asked:
    """What the query asks for, in types; `said` is it as it came."""

    filter: HazardFilter
    order: HazardOrder
    columns: tuple[Column, ...]
    language: str
    said: dict[str, str]

    @classmethod
    def of(cls, items: Iterable[tuple[str, str]], language: str) -> "Asked":
        """Out of the query; refuses what is not known or given twice."""
        said: dict[str, str] = {}
        for name, value in items:
            if name not in _READ or len(value) > 500:
                raise BadInput(path=name[:40], reason=" ".join(_READ))
            if name in said and name != "grade":
                raise BadInput(path=name, reason=Words("只能出现一次", "once only"))
            said[name] = f"{said[name]},{value}" if name in said else value
        limits.check_values(said)
        read = {name: _one(name, value) for name, value in said.items() if value}
        narrowed = {_FIELDS[name]: value for name, value in read.items() if name in _FIELDS}
        return cls(
            filter=HazardFilter(**narrowed),
            order=read.get("order", HazardOrder.DUE),
            columns=read.get("columns", sheet.COLUMNS),
            language=read.get("lang", language),
            said=said,
        )


def _one(name: str, value: str) -> Any:
    try:
        return _READ[name](value)
    except (KeyError, ValueError, OverflowError):
        raise BadInput(path=name, reason=f"{value[:60]!r}") from None


def _flag(value: str) -> bool:
    return {"true": True, "false": False}[value]


def _moment(value: str) -> datetime:
    # In a query a plus sign that nobody escaped arrives as a space.
    return moment(value.replace(" ", "+"))


def _columns(value: str) -> tuple[Column, ...]:
    return tuple(sheet.BY_CODE[code] for code in dict.fromkeys(value.split(",")))


_READ: dict[str, Callable[[str], Any]] = {
    "status": lambda value: CaseStatus(value.lower()),
    "stage": str,
    "grade": lambda value: [Grade(one) for one in value.split(",")],
    "unit": UUID,
    "overdue": _flag,
    "mine": _flag,
    "reported": _flag,
    "type": lambda value: TYPES[value].code,
    "text": str,
    "area": UUID,
    "asset": UUID,
    "openedFrom": _moment,
    "openedUntil": _moment,
    "order": lambda value: HazardOrder(value.lower()),
    "columns": _columns,
    "lang": lambda value: {"zh": "zh", "en": "en"}[value],
}
_FIELDS = {
    "status": "status", "stage": "stage", "grade": "grades", "unit": "unit", "overdue": "overdue", "mine": "mine", "reported": "reported",
    "type": "type", "text": "text", "area": "area", "asset": "asset", "openedFrom": "opened_from", "openedUntil": "opened_until",
}  # fmt: skip
