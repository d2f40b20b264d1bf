"""Installing from next to nothing: the installer's own bytes are pinned, wherever they come from."""

import hashlib
import http.server
import importlib.util
import io
import json
import re
import threading
import tomllib
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from tests.infra.stack.running import ROOT

PROGRAM = b"#!/bin/sh\necho uv 9.9.9\n"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, installing into a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "infra" / "bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TOOLS", tmp_path)
    monkeypatch.setattr(module, "PIN", tmp_path / "uv.txt")
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    return module


def _wheel(program: bytes = PROGRAM) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("uv-9.9.9.data/scripts/uv", program)
        archive.writestr("uv/__init__.py", "")
    return content.getvalue()


def _wheel_name(bootstrap: ModuleType) -> str:
    return next(name for name in _names().splitlines() if bootstrap.fits(name))


def _names() -> str:
    """Platform tags as they are published."""
    tags = (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "musllinux_1_1_x86_64",
        "macosx_11_0_arm64",
        "macosx_10_12_x86_64",
    )
    return "\n".join(f"uv-9.9.9-py3-none-{tag}.whl" for tag in tags)


@contextmanager
def _index(files: dict[str, bytes], *, as_json: bool) -> Generator[str]:
    """A package index on the loopback."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/simple/uv/" and as_json:
                found = [{"filename": name, "url": f"../../files/{name}"} for name in files]
                self._answer(json.dumps({"files": found}).encode(), "application/vnd.pypi.simple.v1+json")
            elif self.path == "/simple/uv/":
                links = [f'<a href="../../files/{name}#sha256=none">{name}</a>' for name in files]
                self._answer("<br>".join(links).encode(), "text/html")
            elif (name := self.path.rpartition("/")[2]) in files:
                self._answer(files[name], "application/zip")
            else:
                self.send_error(404)

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silence."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/simple"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("as_json", [True, False])
def test_uv_is_taken_out_of_its_wheel_without_pip(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, as_json: bool
) -> None:
    wheel = _wheel()
    bootstrap.PIN.write_text(f"uv==9.9.9 --hash=sha256:{hashlib.sha256(wheel).hexdigest()}\n")
    others = dict.fromkeys(_names().splitlines(), b"for another machine")
    with _index({**others, _wheel_name(bootstrap): wheel}, as_json=as_json) as url:
        monkeypatch.setenv("PIP_INDEX_URL", url)
        monkeypatch.setenv("PATH", "/nonexistent")
        monkeypatch.setattr(bootstrap.sys, "executable", "/bin/false")  # a Python without pip

        found = bootstrap.find_uv()

    assert Path(found).read_bytes() == PROGRAM
    assert Path(found).stat().st_mode & 0o111


def test_other_bytes_than_the_pinned_are_refused_and_nothing_is_left(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bootstrap.PIN.write_text(f"uv==9.9.9 --hash=sha256:{hashlib.sha256(_wheel()).hexdigest()}\n")
    with _index({_wheel_name(bootstrap): _wheel(b"#!/bin/sh\necho mine\n")}, as_json=True) as url:
        monkeypatch.setenv("UV_DEFAULT_INDEX", url)

        with pytest.raises(SystemExit, match="not the bytes that we pinned"):
            bootstrap.fetch_uv(tmp_path / "uv")

    assert not (tmp_path / "uv").exists()


def test_an_index_out_of_reach_is_said_in_one_line(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bootstrap.PIN.write_text("uv==9.9.9 --hash=sha256:" + "0" * 64)
    monkeypatch.setenv("UV_INDEX_URL", "http://127.0.0.1:9/simple")

    with pytest.raises(SystemExit) as end:
        bootstrap.fetch_uv(tmp_path / "uv")

    assert "cannot read http://127.0.0.1:9/simple" in str(end.value)
    assert "\n" not in str(end.value)


def test_the_index_of_the_machine_is_used_before_the_public_one(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap.Path, "home", lambda: tmp_path)
    (tmp_path / ".pip").mkdir()
    config = tmp_path / ".pip" / "pip.conf"
    config.write_text("[global]\nindex-url = https://mirror.example/simple\n")
    configured = bootstrap.index()
    monkeypatch.setenv("PIP_INDEX_URL", "https://pip.example/simple")
    named_for_pip = bootstrap.index()
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://uv.example/simple")

    assert (configured, named_for_pip, bootstrap.index()) == (
        "https://mirror.example/simple",
        "https://pip.example/simple",
        "https://uv.example/simple",
    )


def test_a_changed_lock_asks_for_a_new_installation(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = bootstrap.fingerprint("/usr/bin/python3")
    changed = tmp_path / "requirements.lock"
    changed.write_bytes(bootstrap.LOCK.read_bytes() + b"# more\n")

    monkeypatch.setattr(bootstrap, "LOCK", changed)

    assert bootstrap.fingerprint("/usr/bin/python3") != before


def test_everything_that_we_ask_for_is_in_the_lock_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for extra in project["project"].get("optional-dependencies", {}).values():
        asked += extra
    asked += project["build-system"]["requires"]
    names = {re.split(r"[\[<>=~! ;]", line, maxsplit=1)[0].lower().replace("_", "-") for line in asked}
    entries = re.findall(
        r"^([\w.-]+)==(.*?)(?=^\S|\Z)", (ROOT / "requirements.lock").read_text(), re.MULTILINE | re.DOTALL
    )
    locked = dict(entries)

    assert names - locked.keys() == set()
    assert [name for name, rest in locked.items() if "--hash=sha256:" not in rest] == []
