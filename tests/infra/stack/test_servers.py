"""The four servers as they come up by default: right locale, synced, closed to strangers, and theirs alone."""

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import psycopg
import pytest
from botocore.exceptions import ClientError

from anhuan_infra.stack import bucket, doctor, examine, ports, problems, state
from anhuan_infra.stack.servers import seaweed
from tests.infra.stack.running import Running
from tests.support.stack import ensure_stack


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One durable stack for this file, just as `make up` starts it."""
    with Running(tmp_path_factory.mktemp("stack") / "home") as running:
        running.ready()
        yield running


@pytest.fixture(scope="module")
def env(stack: Running) -> dict[str, str]:
    """What its children know."""
    return state.read_runtime(stack.home)


def test_chinese_text_is_found_by_trigrams_and_tree_labels(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute("create extension pg_trgm")
        connection.execute("create extension ltree")
        trigrams = connection.execute("select show_trgm('脚手架')").fetchone()
        label = connection.execute("select '总部.一分厂'::ltree <@ '总部'").fetchone()
        order = connection.execute("select 'a' < 'B', lower('ÄÖ')").fetchone()
        connection.rollback()

    assert trigrams and len(trigrams[0]) == 4
    assert label == (True,)
    assert order == (False, "äö")


def test_indexes_of_lists_and_texts_serve_readers_behind_row_level_security(env: dict[str, str]) -> None:
    query = """
        create table parts (tenant int, people uuid[], said text);
        create index on parts using gin (people);
        create index on parts using gin (said gin_trgm_ops);
        alter table parts enable row level security;
        alter table parts force row level security;
        create policy own on parts using (tenant = 1);
        set local enable_seqscan = off"""
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute("create extension pg_trgm")
        connection.execute(query.encode())
        plans = [
            str(connection.execute(f"explain select 1 from parts where {condition}".encode()).fetchall())
            for condition in (
                "people @> '{00000000-0000-0000-0000-000000000001}'",
                "said ilike '%脚手架%'",
                "people && '{}'",
            )
        ]
        connection.rollback()

    assert ["Bitmap Index Scan" in plan for plan in plans] == [True, True, False]


def test_what_is_committed_is_on_the_disk(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        names = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
        found = [connection.execute(f"show {name}".encode()).fetchone() for name in names]

    assert found == [("on",)] * 4


def test_objects_are_synced_before_they_are_acknowledged(stack: Running) -> None:
    order = json.loads(_weed_shell(stack, "fs.configure"))

    assert [(rule["locationPrefix"], rule["fsync"]) for rule in order["locations"]] == [("/buckets/", True)]


def test_the_owner_of_the_database_is_no_superuser_and_strangers_stay_outside(env: dict[str, str]) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        rights = connection.execute(
            "select rolname, rolsuper, rolbypassrls from pg_roles where rolname like 'anhuan%' order by 1"
        ).fetchall()
    wrong = re.sub(r":[0-9a-f]+@", ":wrong@", env["ANHUAN_DATABASE_URL"])

    assert rights == [("anhuan", False, False), ("anhuan_app", False, False), ("anhuan_clock", False, False)]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_everything_listens_on_the_loopback_only(stack: Running) -> None:
    listening = [
        connection.laddr.ip
        for process in stack.children().values()
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    ]

    assert len(listening) >= 10
    assert set(listening) == {"127.0.0.1"}


def test_no_password_is_on_a_command_line_or_in_a_file_that_others_read(stack: Running) -> None:
    secrets = [state.State(stack.home).secret, *state.State(stack.home).passwords.values()]
    lines = [" ".join(process.cmdline()) for process in stack.children().values()]
    readable = [
        str(path.relative_to(stack.home))
        for path in stack.home.iterdir()
        if path.is_file() and path.stat().st_mode & 0o077
    ]

    assert len(secrets) >= 6
    assert [line for line in lines if any(secret in line for secret in secrets)] == []
    assert readable == []
    assert stack.home.stat().st_mode & 0o777 == 0o700


def test_the_doors_behind_the_object_store_are_shut_for_strangers(
    stack: Running, env: dict[str, str]
) -> None:
    base = state.State(stack.home).port("seaweed")
    with contextlib.closing(bucket.client(env["ANHUAN_S3_URL"])) as s3:
        s3.put_object(Bucket="evidence", Key="doors/photo", Body=b"x" * 300_000)
        path = f"/buckets/evidence/doors/photo.versions/{_version_name(stack)}"
        chunk = re.search(r'"?fileId"?:\s*"(\d+,\w+)"', _weed_shell(stack, f"fs.meta.cat {path}"))
        assert chunk, "the address of the object's bytes in its volume"

        for method in ("GET", "PUT", "DELETE"):
            assert _status(base + 4, method, path) in (401, 403, 404, 405), f"filer {method}"
            assert _status(base + 2, method, f"/{chunk[1]}") in (401, 403, 404, 405), f"volume {method}"
            assert _status(base + 6, method, "/evidence/doors/photo") == 403, f"S3 {method}"
            assert _status(base, method, "/col/delete?collection=evidence") == 404, f"master {method}"
        body = s3.get_object(Bucket="evidence", Key="doors/photo")["Body"]
        assert len(body.read()) == 300_000
        body.close()


def test_those_doors_stand_open_where_nobody_shuts_them(tmp_path: Path) -> None:
    """The positive control: the same questions to the same server with its own defaults."""
    base = ports.choose_seaweed_block()
    numbers = {"master": 0, "volume": 2, "filer": 4, "s3": 6, "admin": 8}
    options = [f"-{part}.port={base + offset}" for part, offset in numbers.items()]
    options += [
        f"-{part}.port.grpc={base + offset + 1}" for part, offset in numbers.items() if part != "admin"
    ]
    options += [
        f"-admin.port.grpc={base + 10_008}",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-webdav=false",
    ]
    options += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false", f"-dir={tmp_path}"]
    with (tmp_path / "log").open("w") as log:
        weed = subprocess.Popen([seaweed.program(), "mini", *options], stdout=log, stderr=log, cwd=tmp_path)
    try:
        deadline = time.monotonic() + 30
        while (status := _status(base + 4, "PUT", "/buckets/evidence/photo", b"mine")) != 201:
            assert time.monotonic() < deadline, f"{status}: {(tmp_path / 'log').read_text()[-2000:]}"
            time.sleep(0.1)

        assert _status(base + 4, "GET", "/buckets/evidence/photo") == 200
        assert _status(base + 4, "DELETE", "/buckets/evidence/photo") == 204
    finally:
        weed.kill()
        weed.wait()
        for leftover in ports.seaweed_sockets(base):
            leftover.unlink(missing_ok=True)


def test_locked_evidence_cannot_be_deleted(env: dict[str, str]) -> None:
    with contextlib.closing(bucket.client(env["ANHUAN_S3_URL"])) as s3:
        put = s3.put_object(
            Bucket="evidence",
            Key="locked",
            Body=b"proof",
            ObjectLockMode="COMPLIANCE",
            ObjectLockRetainUntilDate=datetime.now(UTC) + timedelta(days=1),
        )

        with pytest.raises(ClientError, match="AccessDenied"):
            s3.delete_object(Bucket="evidence", Key="locked", VersionId=put["VersionId"])


def test_the_doctor_knows_versions_sizes_and_what_does_not_run(stack: Running) -> None:
    report = doctor.report(stack.home)

    parts = {part.name: part for part in report.parts}
    assert {name: parts[name].version for name in ("postgres", "valkey", "seaweed", "nats")} == {
        "postgres": "18.6",
        "valkey": "9.1.2",
        "seaweed": "4.48",
        "nats": "2.15.1",
    }
    assert all((parts[name].size or 0) > 0 for name in ("postgres", "valkey", "seaweed", "disk"))
    assert all((parts[name].memory or 0) > 2**20 for name in ("postgres", "valkey", "seaweed", "nats"))
    assert parts["supervisor"].state == "running"
    assert [part.name for part in report.parts if part.wrong] == ["postgres", "api", "worker", "scheduler"]
    assert ["schema is None" in wrong.en for wrong in parts["postgres"].wrong] == [True]


def test_the_doctor_speaks_the_language_of_the_terminal_and_shows_no_password(stack: Running) -> None:
    def look(*options: str, lang: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "anhuan_infra.stack", "doctor", "--home", str(stack.home), *options],
            capture_output=True,
            text=True,
            check=False,
            env={"LANG": lang, "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    code, chinese = look(lang="zh_CN.UTF-8")
    _, english = look(lang="en_GB.UTF-8")
    _, machine = look("--json", lang="C")

    assert code == 1
    assert chinese.split()[:4] == ["组件", "状态", "版本", "数据量"]
    assert "!! worker: 未运行" in chinese
    assert "!! worker: is not running" in english
    assert json.loads(machine)["well"] is False
    for password in state.State(stack.home).passwords.values():
        assert password not in chinese + english + machine


def test_the_doctor_sees_a_readable_secret_and_a_stopped_server(tmp_path: Path) -> None:
    secret = tmp_path / state.RUNTIME
    secret.write_text("{}")
    secret.chmod(0o644)
    nowhere = {"ANHUAN_BROKER_URL": f"redis://:x@127.0.0.1:{ports.choose()}/0"}

    disk, broker = examine.disk({}, tmp_path), examine.broker(nowhere, tmp_path)

    assert [wrong.en for wrong in disk.wrong] == ["runtime.json holds passwords and is readable by others"]
    assert broker.state == "stopped"
    assert "Connection refused" in broker.wrong[0].en


def test_the_doctor_sees_a_database_that_may_lose_data_and_a_table_without_isolation(tmp_path: Path) -> None:
    env = ensure_stack()
    name = f"doctor_{os.getpid()}"
    other = env | {"ANHUAN_DATABASE_URL": env["ANHUAN_DATABASE_URL"].rpartition("/")[0] + f"/{name}"}
    with psycopg.connect(env["ANHUAN_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
        try:
            with psycopg.connect(other["ANHUAN_DATABASE_URL"]) as inside:
                inside.execute("create table alembic_version (version_num text)")
                inside.execute("insert into alembic_version values ('of-long-ago')")
                inside.execute("create table naked (id int)")
            unknown = [entry.en for entry in examine.database(other, tmp_path).wrong]
            with psycopg.connect(other["ANHUAN_DATABASE_URL"]) as inside:
                inside.execute("create table companies (id int)")
            wrong = [entry.en for entry in examine.database(other, tmp_path).wrong]
        finally:
            connection.execute(f"drop database {name} with (force)".encode())

    assert any(line.startswith("isolation cannot be examined") for line in unknown)
    assert "fsync is off: a power cut loses data" in wrong
    assert any(line.startswith("schema is of-long-ago, the programs expect") for line in wrong)
    assert "isolation: row-level security is enabled and forced: naked" in wrong


def test_the_doctor_says_that_nothing_was_ever_started(tmp_path: Path) -> None:
    with pytest.raises(problems.CannotRun, match="nothing was ever started"):
        doctor.report(tmp_path)


def _status(port: int, method: str, path: str, body: bytes | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request(method, path, body)
        return connection.getresponse().status
    return 0


def _version_name(stack: Running) -> str:
    listing = _weed_shell(stack, "fs.ls /buckets/evidence/doors/photo.versions")
    found = re.search(r"v_\w+", listing)
    assert found, listing
    return found[0]


def _weed_shell(stack: Running, order: str) -> str:
    base = state.State(stack.home).port("seaweed")
    doors = [f"-master=127.0.0.1:{base}.{base + 1}", f"-filer=127.0.0.1:{base + 4}.{base + 5}"]
    done = subprocess.run(
        [seaweed.program(), "shell", *doors],
        input=order + "\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    return done.stdout
