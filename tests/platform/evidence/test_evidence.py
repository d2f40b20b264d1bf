"""Evidence from the announcement to the lock, with real files on a real store."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from botocore.exceptions import ClientError

from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import Conflict, NotFound, Refused
from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.errors import EvidenceMissing
from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.store import Store
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_platform.evidence import confirming, service, tools, views
from anhuan_platform.evidence.errors import EvidenceElsewhere, EvidenceRefused
from anhuan_platform.evidence.models import Evidence, EvidenceStatus
from anhuan_platform.hazards.service import reporting, working
from anhuan_platform.loops.service import steps, talk
from tests.support.plant import Plant, a_plant


@pytest.fixture(scope="module", autouse=True)
async def equipped(settings: Settings) -> AsyncIterator[Store]:
    """This process with the store and an inspector, as the app has them."""
    store, inspector = Store(Address.parse(settings.s3_url)), Inspector()
    await store.ensure_bucket()
    tools.equip(store, inspector)
    yield store
    await inspector.close()


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


def _as(plant: Plant, account: str) -> "confirming.OpenWork":
    def opened() -> AbstractAsyncContextManager[Work]:
        return plant.as_(account)

    return opened


async def _send(plant: Plant, account: str, content: bytes, media_type: str = "image/jpeg") -> UUID:
    """Announce a file and post it to the store as a phone would."""
    evidence_id, digest = new_id(), hashlib.sha256(content).hexdigest()
    async with plant.as_(account) as work:
        row = await service.request(
            work, evidence_id, name="现场.jpg", media_type=media_type, size=len(content), sha256=digest
        )
    form = await tools.store().presign_upload(row.object_key, row.size, row.sha256, row.declared_type)
    async with httpx.AsyncClient() as client:
        answer = await client.post(
            form.url, data=form.fields, files={"file": ("x", content, row.declared_type)}
        )
    assert answer.status_code == 204, answer.text
    return evidence_id


async def _row(plant: Plant, evidence_id: UUID) -> Evidence:
    async with plant.company.house() as work:
        return await work.session.get_one(Evidence, (work.tenant_id, evidence_id))


async def test_a_real_photo_is_verified_and_shown_without_what_it_betrays(plant: Plant, data: Path) -> None:
    content = (data / "exif_photos" / "jpg__gps__DSCN0010.jpg").read_bytes()

    evidence_id = await _send(plant, "lin", content)
    row = await confirming.confirm(_as(plant, "lin"), evidence_id)

    assert (row.status, row.media_type, row.sha256) == (
        EvidenceStatus.STORED, "image/jpeg", hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    assert row.exif is not None
    assert round(row.exif["latitude"], 3) == 43.467
    assert "CAPTURED_LONG_BEFORE" in {flag["code"] for flag in row.flags}
    url = views.view_url(row)
    assert url is not None
    async with httpx.AsyncClient() as client:
        shown = (await client.get(url)).content
    assert shown[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in shown
    assert views.paper_url(row) is None


async def test_the_same_photo_used_again_is_a_flag_and_no_refusal(plant: Plant, data: Path) -> None:
    content = (data / "exif_photos" / "jpg__gps__DSCN0012.jpg").read_bytes()
    first = await _send(plant, "lin", content)
    await confirming.confirm(_as(plant, "lin"), first)

    second = await _send(plant, "fitter", content)
    row = await confirming.confirm(_as(plant, "fitter"), second)

    again = [flag for flag in row.flags if flag["code"] == "USED_BEFORE"]
    assert [flag["facts"]["other"] for flag in again] == [str(first)]


async def test_confirming_before_the_file_came_says_so_and_loses_nothing(plant: Plant) -> None:
    evidence_id = new_id()
    async with plant.as_("lin") as work:
        await service.request(
            work, evidence_id, name="a.jpg", media_type="image/jpeg", size=10, sha256="0" * 64
        )

    with pytest.raises(EvidenceMissing):
        await confirming.confirm(_as(plant, "lin"), evidence_id)

    assert (await _row(plant, evidence_id)).status == EvidenceStatus.REQUESTED


async def test_a_broken_picture_is_refused_for_good_and_removed(plant: Plant, data: Path) -> None:
    content = (data / "malformed_images" / "truncated_jpeg.jpg").read_bytes()
    evidence_id = await _send(plant, "lin", content)

    with pytest.raises(Refused) as refused:
        await confirming.confirm(_as(plant, "lin"), evidence_id)

    row = await _row(plant, evidence_id)
    assert (row.status, row.refusal) == (EvidenceStatus.REFUSED, refused.value.code)
    assert await tools.store().stat(row.object_key) is None
    with pytest.raises(EvidenceRefused):
        async with plant.as_("lin") as work:
            await reporting.report(
                work, reporting.Report(id=new_id(), description="坏图", evidence=[evidence_id])
            )


async def test_the_same_id_with_another_file_is_a_conflict(plant: Plant) -> None:
    evidence_id = new_id()
    async with plant.as_("lin") as work:
        await service.request(
            work, evidence_id, name="a.jpg", media_type="image/jpeg", size=10, sha256="0" * 64
        )

    with pytest.raises(Conflict):
        async with plant.as_("lin") as work:
            await service.request(
                work, evidence_id, name="a.jpg", media_type="image/jpeg", size=11, sha256="1" * 64
            )


async def test_evidence_of_others_can_neither_be_confirmed_nor_used(plant: Plant) -> None:
    theirs = await plant.photo("fitter")

    with pytest.raises(NotFound):
        await confirming.confirm(_as(plant, "lin"), theirs)
    with pytest.raises(NotFound):
        async with plant.as_("lin") as work:
            await service.attach(work, service.Use(new_id(), "open"), [(theirs, "report")])


async def test_one_photo_serves_one_case(plant: Plant) -> None:
    photo = await plant.photo("lin")
    async with plant.as_("lin") as work:
        await reporting.report(work, reporting.Report(id=new_id(), description="第一条", evidence=[photo]))

    with pytest.raises(EvidenceElsewhere):
        async with plant.as_("lin") as work:
            await reporting.report(
                work, reporting.Report(id=new_id(), description="第二条", evidence=[photo])
            )


async def _used(plant: Plant, evidence_id: UUID) -> tuple[UUID | None, UUID | None, str | None]:
    row = await _row(plant, evidence_id)
    return row.case_id, row.task_id, row.purpose


async def test_a_photo_of_the_report_is_no_proof_of_the_work(plant: Plant) -> None:
    before, after = await plant.photo("fitter"), await plant.photo("fitter")
    hazard_id = await plant.report("fitter", evidence=[after])
    await plant.grade(hazard_id, "C")
    await plant.assign(hazard_id, "tlead")

    with pytest.raises(EvidenceElsewhere):
        async with plant.as_("fitter") as work:
            await working.submit_rectification(
                work,
                hazard_id,
                measures="加装防护罩",
                test=working.TestResult(passed=True, summary="试车合格"),
                proofs=[steps.Proof(before, "before"), steps.Proof(after, "after")],
            )

    assert await _used(plant, after) == (hazard_id, None, "report")
    assert await plant.open_steps(hazard_id) == {"rectify": ["fitter"]}


@pytest.mark.parametrize("account", ["lin", "wei"])
async def test_a_comment_does_not_change_what_a_photo_shows(plant: Plant, account: str) -> None:
    photo = await plant.photo("lin")
    hazard_id = await plant.report(evidence=[photo])

    with pytest.raises(EvidenceElsewhere):
        async with plant.as_(account) as work:
            await talk.comment(
                work, hazard_id, comment_id=new_id(), body="请看这张", mentions=[], evidence=[photo]
            )

    assert await _used(plant, photo) == (hazard_id, None, "report")


async def test_one_photo_does_not_show_before_and_after(plant: Plant) -> None:
    hazard_id, photo = await plant.report(), await plant.photo("lin")

    with pytest.raises(EvidenceElsewhere):
        async with plant.as_("lin") as work:
            await service.attach(work, service.Use(hazard_id, "open"), [(photo, "before"), (photo, "after")])


async def test_the_same_use_again_is_the_same_use(plant: Plant) -> None:
    hazard_id, photo = await plant.report(), await plant.photo("lin")

    for _ in range(2):
        async with plant.as_("lin") as work:
            await service.attach(work, service.Use(hazard_id, "open"), [(photo, "progress")])

    assert await _used(plant, photo) == (hazard_id, None, "progress")


async def test_what_was_decided_upon_cannot_be_removed_from_the_store(plant: Plant, data: Path) -> None:
    content = (data / "exif_photos" / "jpg__gps__DSCN0021.jpg").read_bytes()
    evidence_id = await _send(plant, "lin", content)
    row = await confirming.confirm(_as(plant, "lin"), evidence_id)
    assert row.version_id is not None

    await tools.store().lock(row.object_key, row.version_id, datetime.now(UTC) + timedelta(seconds=30))

    with pytest.raises(ClientError):
        await tools.store().discard(row.object_key, row.version_id)
    stat = await tools.store().stat(row.object_key, row.version_id)
    assert stat is not None
    assert stat.size == len(content)
