"""What one installation remembers between starts: its root secret, its servers' passwords, its ports."""

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from anhuan_infra.stack import ports

STATE = "state.json"
RUNTIME = "runtime.json"
API_PORTS = range(8080, 8100)
"""Where people expect a web address; any other is taken when all are in use."""


class State:
    """The file `state.json` of a data folder; readable by its owner only, replaced in one step."""

    def __init__(self, home: Path, owner: tuple[int, int] | None = None) -> None:
        self._owner = owner
        self._file = home / STATE
        known = json.loads(self._file.read_text()) if self._file.exists() else {}
        self.secret: str = known.get("secret") or secrets.token_hex(32)
        self.passwords: dict[str, str] = known.get("passwords") or {}
        self.ports: dict[str, int] = known.get("ports") or {}

    def password(self, server: str) -> str:
        """The password of an embedded server: made once, letters and digits only, so it fits any URL and file."""
        if server not in self.passwords:
            self.passwords[server] = secrets.token_hex(20)
            self.save()
        return self.passwords[server]

    def port(self, name: str) -> int:
        """The remembered port; call `settle` first."""
        return self.ports[name]

    def settle(self, *names: str) -> list[str]:
        """Keep each port if it is still free, choose another if not; returns the names whose port changed."""
        changed: list[str] = []
        for name in names:
            known = self.ports.get(name)
            if name == "seaweed":
                if known is None or not ports.seaweed_block_free(known):
                    self.ports[name] = ports.choose_seaweed_block()
            elif known is None or not ports.free(known):
                self.ports[name] = ports.choose(API_PORTS if name == "api" else ())
            if known is not None and known != self.ports[name]:
                changed.append(name)
        self.save()
        return changed

    def save(self) -> None:
        """Write the file in one step."""
        content = {"secret": self.secret, "passwords": self.passwords, "ports": self.ports}
        write_private(self._file, json.dumps(content, indent=2), self._owner)


def write_private(path: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """Replace a file in one step; only its owner may read it."""
    fresh = path.with_name(path.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    if owner is not None:
        os.chown(fresh, *owner)
    fresh.replace(path)


def write_runtime(home: Path, env: Mapping[str, str], owner: tuple[int, int] | None = None) -> None:
    """Leave the environment of a running stack for other commands of this installation."""
    write_private(home / RUNTIME, json.dumps(dict(env), indent=2, sort_keys=True), owner)


def read_runtime(home: Path) -> dict[str, str]:
    """The environment of the stack that runs (or last ran) in this folder; empty when none ever did."""
    try:
        return dict(json.loads((home / RUNTIME).read_text()))
    except FileNotFoundError:
        return {}
