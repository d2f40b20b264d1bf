"""The examining process: confined, killable, and never the reason why an answer fails."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from anhuan_infra.evidence import cell
from anhuan_infra.evidence.errors import EvidenceBroken, EvidenceTimeout
from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.picture import Limits
from tests.support import pictures

SLOW = Limits(pixels=10**12, side=10**6, memory=8 << 30, cpu_seconds=60, wall_seconds=60)
"""Under these a bomb takes seconds, long enough to do something to the process that opens it."""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A good photo."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(pictures.a_photo(1))
    return path


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """A file that takes seconds to open where no limit stops it."""
    path = tmp_path / "bomb.png"
    path.write_bytes(pictures.a_png_bomb(20_000))
    return path


async def test_a_warm_cell_serves_one_file_after_another(photo: Path) -> None:
    inspector = Inspector()
    await inspector.warm_up()
    warm = _cells()

    for _ in range(3):
        await inspector.inspect(photo)

    assert _cells() == warm
    assert len(warm) == 1
    await inspector.close()


async def test_a_cell_that_was_killed_is_replaced_unnoticed(photo: Path) -> None:
    inspector = Inspector()
    await inspector.inspect(photo)
    first = _cells()

    for process in first:
        process.kill()
    verdict = await inspector.inspect(photo)

    assert verdict.width == 1200
    assert len(first) == 1
    assert not set(first) & set(_cells())
    await inspector.close()


async def test_a_decoder_that_crashes_means_a_broken_file_and_the_next_one_is_fine(
    photo: Path, bomb: Path
) -> None:
    inspector = Inspector(SLOW)
    await inspector.warm_up()
    asked = asyncio.create_task(inspector.inspect(bomb))
    child = await _child_of(_cells())

    child.send_signal(signal.SIGSEGV)

    with pytest.raises(EvidenceBroken):
        await asked
    assert (await inspector.inspect(photo)).width == 1200
    await inspector.close()


async def test_a_file_that_takes_too_long_is_refused_and_its_process_is_gone(photo: Path, bomb: Path) -> None:
    inspector = Inspector(Limits(pixels=10**12, side=10**6, memory=8 << 30, cpu_seconds=60, wall_seconds=0.5))
    await inspector.inspect(photo)
    started = time.monotonic()

    with pytest.raises(EvidenceTimeout) as refused:
        await inspector.inspect(bomb)

    assert time.monotonic() - started < 5
    assert refused.value.facts == {"seconds": 0.5}
    assert [process.children() for process in _cells()] == [[]]
    assert (await inspector.inspect(photo)).width == 1200
    await inspector.close()


async def test_giving_up_on_one_file_does_not_mix_its_answer_into_the_next(photo: Path, bomb: Path) -> None:
    inspector = Inspector(SLOW)
    await inspector.warm_up()
    asked = asyncio.create_task(inspector.inspect(bomb))
    await _child_of(_cells())

    asked.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asked

    assert (await inspector.inspect(photo)).width == 1200
    await inspector.close()
    assert _cells() == []


async def test_many_files_at_once_share_the_cells(photo: Path, tmp_path: Path) -> None:
    inspector = Inspector(cells=2)
    sizes = [(200 + number, 150) for number in range(12)]
    for number, size in enumerate(sizes):
        (tmp_path / f"{number}.jpg").write_bytes(pictures.a_photo(number, size=size))

    verdicts = await asyncio.gather(*(inspector.inspect(tmp_path / f"{n}.jpg") for n in range(12)))

    assert [(verdict.width, verdict.height) for verdict in verdicts] == sizes
    assert len(_cells()) == 2
    await inspector.close()


async def test_the_keys_of_the_installation_do_not_go_into_the_cell(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANHUAN_SECRET", "ab" * 32)
    inspector = Inspector()
    await inspector.inspect(photo)

    environments = [process.environ() for process in _cells()]

    assert len(environments) == 1
    assert not [name for name in environments[0] if name.startswith("ANHUAN")]
    await inspector.close()


ESCAPES = """
import json, os, resource, socket, subprocess, sys
from anhuan_infra.evidence import cell
from anhuan_infra.evidence.picture import Limits

def attempt(deed):
    try:
        deed()
    except (OSError, MemoryError) as failure:
        return type(failure).__name__
    return "done"

file, tell = os.open("/dev/null", os.O_RDONLY), int(sys.argv[1])
if sys.argv[2] == "confined":
    cell.be_confined(file, tell, Limits(), None)
    tell = 1
said = {
    "open": attempt(lambda: open("/etc/hostname")),
    "socket": attempt(lambda: socket.socket()),
    "memory": attempt(lambda: bytearray(700 << 20)),
    "program": attempt(lambda: subprocess.run(["/bin/true"])),
    "root": os.geteuid() == 0,
}
os.write(tell, json.dumps(said).encode())
"""


@pytest.mark.parametrize("confined", [True, False])
def test_inside_nothing_can_be_opened_reached_or_started(confined: bool) -> None:
    """Run once without the confinement too, to see that the attempts themselves would succeed."""
    listen, tell = os.pipe()
    command = [sys.executable, "-c", ESCAPES, str(tell), "confined" if confined else "free"]
    subprocess.run(command, pass_fds=[tell], check=False, timeout=30)
    os.close(tell)
    with os.fdopen(listen) as answers:
        said = json.loads(answers.read())

    if confined:
        assert said == {
            "open": "OSError",
            "socket": "OSError",
            "memory": "MemoryError",
            "program": "OSError",
            "root": False,
        }
    else:
        assert {said[deed] for deed in ("open", "socket", "memory", "program")} == {"done"}


async def test_a_cell_whose_owner_dies_ends_by_itself(photo: Path) -> None:
    program = (
        "import asyncio, os, signal, sys\n"
        "from pathlib import Path\n"
        "from anhuan_infra.evidence.inspector import Inspector\n"
        "async def main():\n"
        "    await Inspector().inspect(Path(sys.argv[1]))\n"
        "    import psutil\n"
        "    print(psutil.Process().children()[0].pid, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "asyncio.run(main())\n"
    )
    owner = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(photo), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await owner.communicate()
    orphan = int(out)

    for _ in range(100):
        if not _lives(orphan):
            break
        await asyncio.sleep(0.05)

    assert not _lives(orphan)


def _cells() -> list[psutil.Process]:
    """The living cells of this test process that are not the shared inspector's."""
    return [
        process
        for process in psutil.Process().children()
        if cell.__name__ in _command(process) and process.pid not in _SHARED
    ]


_SHARED: set[int] = set()


@pytest.fixture(autouse=True)
def _leave_the_shared_cell_out() -> Iterator[None]:
    _SHARED.clear()
    _SHARED.update(process.pid for process in psutil.Process().children())
    yield


async def _child_of(cells: list[psutil.Process]) -> psutil.Process:
    """The process that is opening a file just now, a moment after it began."""
    for _ in range(500):
        if children := cells[0].children():
            await asyncio.sleep(0.1)
            return children[0]
        await asyncio.sleep(0.01)
    raise AssertionError("no file is being opened")


def _command(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def _lives(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False
