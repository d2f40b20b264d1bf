"""What the record's proof costs: entries sealed, exported and verified per second, and how soon one act is sealed.

`make bench`, or with another size: `ANHUAN_BENCH_ENTRIES=1000000 pytest -s tests/bench/bench_record.py`.
"""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import export, sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier import anhuan_verify
from anhuan_infra.settings import Settings
from tests.infra.record.acts import act, seen_by, tamper

ENTRIES = int(os.environ.get("ANHUAN_BENCH_ENTRIES", "100000"))
SECONDS_FOR_A_MILLION = 60


async def test_a_million_entries_are_verified_within_a_minute(
    settings: Settings, sessions: Sessions, tmp_path: Path
) -> None:
    company, ring, anchors = new_id(), Keyring(settings.secrets.key("record")), Anchors(tmp_path)
    await _many(settings, company)
    async with await psycopg.AsyncConnection[Any].connect(
        settings.clock_database_url, autocommit=True
    ) as clock:
        await clock.execute("set statement_timeout = 0")
        begin = time.perf_counter()
        while await sealer.seal(clock, ring, anchors, head_every=timedelta(0)):
            pass
        sealing = time.perf_counter() - begin

        await act(sessions, company)
        begin = time.perf_counter()
        assert await sealer.seal(clock, ring, anchors, head_every=timedelta(0)) == 1
        one = time.perf_counter() - begin
        begin = time.perf_counter()
        await sealer.seal(clock, ring, anchors)
        idle = time.perf_counter() - begin

    record = tmp_path / "record.jsonl"
    begin = time.perf_counter()
    async with await seen_by(settings, company) as connection:
        with record.open("wb") as file:
            async for line in export.lines(connection, company, ring.publics):
                file.write(line)
    exporting = time.perf_counter() - begin

    verifying, told = _verify(record, anchors.path(company))
    print(
        f"\n{ENTRIES:,} entries, {told['heads']} heads, {record.stat().st_size / 1e6:.0f} MB"
        f"\nsealed    {ENTRIES / sealing:>9,.0f}/s   one act {one * 1000:.1f} ms, idle round {idle * 1000:.1f} ms"
        f"\nexported  {ENTRIES / exporting:>9,.0f}/s"
        f"\nverified  {ENTRIES / verifying:>9,.0f}/s   a million in {verifying / ENTRIES * 1e6:.0f} s"
    )
    assert (told["ok"], told["entries"]) == (True, ENTRIES + 1)
    assert verifying / ENTRIES * 1e6 <= SECONDS_FOR_A_MILLION


def _verify(record: Path, heads: Path) -> tuple[float, dict[str, Any]]:
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-I", "-S", anhuan_verify.__file__, str(record), str(heads), "--json"],
        capture_output=True,
        check=True,
    )
    return time.perf_counter() - begin, json.loads(done.stdout)


async def _many(settings: Settings, company: UUID) -> None:
    """Entries as large as real ones, and their pending marks."""
    mine = f"where tenant_id = '{company}'"
    await tamper(
        settings,
        "insert into record_entries (tenant_id, id, at, actor_id, actor_kind, act, subject_kind, subject_id,"
        f" case_id, unit_no, source, body) select '{company}', gen_random_uuid(), now() + n * interval '1 ms',"
        " gen_random_uuid(), 'person', 'hazard.closed', 'hazard', gen_random_uuid(), gen_random_uuid(), n % 40,"
        """ '{"address": "10.1.2.3", "device": "phone-7", "client": "field/1.4"}', jsonb_build_object('before',"""
        " jsonb_build_object('stage', '验收', 'due', now()), 'after', jsonb_build_object('stage', 'closed', 'n', n))"
        f" from generate_series(1, {ENTRIES}) n",
        f"insert into record_pending (tenant_id, id) select tenant_id, id from record_entries {mine}",
        "analyze record_entries, record_pending",
    )


if __name__ == "__main__":
    # It is a test by its form, for the servers and the databases that tests get.
    sys.exit(pytest.main(["-s", "-q", __file__]))
