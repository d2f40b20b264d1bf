"""Companies that were there before checklists get the acts by migration, but for roles that they changed themselves."""

import importlib.util
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_tenants.access.models import Role
from anhuan_tenants.companies.models import Company as CompanyRow
from tests.house.test_order import ROOT
from tests.support.people import Company, a_company

FILE = ROOT / "infra" / "migrations" / "versions" / "2026-11-21-1920_checklists.py"


def _migration(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("checklists_migration", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def _held(company: Company) -> dict[str, set[str]]:
    async with company.house() as work:
        rows = (await work.session.scalars(select(Role))).all()
        return {row.code: {act for act, _ in row.permissions if act.startswith("checklist.")} for row in rows}


async def test_shipped_roles_get_the_acts_and_changed_ones_stay(
    sessions: Sessions, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = await a_company(sessions, settings)
    as_shipped = await _held(company)
    async with company.house() as work:
        for row in await work.session.scalars(select(Role)):
            row.permissions = [pair for pair in row.permissions if not pair[0].startswith("checklist.")]
            if row.code == "team_leader":
                work.record("role.changed", ("role", row.id), code=row.code, request=str(new_id()))
        before = (await work.session.get_one(CompanyRow, company.id)).policy_version
    migration = _migration(FILE)

    with psycopg.connect(settings.database_url) as owner:
        # The tables are there already; what is tried is what the migration does to roles.
        monkeypatch.setattr(migration.op, "execute", owner.execute)
        for table in migration._TABLES:
            owner.execute(f"alter table {table} no force row level security")
        migration._give("checklist.read", migration._READING)
        migration._give("checklist.manage", migration._MANAGING)
        for table in migration._TABLES:
            owner.execute(f"alter table {table} force row level security")

    assert await _held(company) == as_shipped | {"team_leader": set()}
    async with company.house() as work:
        assert (await work.session.get_one(CompanyRow, company.id)).policy_version > before
