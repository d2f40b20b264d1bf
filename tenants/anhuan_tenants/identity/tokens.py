"""Access tokens: short-lived, signed with Ed25519, and read strictly (RFC 8725, RFC 9068)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from anhuan_infra.errors import NotSignedIn
from anhuan_infra.settings import Secrets

LIFE = timedelta(minutes=10)
ISSUER = "anhuan"
AUDIENCE = "anhuan-api"
TYPE = "at+jwt"
ALGORITHM = "EdDSA"
LEEWAY = timedelta(seconds=30)
CURRENT_KEY = "jwt/1"
"""Label and key id of the signing key; a new one is added to `_LABELS` and signs from then on, the old still verifies."""

_LABELS = (CURRENT_KEY,)
_CLAIMS = ["iss", "aud", "exp", "iat", "sub", "sid", "tid"]
_MOST_CHARACTERS = 2_000


@dataclass(frozen=True)
class Claims:
    """What an access token says: whose session, in which company. Rights are never in a token: they can change."""

    tenant_id: UUID
    person_id: UUID
    session_id: UUID
    expires_at: datetime
    mark: str | None = None
    """Of the refresh token that came with it."""


def issue(
    secrets: Secrets, tenant_id: UUID, person_id: UUID, session_id: UUID, mark: str | None = None
) -> tuple[str, datetime]:
    """A token for ten minutes, and when it ends."""
    now = datetime.now(UTC).replace(microsecond=0)
    expires_at = now + LIFE
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": expires_at,
        "sub": str(person_id),
        "sid": str(session_id),
        "tid": str(tenant_id),
        **({"ref": mark} if mark else {}),
    }
    headers = {"typ": TYPE, "kid": CURRENT_KEY}
    return jwt.encode(claims, _private(secrets, CURRENT_KEY), ALGORITHM, headers), expires_at


def read(secrets: Secrets, token: str) -> Claims:
    """The claims of a token that is ours, whole, meant for us and in time; anything else is nobody's.

    A token that was good is not verified again while it lasts, only looked up; whether its session still stands is never asked here.
    """
    claims = _verified(secrets, token)
    if claims.expires_at + LEEWAY <= datetime.now(UTC):
        raise NotSignedIn()
    return claims


@lru_cache(maxsize=4_096)
def _verified(secrets: Secrets, token: str) -> Claims:
    try:
        if len(token) > _MOST_CHARACTERS:
            raise NotSignedIn()
        header = jwt.get_unverified_header(token)
        if header.get("typ") != TYPE or header.get("alg") != ALGORITHM or header.get("kid") not in _LABELS:
            raise NotSignedIn()
        claims: dict[str, Any] = jwt.decode(
            token,
            public_key(secrets, header["kid"]),
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=LEEWAY,
            options={"require": _CLAIMS, "strict_aud": True},
        )
        if claims["exp"] - claims["iat"] > LIFE.total_seconds():
            raise NotSignedIn()
        return Claims(
            tenant_id=UUID(claims["tid"]),
            person_id=UUID(claims["sub"]),
            session_id=UUID(claims["sid"]),
            expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            mark=claims.get("ref"),
        )
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise NotSignedIn() from error


@lru_cache(maxsize=8)
def public_key(secrets: Secrets, label: str) -> Ed25519PublicKey:
    """The key with which anyone may check our tokens."""
    return _private(secrets, label).public_key()


@lru_cache(maxsize=8)
def _private(secrets: Secrets, label: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secrets.key(label))
