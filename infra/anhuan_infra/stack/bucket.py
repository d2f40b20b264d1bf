"""The evidence bucket: reachable, versioned, under Object Lock, open to pages. Used for our own store and for the user's."""

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CORSRuleTypeDef

PAGES: "CORSRuleTypeDef" = {
    "AllowedOrigins": ["*"],
    "AllowedMethods": ["POST", "GET", "HEAD"],
    "AllowedHeaders": ["*"],
    "ExposeHeaders": ["ETag", "x-amz-version-id"],
    "MaxAgeSeconds": 3600,
}
"""What pages in browsers may do with the bucket, holding a form or an address that we signed."""


def client(url: str, timeout: float = 5.0) -> "S3Client":
    """An S3 client for http(s)://KEY:SECRET@host:port/bucket."""
    # Loaded late: it costs most of a second, and the supervisor has servers to start meanwhile.
    import boto3
    from botocore.config import Config

    parts = urlsplit(url)
    return boto3.client(
        "s3",
        endpoint_url=f"{parts.scheme}://{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}",
        aws_access_key_id=unquote(parts.username or ""),
        aws_secret_access_key=unquote(parts.password or ""),
        region_name="us-east-1",
        config=Config(
            connect_timeout=timeout,
            read_timeout=timeout,
            retries={"total_max_attempts": 1},
            s3={"addressing_style": "path"},
        ),
    )


def name(url: str) -> str:
    """The bucket that a URL names."""
    return urlsplit(url).path.strip("/")


def problem(url: str, *, create: bool) -> str | None:
    """What keeps the bucket from being used, in a few words; None when it is ready (made, if it was missing)."""
    from botocore.exceptions import BotoCoreError, ClientError

    bucket = name(url)
    if not bucket:
        return "the URL names no bucket: http://KEY:SECRET@host:port/bucket"
    try:
        s3 = client(url)
    except ValueError as error:
        return str(error)
    try:
        try:
            s3.head_bucket(Bucket=bucket)
        except ClientError as error:
            if create and error.response.get("Error", {}).get("Code") in ("404", "NoSuchBucket"):
                s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True)
            else:
                raise
        if s3.get_bucket_versioning(Bucket=bucket).get("Status") != "Enabled":
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        if create:
            _open_to_pages(s3, bucket)
        lock = s3.get_object_lock_configuration(Bucket=bucket)
        if lock["ObjectLockConfiguration"].get("ObjectLockEnabled") != "Enabled":
            return f"bucket {bucket} has no Object Lock"
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "?")
        if code == "ObjectLockConfigurationNotFoundError":
            return f"bucket {bucket} has no Object Lock: make it anew with Object Lock on"
        return f"bucket {bucket}: {code}"
    except BotoCoreError as error:
        return str(error).replace("\n", " ")
    finally:
        s3.close()
    return None


def _open_to_pages(s3: "S3Client", bucket: str) -> None:
    """Let browsers send photos in and read them. A rule that the user made stays, and a store that knows no rules is left as it is.

    Any origin may: whoever holds a signed form or address may use it anyway, no cookie goes along, and a phone in the plant opens the
    app under names and ports that nobody told us.
    """
    from botocore.exceptions import ClientError

    try:
        s3.get_bucket_cors(Bucket=bucket)
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") != "NoSuchCORSConfiguration":
            return
    else:
        return
    with contextlib.suppress(ClientError):
        s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [PAGES]})


def serves(url: str, probe: str) -> bool:
    """Whether an object of the last run can be read and a new one written.

    The gateway of SeaweedFS answers seconds before it knows where its volumes are; until then every read fails.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    s3 = client(url)
    try:
        try:
            s3.get_object(Bucket=probe, Key="probe")["Body"].read()
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code")
            if code == "NoSuchBucket":
                s3.create_bucket(Bucket=probe)
            elif code != "NoSuchKey":
                return False
        s3.put_object(Bucket=probe, Key="probe", Body=b"probe")
        s3.get_object(Bucket=probe, Key="probe")["Body"].read()
    except (BotoCoreError, ClientError):
        return False
    finally:
        s3.close()
    return True
