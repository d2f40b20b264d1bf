"""NATS, here as the MQTT broker of the sensors; what it acknowledges is on the disk."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from anhuan_infra.stack import mqtt
from anhuan_infra.stack.spawn import Child, Launcher
from anhuan_infra.stack.state import State

USER = "anhuan"


@dataclass
class Nats:
    """The sensor broker of one data folder."""

    state: State
    durable: bool = True
    name: str = "nats"

    @property
    def url(self) -> str:
        """As ANHUAN_MQTT_URL."""
        return f"mqtt://{USER}:{self.state.password('nats')}@127.0.0.1:{self.state.port('mqtt')}"

    def boot(self, launcher: Launcher, begun: Callable[[Child], None]) -> Iterator[None]:
        """Start it and wait until it takes an MQTT sign-in."""
        self.state.settle("nats", "mqtt")
        folder = launcher.own(launcher.home / "nats")
        config = launcher.write(launcher.home / "nats.conf", self._config(folder))
        child = launcher.start(self.name, [Path(sys.executable).parent / "nats-server", "-c", config])
        begun(child)
        yield from launcher.wait_until(child, lambda: mqtt.accepted(self.url, timeout=0.3))

    def _config(self, folder: Path) -> str:
        sync = "always" if self.durable else "2m"
        return (
            "server_name: anhuan\n"
            f"listen: 127.0.0.1:{self.state.port('nats')}\n"
            f'jetstream {{ store_dir: "{folder}", sync_interval: {sync} }}\n'
            f"mqtt {{ host: 127.0.0.1, port: {self.state.port('mqtt')} }}\n"
            f'authorization {{ user: {USER}, password: "{self.state.password("nats")}" }}\n'
        )
