"""The part of a record that is about one case: proven up to a signed head, and every way of changing it found."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import part, sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.part import Part, State, Why
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from tests.infra.record.acts import act, tamper, wei
from tests.infra.record.samples import keys


@dataclass(frozen=True)
class Office:
    """A company whose record is written, sealed, looked at and falsified."""

    sessions: Sessions
    settings: Settings
    clock: psycopg.AsyncConnection[Any]
    anchors: Anchors
    ring: Keyring
    id: UUID

    async def write(self, case_id: UUID, times: int = 1, between: int = 2) -> None:
        """Entries of this case, with others of no case between them."""
        for number in range(times):
            await act(self.sessions, self.id, between)
            async with open_work(self.sessions, wei(self.id)) as work:
                work.record("case.told", ("case", case_id), case_id=case_id, number=number, text="整改完成")

    async def seal(self) -> None:
        """All that waits, with a head."""
        await sealer.seal(self.clock, self.ring, self.anchors, head_every=sealer.HEAD_EVERY * 0)

    async def prove(self, case_id: UUID, ring: Keyring | None = None) -> Part:
        """As the product does."""
        async with open_work(self.sessions, system(self.id)) as work:
            return await part.prove(work.session, self.id, case_id, (ring or self.ring).publics)

    async def change(self, statement: str) -> None:
        """By somebody with the owner's password."""
        await tamper(self.settings, statement.replace("$T", f"'{self.id}'"))


@pytest.fixture
async def office(
    settings: Settings,
    sessions: Sessions,
    clock: psycopg.AsyncConnection[Any],
    anchors: Anchors,
    ring: Keyring,
) -> Office:
    return Office(sessions, settings, clock, anchors, ring, new_id())


@pytest.fixture
async def case_id(office: Office) -> UUID:
    """A case with six entries under three heads: 3, 6 · 9, 12 · 15, 18; three more acts and a head after it."""
    case_id = new_id()
    for _ in range(3):
        await office.write(case_id, 2)
        await office.seal()
    await act(office.sessions, office.id, 3)
    await office.seal()
    return case_id


async def test_what_nobody_touched_is_verified_up_to_the_head_that_covers_it(
    office: Office, case_id: UUID
) -> None:
    found = await office.prove(case_id)

    assert (found.state, found.entries, found.pending, found.why) == (State.VERIFIED, 6, 0, None)
    assert (found.first, found.last) == (3, 18)
    assert found.head is not None
    assert (found.head.size, found.head.key_id) == (18, office.ring.key_id)
    assert found.chain == found.head.chain


async def test_what_is_not_sealed_yet_waits_and_is_counted(office: Office, case_id: UUID) -> None:
    await office.write(case_id, 2)
    waiting = await office.prove(case_id)
    await office.seal()
    sealed = await office.prove(case_id)

    assert (waiting.state, waiting.entries, waiting.pending, waiting.last) == (State.PENDING, 8, 2, 18)
    assert (sealed.state, sealed.entries, sealed.pending, sealed.last) == (State.VERIFIED, 8, 0, 27)


async def test_what_is_sealed_and_not_signed_yet_waits(office: Office, case_id: UUID) -> None:
    await office.write(case_id)
    await sealer.seal(office.clock, office.ring, office.anchors)

    assert (await office.prove(case_id)).pending == 1


async def test_a_case_without_entries_is_not_verified_out_of_nothing(office: Office, case_id: UUID) -> None:
    found = await office.prove(new_id())

    assert (found.state, found.why, found.entries, found.first) == (State.BROKEN, Why.GONE, 0, None)


def entry(seq: int) -> str:
    """The id of the entry of this number."""
    return f"(select entry_id from record_seals where tenant_id = $T and seq = {seq})"


NOISE = "decode(md5('x') || md5('x'), 'hex')"
BODY = f"""update record_entries set body = body || '{{"text": "未整改"}}' where id = {entry(9)}"""
TIME = f"update record_entries set at = at - interval '1 day' where id = {entry(12)}"
ACTOR = f"update record_entries set actor_id = gen_random_uuid() where id = {entry(18)}"
ENTRY_HASH = f"update record_seals set entry_hash = {NOISE} where tenant_id = $T and seq = 6"
LINK = f"update record_seals set chain_hash = {NOISE} where tenant_id = $T and seq = 11"
SIGNATURE = (
    "update record_heads set signature = decode(repeat('00', 64), 'hex') where tenant_id = $T and size = 12"
)
PROMISE = f"update record_heads set chain_hash = {NOISE} where tenant_id = $T and size = 6"
DELETED = f"""
    delete from record_personal where tenant_id = $T; delete from record_pending where tenant_id = $T;
    alter table record_seals drop constraint fk_record_seals_tenant_id_entry_id;
    delete from record_entries where id = {entry(15)};
    alter table record_seals add constraint fk_record_seals_tenant_id_entry_id
        foreign key (tenant_id, entry_id) references record_entries (tenant_id, id) not valid
"""
PUT_IN = """
    insert into record_entries (tenant_id, id, actor_kind, act, subject_kind, subject_id, case_id, source, body)
    select tenant_id, gen_random_uuid(), 'person', 'case.told', 'case', case_id, case_id, '{}', '{}'
    from record_entries where tenant_id = $T and case_id is not null limit 1
"""


@pytest.mark.parametrize(
    ("change", "why", "at"),
    [
        (BODY, Why.CHANGED, 9),
        (TIME, Why.CHANGED, 12),
        (ACTOR, Why.CHANGED, 18),
        (ENTRY_HASH, Why.CHANGED, 6),
        (LINK, Why.CHANGED, 11),
        (SIGNATURE, Why.CHANGED, 12),
        (PROMISE, Why.CHANGED, 6),
        (DELETED, Why.GONE, 15),
        (PUT_IN, Why.OUTSIDE, None),
    ],
)
async def test_every_change_is_found_where_it_was_made(
    office: Office, case_id: UUID, change: str, why: Why, at: int | None
) -> None:
    assert (await office.prove(case_id)).state == State.VERIFIED

    await office.change(change)
    found = await office.prove(case_id)

    assert (found.state, found.why, found.broken_at) == (State.BROKEN, why, at)


async def test_a_forger_who_counts_all_hashes_anew_still_lacks_the_key(office: Office, case_id: UUID) -> None:
    """The owner of the database rewrites an entry, takes seals and heads away, and seals it all again under a key of their own."""
    thief = keys(66)
    await office.change(
        f"update record_entries set body = '{{}}' where id = {entry(3)};"
        " insert into record_pending (tenant_id, id) select tenant_id, id from record_entries where tenant_id = $T"
        " on conflict do nothing; delete from record_heads where tenant_id = $T; delete from record_seals where tenant_id = $T"
    )
    await sealer.seal(office.clock, thief, office.anchors)

    found = await office.prove(case_id)
    theirs = await office.prove(case_id, thief)

    assert (found.state, found.why) == (State.BROKEN, Why.CHANGED)
    assert theirs.state == State.VERIFIED  # positive control: but for the key it is a sound record
