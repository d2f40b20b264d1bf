"""Our own programs, as data: what runs once, what stays, and how each is recognised as ready."""

import http.client
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from anhuan_infra.stack.spawn import Child, Launcher

ROOT = Path(__file__).resolve().parents[3]
"""The checkout: migrations are found from here."""
DEMO = "demo.json"
"""Written by the first load of the demo group, below the data folder: its sign-ins."""


@dataclass(frozen=True)
class App:
    """One of our own programs; started when every server answers and the database is migrated."""

    name: str
    command: Sequence[str]
    """Words may hold {NAMES} of the stack's environment."""
    ready: Callable[[Mapping[str, str]], bool] = field(default=lambda env: True)
    """One quick look whether it answers, given the environment of the stack."""
    once: bool = False
    """True: it runs to its end before the next one starts (migrations, first load of data)."""
    wanted: Callable[[Mapping[str, str]], bool] = field(default=lambda env: True)
    """Whether it is to be run at all at this start."""
    proves: float = 0.0
    """Seconds that it must have lived to count as up; for programs that answer no one."""
    timeout: float = 120.0
    stop_signal: signal.Signals = signal.SIGTERM
    takes_api_port: bool = False
    """True: the supervisor has kept the web port for it until now."""


@dataclass
class AppService:
    """One of our programs, seen as a service."""

    app: App
    env: Callable[[App], Mapping[str, str]]

    @property
    def name(self) -> str:
        """The program's."""
        return self.app.name

    def boot(self, launcher: Launcher, begun: Callable[[Child], None]) -> Iterator[None]:
        """Run it to its end, or start it and wait until it answers."""
        app, env = self.app, self.env(self.app)
        command = [word.format_map(env) for word in app.command]
        if app.once:
            yield from launcher.run(app.name, command, env=env, cwd=ROOT, timeout=app.timeout)
            return
        child = launcher.start(app.name, command, env=env, cwd=ROOT, stop_signal=app.stop_signal)
        begun(child)

        def ready() -> bool:
            return time.monotonic() - child.born >= app.proves and app.ready(env)

        yield from launcher.wait_until(child, ready, app.timeout)


def healthy(env: Mapping[str, str]) -> bool:
    """Whether the API says of itself that it is ready."""
    return health(env, timeout=1.0)[0] == 200


def health(env: Mapping[str, str], timeout: float) -> tuple[int, str]:
    """Status and body of /health on this machine; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", int(env["ANHUAN_API_PORT"]), timeout=timeout)
    try:
        connection.request("GET", "/health", headers={"Host": urlsplit(env["ANHUAN_PUBLIC_URL"]).netloc})
        answer = connection.getresponse()
        return answer.status, answer.read(100_000).decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


def wants_demo(env: Mapping[str, str]) -> bool:
    """At the first start of a development installation, unless ANHUAN_DEMO says no."""
    refused = os.environ.get("ANHUAN_DEMO", "").lower() in ("0", "no", "off", "false")
    return (
        env["ANHUAN_MODE"] == "development" and not refused and not (Path(env["ANHUAN_HOME"]) / DEMO).exists()
    )


def _beside(program: str) -> str:
    return str(Path(sys.executable).parent / program)


ALL: Sequence[App] = (
    App(
        "migrate",
        (sys.executable, "-m", "alembic", "-c", str(ROOT / "infra" / "alembic.ini"), "upgrade", "head"),
        once=True,
        timeout=900.0,
    ),
    App(
        "demo",
        (sys.executable, "-m", "anhuan_graphql.cli", "demo", "load"),
        once=True,
        wanted=wants_demo,
        timeout=900.0,
    ),
    App(
        "api",
        (
            *(_beside("granian"), "--interface", "asgi", "--factory", "--host", "127.0.0.1"),
            *("--port", "{ANHUAN_API_PORT}", "--workers", "1", "--respawn-failed-workers"),
            *("--workers-kill-timeout", "3", "anhuan_graphql.app:create_app"),
        ),
        ready=healthy,
        takes_api_port=True,
    ),
    App(
        "worker",
        (
            *(_beside("dramatiq"), "anhuan_graphql.worker", "-p", "1", "-t", "4"),
            # Dramatiq looks away while its process boots; without this a death in that moment is seen after 30 s.
            *("--worker-fork-timeout", "3000"),
        ),
        proves=2.0,
    ),
    App("scheduler", (sys.executable, "-m", "anhuan_graphql.scheduler"), proves=2.0),
)
"""What `up` runs when every server answers, in this order."""
