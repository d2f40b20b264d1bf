"""The chain and the signed heads."""

import hashlib
from datetime import timedelta
from uuid import UUID

from anhuan_infra.record import canonical, chain
from anhuan_infra.record.keys import Keyring, key_id_of
from tests.infra.record.samples import START, TENANT, an_entry, keys


def test_the_chain_is_the_published_arithmetic() -> None:
    first, second = (canonical.encode(an_entry(number)) for number in (1, 2))

    begin = hashlib.sha256(b"\x02anhuan.record/1" + TENANT.bytes).digest()
    one = hashlib.sha256(
        b"\x01" + begin + bytes(7) + b"\x01" + hashlib.sha256(b"\x00" + first).digest()
    ).digest()
    two = hashlib.sha256(
        b"\x01" + one + bytes(7) + b"\x02" + hashlib.sha256(b"\x00" + second).digest()
    ).digest()
    linked = chain.link(chain.genesis(TENANT), 1, chain.entry_hash(first))
    assert linked == one
    assert chain.link(linked, 2, chain.entry_hash(second)) == two


def test_every_company_begins_its_own_chain() -> None:
    assert chain.genesis(TENANT) != chain.genesis(UUID(int=TENANT.int + 1))


def test_a_head_is_good_for_what_was_signed_and_nothing_else() -> None:
    head = chain.sign(keys(), TENANT, 9, b"\x07" * 32, START)
    signed = head.signature

    assert head.signed_by(keys().public)
    assert not head.signed_by(keys(2).public)
    for other in (
        chain.Head(TENANT, 8, head.chain, START, head.key_id, signed),
        chain.Head(TENANT, 9, b"\x08" * 32, START, head.key_id, signed),
        chain.Head(TENANT, 9, head.chain, START + timedelta(microseconds=1), head.key_id, signed),
        chain.Head(TENANT, 9, head.chain, START, "0" * 32, signed),
        chain.Head(UUID(int=1), 9, head.chain, START, head.key_id, signed),
        chain.Head(TENANT, 9, head.chain, START, head.key_id, b"short"),
    ):
        assert not other.signed_by(keys().public)


def test_old_heads_stay_good_after_the_key_was_changed() -> None:
    old = chain.sign(keys(1), TENANT, 9, b"\x07" * 32, START)

    ring = Keyring(b"\x02" * 32, retired=[keys(1).public])

    assert ring.key_id != keys(1).key_id == key_id_of(keys(1).public)
    assert old.signed_by(ring.publics[old.key_id])
    assert chain.sign(ring, TENANT, 10, b"\x08" * 32, START).key_id == ring.key_id
