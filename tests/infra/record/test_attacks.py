"""More than a thousand falsifications of a real record: each one is found, and the checks that find them are needed."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier.anhuan_verify import Verification
from anhuan_infra.settings import Settings
from tests.infra.record.acts import act, exported, tamper
from tests.infra.record.attacks import ATTACKS, File
from tests.infra.record.samples import keys

EACH = 90
SEED = 20260302


class Blind(Verification):
    """The verifier with its comparison of the links taken out."""

    def linked(self, previous: bytes, seq: int, entry: bytes, chain: bytes) -> bool:
        return True


@pytest.fixture(scope="module")
async def genuine(
    settings: Settings, sessions: Sessions, tmp_path_factory: pytest.TempPathFactory
) -> tuple[File, bytes]:
    """A record of forty acts, seven heads and two keys, some of its people forgotten; and its anchors."""
    company, anchors = new_id(), Anchors(tmp_path_factory.mktemp("heads"))
    old, ring = keys(1), Keyring(b"\x02" * 32, retired=[keys(1).public])
    async with await psycopg.AsyncConnection[Any].connect(
        settings.clock_database_url, autocommit=True
    ) as clock:
        for times, signer in ((1, old), (9, old), (3, ring), (12, ring), (1, ring), (8, ring), (6, ring)):
            await act(sessions, company, times)
            await sealer.seal(clock, signer, anchors, head_every=timedelta(0))
    await tamper(settings, f"delete from record_personal where tenant_id = '{company}' and value like '%3'")
    record = await exported(settings, company, ring)
    return File(tuple(record.splitlines(keepends=True)), ring), anchors.export(company)


def passes(record: bytes, anchors: bytes | None, verifier: type[Verification] = Verification) -> bool:
    """Whether the verifier lets the record pass."""
    return verifier().run(io.BytesIO(record), None if anchors is None else io.BytesIO(anchors))


def falsified(file: File, seed: int, each: int) -> Iterator[tuple[str, bytes]]:
    """Falsifications of every kind, none of which happens to give the genuine file."""
    rng, whole = Random(seed), file.bytes()
    for attack in ATTACKS:
        for _ in range(each):
            record = attack(rng, file)
            while record == whole:
                record = attack(rng, file)
            yield attack.__name__, record


def test_every_falsification_is_found(genuine: tuple[File, bytes], tmp_path: Path) -> None:
    file, anchors = genuine
    assert passes(file.bytes(), anchors)
    tried: Counter[str] = Counter()

    for name, record in falsified(file, SEED, EACH):
        tried[name] += 1
        if passes(record, anchors):
            (tmp_path / "passed.jsonl").write_bytes(record)
            pytest.fail(f"{name} number {tried[name]} passed: {tmp_path / 'passed.jsonl'}")

    assert tried.total() >= 1_000
    assert set(tried) == {attack.__name__ for attack in ATTACKS}


def test_a_verifier_that_compares_no_links_misses_edits(genuine: tuple[File, bytes]) -> None:
    file, anchors = genuine

    missed = Counter(name for name, record in falsified(file, SEED, 30) if passes(record, anchors, Blind))

    assert missed["edit"] == 30


def test_a_verifier_without_anchors_misses_what_only_they_can_show(genuine: tuple[File, bytes]) -> None:
    file, _ = genuine

    missed = Counter(name for name, record in falsified(file, SEED, 30) if passes(record, None))

    assert missed["truncate"] == missed["rewrite"] == missed["resign"] == 30
    assert missed["edit"] == missed["fork"] == missed["swap"] == 0
