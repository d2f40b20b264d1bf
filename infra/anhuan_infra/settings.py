"""What the environment says: read once at the edge, handed inwards, never looked up again."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

APP_ROLE = "anhuan_app"
"""The database role of API and worker: owns nothing, bypasses nothing."""
CLOCK_ROLE = "anhuan_clock"
"""The database role of the scheduler: sees deadlines, outbox and record of all tenants, no business text."""

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Secrets:
    """Every key of an installation, derived from one root by HKDF, so that one value is kept safe and backed up."""

    root: bytes

    def key(self, label: str, length: int = 32) -> bytes:
        """The key for one purpose; labels are stable for ever, or old signatures stop verifying."""
        return _derived(self.root, label, length)

    def password(self, role: str) -> str:
        """The password of a database role that we create ourselves."""
        return self.key(f"database/{role}", 24).hex()

    def lookup(self, name: str) -> str:
        """A keyed hash that finds a sign-in name without storing it."""
        return hmac.new(self.key("directory"), name.casefold().encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=64)
def _derived(root: bytes, label: str, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=b"anhuan/" + label.encode()).derive(root)


@dataclass(frozen=True)
class Settings:
    """One installation: where its servers are and what it may assume."""

    home: Path
    mode: str
    secrets: Secrets
    database_url: str
    app_database_url: str
    clock_database_url: str
    broker_url: str
    s3_url: str
    s3_public_url: str | None
    mqtt_url: str
    public_url: str
    heads_dir: Path
    egress_allow: tuple[Network, ...]
    """Networks that company-given addresses may reach although they are private; the operator's word only."""
    order_key: str | None
    """Base64 public key (Ed25519) of the vendor, against which a signed order file is checked."""

    @property
    def is_production(self) -> bool:
        """True where nothing made for developers may be on."""
        return self.mode == "production"

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; a missing or unreadable value is named in one line."""
        home = Path(env.get("ANHUAN_HOME", ".anhuan")).absolute()
        secrets = Secrets(_root(env))
        owner = _need(env, "ANHUAN_DATABASE_URL")
        return cls(
            home=home,
            mode=env.get("ANHUAN_MODE", "development"),
            secrets=secrets,
            database_url=owner,
            app_database_url=env.get("ANHUAN_APP_DATABASE_URL") or as_role(owner, APP_ROLE, secrets),
            clock_database_url=env.get("ANHUAN_CLOCK_DATABASE_URL") or as_role(owner, CLOCK_ROLE, secrets),
            broker_url=_need(env, "ANHUAN_BROKER_URL"),
            s3_url=_need(env, "ANHUAN_S3_URL"),
            s3_public_url=env.get("ANHUAN_S3_PUBLIC_URL") or None,
            mqtt_url=_need(env, "ANHUAN_MQTT_URL"),
            public_url=env.get("ANHUAN_PUBLIC_URL", "http://127.0.0.1:8080").rstrip("/"),
            heads_dir=Path(env.get("ANHUAN_HEADS_DIR") or home / "heads"),
            egress_allow=_networks(env.get("ANHUAN_EGRESS_ALLOW", "")),
            order_key=env.get("ANHUAN_ORDER_KEY") or None,
        )


class BadSetting(Exception):
    """A setting is missing or unreadable; the message is one line for the person who starts the program."""


def as_role(url: str, role: str, secrets: Secrets) -> str:
    """The same database, entered as one of our own roles."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{quote(secrets.password(role))}@{host}"))


def _need(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise BadSetting(f"{name} is not set / 未设置 {name}")
    return value


def _root(env: Mapping[str, str]) -> bytes:
    try:
        root = bytes.fromhex(_need(env, "ANHUAN_SECRET"))
    except ValueError:
        root = b""
    if len(root) < 32:
        raise BadSetting(
            "ANHUAN_SECRET must be at least 64 hexadecimal digits / ANHUAN_SECRET 至少 64 位十六进制"
        )
    return root


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as problem:
        raise BadSetting(
            f"ANHUAN_EGRESS_ALLOW: {problem} / ANHUAN_EGRESS_ALLOW 不是有效的网段列表"
        ) from problem
