"""Where the object store is: one URL in the environment, `http://ACCESS:SECRET@host:port/bucket`."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from anhuan_infra.settings import BadSetting

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class Address:
    """An S3 server, the keys to it, and the bucket that holds the evidence."""

    endpoint: str
    access_key: str
    secret_key: str
    bucket: str
    region: str = "us-east-1"

    def __repr__(self) -> str:
        return f"Address({self.endpoint}/{self.bucket})"

    @property
    def is_beside_us(self) -> bool:
        """True where the server runs on this very machine."""
        return urlsplit(self.endpoint).hostname in {"127.0.0.1", "::1", "localhost"}

    @classmethod
    def parse(cls, url: str, name: str = "ANHUAN_S3_URL") -> "Address":
        """Read the URL; `?region=…` only matters to servers that check it. What is wrong is said without the keys."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as failure:
            raise BadSetting(f"{name} is not a URL / {name} 不是有效的 URL") from failure
        bucket = parts.path.strip("/")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BadSetting(f"{name} must be http(s)://ACCESS:SECRET@host:port/bucket / {name} 格式不正确")
        if not _BUCKET.fullmatch(bucket):
            raise BadSetting(
                f"{name} must end in a bucket's name of 3-63 characters / {name} 缺少有效的存储桶名"
            )
        if not parts.username or not parts.password:
            raise BadSetting(f"{name} has no access key and secret / {name} 缺少访问密钥")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        region = re.fullmatch(r"region=([a-z0-9-]{1,40})", parts.query)
        return cls(
            endpoint=f"{parts.scheme}://{host}" + (f":{port}" if port else ""),
            access_key=unquote(parts.username),
            secret_key=unquote(parts.password),
            bucket=bucket,
            region=region.group(1) if region else "us-east-1",
        )

    def seen_from_outside(self, public_url: str | None) -> "Address":
        """The same bucket under the name that phones reach it by; its keys are ours, so the URL carries none."""
        if not public_url:
            return self
        parts = urlsplit(public_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise BadSetting(
                "ANHUAN_S3_PUBLIC_URL must be http(s)://host:port / ANHUAN_S3_PUBLIC_URL 格式不正确"
            )
        endpoint = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        return Address(endpoint, self.access_key, self.secret_key, self.bucket, self.region)
