"""Under whose name things run: never root, whoever starts them, and wherever the clone lies."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from anhuan_infra.stack import account, problems
from tests.infra.stack import running
from tests.infra.stack.running import Running

NOBODY = 65534


def _only_root() -> None:
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("NOT RUN: starting as root and as an ordinary user needs root and setpriv")


def _python_for_everybody() -> Path:
    """An interpreter of our version that any user may run: this one, or the system's."""
    own = Path(os.path.realpath(sys.executable))
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (own, Path("/usr/bin") / version):
        if candidate.exists() and all(folder.stat().st_mode & 0o001 for folder in candidate.parents):
            return candidate
    pytest.skip(f"NOT RUN: no {version} that an ordinary user may run")


def _copied_clone(folder: Path, python: Path) -> Path:
    """Our packages and an environment in a folder of the ordinary user's own; its interpreter."""
    clone = folder / "clone"
    for wing in ("infra", "tenants", "platform", "portal", "graphql"):
        shutil.copytree(running.ROOT / wing, clone / wing, ignore=shutil.ignore_patterns("__pycache__"))
    venv = clone / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text(f"home = {python.parent}\ninclude-system-site-packages = false\n")
    (venv / "bin" / "python").symlink_to(python)
    for program in ("weed", "nats-server"):
        shutil.copy2(Path(sys.executable).parent / program, venv / "bin" / program)
    site = Path(psycopg.__file__).parents[1]
    own = venv / "lib" / site.parent.name / "site-packages"
    own.mkdir(parents=True)
    paths = [str(clone / wing) for wing in ("infra", "tenants", "platform", "portal", "graphql")]
    (own / "clone.pth").write_text("\n".join([*paths, str(site)]) + "\n")
    return venv / "bin" / "python"


def test_an_ordinary_user_starts_it_in_a_clone_of_his_own() -> None:
    _only_root()
    python = _python_for_everybody()
    folder = Path("/tmp") / f"anhuan-clone-{os.getpid()}"
    try:
        inside = _copied_clone(folder, python)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        command = (str(inside), "-m", "anhuan_infra.stack", "up", "--servers-only")
        prefix = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        with Running(folder / "clone" / ".anhuan", command, {"HOME": str(folder)}, prefix, folder) as stack:
            env = stack.ready()

            users = {process.uids().effective for process in stack.children().values()}
            assert users == {NOBODY}
            with psycopg.connect(env["ANHUAN_DATABASE_URL"]) as connection:
                assert connection.info.server_version >= 180_000
            assert stack.interrupt() < 10
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_started_by_root_nothing_of_it_runs_as_root(tmp_path: Path) -> None:
    _only_root()
    with Running(tmp_path / "home", running.DRIVER) as stack:
        stack.ready()

        for name, process in stack.children().items():
            assert set(process.uids()) == {NOBODY}, name
            assert process.gids().effective == pwd.getpwuid(NOBODY).pw_gid, name


def test_behind_a_closed_door_it_runs_with_the_one_right_to_walk_through(tmp_path: Path) -> None:
    """A clone below /root: the servers are nobody all the same."""
    _only_root()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with Running(closed / "home", log_beside=tmp_path / "out") as stack:
        stack.ready()

        server = stack.children()["postgres"]
        status = Path(f"/proc/{server.pid}/status").read_text()
        held = {line.split()[0]: line.split()[1] for line in status.splitlines() if line.startswith("Cap")}
        assert server.uids().effective == NOBODY
        assert int(held["CapEff:"], 16) in (1 << 1, 1 << 2)
        assert held["CapEff:"] == held["CapPrm:"]


def test_with_open_doors_it_has_no_right_at_all(tmp_path: Path) -> None:
    _only_root()
    who = account.choose(Path("/tmp/anhuan-none"), {})
    assert who is not None
    spec = f'{{"uid": {NOBODY}, "gid": {NOBODY}, "reach": false, "death_signal": 15, "parent": {os.getpid()}, "umask": null}}'

    shown = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            account.__file__.replace("account", "launch"),
            spec,
            "/bin/grep",
            "Cap",
            "/proc/self/status",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert {
        line.split()[1] for line in shown.splitlines() if line.startswith(("CapEff", "CapPrm", "CapAmb"))
    } == {"0" * 16}


def test_a_named_user_must_exist_and_not_be_root(tmp_path: Path) -> None:
    _only_root()
    with pytest.raises(problems.CannotRun, match="no user nobody-at-all"):
        account.choose(tmp_path, {"ANHUAN_RUN_AS": "nobody-at-all"})
    with pytest.raises(problems.CannotRun, match="refuses root"):
        account.choose(tmp_path, {"ANHUAN_RUN_AS": "root"})


def test_the_owner_of_the_clone_is_preferred(tmp_path: Path) -> None:
    _only_root()
    owner = pwd.getpwnam("www-data")
    os.chown(tmp_path, owner.pw_uid, owner.pw_gid)

    who = account.choose(tmp_path / "home", {})

    assert who is not None
    assert who.name == "www-data"


def test_a_program_whose_supervisor_is_gone_does_not_begin() -> None:
    spec = '{"uid": null, "gid": null, "reach": false, "death_signal": 15, "parent": 1, "umask": null}'
    launch = account.__file__.replace("account", "launch")

    done = subprocess.run(
        [sys.executable, "-I", "-S", launch, spec, "/bin/echo", "begun"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "the supervisor died first" in done.stderr
