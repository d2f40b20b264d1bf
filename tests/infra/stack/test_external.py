"""The user's own servers in the place of ours: used when they are good, refused in one line when they are not."""

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from anhuan_infra.stack import bucket, external, ports, problems
from tests.infra.stack.running import Running
from tests.support.stack import ensure_stack

NAMES = ("ANHUAN_DATABASE_URL", "ANHUAN_BROKER_URL", "ANHUAN_S3_URL", "ANHUAN_MQTT_URL")


@pytest.fixture(scope="module")
def theirs() -> dict[str, str]:
    """Four servers that somebody else runs, and their installation's secret."""
    found = ensure_stack()
    return {name: found[name] for name in (*NAMES, "ANHUAN_SECRET")}


def test_all_four_are_used_and_nothing_of_ours_is_started(theirs: dict[str, str], tmp_path: Path) -> None:
    with Running(tmp_path / "home", env=theirs) as stack:
        env = stack.ready()
        text = stack.log.read_text()

        assert {name: env[name] for name in NAMES} == {name: theirs[name] for name in NAMES}
        assert stack.children() == {}
        assert text.count("yours") == 4
        assert re.search(r"PostgreSQL 18\.\d+", text)
        for name in NAMES:
            assert theirs[name] not in text, "a password on the screen"


def test_one_is_used_beside_three_of_ours(theirs: dict[str, str], tmp_path: Path) -> None:
    with Running(tmp_path / "home", env={"ANHUAN_S3_URL": theirs["ANHUAN_S3_URL"]}) as stack:
        env = stack.ready()

        assert env["ANHUAN_S3_URL"] == theirs["ANHUAN_S3_URL"]
        assert env["ANHUAN_DATABASE_URL"] != theirs["ANHUAN_DATABASE_URL"]
        assert sorted(name for name in stack.children() if "/" not in name) == ["nats", "postgres", "valkey"]


def test_one_out_of_reach_ends_the_start_with_one_line_and_an_exit_code(tmp_path: Path) -> None:
    nowhere = f"postgresql://me:hunter2@127.0.0.1:{ports.choose()}/anhuan"
    with Running(tmp_path / "home", env={"ANHUAN_DATABASE_URL": nowhere}) as stack:
        code, text = stack.ended()

        lines = [line for line in text.splitlines() if "ANHUAN_DATABASE_URL" in line]
        assert code == 3
        assert len(lines) == 1
        assert "cannot be used" in lines[0]
        assert "Connection refused" in lines[0]
        assert "hunter2" not in text
        assert "Traceback" not in text
        assert stack.children() == {}


@pytest.mark.parametrize("name", NAMES)
def test_each_one_out_of_reach_is_named(name: str) -> None:
    url = {
        "ANHUAN_DATABASE_URL": "postgresql://me:secret@127.0.0.1:{}/anhuan",
        "ANHUAN_BROKER_URL": "redis://:secret@127.0.0.1:{}/0",
        "ANHUAN_S3_URL": "http://key:secret@127.0.0.1:{}/evidence",
        "ANHUAN_MQTT_URL": "mqtt://me:secret@127.0.0.1:{}",
    }[name].format(ports.choose())

    with pytest.raises(problems.Unusable) as refusal:
        external.check(name, url)

    assert refusal.value.english.startswith(f"{name} ")
    assert "\n" not in refusal.value.english
    assert "secret" not in refusal.value.english
    assert name in refusal.value.chinese


@pytest.mark.parametrize("name", NAMES)
def test_each_one_that_does_not_let_us_in_is_named(theirs: dict[str, str], name: str) -> None:
    url = re.sub(r":[0-9a-f]{40}@", ":wrong@", theirs[name])
    assert url != theirs[name]

    with pytest.raises(problems.Unusable, match=name) as refusal:
        external.check(name, url)

    assert re.search(
        "password|SignatureDoesNotMatch|403|Forbidden|authentication|refused", refusal.value.english
    )


def test_a_bucket_that_was_made_without_a_lock_is_refused(theirs: dict[str, str]) -> None:
    plain = theirs["ANHUAN_S3_URL"].rpartition("/")[0] + "/without-lock"
    with contextlib.closing(bucket.client(plain)) as s3:
        s3.create_bucket(Bucket="without-lock")

    with pytest.raises(problems.Unusable, match="has no Object Lock"):
        external.check("ANHUAN_S3_URL", plain)


def test_a_bucket_that_is_missing_is_made_with_a_lock(theirs: dict[str, str]) -> None:
    fresh = theirs["ANHUAN_S3_URL"].rpartition("/")[0] + "/made-by-us"

    found, _ = external.check("ANHUAN_S3_URL", fresh)

    assert found == "S3 bucket made-by-us"
    assert bucket.problem(fresh, create=False) is None


def test_a_url_without_a_bucket_is_refused(theirs: dict[str, str]) -> None:
    with pytest.raises(problems.Unusable, match="names no bucket"):
        external.check("ANHUAN_S3_URL", theirs["ANHUAN_S3_URL"].rpartition("/")[0])


def test_a_database_that_is_too_old_is_refused_with_its_version() -> None:
    """No PostgreSQL 15 comes with us; what it says when a client signs in is a few bytes."""

    def message(kind: bytes, body: bytes) -> bytes:
        return kind + (len(body) + 4).to_bytes(4, "big") + body

    hello = message(b"R", (0).to_bytes(4, "big"))
    for key, value in (("server_version", "15.8"), ("server_encoding", "UTF8"), ("client_encoding", "UTF8")):
        hello += message(b"S", f"{key}\0{value}\0".encode())
    hello += message(b"Z", b"I")
    one_row = message(b"T", (1).to_bytes(2, "big") + b"x\0" + bytes(6) + (25).to_bytes(4, "big") + bytes(8))
    one_row += message(b"D", (1).to_bytes(2, "big") + (4).to_bytes(4, "big") + b"UTF8")
    one_row += message(b"C", b"SELECT 1\0") + message(b"Z", b"I")

    def answer(line: socket.socket) -> None:
        line.recv(1000)
        line.sendall(b"N")  # no TLS here, go on without
        line.recv(1000)
        line.sendall(hello)
        line.recv(1000)
        line.sendall(one_row)
        line.recv(1000)

    with (
        _server(answer) as port,
        pytest.raises(problems.Unusable, match=r"PostgreSQL 15\.8 is too old, 18 or newer"),
    ):
        external.check("ANHUAN_DATABASE_URL", f"postgresql://me:x@127.0.0.1:{port}/anhuan?gssencmode=disable")


def test_a_broker_that_is_too_old_is_refused_with_its_version() -> None:
    def answer(line: socket.socket) -> None:
        while asked := line.recv(1000):
            for command in asked.split(b"*")[1:]:
                if b"INFO" in command:
                    text = b"# Server\r\nredis_version:6.2.14\r\n"
                    line.sendall(b"$" + str(len(text)).encode() + b"\r\n" + text + b"\r\n")
                elif b"HELLO" in command:
                    line.sendall(b"-ERR unknown command\r\n")
                else:
                    line.sendall(b"+OK\r\n")

    with _server(answer) as port, pytest.raises(problems.Unusable, match=r"6\.2\.14 is too old, 7 or newer"):
        external.check("ANHUAN_BROKER_URL", f"redis://127.0.0.1:{port}/0?protocol=2")


@contextlib.contextmanager
def _server(answer: Callable[[socket.socket], None]) -> Generator[int]:
    """A server for one connection."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _ = door.accept()
            with line, contextlib.suppress(OSError):
                answer(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield door.getsockname()[1]
        thread.join(5)
