"""Start, stop, be killed, come back: the life of a stack as the person at the terminal sees it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import redis

from anhuan_infra.stack import bucket, leftovers, state, supervisor, unit
from tests.infra.stack import running
from tests.infra.stack.running import Running
from tests.support.stack import ensure_stack


def test_ctrl_c_ends_everything_and_the_next_start_has_all_data(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Running(home) as first:
        env = first.ready()
        _write(env, "kept")
        members = list(first.children().values())

        seconds = first.interrupt()

        assert first.started.returncode == 0
        assert seconds < 10
        assert running.alive(members) == []

    with Running(home) as second:
        again = second.ready()

        assert _read(again) == ("kept", "kept", "kept")
        assert again == env, "addresses, passwords and secret stay the same"


def test_a_killed_supervisor_leaves_no_orphan(tmp_path: Path) -> None:
    with Running(tmp_path / "home", running.DRIVER) as stack:
        stack.ready()
        members = stack.children()
        grandchildren = [name for name in members if name.startswith(("web/", "stubborn/"))]
        assert len(grandchildren) >= 2, members
        watcher = psutil.Process(stack.started.pid).children(recursive=True)

        stack.started.kill()
        left = running.gone_within([*members.values(), *watcher], 5)

        assert left == []


def test_after_everything_was_killed_at_once_the_next_start_tidies_and_has_all_data(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Running(home, running.DRIVER) as first:
        env = first.ready()
        _write(env, "kept")
        members = first.children()
        everything = psutil.Process(first.started.pid).children(recursive=True)
        orphans = [process for name, process in members.items() if name.startswith(("web/", "stubborn/"))]
        first.started.kill()
        for process in everything:
            if process not in orphans:
                process.kill()
        first.started.wait()
    time.sleep(0.3)
    stubborn = running.alive(orphans)
    assert stubborn, "the positive control: without tidying, some grandchild would live on"

    with Running(home, running.DRIVER) as second:
        again = second.ready()

        assert running.alive(stubborn) == []
        assert "ended" in second.log.read_text()
        assert _read(again) == ("kept", "kept", "kept")


def test_a_server_that_dies_is_started_again_and_that_is_said(tmp_path: Path) -> None:
    with Running(tmp_path / "home") as stack:
        env = stack.ready()
        _write(env, "kept")
        first = stack.children()["postgres"]

        first.kill()
        text = stack.until(r"postgres ended with -9(.|\n)*postgres +ready")

        assert "again in" in text
        assert stack.children()["postgres"].pid != first.pid
        assert _read(env)[0] == "kept"


def test_a_program_that_cannot_start_ends_the_stack_with_its_last_words(tmp_path: Path) -> None:
    command = (*running.DRIVER, "--apps", "once")
    with Running(tmp_path / "home", command, _servers_of_others()) as stack:
        code, text = stack.ended()

        assert code == 4
        assert "once ended with 7" in text
        assert "| I cannot" in text
        assert stack.children() == {}


def test_a_program_that_dies_again_and_again_waits_longer_each_time_and_then_gives_up(tmp_path: Path) -> None:
    patience = "from anhuan_infra.stack import unit; unit.FIRST_PAUSE = 0.02; unit.DEATHS_ALLOWED = 3\n"
    script = tmp_path / "impatient.py"
    script.write_text(
        patience + f"import sys; sys.path.insert(0, {str(running.ROOT)!r}); sys.argv[0] = 'driver'\n"
        "from tests.infra.stack import driver\nsys.exit(driver.main())\n"
    )
    command = (sys.executable, str(script), "--apps", "weak")
    with Running(tmp_path / "home", command, _servers_of_others()) as stack:
        code, text = stack.ended()

        assert code == 4
        assert [line.split()[2] for line in text.splitlines() if "again in" in line] == ["/", "/", "/"]
        assert text.count("weak ended with 0") == 4
        assert "| too weak" in text
    assert unit.FIRST_PAUSE == 1.0


def test_a_second_supervisor_in_the_same_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    with Running(tmp_path / "home") as first:
        env = first.ready()
        second = subprocess.run(
            [*running.UP, "--home", str(tmp_path / "home")],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            cwd=running.ROOT,
        )

        assert second.returncode == 2
        assert "already runs in" in second.stdout
        assert second.stderr == ""
        assert _version(env).startswith("PostgreSQL 18")


def test_a_port_that_somebody_took_is_chosen_anew_and_the_data_is_there(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Running(home) as first:
        _write(first.ready(), "kept")
        first.interrupt()
    before = dict(state.State(home).ports)
    taken = [before["postgres"], before["valkey"], before["mqtt"], before["seaweed"] + 6, before["api"]]
    guards = [socket.create_server(("127.0.0.1", port)) for port in taken]

    with Running(home) as second:
        env = second.ready()

        after = state.State(home).ports
        assert {name for name in before if before[name] != after[name]} == {
            *("postgres", "valkey", "mqtt", "seaweed", "api")
        }
        assert _read(env) == ("kept", "kept", "kept")
    for guard in guards:
        guard.close()


def test_two_start_side_by_side_at_the_same_moment(tmp_path: Path) -> None:
    with (
        Running(tmp_path / "one", running.DRIVER) as one,
        Running(tmp_path / "two", running.DRIVER) as two,
    ):
        first, second = one.ready(), two.ready()
        _write(first, "one")
        _write(second, "two")

        assert _read(first) == ("one", "one", "one")
        assert _read(second) == ("two", "two", "two")
        assert first["ANHUAN_PUBLIC_URL"] != second["ANHUAN_PUBLIC_URL"]


def test_an_interrupt_in_the_middle_of_the_start_leaves_nothing(tmp_path: Path) -> None:
    with Running(tmp_path / "home") as stack:
        stack.until("valkey +ready")
        members = list(stack.children().values())

        os.kill(stack.started.pid, signal.SIGTERM)
        code, _ = stack.ended(10)

        assert code in (0, 130)
        assert running.alive(members) == []


def test_a_number_that_was_given_to_another_process_is_left_alone() -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    try:
        began = leftovers.start_ticks(stranger.pid)

        assert leftovers.family(stranger.pid, began) == [stranger.pid]
        assert leftovers.family(stranger.pid, began - 1) == []
        assert leftovers.lives(leftovers.identity(stranger.pid))
        assert not leftovers.lives(f"{stranger.pid} {began - 1}")
    finally:
        stranger.kill()
        stranger.wait()


def _servers_of_others() -> dict[str, str]:
    """Where the servers are not the matter of the test, those that run already."""
    return {name: ensure_stack()[name] for name in (*supervisor.EXTERNAL.values(), "ANHUAN_SECRET")}


def _write(env: dict[str, str], word: str) -> None:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        connection.execute("create table if not exists words (word text)")
        connection.execute("insert into words values (%s)", [word])
    with redis.Redis.from_url(env["ANHUAN_BROKER_URL"]) as client:
        client.set("word", word)
    store = bucket.client(env["ANHUAN_S3_URL"])
    store.put_object(Bucket="evidence", Key="词/word", Body=word.encode())
    store.close()


def _read(env: dict[str, str]) -> tuple[str, str, str]:
    """The row, the key, the object."""
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        row = connection.execute("select string_agg(word, ',') from words").fetchone()
    with redis.Redis.from_url(env["ANHUAN_BROKER_URL"], decode_responses=True) as client:
        key = client.get("word")
    store = bucket.client(env["ANHUAN_S3_URL"])
    body = store.get_object(Bucket="evidence", Key="词/word")["Body"]
    found = body.read().decode()
    body.close()
    store.close()
    return (row[0] if row else ""), str(key), found


def _version(env: dict[str, str]) -> str:
    with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
        row = connection.execute("select version()").fetchone()
    return str(row[0]) if row else ""


def test_two_stacks_that_start_side_by_side_never_share_a_web_port(tmp_path: Path) -> None:
    command = (*running.DRIVER, "--apps", "web")
    with (
        Running(tmp_path / "one", command, _servers_of_others()) as one,
        Running(tmp_path / "two", command, _servers_of_others()) as two,
    ):
        first, second = one.ready(), two.ready()

    assert first["ANHUAN_API_PORT"] != second["ANHUAN_API_PORT"]
