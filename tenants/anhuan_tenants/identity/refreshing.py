"""Refresh tokens: opaque, rotating, and telling a stolen old one from mere noise.

A token reads `<company>.<session>.<secret>`; the database holds only SHA-256 of the secret. A secret is 24 bytes and a tag
that only this installation can make, so noise sent under somebody's session id is recognised and cannot end the session,
while an older true token can only come from a copy and does end it.

Each secret follows from the one before and the moment of turning by a keyed hash. Whoever repeats a refresh within a few seconds
(the answer was lost, two tabs woke together) is therefore handed the very same next token: a thief in those seconds holds the same
token as the owner, and the first of them to refresh later makes the other's copy an old one, which ends both.

A phone in a tunnel comes back minutes later, and never saw the answer. So the token before the newest stays good until the
newest has shown itself: by a refresh, or by a request with its access token, which carries the newest token's mark. Who comes
late with it is handed another newest, and the one whose answer was lost is spent. If that one was not lost but in somebody
else's hands, it is now a true token that is old, and using it ends the session. Two holders can never both go on.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from anhuan_infra.errors import NotSignedIn
from anhuan_infra.settings import Secrets

GRACE = timedelta(seconds=10)
"""How long the token before the newest gets the very same newest; later it gets another one, and only if the newest was never seen."""

_BODY = 24
_TAG = 16
_MARK = 8
_LABEL = "refresh/1"


@dataclass(frozen=True)
class Refresh:
    """A refresh token in its parts; `body` and tag have been found true."""

    tenant_id: UUID
    session_id: UUID
    body: bytes
    text: str

    @property
    def hash(self) -> bytes:
        """What the database keeps of it."""
        return hashlib.sha256(self.body).digest()


def first(secrets: Secrets, tenant_id: UUID, session_id: UUID) -> Refresh:
    """The token with which a session begins."""
    return _made(secrets, tenant_id, session_id, os.urandom(_BODY))


def following(secrets: Secrets, before: Refresh, turned_at: datetime) -> Refresh:
    """The token after this one, always the same for one moment of turning."""
    moment = turned_at.astimezone(UTC).isoformat().encode()
    body = _keyed(secrets, b"next", before.session_id, before.body + moment)[:_BODY]
    return _made(secrets, before.tenant_id, before.session_id, body)


def read(secrets: Secrets, token: str) -> Refresh:
    """A token of ours, new or old; anything else is nobody's."""
    try:
        company, session, secret = token[:300].split(".")
        raw = base64.b64decode(secret.encode("ascii"), altchars=b"-_", validate=True)
        tenant_id, session_id = UUID(hex=company), UUID(hex=session)
    except (ValueError, binascii.Error) as error:
        raise NotSignedIn() from error
    body, tag = raw[:_BODY], raw[_BODY:]
    if not hmac.compare_digest(tag, _keyed(secrets, b"tag", session_id, body)[:_TAG]):
        raise NotSignedIn()
    return Refresh(tenant_id, session_id, body, token)


def mark(newest: bytes) -> str:
    """By what access tokens name the refresh token that they were issued with, given its hash."""
    return newest[:_MARK].hex()


def _made(secrets: Secrets, tenant_id: UUID, session_id: UUID, body: bytes) -> Refresh:
    secret = base64.urlsafe_b64encode(body + _keyed(secrets, b"tag", session_id, body)[:_TAG]).decode()
    return Refresh(tenant_id, session_id, body, f"{tenant_id.hex}.{session_id.hex}.{secret}")


def _keyed(secrets: Secrets, use: bytes, session_id: UUID, body: bytes) -> bytes:
    return hmac.new(secrets.key(_LABEL), use + session_id.bytes + body, hashlib.sha256).digest()
