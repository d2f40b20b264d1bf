"""The object store: files go in once, are read by version, and cannot be changed once a decision rests on them.

An upload form fixes key, size, type and SHA-256, and the key itself contains the SHA-256: posting twice can only
store the same bytes twice. (A condition "only if absent" would be plainer, but S3 has none for POST, and SeaweedFS
4.48 refuses it there.) Versioning keeps the first copy in any case, and we read by the version that we verified.
"""

import asyncio
import base64
import contextlib
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID

import boto3
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, HTTPClientError, IncompleteReadError
from botocore.exceptions import ConnectionError as NoConnection

from anhuan_infra.evidence.address import Address
from anhuan_infra.evidence.errors import EvidenceMissing, EvidenceTooLarge
from anhuan_infra.recent import Recent

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import HeadObjectRequestTypeDef

_T = TypeVar("_T")
_CHUNK = 1 << 20
_ADDRESSES = 5_000
"""For viewing that are kept for their minute."""
_ABSENT = frozenset({"404", "NoSuchBucket", "NoSuchKey", "NoSuchVersion", "NotFound"})


class StoreDown(Exception):
    """The object store does not answer; nothing is lost, try again later."""


@dataclass(frozen=True)
class Upload:
    """A form for one file: send the fields as given, then the file as field `file`, before it expires."""

    key: str
    url: str
    fields: dict[str, str]
    expires_at: datetime


@dataclass(frozen=True)
class Stat:
    """What the store holds under a key; sha256 is what it verified at arrival, None where it was not told."""

    key: str
    version_id: str
    size: int
    media_type: str
    sha256: str | None
    stored_at: datetime
    locked_until: datetime | None


def original_key(tenant_id: UUID, evidence_id: UUID, sha256: str) -> str:
    """Where the file as it came is kept; other content is another key, so nothing can take its place."""
    return f"{tenant_id}/{evidence_id}/{sha256}"


def derivative_key(tenant_id: UUID, evidence_id: UUID, name: str) -> str:
    """Where a picture that we made of it is kept (`view.jpg`, `thumbnail.jpg`)."""
    return f"{tenant_id}/{evidence_id}/{name}"


class Store:
    """One bucket. Calls block a thread, not the event loop; boto3's client may be shared by threads."""

    def __init__(self, address: Address, public_url: str | None = None) -> None:
        self.address = address
        self._client = _client(address)
        self._seen_at = outside = address.seen_from_outside(public_url)
        self._outside = self._client if outside is address else _client(outside)
        self._keys = Credentials(address.access_key, address.secret_key)
        self._given: Recent[tuple[object, ...], str] = Recent(_ADDRESSES)
        self._bucket = address.bucket

    async def presign_upload(
        self, key: str, size: int, sha256: str, media_type: str, expires: timedelta = timedelta(minutes=15)
    ) -> Upload:
        """A form that this very file, and no other, can be sent with; asking again for the same file is harmless."""
        fields = {
            "Content-Type": media_type,
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode(),
        }
        conditions: list[Any] = [["content-length-range", size, size]]
        conditions += [{name: value} for name, value in fields.items()]
        seconds = int(expires.total_seconds())
        # Signing is arithmetic; it asks nobody.
        form = self._outside.generate_presigned_post(
            self._bucket, key, Fields=dict(fields), Conditions=conditions, ExpiresIn=seconds
        )
        return Upload(key, form["url"], form["fields"], datetime.now(UTC) + timedelta(seconds=seconds))

    def view_address(
        self,
        key: str,
        version_id: str,
        media_type: str,
        filename: str,
        *,
        inline: bool = False,
        expires: timedelta = timedelta(minutes=5),
    ) -> str:
        """An address for reading one version, that lives so long and at most a minute longer: within a minute the same is given again,
        so that a browser knows a picture that it has.

        `inline` only for pictures that we encoded ourselves: S3 cannot be told to send `nosniff`, so whatever
        strangers made must be sent as a download, and the store should have an origin of its own.
        """
        minute = int(time.time()) // 60
        asked = (minute, key, version_id, media_type, filename, inline, expires)
        return self._given.get(asked) or self._given.put(
            asked,
            self._signed(
                key,
                {
                    "versionId": version_id,
                    "response-content-type": media_type,
                    "response-content-disposition": disposition(filename, inline=inline),
                    "response-cache-control": "private, max-age=300",
                },
                int(expires.total_seconds()) + 60,
            ),
        )

    def _signed(self, key: str, asked: dict[str, str], seconds: int) -> str:
        """By botocore's signer itself: the client around it takes twice as long, and a page shows a hundred pictures."""
        place = f"{self._seen_at.endpoint}/{self._bucket}/{quote(key)}?{urlencode(asked, quote_via=quote)}"
        request = AWSRequest("GET", place)
        S3SigV4QueryAuth(self._keys, "s3", self._seen_at.region, seconds).add_auth(request)
        return str(request.url)

    async def stat(self, key: str, version_id: str | None = None) -> Stat | None:
        """What is there (the newest version unless one is named); None where nothing is."""
        try:
            return await _in_thread(lambda: self._stat(key, version_id))
        except EvidenceMissing:
            return None

    async def read(self, key: str, version_id: str, max_bytes: int) -> bytes:
        """The whole of a small object; more than `max_bytes` is refused before it is read."""
        return await _in_thread(lambda: self._read(key, version_id, max_bytes))

    async def fetch(self, key: str, version_id: str, target: Path, max_bytes: int) -> str:
        """Copy an object to a local file in bounded memory; answers the SHA-256 of what was really received."""
        return await _in_thread(lambda: self._fetch(key, version_id, target, max_bytes))

    async def put(self, key: str, body: bytes, media_type: str) -> str:
        """Store bytes of our own making; answers their version. Twice makes two versions, both right."""
        checksum = base64.b64encode(hashlib.sha256(body).digest()).decode()
        return await _in_thread(
            lambda: self._client.put_object(
                Bucket=self._bucket, Key=key, Body=body, ContentType=media_type, ChecksumSHA256=checksum
            )["VersionId"]
        )

    async def lock(self, key: str, version_id: str, until: datetime) -> None:
        """Make one version unchangeable and undeletable by anybody, us too, until then; it can only be prolonged."""
        await _in_thread(
            lambda: self._client.put_object_retention(
                Bucket=self._bucket,
                Key=key,
                VersionId=version_id,
                Retention={"Mode": "COMPLIANCE", "RetainUntilDate": until},
            )
        )

    async def keep_only(self, key: str, version_id: str) -> int:
        """Remove the copies that repeated sending left beside the verified one; answers how many there were."""
        return await _in_thread(lambda: self._keep_only(key, version_id))

    async def discard(self, key: str, version_id: str) -> None:
        """Remove one version for good (refused or never confirmed); a locked one stays, and the store's error is raised."""
        await _in_thread(
            lambda: self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=version_id)
        )

    async def ensure_bucket(self, origins: Sequence[str] = ()) -> None:
        """Make the bucket with versions and Object Lock, and let pages of these origins post to it; safe to repeat."""
        await _in_thread(lambda: self._ensure_bucket(origins))

    def _stat(self, key: str, version_id: str | None) -> Stat:
        place: HeadObjectRequestTypeDef = {"Bucket": self._bucket, "Key": key, "ChecksumMode": "ENABLED"}
        if version_id is not None:
            place["VersionId"] = version_id
        head = self._client.head_object(**place)
        checksum = head.get("ChecksumSHA256")
        return Stat(
            key=key,
            version_id=head["VersionId"],
            size=head["ContentLength"],
            media_type=head["ContentType"],
            sha256=base64.b64decode(checksum).hex() if checksum else None,
            stored_at=head["LastModified"].astimezone(UTC),
            locked_until=head.get("ObjectLockRetainUntilDate"),
        )

    def _read(self, key: str, version_id: str, max_bytes: int) -> bytes:
        answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version_id)
        with contextlib.closing(answer["Body"]) as body:
            _check_length(answer["ContentLength"], max_bytes, answer["ContentType"])
            return body.read()

    def _fetch(self, key: str, version_id: str, target: Path, max_bytes: int) -> str:
        answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version_id)
        digest = hashlib.sha256()
        with contextlib.closing(answer["Body"]) as body, target.open("wb") as file:
            _check_length(answer["ContentLength"], max_bytes, answer["ContentType"])
            for chunk in body.iter_chunks(_CHUNK):
                digest.update(chunk)
                file.write(chunk)
        return digest.hexdigest()

    def _keep_only(self, key: str, version_id: str) -> int:
        listed = self._client.list_object_versions(Bucket=self._bucket, Prefix=key)
        copies = [v.get("VersionId", "") for v in listed.get("Versions", []) if v.get("Key") == key]
        extra = [copy for copy in copies if copy != version_id]
        for each in extra:
            self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=each)
        return len(extra)

    def _ensure_bucket(self, origins: Sequence[str]) -> None:
        try:
            self._client.head_bucket(Bucket=self._bucket)
        except ClientError as failure:
            if _code(failure) not in _ABSENT:
                raise
            self._client.create_bucket(Bucket=self._bucket, ObjectLockEnabledForBucket=True)
        if self._client.get_bucket_versioning(Bucket=self._bucket).get("Status") != "Enabled":
            self._client.put_bucket_versioning(
                Bucket=self._bucket, VersioningConfiguration={"Status": "Enabled"}
            )
        if origins:
            self._client.put_bucket_cors(
                Bucket=self._bucket,
                CORSConfiguration={
                    "CORSRules": [
                        {
                            "AllowedOrigins": list(origins),
                            "AllowedMethods": ["POST", "GET", "HEAD"],
                            "AllowedHeaders": ["*"],
                            "ExposeHeaders": ["ETag", "x-amz-version-id"],
                            "MaxAgeSeconds": 3600,
                        }
                    ]
                },
            )


def disposition(filename: str, *, inline: bool) -> str:
    """The header that names a download, Chinese included (RFC 6266); a name cannot carry a path or a second header."""
    clean = "".join(letter for letter in filename if letter.isprintable() and letter not in '/\\:*?"<>|')
    clean = clean.strip(". ")[:120] or "evidence"
    plain = clean.encode("ascii", "replace").decode().replace("?", "_")
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _client(address: Address) -> "S3Client":
    return boto3.session.Session().client(
        "s3",
        endpoint_url=address.endpoint,
        aws_access_key_id=address.access_key,
        aws_secret_access_key=address.secret_key,
        region_name=address.region,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=3,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=32,
            # A company's proxy in the environment is for the world outside, never for the store beside us.
            proxies={} if address.is_beside_us else None,
            # We name SHA-256 where it counts; the library's default (CRC32 trailers) not every server understands.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def _check_length(length: int, max_bytes: int, media_type: str) -> None:
    if length > max_bytes:
        raise EvidenceTooLarge(size=length, limit=max_bytes, type=media_type)


async def _in_thread(call: Callable[[], _T]) -> _T:
    """Run a blocking call; silence or trouble on the store's side becomes `StoreDown`, absence `EvidenceMissing`."""
    try:
        return await asyncio.to_thread(call)
    except (NoConnection, HTTPClientError, IncompleteReadError) as failure:
        raise StoreDown(type(failure).__name__) from failure
    except ClientError as failure:
        if _code(failure) in _ABSENT:
            raise EvidenceMissing from failure
        if failure.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:
            raise StoreDown(_code(failure)) from failure
        raise


def _code(failure: ClientError) -> str:
    return failure.response.get("Error", {}).get("Code", "")
