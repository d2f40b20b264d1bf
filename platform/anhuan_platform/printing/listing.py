"""Hazards as lines of a list: rows with the names of what they point at, as far as the person may know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import select

from anhuan_infra.work import Work
from anhuan_platform.hazards.models import Hazard
from anhuan_platform.hazards.types import BY_CODE
from anhuan_platform.loops import definition as definitions
from anhuan_platform.loops.models import Case, CaseStatus, LoopDefinition
from anhuan_platform.printing import words
from anhuan_platform.printing.sheet import Line
from anhuan_platform.sites.models import Area, Asset
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Person, Unit
from anhuan_tenants.parties.models import Party

K = TypeVar("K")


@dataclass(frozen=True)
class Names:
    """What things of the company are called; what the person may not see is not in here."""

    company: Company
    units: Mapping[int, str]
    """By number, with the ways down to them: 第一分厂 / 冲压车间."""
    unit_ids: Mapping[UUID, str]
    areas: Mapping[UUID, str]
    assets: Mapping[UUID, str]
    parties: Mapping[UUID, str]
    definitions: Mapping[UUID, definitions.Definition]

    def stage(self, case: Case, language: str) -> str:
        """Where the case stands, in words of the version that it began with."""
        found = self.definitions.get(case.definition_id)
        return _stage([found] if found else [], case.stage, language)

    def stage_name(self, code: str, language: str) -> str:
        """A stage in words of any version that has it."""
        return _stage(list(self.definitions.values()), code, language)


async def names(work: Work) -> Names:
    """Everything but people, of whom there may be very many."""
    company = await work.session.get_one(Company, work.tenant_id)
    units = list(await work.session.scalars(select(Unit)))
    ways = _ways(units)
    rows = await work.session.scalars(select(LoopDefinition))
    return Names(
        company=company,
        units=ways,
        unit_ids={unit.id: ways[unit.no] for unit in units},
        areas=await _called(work, Area),
        assets=await _called(work, Asset),
        parties=await _called(work, Party),
        definitions={
            row.id: definitions.cached((work.tenant_id, row.id), msgspec.json.encode(row.body)) for row in rows
        },
    )  # fmt: skip


async def _called(work: Work, kind: type[Area] | type[Asset] | type[Party]) -> dict[UUID, str]:
    rows = await work.session.execute(select(kind.id, kind.name))
    return {row.id: row.name for row in rows}


async def people(work: Work, ids: Sequence[UUID | None]) -> dict[UUID, str]:
    """Names of people, as far as they may be seen."""
    wanted = {one for one in ids if one is not None}
    rows = await work.session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row.id: row.name for row in rows}


async def lines(
    work: Work, known: Names, rows: Sequence[tuple[Case, Hazard]], language: str, home: str
) -> list[Line]:
    """Each hazard as a line."""
    wanted = [
        one for case, hazard in rows for one in (case.owner_id, hazard.graded_by, hazard.responsible_id)
    ]
    persons = await people(work, wanted)
    return [_line(known, persons, case, hazard, work.now, language, home) for case, hazard in rows]


def _line(
    known: Names,
    persons: Mapping[UUID, str],
    case: Case,
    hazard: Hazard,
    now: datetime,
    language: str,
    home: str,
) -> Line:
    kind = BY_CODE[hazard.type_code]
    is_late = case.status == CaseStatus.OPEN and case.due_at is not None and case.due_at < now
    is_closed = case.status == CaseStatus.CLOSED
    return Line(
        number=case.number,
        title=case.title,
        status=case.status,
        stage=known.stage(case, language),
        grade=case.grade,
        is_statutory=hazard.is_statutory_major,
        type=(kind.zh, kind.en),
        unit=known.units.get(case.unit_no, ""),
        area=_of(known.areas, hazard.area_id),
        asset=_of(known.assets, hazard.asset_id),
        place=hazard.place_note,
        description=hazard.description,
        reporter=_of(persons, case.owner_id),
        opened_at=case.opened_at,
        graded_by=_of(persons, hazard.graded_by),
        graded_at=hazard.graded_at,
        responsible_unit=_of(known.units, hazard.responsible_unit_no),
        responsible=_of(persons, hazard.responsible_id),
        party=_of(known.parties, hazard.responsible_party_id),
        due_at=case.due_at,
        due_rule=case.due_rule,
        hours_late=_hours(case.due_at, now) if is_late else None,
        closed_at=case.closed_at,
        hours_to_close=_hours(case.opened_at, case.closed_at) if is_closed else None,
        rounds=case.round - 1,
        level=case.level,
        recurrences=hazard.recurrence_count,
        link=f"{home}/c/{case.id}",
    )


def _stage(versions: Sequence[definitions.Definition], code: str, language: str) -> str:
    if code in words.STAGES_OF_THE_END:
        return words.word(words.STAGES_OF_THE_END, code, language)
    for version in versions:
        if name := dict(version.stages).get(code):
            return name.get(language) or name.get("zh") or code
    return code


def _of(table: Mapping[K, str], key: K | None) -> str | None:
    return None if key is None else table.get(key)


def _hours(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else round((end - start).total_seconds() / 3600, 1)


def _ways(units: Sequence[Unit]) -> dict[int, str]:
    """Names from the highest unit that is seen down to each, the company itself left out below it."""
    called = {f"u{unit.no}": unit.name for unit in units}
    found: dict[int, str] = {}
    for unit in units:
        labels = unit.path.split(".")
        parts = [called[label] for label in (labels[1:] or labels) if label in called]
        found[unit.no] = " / ".join(parts)
    return found
