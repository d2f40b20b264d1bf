"""The supervisor: servers first and side by side, then our own programs; keeps all of them up; ends all of them."""

import fcntl
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from anhuan_infra import settings
from anhuan_infra.stack import account, external, leftovers, ports, problems, spawn, state
from anhuan_infra.stack.apps import App, AppService
from anhuan_infra.stack.progress import Progress
from anhuan_infra.stack.servers import nats, postgres, seaweed, valkey
from anhuan_infra.stack.service import Service
from anhuan_infra.stack.spawn import Launcher
from anhuan_infra.stack.unit import Unit

TICK = 0.03
APPS_PATIENCE = 4.0
PATIENCE = 9.0
"""Seconds for our programs, and for everything: Ctrl-C ends all within ten."""
LOCK_PATIENCE = 8.0
LONGEST_HOME = 84
"""Bytes of the data folder's path: a Unix socket below it may have 107 in all, and servers only say that they ended."""
EXTERNAL = {
    "postgres": "ANHUAN_DATABASE_URL",
    "valkey": "ANHUAN_BROKER_URL",
    "seaweed": "ANHUAN_S3_URL",
    "nats": "ANHUAN_MQTT_URL",
}
"""Which variable of the user's puts an own server in the place of an embedded one."""


class Stack:
    """The stack of one data folder. Start it, watch it, stop it; from the main thread."""

    def __init__(
        self,
        home: Path,
        *,
        env: Mapping[str, str] = os.environ,
        durable: bool = True,
        progress: Progress | None = None,
    ) -> None:
        self.home = home.absolute()
        self.progress = progress or Progress()
        self._outer = dict(env)
        self._durable = durable
        self._units: list[Unit] = []
        self._stop_asked = False
        self._guard: socket.socket | None = None
        self._claim: socket.socket | None = None
        """Open as long as the stack: the web port is nobody else's, also while the web server is not up."""
        self._reaper: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._launcher: Launcher | None = None
        self._state: state.State | None = None
        self._servers: dict[str, Service] = {}
        self.exit_code = 0

    def ask_to_stop(self, *_: object) -> None:
        """A signal handler: the next look at the clock ends the watch."""
        self._stop_asked = True

    @property
    def units(self) -> Sequence[Unit]:
        """All that is under supervision."""
        return tuple(self._units)

    def start(self, apps: Sequence[App] = ()) -> dict[str, str]:
        """Bring everything up and return the environment of its children; whatever fails ends all again."""
        try:
            self._open_home()
            self._choose_servers()
            self._bring_up([self._unit(server) for server in self._servers.values()])
            self._write_runtime()
            self._start_apps(apps)
        except BaseException:
            self.stop()
            raise
        return self.env()

    def watch(self, each: Callable[[], None] = lambda: None) -> None:
        """Keep everything running until a signal comes; raises Died when something will not stay up."""
        while not self._stop_asked:
            for unit in self._units:
                unit.step()
            each()
            time.sleep(0.1)

    def stop(self) -> None:
        """End our programs, then the servers, and let go of the folder; safe to call twice."""
        launcher = self._launcher
        if launcher is not None:
            servers = set(self._servers)
            children = list(launcher.children)
            began = time.monotonic()
            launcher.stop([child for child in children if child.name not in servers], APPS_PATIENCE)
            left = PATIENCE - (time.monotonic() - began)
            launcher.stop([child for child in children if child.name in servers], left)
        self._units.clear()
        self._let_go_of_api_port()
        if self._claim is not None:
            self._claim.close()
            self._claim = None
        if self._reaper is not None:
            self._reaper.communicate(timeout=10)
            self._reaper = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def env(self) -> dict[str, str]:
        """What every program of this installation needs to know."""
        found = self._known()
        urls = {
            variable: self._outer.get(variable, "").strip() or self._url(server)
            for server, variable in EXTERNAL.items()
        }
        owner = urls["ANHUAN_DATABASE_URL"]
        secrets = self._secrets()
        port = found.ports.get("api")
        return {
            **urls,
            "ANHUAN_HOME": str(self.home),
            "ANHUAN_MODE": self._outer.get("ANHUAN_MODE") or "development",
            "ANHUAN_SECRET": secrets.root.hex(),
            "ANHUAN_APP_DATABASE_URL": self._outer.get("ANHUAN_APP_DATABASE_URL")
            or settings.as_role(owner, settings.APP_ROLE, secrets),
            "ANHUAN_CLOCK_DATABASE_URL": self._outer.get("ANHUAN_CLOCK_DATABASE_URL")
            or settings.as_role(owner, settings.CLOCK_ROLE, secrets),
            "ANHUAN_PUBLIC_URL": self._outer.get("ANHUAN_PUBLIC_URL") or f"http://127.0.0.1:{port or 8080}",
            "ANHUAN_HEADS_DIR": self._outer.get("ANHUAN_HEADS_DIR") or str(self.home / "heads"),
            "ANHUAN_API_PORT": str(port or 8080),
        }

    def _known(self) -> state.State:
        if self._state is None:
            raise RuntimeError("the stack was not started")
        return self._state

    def _secrets(self) -> settings.Secrets:
        outer = self._outer.get("ANHUAN_SECRET", "").strip()
        try:
            root = bytes.fromhex(outer or self._known().secret)
        except ValueError:
            root = b""
        if len(root) < 32:
            raise problems.CannotRun(
                "ANHUAN_SECRET must be at least 64 hexadecimal digits", "ANHUAN_SECRET 至少 64 位十六进制"
            )
        return settings.Secrets(root)

    def _open_home(self) -> None:
        """Take the folder for ourselves, tidy after a run that was killed, begin to guard against the same."""
        if len(os.fsencode(self.home)) > LONGEST_HOME:
            raise problems.CannotRun(
                f"the path of the data folder is longer than {LONGEST_HOME} bytes; choose a shorter one with ANHUAN_HOME",
                f"数据目录路径超过 {LONGEST_HOME} 字节，请用 ANHUAN_HOME 指定较短的目录",
            )
        self.home.mkdir(parents=True, exist_ok=True)
        who = account.choose(self.home, self._outer)
        self._lock = self._take_lock()
        self._launcher = Launcher(self.home, who, self._outer)
        self._launcher.own(self.home)
        for folder in ("log", "heads"):
            self._launcher.own(self.home / folder)
        if ended := leftovers.end(self.home):
            self.progress.say(
                "supervisor", f"ended {ended} processes of a killed run / 已清理 {ended} 个残留进程"
            )
        self._state = state.State(self.home, who.owner if who else None)
        self._hold_api_port()
        self._reaper = spawn.start_reaper(self.home, self._lock)

    def _take_lock(self) -> int:
        """One supervisor per folder. A killed one's reaper holds the lock for the seconds that it needs."""
        file = self.home / "lock"
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        began = time.monotonic()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if leftovers.lives(file.read_text()) or time.monotonic() - began > LOCK_PATIENCE:
                    os.close(descriptor)
                    raise problems.Busy(
                        f"Anhuan already runs in {self.home}", f"安环已在 {self.home} 中运行"
                    ) from None
                time.sleep(0.1)
            else:
                file.write_text(leftovers.identity(os.getpid()))
                return descriptor

    def _choose_servers(self) -> None:
        """Ours, except where the environment names the user's own, which must be usable."""
        known, secrets = self._known(), self._secrets()
        everything: dict[str, Service] = {
            "postgres": postgres.Postgres(known, secrets, self._durable),
            "valkey": valkey.Valkey(known, self._durable),
            "seaweed": seaweed.Seaweed(known, self._durable),
            "nats": nats.Nats(known, self._durable),
        }
        for name, service in everything.items():
            url = self._outer.get(EXTERNAL[name], "").strip()
            if not url:
                self._servers[name] = service
                continue
            found, seconds = external.check(EXTERNAL[name], url)
            self.progress.say(
                name, f"yours / 使用外部服务: {external.without_password(url)} ({found}, {seconds:.1f} s)"
            )
            if name == "postgres" and not self._outer.get("ANHUAN_APP_DATABASE_URL"):
                external.provide_roles(url, secrets)

    def _url(self, server: str) -> str:
        service = self._servers[server]
        if isinstance(service, postgres.Postgres):
            return service.url()
        if isinstance(service, valkey.Valkey | seaweed.Seaweed | nats.Nats):
            return service.url
        raise TypeError(server)

    def _unit(self, service: Service) -> Unit:
        if self._launcher is None:
            raise RuntimeError("the folder is not open")
        unit = Unit(service, self._launcher, self.progress)
        self._units.append(unit)
        return unit

    def _bring_up(self, units: Sequence[Unit]) -> None:
        """Boot these side by side, while everything that is up already stays watched."""
        for unit in units:
            unit.boot()
        while not all(unit.up for unit in units):
            if self._stop_asked:
                raise KeyboardInterrupt
            for unit in tuple(self._units):
                unit.step()
            self.progress.waiting(unit.name for unit in units if not unit.up)
            time.sleep(TICK)

    def _start_apps(self, apps: Sequence[App]) -> None:
        """What runs once runs in order; what stays is started together."""
        staying: list[Unit] = []
        for app in apps:
            if not app.wanted(self.env()):
                continue
            unit = self._unit(AppService(app, self._env_of_app))
            if app.once:
                self._bring_up([unit])
                self._units.remove(unit)
            else:
                staying.append(unit)
        self._bring_up(staying)
        self._let_go_of_api_port()

    def _hold_api_port(self) -> None:
        """Choose the web port now, so that every program knows it, and keep it until the API takes it over.

        Minutes may pass between the two at a first start, and another clone may look for a port meanwhile.
        """
        known = self._known()
        while self._guard is None:
            known.settle("api")
            self._claim = ports.claim(known.port("api"))
            if self._claim is not None:
                self._guard = ports.hold(known.port("api"))
            if self._claim is not None and self._guard is None:
                self._claim.close()

    def _env_of_app(self, app: App) -> dict[str, str]:
        if app.takes_api_port:
            self._let_go_of_api_port()
        return self.env()

    def _let_go_of_api_port(self) -> None:
        if self._guard is not None:
            self._guard.close()
            self._guard = None

    def _write_runtime(self) -> None:
        owner = self._launcher.account.owner if self._launcher and self._launcher.account else None
        state.write_runtime(self.home, self.env(), owner)


def run_until_signal(stack: Stack, apps: Sequence[App], announce: Callable[[dict[str, str]], None]) -> int:
    """The life of `up`: start, say so, watch, stop; the exit code tells how it ended."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stack.ask_to_stop)
    try:
        announce(stack.start(apps))
        stack.watch()
    except problems.CannotRun as problem:
        stack.progress.say("anhuan", str(problem))
        return problem.exit_code
    except KeyboardInterrupt:
        stack.progress.say("anhuan", "interrupted / 已中断")
        return 130
    finally:
        began = time.monotonic()
        stack.stop()
        stack.progress.say("anhuan", f"stopped in / 已停止 {time.monotonic() - began:.1f} s")
    return 0
