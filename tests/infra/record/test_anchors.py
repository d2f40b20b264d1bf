"""Anchor files: heads that left the database, appended once, on disk, whole."""

import multiprocessing
import stat
from datetime import timedelta
from pathlib import Path

from anhuan_infra.record import chain
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.chain import Head
from anhuan_infra.record.keys import Keyring
from tests.infra.record.samples import START, TENANT, keys


def heads(*sizes: int, ring: Keyring | None = None) -> list[Head]:
    """Signed heads at these sizes."""
    ring = ring or keys()
    return [chain.sign(ring, TENANT, n, bytes([n % 256]) * 32, START + timedelta(seconds=n)) for n in sizes]


def test_each_head_is_appended_once_however_often_it_is_offered(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "heads")

    assert anchors.append(TENANT, heads(3, 5), keys().publics) == 2
    assert anchors.append(TENANT, heads(3, 5), keys().publics) == 0
    assert anchors.append(TENANT, heads(3, 5, 8), keys().publics) == 1

    assert list(anchors.read(TENANT)) == heads(3, 5, 8)
    assert anchors.last(TENANT) == heads(8)[0]
    assert anchors.path(TENANT).read_bytes().count(b'"kind":"key"') == 1


def test_nobody_else_on_the_machine_may_read_or_write_the_file(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path / "heads")
    anchors.append(TENANT, heads(1), keys().publics)

    assert stat.S_IMODE(anchors.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(anchors.path(TENANT).stat().st_mode) == 0o600


def test_a_line_torn_by_a_power_cut_is_written_again_whole(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    anchors.append(TENANT, heads(3, 5), keys().publics)
    whole = anchors.path(TENANT).read_bytes()

    for lost in range(1, len(heads(5)[0].line()) + 1, 37):
        anchors.path(TENANT).write_bytes(whole[:-lost])
        assert anchors.last(TENANT) == heads(3)[0]
        assert list(anchors.read(TENANT)) == heads(3)
        assert anchors.append(TENANT, heads(3, 5), keys().publics) == 1
        assert anchors.path(TENANT).read_bytes() == whole


def test_a_file_torn_before_its_first_line_was_whole_begins_anew(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    anchors.path(TENANT).write_bytes(b'{"key_id":"ab')

    anchors.append(TENANT, heads(1), keys().publics)

    assert list(anchors.read(TENANT)) == heads(1)


def test_the_file_names_a_new_key_before_its_first_head(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    ring = Keyring(b"\x02" * 32, retired=[keys(1).public])

    anchors.append(TENANT, [*heads(3), *heads(5, ring=ring), *heads(6, ring=ring)], ring.publics)

    kinds = [line.split(b'"kind":"')[1][:4] for line in anchors.path(TENANT).read_bytes().splitlines()]
    assert kinds == [b'key"', b"head", b'key"', b"head", b"head"]


def test_mailed_pieces_joined_are_the_file(tmp_path: Path) -> None:
    anchors = Anchors(tmp_path)
    ring = Keyring(b"\x02" * 32, retired=[keys(1).public])
    anchors.append(TENANT, heads(3, 5), keys().publics)
    monday = anchors.export(TENANT)
    anchors.append(TENANT, heads(8, ring=ring), ring.publics)

    tuesday = anchors.export(TENANT, after=5)

    assert monday + tuesday == anchors.path(TENANT).read_bytes()
    assert anchors.export(TENANT, after=8) == b""
    assert Anchors(tmp_path / "none").export(TENANT) == b""


def _append_many(folder: Path) -> None:
    for size in range(1, 120):
        Anchors(folder).append(TENANT, heads(*range(1, size + 1)), keys().publics)


def test_two_schedulers_append_to_one_file_without_doubling(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    pair = [spawn.Process(target=_append_many, args=(tmp_path,)) for _ in range(2)]

    for process in pair:
        process.start()
    for process in pair:
        process.join(60)

    assert [process.exitcode for process in pair] == [0, 0]
    assert list(Anchors(tmp_path).read(TENANT)) == heads(*range(1, 120))
