"""Acts on a real database: a company whose people do things, its record exported, its owner tampering."""

import io
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import export
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier.anhuan_verify import Verification
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor, Everything, Source, open_work


def wei(tenant_id: UUID) -> Actor:
    """The safety officer, at her phone."""
    source = Source(address="10.1.2.3", device="phone-7", client="field/1.4")
    return Actor(tenant_id, person_id=UUID(int=7), name="wei", access=Everything(), source=source)


async def act(sessions: Sessions, tenant_id: UUID, times: int = 1) -> list[UUID]:
    """Wei closes this many hazards in one transaction each; the subjects' ids."""
    subjects = [new_id() for _ in range(times)]
    for number, subject in enumerate(subjects):
        async with open_work(sessions, wei(tenant_id)) as work:
            work.record(
                "hazard.closed",
                ("hazard", subject),
                unit_no=12,
                personal={"phone": f"139{number:08}", "name": "林师傅"},
                before={"stage": "验收"},
                after={"stage": "closed", "evidence": number, "ppm": 19.5},
            )
    return subjects


async def seen_by(settings: Settings, tenant_id: UUID, sight: str = "all") -> psycopg.AsyncConnection[Any]:
    """A connection of the app in this company's context; the caller closes it."""
    connection = await psycopg.AsyncConnection[Any].connect(settings.app_database_url)
    await connection.execute(
        "select set_config('app.tenant_id', %s, false), set_config('app.see_record', %s, false)",
        (str(tenant_id), sight),
    )
    return connection


async def exported(settings: Settings, tenant_id: UUID, ring: Keyring) -> bytes:
    """The company's record as a file."""
    async with await seen_by(settings, tenant_id) as connection:
        return b"".join([line async for line in export.lines(connection, tenant_id, ring.publics)])


async def checked(settings: Settings, tenant_id: UUID, ring: Keyring, anchors: Anchors) -> Verification:
    """The verification of the company's record, as an auditor would run it."""
    verification = Verification()
    record = await exported(settings, tenant_id, ring)
    verification.run(io.BytesIO(record), io.BytesIO(anchors.export(tenant_id)))
    return verification


OPEN: LiteralString = "; ".join(
    f"alter table {table} no force row level security"
    for table in ("record_entries", "record_personal", "record_pending", "record_seals", "record_heads")
)


async def tamper(settings: Settings, *statements: str) -> None:
    """What someone with the owner's password can do to the tables, leaving no trace in the catalogue."""
    async with await psycopg.AsyncConnection[Any].connect(settings.database_url) as connection:
        await connection.execute(OPEN)
        for statement in statements:
            await connection.execute(statement.encode())
        await connection.execute(OPEN.replace("no force", "force"))
