"""The object store, a real one: what goes in once cannot be exchanged, and a locked file cannot go away."""

import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from botocore.exceptions import ClientError

from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.errors import EvidenceMissing, EvidenceTooLarge
from anhuan_infra.evidence.store import Store, StoreDown, Upload, derivative_key, original_key
from anhuan_infra.ids import new_id
from tests.support import pictures

ORIGIN = "https://app.example.cn"
PHOTO = pictures.a_photo(1, size=(300, 200))
OTHER = pictures.a_photo(2, size=(300, 200))[: len(PHOTO)].ljust(len(PHOTO), b"\x00")
"""Another content of the very same size."""


@pytest.fixture(scope="session")
async def store(stack: dict[str, str]) -> Store:
    """A bucket of this run's own, made as the product makes it."""
    address = replace(Address.parse(stack["ANHUAN_S3_URL"]), bucket=f"evidence-{os.urandom(6).hex()}")
    store = Store(address)
    await store.ensure_bucket([ORIGIN])
    await store.ensure_bucket([ORIGIN])
    return store


@pytest.fixture(scope="session")
async def phone() -> AsyncIterator[httpx.AsyncClient]:
    """Whoever holds a form or an address, and nothing else."""
    async with httpx.AsyncClient() as client:
        yield client


@dataclass
class Sent:
    """One photo on its way: the form, and what the store answered."""

    form: Upload
    answer: httpx.Response


async def send(
    store: Store,
    phone: httpx.AsyncClient,
    body: bytes = PHOTO,
    *,
    announced: bytes = PHOTO,
    changed: dict[str, str] | None = None,
    expires: timedelta = timedelta(minutes=5),
) -> Sent:
    """Ask for a form for `announced` and send `body` with it, with some of its fields changed."""
    sha256 = hashlib.sha256(announced).hexdigest()
    key = original_key(new_id(), new_id(), sha256)
    form = await store.presign_upload(key, len(announced), sha256, "image/jpeg", expires)
    return Sent(form, await post(phone, form, body, changed))


async def post(
    phone: httpx.AsyncClient, form: Upload, body: bytes, changed: dict[str, str] | None = None
) -> httpx.Response:
    """Send the form as a browser does."""
    return await phone.post(form.url, data=form.fields | (changed or {}), files={"file": ("照片.jpg", body)})


async def test_a_photo_goes_straight_in_and_comes_back_whole(
    store: Store, phone: httpx.AsyncClient, tmp_path: Path
) -> None:
    sent = await send(store, phone)

    stat = await store.stat(sent.form.key)

    assert sent.answer.status_code == 204
    assert stat is not None
    assert (stat.size, stat.media_type) == (len(PHOTO), "image/jpeg")
    assert stat.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert abs(stat.stored_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert await store.read(stat.key, stat.version_id, 1 << 20) == PHOTO
    assert await store.fetch(stat.key, stat.version_id, tmp_path / "copy", 1 << 20) == stat.sha256
    assert (tmp_path / "copy").read_bytes() == PHOTO


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (PHOTO[:-1], {}),
        (PHOTO + b"\x00", {}),
        (OTHER, {}),
        (PHOTO, {"Content-Type": "text/html"}),
        (PHOTO, {"key": "somebody/else/photo"}),
        (PHOTO, {"x-amz-checksum-sha256": "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="}),
        (
            PHOTO,
            {
                "x-amz-object-lock-mode": "COMPLIANCE",
                "x-amz-object-lock-retain-until-date": "2099-01-01T00:00:00Z",
            },
        ),
        (PHOTO, {"x-amz-signature": "0" * 64}),
    ],
    ids=[
        "shorter",
        "longer",
        "other content",
        "other type",
        "other key",
        "other digest",
        "own lock",
        "forged",
    ],
)
async def test_only_the_announced_file_fits_the_form(
    store: Store, phone: httpx.AsyncClient, body: bytes, changed: dict[str, str]
) -> None:
    sent = await send(store, phone, body, changed=changed)

    assert sent.answer.status_code in {400, 403}
    assert await store.stat(sent.form.key) is None


@pytest.mark.parametrize(
    "body", [PHOTO[:-1], PHOTO + b"\x00", OTHER], ids=["shorter", "longer", "other content"]
)
async def test_with_a_form_of_its_own_the_same_file_goes_in(
    store: Store, phone: httpx.AsyncClient, body: bytes
) -> None:
    """The control of the test above: what was refused there was the difference from the announcement."""
    sent = await send(store, phone, body, announced=body)

    assert sent.answer.status_code == 204


async def test_a_form_does_not_work_for_ever(store: Store, phone: httpx.AsyncClient) -> None:
    sent = await send(store, phone, expires=timedelta(seconds=-1))

    assert sent.answer.status_code in {400, 403}


async def test_sending_twice_can_only_store_the_same_and_leaves_one(
    store: Store, phone: httpx.AsyncClient
) -> None:
    sent = await send(store, phone)
    first = await store.stat(sent.form.key)
    assert first is not None

    assert (await post(phone, sent.form, PHOTO)).status_code == 204
    assert (await post(phone, sent.form, OTHER)).status_code == 400

    assert await store.read(first.key, first.version_id, 1 << 20) == PHOTO
    assert await store.keep_only(first.key, first.version_id) == 1
    assert await store.stat(first.key) == first


async def test_other_content_for_the_same_evidence_has_another_key() -> None:
    tenant, evidence = new_id(), new_id()
    keys = {original_key(tenant, evidence, hashlib.sha256(body).hexdigest()) for body in (PHOTO, OTHER)}

    assert len(keys) == 2
    assert derivative_key(tenant, evidence, "view.jpg") == f"{tenant}/{evidence}/view.jpg"


async def test_without_a_form_or_an_address_nobody_gets_in(store: Store, phone: httpx.AsyncClient) -> None:
    sent = await send(store, phone)
    place = f"{store.address.endpoint}/{store.address.bucket}/{sent.form.key}"

    assert (await phone.get(place)).status_code == 403
    assert (await phone.put(place, content=OTHER)).status_code == 403
    assert (await phone.delete(place)).status_code == 403


async def test_what_is_locked_cannot_be_deleted_shortened_or_replaced(
    store: Store, phone: httpx.AsyncClient
) -> None:
    sent = await send(store, phone)
    first = await store.stat(sent.form.key)
    assert first is not None
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)

    await store.lock(first.key, first.version_id, until)

    with pytest.raises(ClientError):
        await store.discard(first.key, first.version_id)
    with pytest.raises(ClientError):
        await store.lock(first.key, first.version_id, until - timedelta(hours=1))
    await store.put(first.key, OTHER, "image/jpeg")
    await store.lock(first.key, first.version_id, until + timedelta(days=1))
    kept = await store.stat(first.key, first.version_id)
    assert kept is not None
    assert kept.locked_until == until + timedelta(days=1)
    assert await store.read(first.key, first.version_id, 1 << 20) == PHOTO


async def test_what_is_not_locked_can_be_discarded(store: Store, phone: httpx.AsyncClient) -> None:
    """The control of the test above: the refusals come from the lock, not from the call."""
    sent = await send(store, phone)
    stat = await store.stat(sent.form.key)
    assert stat is not None

    await store.discard(stat.key, stat.version_id)

    assert await store.stat(stat.key) is None
    with pytest.raises(EvidenceMissing):
        await store.read(stat.key, stat.version_id, 1 << 20)


async def test_an_address_for_viewing_carries_name_type_and_an_end(
    store: Store, phone: httpx.AsyncClient
) -> None:
    key = derivative_key(new_id(), new_id(), "view.jpg")
    version = await store.put(key, PHOTO, "image/jpeg")
    address = store.view_address(key, version, "image/jpeg", "隐患 1.jpg", inline=True)
    ended = store.view_address(key, version, "image/jpeg", "x.jpg", expires=timedelta(seconds=1))

    seen = await phone.get(address)

    assert (seen.status_code, seen.content) == (200, PHOTO)
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["content-disposition"].startswith("inline; ")
    assert "%E9%9A%90%E6%82%A3%201.jpg" in seen.headers["content-disposition"]
    assert (await phone.get(address.replace("view.jpg", "other.jpg"))).status_code == 403
    assert (await phone.get(address.replace("image%2Fjpeg", "text%2Fhtml"))).status_code == 403
    assert (await phone.put(address, content=OTHER)).status_code == 403
    assert "X-Amz-Expires=61&" in ended


async def test_a_page_of_ours_may_send_and_a_strangers_may_not(
    store: Store, phone: httpx.AsyncClient
) -> None:
    place = f"{store.address.endpoint}/{store.address.bucket}/"
    asks = {"Access-Control-Request-Method": "POST"}

    ours = await phone.options(place, headers={"Origin": ORIGIN, **asks})
    theirs = await phone.options(place, headers={"Origin": "https://evil.example", **asks})

    assert ours.headers.get("access-control-allow-origin") == ORIGIN
    assert "access-control-allow-origin" not in theirs.headers


async def test_more_than_asked_for_is_refused_unread(
    store: Store, phone: httpx.AsyncClient, tmp_path: Path
) -> None:
    sent = await send(store, phone)
    stat = await store.stat(sent.form.key)
    assert stat is not None

    with pytest.raises(EvidenceTooLarge):
        await store.read(stat.key, stat.version_id, len(PHOTO) - 1)
    with pytest.raises(EvidenceTooLarge):
        await store.fetch(stat.key, stat.version_id, tmp_path / "copy", len(PHOTO) - 1)


async def test_a_store_that_is_away_is_told_apart_from_a_file_that_is(
    store: Store, unused_tcp_port: int
) -> None:
    away = Store(replace(store.address, endpoint=f"http://127.0.0.1:{unused_tcp_port}"))

    with pytest.raises(StoreDown):
        await away.stat("any/key")
