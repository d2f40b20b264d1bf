"""SeaweedFS as the object store: S3 for everybody, every other door shut, writes synced, evidence under Object Lock."""

import contextlib
import http.client
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from anhuan_infra.stack import bucket, ports, problems
from anhuan_infra.stack.spawn import Child, Launcher
from anhuan_infra.stack.state import State

BUCKET = "evidence"
ACCESS_KEY = "anhuan"
S3_OFFSET = 6
"""The S3 port is the block's first port plus this."""
PROBE = "anhuan-probe"
"""A bucket of one small object, read and written anew at every start to see that data really flows."""
FSYNC_MARK = "fsync.configured"


def program() -> Path:
    """The server in its wheel."""
    return Path(sys.executable).parent / "weed"


@dataclass
class Seaweed:
    """The object store of one data folder."""

    state: State
    durable: bool = True
    name: str = "seaweed"

    @property
    def url(self) -> str:
        """As ANHUAN_S3_URL."""
        return f"http://{ACCESS_KEY}:{self.state.password('s3')}@127.0.0.1:{self._s3_port}/{BUCKET}"

    @property
    def _s3_port(self) -> int:
        return self.state.port("seaweed") + S3_OFFSET

    def boot(self, launcher: Launcher, begun: Callable[[Child], None]) -> Iterator[None]:
        """Start it, order it to sync, and see that the evidence bucket exists with its lock."""
        self.state.settle("seaweed")
        folder = launcher.own(launcher.home / "seaweed")
        data = launcher.own(folder / "data")
        identity = {
            "name": "anhuan",
            "credentials": [{"accessKey": ACCESS_KEY, "secretKey": self.state.password("s3")}],
            "actions": ["Admin"],
        }
        config = launcher.write(folder / "s3.json", json.dumps({"identities": [identity]}))
        child = launcher.start(
            self.name,
            [program(), "-logtostderr=true", "mini", *self._options(folder, data, config)],
            env=self._doors(folder),
            cwd=folder,
        )
        begun(child)
        yield from launcher.wait_until(child, self._answers)
        if self.durable and not (folder / FSYNC_MARK).exists():
            yield from self._order_fsync(launcher, folder)
        yield from launcher.wait_until(child, lambda: bucket.serves(self.url, PROBE), timeout=90)
        if problem := bucket.problem(self.url, create=True):
            raise problems.Died(f"seaweed: {problem}", f"SeaweedFS：{problem}")

    def _doors(self, folder: Path) -> dict[str, str]:
        """Even a door that we forgot then asks for a signed token."""
        names = ("SIGNING", "SIGNING_READ", "FILER_SIGNING", "FILER_SIGNING_READ")
        keys = {f"WEED_JWT_{name}_KEY": self.state.password("seaweed-jwt") for name in names}
        return {"HOME": str(folder), **keys}

    def _options(self, folder: Path, data: Path, config: Path) -> list[str]:
        base = self.state.port("seaweed")
        numbers = {
            "master.port": base,
            "master.port.grpc": base + 1,
            "volume.port": base + 2,
            "volume.port.grpc": base + 3,
            "filer.port": base + 4,
            "filer.port.grpc": base + 5,
            "s3.port": base + S3_OFFSET,
            "s3.port.grpc": base + 7,
            "admin.port": base + 8,
            "admin.port.grpc": base + 10_008,  # its own worker looks for it exactly here
            "s3.port.iceberg": 0,
            "s3.port.lance": 0,
        }
        texts = {
            "dir": data,
            "ip": "127.0.0.1",
            "ip.bind": "127.0.0.1",
            # Seconds in which other machines would learn that this volume server goes; there are none.
            "volume.preStopSeconds": "0",
            "admin.ui": "false",
            "webdav": "false",
            "master.telemetry": "false",
            "s3.config": config,
            "s3.autoCreateBucket": "false",
            "s3.localSocket": folder / "s3.sock",
            "filer.localSocket": folder / "filer.sock",
            # Filer, master and volume would otherwise read, change and delete any object for anybody.
            "disableHttp": "true",
        }
        return [f"-{key}={value}" for key, value in {**numbers, **texts}.items()]

    def _answers(self) -> bool:
        """The gateway refuses a stranger: it runs, and it asks who is there."""
        if not ports.accepts(self._s3_port):
            return False
        connection = http.client.HTTPConnection("127.0.0.1", self._s3_port, timeout=1)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/")
            return connection.getresponse().status == 403
        return False

    def _order_fsync(self, launcher: Launcher, folder: Path) -> Iterator[None]:
        """Write every object through to the disk before it is acknowledged; the server keeps the order."""
        base = self.state.port("seaweed")
        order = "fs.configure -locationPrefix=/buckets/ -fsync -apply"
        shell = f"echo '{order}' | exec \"$0\" shell -master=127.0.0.1:{base}.{base + 1} -filer=127.0.0.1:{base + 4}.{base + 5}"
        yield from launcher.run("seaweed-fsync", ["/bin/sh", "-c", shell, program()], env=self._doors(folder))
        launcher.write(folder / FSYNC_MARK, order + "\n")


def inner_doors(base: int) -> list[tuple[str, int, str]]:
    """What a stranger would try behind the S3 gateway: part, port, path. None of these may answer with success."""
    return [
        ("master", base, "/dir/assign"),
        ("master", base, f"/col/delete?collection={BUCKET}-none"),
        ("volume", base + 2, "/1,00000000000000"),
        ("filer", base + 4, f"/buckets/{BUCKET}/"),
        ("admin", base + 8, "/"),
    ]
