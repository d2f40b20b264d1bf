"""The stand-alone verifier: what it finds, what it lets pass, and what it needs."""

import ast
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anhuan_infra.record import anchors, canonical, chain, export
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier import anhuan_verify
from anhuan_infra.record.verifier.anhuan_verify import Key, Verification
from tests.infra.record.samples import START, TENANT, a_record, a_row, an_entry, keys

SCRIPT = Path(anhuan_verify.__file__)
RECORD, ANCHORS = a_record(12, (4, 9, 12), erased=frozenset({3}))
LINES = RECORD.splitlines(keepends=True)
# Where things stand in LINES: 0 header, 1-4 entries, 5 head, 6-10 entries, 11 head, 12-14 entries, 15 head.
ENTRY_2, ENTRY_7, HEAD_4, HEAD_9, LAST = 2, 7, 5, 11, 15


def found(record: bytes, anchored: bytes | None = ANCHORS, **how: str) -> set[str]:
    """The codes of the problems that the verifier reports."""
    verification = Verification(until=how.get("until"))
    verification.run(io.BytesIO(record), None if anchored is None else io.BytesIO(anchored))
    return {problem["code"] for problem in verification.problems}


def without(*numbers: int) -> bytes:
    """The record less these lines."""
    return b"".join(line for number, line in enumerate(LINES) if number not in numbers)


def with_line(number: int, change: Callable[[bytes], bytes]) -> bytes:
    """The record with one line changed."""
    return b"".join(change(line) if at == number else line for at, line in enumerate(LINES))


def rewritten(ring: Keyring, size: int = 12, heads_at: tuple[int, ...] = (4, 9, 12)) -> bytes:
    """The record with entry 2 altered and everything after it made to fit, signed by this ring."""
    lines, link = [export.header(TENANT, size, ring.publics)], chain.genesis(TENANT)
    for seq in range(1, size + 1):
        entry = an_entry(seq, **({"act": "hazard.cancelled"} if seq == 2 else {}))
        link = chain.link(link, seq, chain.entry_hash(canonical.encode(entry)))
        lines.append(export.line(a_row(entry, seq, link)))
        if seq in heads_at:
            lines.append(chain.sign(ring, TENANT, seq, link, START).line() + b"\n")
    return b"".join(lines)


def test_an_untouched_record_is_whole() -> None:
    verification = Verification()

    assert verification.run(io.BytesIO(RECORD), io.BytesIO(ANCHORS))

    told = verification.summary()
    assert (told["entries"], told["heads"], told["erased"], told["anchored"]) == (12, 3, 1, 12)
    assert told["keys"] == [keys().key_id]
    assert told["problems"] == []


def test_an_empty_record_is_whole_but_an_empty_file_is_not() -> None:
    assert found(export.header(TENANT, 0, keys().publics), b"") == set()
    assert found(b"", b"") == {"HEADER"}


@pytest.mark.parametrize(
    ("record", "codes"),
    [
        (with_line(ENTRY_2, lambda line: line.replace(b"closed", b"opened", 1)), {"EDITED"}),
        (
            with_line(ENTRY_2, lambda line: line.replace(b'"act"', b' "act"', 1)),
            {"UNREADABLE", "GAP", "EDITED"},
        ),
        (with_line(ENTRY_2, lambda line: line.replace(b"13900000002", b"13900000003")), {"COMMITMENT"}),
        (without(ENTRY_2), {"GAP", "EDITED"}),
        (b"".join([*LINES[:2], LINES[3], LINES[2], *LINES[4:]]), {"GAP", "EDITED"}),
        (b"".join([*LINES[:3], *LINES[2:]]), {"GAP", "EDITED"}),
        (without(HEAD_4), {"HEAD_MISSING"}),
        (b"".join(LINES[: HEAD_9 + 1]), {"TRUNCATED", "UNSIGNED"}),
        (without(LAST), {"HEAD_MISSING", "UNSIGNED"}),
        (RECORD[:-1], {"UNREADABLE", "HEAD_MISSING", "UNSIGNED"}),
        (with_line(HEAD_4, lambda line: line.replace(b'"at":"2026', b'"at":"2025')), {"SIGNATURE", "FORK"}),
        (rewritten(keys()), {"FORK"}),
        (rewritten(keys(9)), {"FORK", "KEY"}),
        (rewritten(keys(), heads_at=(12,)), {"FORK", "HEAD_MISSING"}),
        (rewritten(keys(), heads_at=(5, 12)), {"FORK", "HEAD_MISSING", "HEAD_EXTRA"}),
        (with_line(0, lambda line: line.replace(b'"size":12', b'"size":11')), {"UNSIGNED"}),
        (with_line(0, lambda line: line.replace(b"8c90", b"8c91")), {"HEADER", "EDITED", "UNSIGNED"}),
    ],
)
def test_each_kind_of_tampering_has_its_name(record: bytes, codes: set[str]) -> None:
    assert found(record) == codes


def test_an_entry_that_is_gone_from_its_table_is_named() -> None:
    link = bytes.fromhex(json.loads(LINES[ENTRY_2])["chain"])
    gone = export.line({"id": None, "seq": 2, "chain_hash": link, "opened": None})

    assert found(with_line(ENTRY_2, lambda _: gone)) == {"MISSING"}


def test_cutting_the_tail_cleanly_off_is_seen_only_by_the_anchors() -> None:
    shorter, _ = a_record(9, (4, 9), erased=frozenset({3}))

    assert found(shorter, anchored=None) == set()
    assert found(shorter) == {"TRUNCATED"}


def test_an_older_export_is_checked_against_the_anchors_of_its_day() -> None:
    older, then = a_record(9, (4, 9), erased=frozenset({3}))

    assert found(older, then) == set()
    assert found(older, ANCHORS, until="2026-03-03T00:30:10") == set()
    assert found(older, ANCHORS, until="2026-03-03T00:30:12.000000Z") == {"TRUNCATED"}


def test_a_whole_rewriting_by_the_holder_of_the_key_is_seen_only_by_the_anchors() -> None:
    assert found(rewritten(keys()), anchored=None) == set()
    assert found(rewritten(keys())) == {"FORK"}


def test_anchors_that_are_damaged_or_of_someone_else_prove_nothing() -> None:
    key, first, second, last = ANCHORS.splitlines(keepends=True)
    another = anchors.key_line(keys(9).key_id, keys(9).public) + b"\n"

    assert found(RECORD, b"") == {"ANCHORS_NONE", "KEY"}
    assert found(RECORD, key + first + last) == {"HEAD_EXTRA"}
    assert found(RECORD, key + second + first + last) == {"PLACE"}
    assert found(RECORD, another + first + second + last) == {"KEY"}
    assert found(RECORD, key + first.replace(b"2026", b"2027") + second + last) == {"SIGNATURE", "FORK"}
    assert found(RECORD, key.replace(b"a", b"b") + first + second + last) == {"ANCHORS", "KEY"}
    assert found(RECORD, ANCHORS + last[:-9]) == {"ANCHORS"}
    fork = chain.sign(keys(), TENANT, 9, b"\x01" * 32, START).line() + b"\n"
    assert found(RECORD, key + first + second + fork + last) == {"FORK"}


def test_only_pinned_keys_are_trusted() -> None:
    pinned = Verification(pinned={keys(9).key_id})

    assert not pinned.run(io.BytesIO(RECORD), io.BytesIO(ANCHORS))
    assert {problem["code"] for problem in pinned.problems} == {"KEY"}


def test_an_erased_value_is_fine_and_an_invented_one_is_not() -> None:
    erased = with_line(
        ENTRY_7,
        lambda line: line.replace(line[line.index(b'"personal":{"phone":{') : -1], b'"personal":{},"seq":6}'),
    )
    invented = with_line(ENTRY_7, lambda line: line.replace(b'{"phone":{"salt"', b'{"name":{"salt"'))

    assert found(erased) == set()
    assert found(invented) == {"COMMITMENT"}


RFC_8032 = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard_are_accepted(public: str, message: str, signature: str) -> None:
    key, signed = Key(bytes.fromhex(public)), bytes.fromhex(signature)

    assert key.verifies(signed, bytes.fromhex(message))
    assert not key.verifies(signed, bytes.fromhex(message) + b"x")
    higher = int.from_bytes(signed[32:], "little") + anhuan_verify.ORDER
    assert not key.verifies(signed[:32] + higher.to_bytes(32, "little"), bytes.fromhex(message))


RING = keys(3)
KEY = Key(RING.public)


@settings(max_examples=60, deadline=None)
@given(message=st.binary(max_size=40), bit=st.integers(0, 511))
def test_signatures_are_judged_as_the_cryptographic_library_judges_them(message: bytes, bit: int) -> None:
    signature = RING.sign(message)
    flipped = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")

    assert KEY.verifies(signature, message)
    assert not KEY.verifies(flipped, message)


@settings(max_examples=150, deadline=None)
@given(garbage=st.binary(max_size=60), at=st.integers(0, len(RECORD)), cut=st.integers(0, 400))
def test_no_bytes_whatever_make_it_stumble(garbage: bytes, at: int, cut: int) -> None:
    mangled = RECORD[:at] + garbage + RECORD[at + cut :]

    assert (found(mangled) == set()) is (mangled == RECORD)


@pytest.mark.parametrize(
    "line",
    [b"[]", b"1", b'"head"', b'{"kind":"entry"}', b"[" * 100_000, b'{"a":' * 50_000, b'{"a":"\\ud800"}', b"\xff\xfe",
     b'{"chain":[],"entry":{},"kind":"entry","personal":[],"seq":1}', b'{"a":1e999}', b"9" * 5000,
     b'{"chain":"' + b"0" * 64 + b'","entry":[],"kind":"entry","personal":{"a":1},"seq":13}',
     b'{"chain":"' + b"0" * 64 + b'","entry":{},"kind":"entry","personal":{},"seq":true}'],
)  # fmt: skip
def test_a_hostile_line_is_a_problem_and_never_a_crash(line: bytes) -> None:
    assert found(RECORD + line + b"\n") != set()
    assert found(RECORD, ANCHORS + line + b"\n") != set()
    assert found(line + b"\n" + RECORD) != set()


def test_it_runs_alone_and_its_exit_code_tells_the_result(tmp_path: Path) -> None:
    record, heads, bad = tmp_path / "record.jsonl", tmp_path / "heads.jsonl", tmp_path / "bad.jsonl"
    record.write_bytes(RECORD)
    heads.write_bytes(ANCHORS)
    bad.write_bytes(without(ENTRY_2))

    def run(*arguments: object) -> tuple[int, str]:
        # -I and -S: no site-packages, no environment, no folder of ours on the path.
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    assert run(record, heads, "--lang", "en")[0] == 0
    assert run(bad, heads)[0] == 1
    assert run(tmp_path / "absent", heads)[0] == 2
    assert run(record)[0] == 2
    code, told = run(record, "--without-anchors", "--lang", "zh")
    assert (code, "警告：未与存证比对" in told) == (0, True)
    code, told = run(bad, heads, "--json")
    assert [problem["zh"] for problem in json.loads(told)["problems"]] == [
        "应为第 2 条，却是第 3 条",
        "第 3 条或其链接已被改动",
    ]
    code, told = run(bad, heads, "--lang", "en")
    assert "entry 3 stands where entry 2 belongs" in told
    assert "2 problems found" in told


def test_it_needs_nothing_but_an_old_python() -> None:
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 8))

    imported = {
        name.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported <= sys.stdlib_module_names
    assert "anhuan_infra" not in SCRIPT.read_text().replace("anhuan_infra/", "")
