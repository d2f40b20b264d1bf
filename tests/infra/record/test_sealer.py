"""The sealer against a real database: every act gets its one place, whatever dies."""

import asyncio
import os
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from structlog.testing import capture_logs

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.settings import Settings
from tests.infra.record.acts import act, checked, seen_by, tamper
from tests.support.database import ROOT

Clock = psycopg.AsyncConnection[Any]
NOW = timedelta(0)
LATER = timedelta(hours=1)


async def rows(connection: Clock, query: str, tenant_id: UUID) -> list[Any]:
    """What the scheduler sees of one company."""
    return await (await connection.execute(query.encode(), (tenant_id,))).fetchall()


async def pending(connection: Clock, tenant_id: UUID) -> int:
    """How many entries no signed head covers, as far as marks tell."""
    return len(await rows(connection, "select id from record_pending where tenant_id = %s", tenant_id))


async def test_every_act_is_sealed_in_the_order_in_which_it_happened(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    lin_and_co = new_id()
    subjects = await act(sessions, lin_and_co, times=7)

    assert await sealer.seal(clock, ring, anchors, batch=3) >= 7

    sealed = await rows(
        clock,
        "select s.seq, e.subject_id from record_seals s join record_entries e on e.id = s.entry_id"
        " and e.tenant_id = s.tenant_id where s.tenant_id = %s order by s.seq",
        lin_and_co,
    )
    assert sealed == list(enumerate(subjects, 1))
    verification = await checked(settings, lin_and_co, ring, anchors)
    # The first batch was signed at once; the rest waits for its turn and is no part of an export before.
    assert (verification.problems, verification.size, verification.erased) == ([], 3, 0)
    await sealer.seal(clock, ring, anchors, head_every=NOW)
    verification = await checked(settings, lin_and_co, ring, anchors)
    assert (verification.problems, verification.size, verification.heads) == ([], 7, 2)


async def test_a_head_waits_for_its_turn_and_is_never_forgotten(
    sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    company = new_id()
    heads = "select size from record_heads where tenant_id = %s order by size"
    await act(sessions, company, times=2)
    await sealer.seal(clock, ring, anchors, head_every=LATER)
    assert (await rows(clock, heads, company), await pending(clock, company)) == ([(2,)], 0)

    await act(sessions, company, times=3)
    assert await sealer.seal(clock, ring, anchors, head_every=LATER) == 3
    assert await sealer.seal(clock, ring, anchors, head_every=LATER) == 0
    assert (await rows(clock, heads, company), await pending(clock, company)) == ([(2,)], 1)

    assert await sealer.seal(clock, ring, anchors, head_every=NOW) == 0
    assert (await rows(clock, heads, company), await pending(clock, company)) == ([(2,), (5,)], 0)
    assert [head.size for head in anchors.read(company)] == [2, 5]


async def test_two_schedulers_share_the_work_without_a_gap_or_a_double(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    companies = [new_id() for _ in range(3)]
    await sealer.seal(clock, ring, anchors)
    writing = True

    async def write() -> None:
        nonlocal writing
        await asyncio.gather(*(act(sessions, company, times=40) for company in companies))
        writing = False

    async def schedule(connection: Clock) -> int:
        sealed = 0
        while writing:
            sealed += await sealer.seal(connection, ring, anchors, head_every=NOW, batch=5)
        return sealed

    async with await psycopg.AsyncConnection[Any].connect(
        settings.clock_database_url, autocommit=True
    ) as second:
        _, one, other = await asyncio.gather(write(), schedule(clock), schedule(second))
    rest = await sealer.seal(clock, ring, anchors, head_every=NOW)

    assert one + other + rest == 120
    for company in companies:
        verification = await checked(settings, company, ring, anchors)
        assert (verification.problems, verification.size) == ([], 40)
        assert await pending(clock, company) == 0


async def test_a_scheduler_killed_at_any_moment_loses_nothing(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    company = new_id()
    seed = settings.secrets.key("record").hex()
    command = [sys.executable, "-m", "tests.infra.record.scheduler", settings.clock_database_url]
    done = 0

    for _ in range(6):
        scheduler = await asyncio.create_subprocess_exec(
            *command,
            str(anchors.folder),
            seed,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": "."},
        )
        assert scheduler.stdout is not None
        assert await scheduler.stdout.readline() == b"READY\n"
        writing = asyncio.create_task(act(sessions, company, times=20))
        await asyncio.sleep(random.uniform(0.01, 0.12))
        scheduler.kill()
        await scheduler.communicate()
        done += len(await writing)

    await sealer.catch_up(clock, ring, anchors)
    await sealer.seal(clock, ring, anchors, head_every=NOW)
    verification = await checked(settings, company, ring, anchors)
    assert (verification.problems, verification.size, done) == ([], 120, 120)
    assert verification.heads > 6
    assert await pending(clock, company) == 0


async def test_heads_that_missed_their_file_are_brought_to_it(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors, tmp_path: Path
) -> None:
    company = new_id()
    lost = Anchors(tmp_path / "the disk that died")
    for _ in range(3):
        await act(sessions, company)
        await sealer.seal(clock, ring, lost, head_every=NOW)

    assert await sealer.catch_up(clock, ring, anchors) >= 3
    assert await sealer.catch_up(clock, ring, anchors) == 0

    assert anchors.export(company) == lost.export(company)
    assert (await checked(settings, company, ring, anchors)).problems == []


async def test_a_database_set_back_to_yesterday_is_said_and_found(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    company = new_id()
    for _ in range(2):
        await act(sessions, company, times=2)
        await sealer.seal(clock, ring, anchors, head_every=NOW)
    mine = f"where tenant_id = '{company}' and"
    await tamper(
        settings, f"delete from record_heads {mine} size = 4", f"delete from record_seals {mine} seq > 2"
    )
    await act(sessions, company)

    with capture_logs() as logs:
        await sealer.seal(clock, ring, anchors, head_every=NOW)

    assert [log["anchored"] for log in logs if log["event"] == "record.anchor_differs"] == [4]
    codes = {problem["code"] for problem in (await checked(settings, company, ring, anchors)).problems}
    assert codes == {"TRUNCATED"} | {"HEAD_EXTRA"}


async def test_an_entry_that_cannot_be_sealed_keeps_no_other_company_waiting(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    troubled, other = new_id(), new_id()
    await act(sessions, troubled)
    await act(sessions, other)
    deep = "[" * 50 + "]" * 50
    await tamper(settings, f"update record_entries set body = '{deep}' where tenant_id = '{troubled}'")

    with capture_logs() as logs:
        await sealer.seal(clock, ring, anchors)

    assert [log["tenant"] for log in logs if log["event"] == "record.not_sealed"] == [str(troubled)]
    assert (await pending(clock, troubled), await pending(clock, other)) == (1, 0)
    await tamper(
        settings, f"update record_entries set body = '{{\"ppm\": 1.50}}' where tenant_id = '{troubled}'"
    )
    assert await sealer.seal(clock, ring, anchors) == 1
    assert (await checked(settings, troubled, ring, anchors)).problems == []


async def test_the_record_goes_on_under_a_new_key(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    company = new_id()
    await act(sessions, company)
    await sealer.seal(clock, ring, anchors, head_every=NOW)
    renewed = Keyring(bytes(32), retired=[ring.public])

    await act(sessions, company)
    await sealer.seal(clock, renewed, anchors, head_every=NOW)

    verification = await checked(settings, company, renewed, anchors)
    assert verification.problems == []
    assert set(verification.keys) == {ring.key_id, renewed.key_id}


@pytest.mark.parametrize(
    "statement",
    [
        "update record_entries set act = 'x'",
        "delete from record_entries",
        "update record_seals set seq = 1",
        "delete from record_seals",
        "delete from record_heads",
        "update record_pending set id = id",
        "insert into record_entries (id) values (null)",
        "select * from people",
        "select * from cases",
    ],
)
async def test_the_scheduler_may_do_no_more_than_seal(clock: Clock, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await clock.execute(statement.encode())


@pytest.mark.parametrize(
    "statement",
    [
        "update record_entries set act = 'x'",
        "delete from record_entries",
        "delete from record_pending",
        "insert into record_seals (seq) values (1)",
        "delete from record_seals",
        "insert into record_heads (size) values (1)",
        "update record_personal set value = 'x'",
    ],
)
async def test_the_app_can_add_to_the_record_but_never_change_it(settings: Settings, statement: str) -> None:
    async with await seen_by(settings, new_id()) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(statement.encode())


async def test_a_connection_that_would_commit_everything_at_once_is_refused(
    settings: Settings, ring: Keyring, anchors: Anchors
) -> None:
    async with await psycopg.AsyncConnection[Any].connect(settings.clock_database_url) as connection:
        with pytest.raises(ValueError, match="autocommit"):
            await sealer.seal(connection, ring, anchors)
