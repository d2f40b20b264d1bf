"""How tables and indexes are kept is brought about once, and what was set otherwise is found and mended."""

import psycopg

from anhuan_infra.db import storage


def test_every_table_of_a_company_is_kept_as_declared(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        options = connection.execute(
            "select relname::text, array_to_string(reloptions, ' ') from pg_class where reloptions is not null"
            " and relnamespace = 'public'::regnamespace"
        )
        kept: dict[str, str] = dict(options.fetchall())

        assert list(storage.missing(connection)) == []

    assert "autovacuum_vacuum_insert_scale_factor=0.02" in kept["cases"]
    assert "autovacuum_vacuum_scale_factor=0 " in kept["outbox"] + " "
    assert kept["ix_cases_people"] == "fastupdate=off"


def test_what_stands_otherwise_is_mended_and_nothing_else_is_touched(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute("alter table cases reset (autovacuum_vacuum_scale_factor)")
        connection.execute("alter table hazards set (autovacuum_enabled = off, fillfactor = 90)")
        connection.execute("alter index ix_hazards_text set (gin_pending_list_limit = 4096)")
        connection.execute("create table fresh (tenant_id uuid, id uuid)")

        assert {name for name, _, _ in storage.missing(connection)} == {"cases", "fresh", "ix_hazards_text"}
        storage.settle(connection)
        assert list(storage.missing(connection)) == []

        left = connection.execute("select reloptions from pg_class where relname = 'hazards'").fetchone()
        connection.rollback()
    assert left is not None
    assert "fillfactor=90" in left[0]
