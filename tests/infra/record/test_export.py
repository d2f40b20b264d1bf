"""The export of a record: complete, honest about what is gone, and small in memory."""

import io
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import export, sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier.anhuan_verify import Verification
from anhuan_infra.settings import Settings
from tests.infra.record.acts import OPEN, act, checked, exported, seen_by, tamper

Clock = psycopg.AsyncConnection[Any]


@pytest.fixture
async def company(sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors) -> AsyncIterator[UUID]:
    """A company with five sealed acts."""
    tenant_id = new_id()
    await act(sessions, tenant_id, times=5)
    await sealer.seal(clock, ring, anchors, head_every=timedelta(0))
    yield tenant_id


async def codes_after(
    settings: Settings, company: UUID, ring: Keyring, anchors: Anchors, *statements: str
) -> set[str]:
    """What the verifier says of the record as it is after this tampering, which is then undone."""
    async with await psycopg.AsyncConnection[Any].connect(settings.database_url) as owner:
        await owner.execute(OPEN)
        for statement in statements:
            await owner.execute(statement.encode())
        record = b"".join([line async for line in export.lines(owner, company, ring.publics)])
        await owner.rollback()
    verification = Verification()
    verification.run(io.BytesIO(record), io.BytesIO(anchors.export(company)))
    return {problem["code"] for problem in verification.problems}


async def test_what_is_not_yet_signed_is_no_part_of_the_export(
    settings: Settings, sessions: Sessions, clock: Clock, company: UUID, ring: Keyring, anchors: Anchors
) -> None:
    await act(sessions, company, times=2)

    verification = await checked(settings, company, ring, anchors)

    assert (verification.problems, verification.size) == ([], 5)
    async with await seen_by(settings, company) as connection:
        assert await export.waiting(connection, company) == export.Waiting(pending=2, orphaned=0)


async def test_an_entry_whose_pending_mark_was_removed_is_counted_as_orphaned(
    settings: Settings, sessions: Sessions, company: UUID
) -> None:
    await act(sessions, company, times=2)
    await tamper(settings, f"delete from record_pending where tenant_id = '{company}'")

    async with await seen_by(settings, company) as connection:
        assert await export.waiting(connection, company) == export.Waiting(pending=0, orphaned=2)


async def test_personal_values_can_be_erased_without_a_trace_of_damage(
    settings: Settings, company: UUID, ring: Keyring, anchors: Anchors
) -> None:
    assert "林师傅".encode() in await exported(settings, company, ring)
    async with await seen_by(settings, company) as connection:
        await connection.execute("delete from record_personal where field = 'name'")

    assert "林师傅".encode() not in await exported(settings, company, ring)
    verification = await checked(settings, company, ring, anchors)
    assert (verification.problems, verification.erased) == ([], 5)


@pytest.mark.parametrize("sight", ["", "own", "own,assigned"])
async def test_who_sees_only_a_part_cannot_export(
    settings: Settings, company: UUID, ring: Keyring, sight: str
) -> None:
    async with await seen_by(settings, company, sight) as connection:
        with pytest.raises(export.NotAllSeen) as refused:
            await anext(export.lines(connection, company, ring.publics))
    assert refused.value.code == "RECORD_NOT_ALL_SEEN"


async def test_another_company_cannot_export_it(settings: Settings, company: UUID, ring: Keyring) -> None:
    async with await seen_by(settings, new_id()) as connection:
        with pytest.raises(export.NotAllSeen):
            await anext(export.lines(connection, company, ring.publics))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("at = at + interval '1 microsecond'", "EDITED"),
        ("actor_id = gen_random_uuid()", "EDITED"),
        ("actor_id = null", "EDITED"),
        ("actor_kind = 'system'", "EDITED"),
        ("act = 'hazard.cancelled'", "EDITED"),
        ("subject_kind = 'permit'", "EDITED"),
        ("subject_id = gen_random_uuid()", "EDITED"),
        ("case_id = gen_random_uuid()", "EDITED"),
        ("unit_no = 13", "EDITED"),
        ("source = '{}'", "EDITED"),
        ("body = jsonb_set(body, '{after,evidence}', '7')", "EDITED"),
        ("personal = personal - 'name'", "EDITED"),
    ],
)
async def test_a_change_in_any_column_is_found(
    settings: Settings, company: UUID, ring: Keyring, anchors: Anchors, change: str, code: str
) -> None:
    third = f"(select entry_id from record_seals where tenant_id = '{company}' and seq = 3)"

    codes = await codes_after(
        settings, company, ring, anchors, f"update record_entries set {change} where id = {third}"
    )

    assert code in codes


async def test_tampering_with_seals_heads_and_values_is_found(
    settings: Settings, company: UUID, ring: Keyring, anchors: Anchors
) -> None:
    mine = f"where tenant_id = '{company}'"

    async def codes(*statements: str) -> set[str]:
        return await codes_after(settings, company, ring, anchors, *statements)

    assert await codes() == set()
    assert await codes(f"update record_seals set chain_hash = entry_hash {mine} and seq = 2") == {"EDITED"}
    assert await codes(f"delete from record_seals {mine} and seq = 2") == {"GAP", "EDITED"}
    assert await codes(f"delete from record_seals {mine} and seq = 5") == {"TRUNCATED", "UNSIGNED"}
    assert await codes(f"delete from record_heads {mine}") == {"TRUNCATED"}
    assert await codes(f"update record_heads set signed_at = now() {mine}") == {"SIGNATURE", "FORK"}
    assert await codes(f"update record_personal set value = 'x' {mine} and field = 'name'") == {"COMMITMENT"}
    assert await codes(
        "alter table record_seals drop constraint fk_record_seals_tenant_id_entry_id",
        "alter table record_personal drop constraint fk_record_personal_tenant_id_entry_id",
        f"delete from record_entries e using record_seals s {mine.replace('tenant_id', 'e.tenant_id')}"
        " and s.tenant_id = e.tenant_id and s.entry_id = e.id and s.seq = 4",
    ) == {"MISSING"}


async def test_a_long_record_is_exported_in_little_memory(
    settings: Settings, sessions: Sessions, clock: Clock, ring: Keyring, anchors: Anchors
) -> None:
    company = new_id()
    await act(sessions, company)
    await tamper(
        settings,
        "insert into record_entries (tenant_id, id, actor_kind, act, subject_kind, subject_id, source, body)"
        f" select '{company}', gen_random_uuid(), 'system', 'hazard.late', 'hazard', gen_random_uuid(), '{{}}',"
        " jsonb_build_object('note', repeat('隐患', 500)) from generate_series(1, 6000)",
        f"insert into record_pending (tenant_id, id) select tenant_id, id from record_entries where tenant_id = '{company}'"
        " on conflict do nothing",
    )
    await sealer.seal(clock, ring, anchors, head_every=timedelta(0))

    size = 0
    async with await seen_by(settings, company) as connection:
        tracemalloc.start()
        async for line in export.lines(connection, company, ring.publics):
            size += len(line)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert size > 15_000_000
    assert peak < 8_000_000
    assert (await checked(settings, company, ring, anchors)).problems == []
