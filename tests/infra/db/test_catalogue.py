"""The catalogue keeps the laws, and the lint notices each one that is broken."""

import psycopg
import pytest

from anhuan_graphql.tables import metadata
from anhuan_infra.db import lint, rls


def test_the_migrated_catalogue_is_clean(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        assert lint.check(connection) == []


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        ("alter table hazards no force row level security", "enabled and forced"),
        ("alter table hazards disable row level security", "enabled and forced"),
        ("drop policy tenant on cases", "permissive tenant policy"),
        ("drop policy adding on comments", "adds no row"),
        ("alter policy adding on seats with check (tenant_id is not null)", "adds no row"),
        ("drop policy adding on stop_orders", "adds no row"),
        (
            "create policy odd on hazards to anhuan_app using (exists (select 1 from cases p where p.id = id))",
            "column with itself",
        ),
        ("create policy open on cases to anhuan_app using (true)", "for the scheduler only"),
        ("create policy wide on cases using (tenant_id is not null)", "PUBLIC"),
        (
            "create policy slow on cases to anhuan_app using (tenant_id = current_setting('app.tenant_id')::uuid)",
            "InitPlan",
        ),
        ("create view v as select * from cases", "view runs as its caller"),
        ("create materialized view m as select * from cases", "materialized"),
        ("create table loose (id uuid primary key)", "reviewed list"),
        ("create unique index on cases (id)", "unique index"),
        (
            "create function f() returns int language sql security definer as 'select 1'",
            "runs as its owner",
        ),
        ("alter role anhuan_app createdb", "bypass nothing"),
        ("grant truncate on cases to anhuan_app", "truncate"),
        (
            "alter table comments add constraint c foreign key (tenant_id, case_id) references cases on delete cascade",
            "cascades",
        ),
        ("alter table tasks reset (autovacuum_vacuum_scale_factor)", "kept as declared"),
        ("create table later (tenant_id uuid, id uuid)", "kept as declared"),
        ("create index on cases using gin (facts)", "keeps readers from it"),
        (
            "create policy slow on cases as restrictive for select to anhuan_app using (title ~ 'x')",
            "no index serves it",
        ),
        (
            "create policy wide on cases as restrictive for select to anhuan_app using (title like '%x')",
            "no index serves it",
        ),
    ],
)
def test_each_broken_law_is_found(env: dict[str, str], damage: str, rule: str) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute(damage)

        found = {finding.rule for finding in lint.check(connection)}

        connection.rollback()
    assert any(rule in name for name in found), found


def test_the_policies_are_those_that_the_models_declare(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        query = "select tablename, policyname, cmd, roles::text, qual, with_check from pg_policies where schemaname = 'public'"
        migrated = set(connection.execute(query))

        for table, declaration in rls.declared(metadata):
            for name in ("tenant", "scope", "adding", "changing", "removing", "clock"):
                connection.execute(f"drop policy if exists {name} on {table}")
            for statement in rls.statements(table, declaration):
                connection.execute(statement)
        declared = set(connection.execute(query))
        connection.rollback()

    assert migrated == declared
