"""Where the measurement lives: servers of its own in `.artifacts/bench-reads`, whose data is kept for the next run."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from anhuan_infra.settings import Settings
from anhuan_infra.stack import state
from anhuan_infra.stack.servers import postgres
from anhuan_infra.stack.supervisor import Stack
from tests.support.database import migrate
from tests.support.stack import ROOT

FOLDER = ROOT / ".artifacts" / "bench-reads"


@dataclass(frozen=True)
class Place:
    """The running servers: their environment, PostgreSQL's data folder and the way in for its superuser."""

    home: Path
    env: dict[str, str]
    superuser_url: str

    @property
    def settings(self) -> Settings:
        """As the programs read them."""
        return Settings.from_env(self.env)

    @property
    def postmaster(self) -> int:
        """PostgreSQL's first process."""
        return int((self.home / "postgres" / "postmaster.pid").read_text().split()[0])


@contextmanager
def open_place(name: str) -> Iterator[Place]:
    """Start the servers of one size of data, with the newest schema, and stop them at the end."""
    home = FOLDER / name
    stack = Stack(home, env={}, durable=False)
    env = stack.start()
    try:
        migrate(env)
        known = state.State(home)
        own = postgres.Postgres(known, Settings.from_env(env).secrets)
        yield Place(home, env, own.url("postgres"))
    finally:
        stack.stop()
