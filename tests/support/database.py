"""A fresh database for a test run: created on the running server, migrated by Alembic, dropped at the end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit, urlunsplit

import psycopg

from anhuan_infra.ids import new_id

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def fresh_database(env: dict[str, str], home: Path) -> Iterator[dict[str, str]]:
    """The environment of the stack, pointed at a database of its own."""
    name = f"test_{new_id().hex}"
    server = env["ANHUAN_DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create database "{name}"')
    own = env | {"ANHUAN_DATABASE_URL": _renamed(server, name), "ANHUAN_HOME": str(home)}
    own["ANHUAN_HEADS_DIR"] = str(home / "heads")
    own.pop("ANHUAN_APP_DATABASE_URL", None)
    own.pop("ANHUAN_CLOCK_DATABASE_URL", None)
    try:
        migrate(own)
        yield own
    finally:
        _drop(server, name)


def _drop(server: str, name: str) -> None:
    """Drop it when the last connection is gone. Autovacuum may be at work in it, which only a superuser could be rude to; asked
    without force it leaves by itself."""
    for force in ("", "", " with (force)", "", " with (force)"):
        try:
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'drop database if exists "{name}"{force}')
        except (psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege):
            sleep(0.2)
        else:
            return


def migrate(env: dict[str, str]) -> None:
    """Bring a database to the newest schema; what Alembic says is shown when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "-c", str(ROOT / "infra" / "alembic.ini"), "upgrade", "head"],
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
