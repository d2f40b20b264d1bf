"""What a killed run leaves in the way of the next: pid files of the dead, sockets of strangers, half a cluster."""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from anhuan_infra.stack import leftovers, ports, progress, spawn
from anhuan_infra.stack.problems import CannotRun
from anhuan_infra.stack.servers import postgres
from anhuan_infra.stack.supervisor import Stack
from tests.infra.stack.running import Running


def _exhaust(steps: Iterator[None]) -> float:
    began = time.monotonic()
    for _ in steps:
        time.sleep(0.02)
    return time.monotonic() - began


def test_the_pid_file_of_a_dead_but_unreaped_postmaster_is_removed(tmp_path: Path) -> None:
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    while (leftovers.stat(zombie.pid) or ("",))[0] != "Z":
        time.sleep(0.01)
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{zombie.pid}\n{tmp_path}\n")

    seconds = _exhaust(postgres.clear_dead_postmaster(tmp_path, patience=0.3))
    zombie.wait()

    assert not file.exists()
    assert 0.3 <= seconds < 2


def test_a_pid_file_whose_number_another_program_got_is_removed(tmp_path: Path) -> None:
    file = tmp_path / "postmaster.pid"
    file.write_text(f"{os.getpid()}\n")

    _exhaust(postgres.clear_dead_postmaster(tmp_path))

    assert not file.exists()


def test_the_pid_file_of_a_living_postmaster_stays(tmp_path: Path) -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "postgres"])
    try:
        file = tmp_path / "postmaster.pid"
        file.write_text(f"{sleeper.pid}\n")

        _exhaust(postgres.clear_dead_postmaster(tmp_path))

        assert file.exists()
    finally:
        sleeper.kill()
        sleeper.wait()


@pytest.mark.parametrize("content", ["", "not a number\n", "4194305\n"])
def test_a_pid_file_of_nobody_is_left_to_postgresql(tmp_path: Path, content: str) -> None:
    file = tmp_path / "postmaster.pid"
    file.write_text(content)

    _exhaust(postgres.clear_dead_postmaster(tmp_path))

    assert file.exists()


def test_a_cluster_that_was_never_finished_is_made_anew(tmp_path: Path) -> None:
    home = tmp_path / "home"
    half = home / "postgres.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with Running(home) as stack:
        stack.ready()

        assert (home / "postgres" / "PG_VERSION").exists()
        assert not half.exists()


def test_a_stale_socket_of_the_object_store_is_removed(tmp_path: Path) -> None:
    base = ports.choose_seaweed_block()
    stale = ports.seaweed_sockets(base)[0]
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(stale))
    assert stale.exists()

    assert ports.seaweed_block_free(base)
    assert not stale.exists()


def test_a_block_with_a_socket_that_we_may_not_remove_is_not_chosen() -> None:
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("NOT RUN: needs root and setpriv, to leave a socket of another user")
    base = ports.choose_seaweed_block()
    stale = ports.seaweed_sockets(base)[2]
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(stale))
    look = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('ports', {ports.__file__!r})\n"
        "ports = importlib.util.module_from_spec(spec); spec.loader.exec_module(ports)\n"
        f"print(ports.seaweed_block_free({base}))"
    )
    try:
        done = subprocess.run(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c", look],
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        stale.unlink()

    assert done.stdout.strip() == "False"


def test_a_port_with_a_listener_is_not_free_and_one_that_cools_down_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        assert not ports.free(port)
        with socket.create_connection(("127.0.0.1", port)) as line:
            accepted, _ = door.accept()
            accepted.close()
            assert line.recv(1) == b""

    assert ports.free(port)


def test_a_held_port_is_taken_for_others_until_it_is_let_go() -> None:
    port = ports.choose()
    guard = ports.hold(port)
    assert guard is not None

    assert not ports.free(port)
    assert ports.hold(port) is None
    guard.close()
    assert ports.free(port)


def test_a_long_log_is_set_aside_and_only_three_old_ones_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    for number in range(6):
        log.write_text(f"run {number} ".ljust(100, "x"))
        spawn.rotate(log, size=100)
    log.write_text("short")
    spawn.rotate(log, size=100)

    kept = {path.name: path.read_text()[:5] for path in tmp_path.iterdir()}
    assert kept == {"api.log": "short", "api.log.1": "run 5", "api.log.2": "run 4", "api.log.3": "run 3"}


def test_a_long_wait_is_said_but_not_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "SILENCE", 0.1)
    out = io.StringIO()
    line = progress.Progress(out)

    line.waiting(["postgres"])
    early = out.getvalue()
    time.sleep(0.15)
    line.waiting(["postgres", "nats"])

    assert early == ""
    assert out.getvalue().endswith("waiting for / 等待 postgres, nats\n")


def test_a_claimed_port_is_not_free_although_nobody_listens_there_yet() -> None:
    port = ports.choose()

    flag = ports.claim(port)

    assert flag is not None
    assert not ports.free(port)
    assert ports.claim(port) is None
    flag.close()
    assert ports.free(port)


def test_a_data_folder_too_deep_for_sockets_is_refused_in_one_line(tmp_path: Path) -> None:
    deep = tmp_path / ("深" * 20) / ("a" * 60)

    with pytest.raises(CannotRun) as refused:
        Stack(deep).start()

    assert "ANHUAN_HOME" in str(refused.value)
    assert not deep.exists()
