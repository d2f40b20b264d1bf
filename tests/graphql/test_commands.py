"""The operator's commands, as a person types them."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from anhuan_graphql import schema as wire
from anhuan_graphql.scheduler import Scheduler
from anhuan_infra.clock.rounds import Round
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_tenants.subscriptions.orders import SignedOrder
from tests.support.people import Cast, Company, a_company


def anhuan(
    env: dict[str, str], *words: str, language: str = "en_GB.UTF-8"
) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "anhuan_graphql.cli", *words],
        env=os.environ | env | {"LC_ALL": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


async def sealed(settings: Settings, company: Company) -> None:
    """The company has an entry more, and everything is sealed, as the scheduler does it."""
    async with company.work() as work:
        work.record("test.happened", ("company", work.tenant_id))
    scheduler = Scheduler(settings)
    rounds: dict[str, Round] = {each.name: each for each in scheduler.rounds()}
    async with await psycopg.AsyncConnection.connect(
        settings.clock_database_url, autocommit=True
    ) as connection:
        for _ in range(50):
            await rounds["record"].step(connection)
            cursor = await connection.execute("select count(*) from record_pending")
            row = await cursor.fetchone()
            if row is not None and row[0] == 0:
                return
            await asyncio.sleep(0.1)
    raise AssertionError("the sealer does not catch up")


def test_help_is_given_at_once_and_in_both_languages(env: dict[str, str]) -> None:
    assert "bring the database to this version" in anhuan(env, "--help").stdout
    assert "升级数据库结构" in anhuan(env, "--help", language="zh_CN.UTF-8").stdout
    assert anhuan(env, "nonsense").returncode == 2


def test_the_schema_is_printed(env: dict[str, str]) -> None:
    assert anhuan(env, "schema").stdout == wire.text()


async def test_a_whole_record_is_proved_and_a_changed_one_is_not(
    env: dict[str, str], settings: Settings, sessions: Sessions, tmp_path: Path
) -> None:
    # A company of its own: others in this database may have been sealed with keys of other tests.
    company = await a_company(sessions, settings)
    await sealed(settings, company)
    good = await asyncio.to_thread(anhuan, env, "verify", company.code)
    assert good.returncode == 0, good.stdout + good.stderr
    assert f"{company.code}: the record is whole" in good.stdout

    file = tmp_path / "record.jsonl"
    wrote = await asyncio.to_thread(anhuan, env, "export", company.code, str(file))
    assert wrote.returncode == 0
    assert json.loads(file.read_text().splitlines()[0])["tenant_id"] == str(company.id)

    forge = "update record_entries set act = 'test.forged' where tenant_id = %s and act = 'test.happened'"
    mend = "update record_entries set act = 'test.happened' where tenant_id = %s and act = 'test.forged'"
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute("alter table record_entries no force row level security")
        owner.execute(forge, (company.id,))
        bad = await asyncio.to_thread(anhuan, env, "verify", company.code)
        owner.execute(mend, (company.id,))
        owner.execute("alter table record_entries force row level security")

    assert bad.returncode == 1
    assert f"{company.code}: THE RECORD WAS CHANGED" in bad.stdout


def test_a_company_that_is_not_there_is_named(env: dict[str, str], cast: Cast) -> None:
    done = anhuan(env, "verify", "none-such", language="zh_CN.UTF-8")

    assert done.returncode == 2
    assert "没有企业 none-such" in done.stdout


@pytest.mark.parametrize("module", ["hazards=365", "hazards=365:50"])
def test_an_order_that_the_vendor_signs_is_one_that_we_take(
    env: dict[str, str], tmp_path: Path, module: str
) -> None:
    keys = anhuan(env, "order", "keys").stdout.splitlines()
    private, public = keys[0].rpartition(" ")[2], keys[1].partition("=")[2]
    file, company = tmp_path / "key", new_id()
    file.write_text(private)

    done = anhuan(
        env, "order", "sign", "--key", str(file), "--company", str(company), "--number", "N-1",
        "--amount-fen", "1200000", "--module", module,
    )  # fmt: skip

    order = SignedOrder(public).order(done.stdout, company, datetime.now(UTC))
    assert (order.number, order.amount_fen, order.lines[0].days) == ("N-1", 1_200_000, 365)
    assert (
        anhuan(
            env,
            "order",
            "sign",
            "--key",
            str(file),
            "--company",
            "x",
            "--number",
            "1",
            "--amount-fen",
            "1",
            "--module",
            module,
        ).returncode
        == 1
    )


def test_a_missing_setting_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "anhuan_graphql.cli", "verify"],
        env={"PATH": os.environ["PATH"], "ANHUAN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert "is not set" in done.stderr
    assert "Traceback" not in done.stderr
