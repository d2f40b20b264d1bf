"""A hazard (隐患) on the wire: a case, and what only a hazard has."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from anhuan_graphql.cases import loads
from anhuan_graphql.cases.types import Case, common
from anhuan_graphql.context import Context, Info
from anhuan_graphql.evidence import Evidence
from anhuan_graphql.people import Person, Unit, person_or_none, unit_of
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
from anhuan_graphql.sites import Area, Asset, areas_by_id, assets_by_id
from anhuan_infra.errors import NotFound
from anhuan_platform.hazards.models import Hazard as HazardRow
from anhuan_platform.hazards.models import Progress as ProgressRow
from anhuan_platform.hazards.types import BY_CODE, TYPES
from anhuan_platform.hazards.types import HazardType as Kind
from anhuan_platform.loops.models import Case as CaseRow


@strawberry.type
class HazardType:
    """A kind of hazard, as the grid offers it."""

    code: str
    name_zh: str
    name_en: str

    @classmethod
    def of(cls, kind: Kind) -> "HazardType":
        """As the catalogue says."""
        return cls(code=kind.code, name_zh=kind.zh, name_en=kind.en)


def _called(name: Callable[[Kind], str]) -> Worked:
    """The catalogue is the program's, so its names stand in the statement."""

    def made(at: At, _env: Env) -> sa.ColumnElement[str]:
        return sa.case(
            *((at[HazardRow.type_code] == literal(kind.code), literal(name(kind))) for kind in TYPES)
        )

    return Worked(made, str)


KIND = Group(
    "HazardType",
    {
        "code": Column(HazardRow.type_code),
        "name_zh": _called(lambda kind: kind.zh),
        "name_en": _called(lambda kind: kind.en),
    },
)
KINDS = [HazardType.of(kind) for kind in TYPES]


@strawberry.type
class Guess:
    """What the text of a report speaks of, with how sure that is; a person decides."""

    type: HazardType
    percent: int
    because: list[str]


@strawberry.type
class Lookalike:
    """An open report that may be the same thing. What it is called is told to who may see it."""

    case_id: UUID
    number: str | None
    title: str | None
    percent: int


def _guessed(kept: dict[str, Any] | None) -> Guess | None:
    if not kept:
        return None
    kind = HazardType.of(BY_CODE[kept["type"]])
    return Guess(type=kind, percent=kept["percent"], because=kept["because"])


def _lookalike(kept: dict[str, Any], number: str | None, title: str | None) -> Lookalike:
    return Lookalike(case_id=UUID(kept["case"]), number=number, title=title, percent=int(kept["percent"]))


def _alike(at: At, _env: Env) -> sa.ColumnElement[Any]:
    """What is kept of each, with number and title of those that are seen; mostly there is none, and nothing to look for."""
    none = sa.cast(literal("[]"), JSONB)
    kept = at[HazardRow.similar]
    each = (
        sa.func.jsonb_array_elements(kept)
        .table_valued("value", with_ordinality="n", name="alike")
        .render_derived()
    )
    case = sa.alias(table_of(CaseRow), "like")
    value = each.c.value.cast(JSONB)
    same = (case.c.tenant_id == at[HazardRow.tenant_id]) & (case.c.id == value["case"].astext.cast(sa.Uuid()))
    one = sa.func.jsonb_build_array(value, case.c.number, case.c.title)
    found = (
        sa.select(sa.func.jsonb_agg(aggregate_order_by(one, each.c.n)))
        .select_from(each.outerjoin(case, same))
        .correlate(*at.tables.values())
        .scalar_subquery()
    )
    return sa.case((kept == none, none), else_=found)


@noun(ProgressRow)
@strawberry.type
class Progress(Node):
    """A progress note (整改进展)."""

    note: str
    percent: int | None
    created_at: datetime
    row: strawberry.Private[ProgressRow]

    @classmethod
    def of(cls, row: ProgressRow) -> "Progress":
        """Out of its row."""
        return cls(id=row.id, note=row.note, percent=row.percent, created_at=row.created_at, row=row)

    @planned(One("Person", ProgressRow.author_id))
    async def author(self, info: Info) -> Person | None:
        """Who wrote it."""
        return await person_or_none(info.context, self.row.author_id)

    @planned(Listed("Evidence", ProgressRow.evidence))
    async def evidence(self, info: Info) -> list[Evidence]:
        """Photos with it."""
        rows = await info.context.loader(loads.evidence_by_id).load_many(self.row.evidence)
        return [Evidence.of(row) for row in rows if row is not None]


@noun(CaseRow, HazardRow, type=KIND)
@strawberry.type
class Hazard(Case):
    """Something seen on a site that can hurt someone, from its report to its closing."""

    description: str
    type: HazardType
    place_note: str | None
    latitude: float | None
    longitude: float | None
    accuracy_m: float | None
    seen_at: datetime | None
    graded_at: datetime | None
    is_statutory_major: bool
    statutory_clause: Json | None
    recurrence_of: UUID | None
    recurrence_count: int
    test_result: Json | None
    hazard: strawberry.Private[HazardRow]

    @classmethod
    def of(cls, case: CaseRow, row: HazardRow) -> "Hazard":
        """Out of its two rows."""
        return cls(
            **common(case),
            description=row.description,
            type=HazardType.of(BY_CODE[row.type_code]),
            place_note=row.place_note,
            latitude=row.latitude,
            longitude=row.longitude,
            accuracy_m=row.accuracy_m,
            seen_at=row.seen_at,
            graded_at=row.graded_at,
            is_statutory_major=row.is_statutory_major,
            statutory_clause=None if row.statutory_clause is None else Json(row.statutory_clause),
            recurrence_of=row.recurrence_of,
            recurrence_count=row.recurrence_count,
            test_result=None if row.test_result is None else Json(row.test_result),
            hazard=row,
        )

    @planned(Told(lambda at, _: at[HazardRow.suggested_type], lambda kept, _: _guessed(kept)))
    def guess(self) -> Guess | None:
        """What the system proposed, kept beside what people decided."""
        return _guessed(self.hazard.suggested_type)

    @planned(Told(_alike, lambda facts, _: [_lookalike(*one) for one in facts]))
    async def similar(self, info: Info) -> list[Lookalike]:
        """Open reports that look like this one; a warning, never a refusal."""
        kept = self.hazard.similar
        rows = await info.context.loader(loads.rows_by_id).load_many([UUID(one["case"]) for one in kept])
        seen = [row[0] if row else None for row in rows]
        return [
            _lookalike(one, case.number if case else None, case.title if case else None)
            for one, case in zip(kept, seen, strict=True)
        ]

    @planned(One("Area", HazardRow.area_id))
    async def area(self, info: Info) -> Area | None:
        """Where it was seen."""
        area_id = self.hazard.area_id
        return None if area_id is None else await info.context.loader(areas_by_id).load(area_id)

    @planned(One("Asset", HazardRow.asset_id))
    async def asset(self, info: Info) -> Asset | None:
        """The machine."""
        asset_id = self.hazard.asset_id
        return None if asset_id is None else await info.context.loader(assets_by_id).load(asset_id)

    @planned(One("Person", HazardRow.graded_by))
    async def graded_by(self, info: Info) -> Person | None:
        """Who graded it."""
        return await person_or_none(info.context, self.hazard.graded_by)

    @planned(One("Unit", HazardRow.responsible_unit_no, "no"))
    async def responsible_unit(self, info: Info) -> Unit | None:
        """The unit that puts it right."""
        return await unit_of(info.context, self.hazard.responsible_unit_no)

    @planned(One("Person", HazardRow.responsible_id))
    async def responsible(self, info: Info) -> Person | None:
        """The person who puts it right."""
        return await person_or_none(info.context, self.hazard.responsible_id)

    @planned(Many("Progress", ProgressRow.hazard_id, (ProgressRow.id,), loads.MOST))
    async def progress(self, info: Info) -> list[Progress]:
        """How far it is, oldest first."""
        return [Progress.of(row) for row in await info.context.loader(loads.progress_by_hazard).load(self.id)]


async def hazard_by_id(context: Context, hazard_id: UUID) -> Hazard:
    """A hazard that the person may see, or the refusal that says there is none."""
    found = await context.loader(loads.rows_by_id).load(hazard_id)
    if found is None or found[1] is None:
        raise NotFound(path="id", kind="hazard", id=hazard_id)
    return Hazard.of(found[0], found[1])
