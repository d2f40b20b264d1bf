"""The evidence bucket as browsers meet it: from whatever name the app was opened under, unless its owner drew a line."""

import contextlib
import hashlib
import os

import httpx
import pytest

from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.store import Store, Upload, original_key
from anhuan_infra.ids import new_id
from anhuan_infra.stack import bucket
from tests.support.pictures import a_photo
from tests.support.stack import ensure_stack

PHOTO = a_photo(3, size=(300, 200))
DIGEST = hashlib.sha256(PHOTO).hexdigest()
PROGRESS = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
"""What a browser asks before it sends a form and reports how far it is."""


@pytest.fixture
def url() -> str:
    """A bucket that does not exist yet."""
    whole = ensure_stack()["ANHUAN_S3_URL"]
    return f"{whole.rpartition('/')[0]}/pages-{os.urandom(6).hex()}"


async def form_for(store: Store) -> Upload:
    """For the photo."""
    return await store.presign_upload(
        original_key(new_id(), new_id(), DIGEST), len(PHOTO), DIGEST, "image/jpeg"
    )


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8080", "http://192.168.1.5:8081", "https://safety.example.cn"]
)
async def test_a_page_sends_a_photo_and_reads_it_back(url: str, origin: str) -> None:
    assert bucket.problem(url, create=True) is None
    store = Store(Address.parse(url))
    form = await form_for(store)
    async with httpx.AsyncClient(headers={"origin": origin}) as page:
        asked = await page.options(form.url, headers=PROGRESS)
        sent = await page.post(form.url, data=form.fields, files={"file": ("x.jpg", PHOTO)})
        wrong = await page.post(form.url, data=form.fields, files={"file": ("x.jpg", PHOTO[1:])})
        there = await store.stat(form.key)
        assert there is not None
        seen = await page.get(
            store.view_address(form.key, there.version_id, "image/jpeg", "x.jpg", inline=True)
        )
        stranger = await page.get(f"{store.address.endpoint}/{store.address.bucket}/{form.key}")

    assert asked.headers["access-control-allow-origin"] in ("*", origin)
    assert (sent.status_code, seen.status_code, seen.content) == (204, 200, PHOTO)
    assert wrong.status_code == 400
    for answer in (sent, wrong, seen):
        assert answer.headers["access-control-allow-origin"] in ("*", origin), (
            "the page may know what came of it"
        )
    assert stranger.status_code == 403, "being a page is no permission"


async def test_a_line_that_the_owner_drew_stays(url: str) -> None:
    assert bucket.problem(url, create=True) is None
    theirs = bucket.PAGES | {"AllowedOrigins": ["https://safety.example.cn"]}
    with contextlib.closing(bucket.client(url)) as s3:
        s3.put_bucket_cors(Bucket=bucket.name(url), CORSConfiguration={"CORSRules": [theirs]})

    assert bucket.problem(url, create=True) is None

    form = await form_for(Store(Address.parse(url)))
    allowed: list[str | None] = []
    for origin in ("https://safety.example.cn", "https://evil.example"):
        async with httpx.AsyncClient(headers={"origin": origin}) as page:
            answer = await page.post(form.url, data=form.fields, files={"file": ("x.jpg", PHOTO)})
            allowed.append(answer.headers.get("access-control-allow-origin"))
    assert allowed == ["https://safety.example.cn", None]


def test_looking_changes_nothing(url: str) -> None:
    assert bucket.problem(url, create=True) is None
    with contextlib.closing(bucket.client(url)) as s3:
        s3.delete_bucket_cors(Bucket=bucket.name(url))
        assert bucket.problem(url, create=False) is None
        with pytest.raises(s3.exceptions.ClientError, match="NoSuchCORSConfiguration"):
            s3.get_bucket_cors(Bucket=bucket.name(url))
