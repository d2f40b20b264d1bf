"""A company founded before an act existed: the migration gives it to the roles that ship with it, and keeps to the company's own will."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.types.json import Jsonb

from anhuan_infra.ids import new_id
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.roles import SHIPPED
from tests.support.database import ROOT, fresh_database

TABLES = ("roles", "record_entries", "companies")


@pytest.fixture(scope="module")
def old(stack: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A database as it was before the act."""
    with fresh_database(stack, tmp_path_factory.mktemp("old")) as env:
        alembic(env, "downgrade", "0004")
        yield env


def alembic(env: dict[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "alembic", "-c", str(ROOT / "infra" / "alembic.ini"), *words]
    done = subprocess.run(command, env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def before(code: str) -> list[list[str]]:
    """What the role had when the company was founded."""
    return [pair for pair in SHIPPED[code].pairs() if pair[0] != Act.HAZARD_EXPORT]


def founded(owner: psycopg.Connection[Any], roles: dict[str, list[list[str]]]) -> UUID:
    company = new_id()
    owner.execute(
        "insert into companies (tenant_id, code, name) values (%s, %s, 'x')", (company, f"c{company.hex}")
    )
    for code, permissions in roles.items():
        owner.execute(
            "insert into roles (tenant_id, id, code, name_zh, name_en, permissions, is_shipped) values (%s, %s, %s, 'x', 'x', %s, %s)",
            (company, new_id(), code, Jsonb(permissions), code in SHIPPED),
        )
    return company


def changed(owner: psycopg.Connection[Any], company: UUID, code: str) -> None:
    owner.execute(
        "insert into record_entries (tenant_id, id, actor_kind, act, subject_kind, subject_id, source, body)"
        " select tenant_id, %s, 'person', 'role.changed', 'role', id, '{}', '{}' from roles where tenant_id = %s and code = %s",
        (new_id(), company, code),
    )


def opened(env: dict[str, str], how: str) -> psycopg.Connection[Any]:
    owner = psycopg.connect(env["ANHUAN_DATABASE_URL"])
    for table in TABLES:
        owner.execute(f"alter table {table} {how} row level security".encode())
    return owner


def test_the_act_comes_to_roles_as_they_ship_and_to_no_other(old: dict[str, str]) -> None:
    shipped = {code: before(code) for code in SHIPPED} | {"watch": [["case.read", "unit"]]}
    with opened(old, "no force") as owner:
        untouched, willed = founded(owner, shipped), founded(owner, shipped)
        later = founded(owner, {code: role.pairs() for code, role in SHIPPED.items()})
        changed(owner, willed, "general_manager")
        for table in TABLES:
            owner.execute(f"alter table {table} force row level security".encode())

    alembic(old, "upgrade", "head")

    with opened(old, "no force") as owner:
        found: dict[UUID, dict[str, Any]] = {untouched: {}, willed: {}, later: {}}
        for company, code, permissions in owner.execute("select tenant_id, code, permissions from roles"):
            found[company][code] = permissions
        versions = dict(owner.execute("select tenant_id, policy_version from companies").fetchall())
        owner.rollback()
    now = {code: role.pairs() for code, role in SHIPPED.items()}
    assert found[untouched] == now | {"watch": [["case.read", "unit"]]}
    assert found[willed] == found[untouched] | {"general_manager": before("general_manager")}
    assert found[later] == now
    assert versions == {untouched: 2, willed: 2, later: 1}
    with psycopg.connect(old["ANHUAN_DATABASE_URL"]) as owner:
        forced = owner.execute(
            "select bool_and(relforcerowsecurity) from pg_class where relname = any(%s)", (list(TABLES),)
        )
        assert forced.fetchone() == (True,)
