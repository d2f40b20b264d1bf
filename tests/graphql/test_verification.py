"""The mark on a case, asked over the API: pending, verified, broken; and no case of others."""

from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.settings import Settings
from tests.infra.record.acts import tamper
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

ASKED = """query($id: UUID!) { caseVerification(id: $id) { state entries pending why brokenAt firstSeq lastSeq chainHash
    headSize headChainHash signedAt keyId checkedAt } }"""
CHANGE = "update record_entries set body = '{}' where act = 'hazard.graded' and case_id = "


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


@pytest.fixture(scope="module")
async def hazard_id(plant: Plant) -> UUID:
    """Reported by lin and graded."""
    found = await plant.report()
    await plant.grade(found, "B")
    return found


async def _seal(settings: Settings, folder: Path) -> Keyring:
    ring = Keyring(settings.secrets.key(RECORD_KEY))
    async with await psycopg.AsyncConnection.connect(settings.clock_database_url, autocommit=True) as clock:
        await sealer.seal(clock, ring, Anchors(folder), head_every=sealer.HEAD_EVERY * 0)
    return ring


async def test_the_mark_goes_from_pending_to_verified_to_broken(
    wire: Wire, plant: Plant, hazard_id: UUID, settings: Settings, tmp_path: Path
) -> None:
    token = await wire.token_of(plant.company.id, plant.people["lin"])
    waiting = await wire.data(ASKED, token, id=str(hazard_id))
    ring = await _seal(settings, tmp_path)
    sealed = await wire.data(ASKED, token, id=str(hazard_id))
    await tamper(settings, f"{CHANGE} '{hazard_id}'")
    changed = await wire.data(ASKED, token, id=str(hazard_id))

    assert (waiting["state"], waiting["why"]) == ("PENDING", None)
    assert waiting["pending"] == waiting["entries"] > 5
    assert (sealed["state"], sealed["pending"], sealed["entries"]) == ("VERIFIED", 0, waiting["entries"])
    assert sealed["keyId"] == ring.key_id
    assert int(sealed["firstSeq"]) < int(sealed["lastSeq"]) <= int(sealed["headSize"])
    assert len(sealed["chainHash"]) == 64
    assert sealed["signedAt"] <= sealed["checkedAt"]
    assert (changed["state"], changed["why"]) == ("BROKEN", "CHANGED")
    assert int(sealed["firstSeq"]) < int(changed["brokenAt"]) <= int(sealed["lastSeq"])


async def test_who_may_not_see_the_case_learns_no_more_than_of_one_that_is_not(
    wire: Wire, plant: Plant, hazard_id: UUID
) -> None:
    token = await wire.token_of(plant.company.id, plant.people["other"])
    said = [
        (await wire.post({"query": ASKED, "variables": {"id": str(one)}}, token)).text.replace(
            str(one), "<id>"
        )
        for one in (hazard_id, new_id())
    ]

    assert said[0] == said[1]
    assert "NOT_FOUND" in said[0]
