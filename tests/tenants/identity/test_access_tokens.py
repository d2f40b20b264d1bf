"""Only our own access tokens open the door, and only as they were issued."""

import asyncio
import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from anhuan_infra.errors import NotSignedIn
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_tenants.identity import entry, tokens
from anhuan_tenants.identity.service import sign_in
from anhuan_tenants.identity.service.sign_in import SignedIn
from tests.support.people import PASSWORD, Cast


@pytest.fixture(scope="module")
async def wei(cast: Cast) -> SignedIn:
    """A session of wei's."""
    a = cast.a
    return await sign_in.sign_in(a.sessions, a.settings, a.code, "wei", PASSWORD)


def _claims(wei: SignedIn, **changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    claims = {
        "iss": tokens.ISSUER,
        "aud": tokens.AUDIENCE,
        "iat": now,
        "exp": now + tokens.LIFE,
        "sub": str(wei.person_id),
        "sid": str(wei.session_id),
        "tid": str(wei.tenant_id),
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


def _signed(settings: Settings, claims: dict[str, Any], **header: Any) -> str:
    key = Ed25519PrivateKey.from_private_bytes(settings.secrets.key(tokens.CURRENT_KEY))
    headers = {"typ": tokens.TYPE, "kid": tokens.CURRENT_KEY} | header
    return jwt.encode(claims, key, "EdDSA", headers)


def _part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _alg_none(settings: Settings, wei: SignedIn) -> str:
    claims = {
        name: int(value.timestamp()) if isinstance(value, datetime) else value
        for name, value in _claims(wei).items()
    }
    return f"{_part({'alg': 'none', 'typ': tokens.TYPE, 'kid': tokens.CURRENT_KEY})}.{_part(claims)}."


def _hs256_with_public_key(settings: Settings, wei: SignedIn) -> str:
    public = tokens.public_key(settings.secrets, tokens.CURRENT_KEY)
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return jwt.encode(_claims(wei), raw, "HS256", {"typ": tokens.TYPE, "kid": tokens.CURRENT_KEY})


def _another_key(settings: Settings, wei: SignedIn) -> str:
    other = replace(settings, secrets=replace(settings.secrets, root=bytes(32)))
    return _signed(other, _claims(wei))


def _tampered(settings: Settings, wei: SignedIn) -> str:
    header, _, signature = _signed(settings, _claims(wei)).split(".")
    claims = {"iss": tokens.ISSUER, "aud": tokens.AUDIENCE, "sub": str(new_id())}
    return f"{header}.{_part(claims)}.{signature}"


FORGED: dict[str, Callable[[Settings, SignedIn], str]] = {
    "alg none": _alg_none,
    "HS256 keyed with the public key": _hs256_with_public_key,
    "signed by another installation": _another_key,
    "claims exchanged under the signature": _tampered,
    "signature cut off": lambda s, w: _signed(s, _claims(w)).rpartition(".")[0] + ".",
    "other audience": lambda s, w: _signed(s, _claims(w, aud="somebody")),
    "our audience among others": lambda s, w: _signed(s, _claims(w, aud=[tokens.AUDIENCE, "somebody"])),
    "other issuer": lambda s, w: _signed(s, _claims(w, iss="somebody")),
    "an id token": lambda s, w: _signed(s, _claims(w), typ="JWT"),
    "no type": lambda s, w: _signed(s, _claims(w), typ=None),
    "unknown key": lambda s, w: _signed(s, _claims(w), kid="../../etc/passwd"),
    "expired": lambda s, w: _signed(
        s,
        _claims(
            w, iat=datetime.now(UTC) - timedelta(minutes=11), exp=datetime.now(UTC) - timedelta(seconds=31)
        ),
    ),
    "from the future": lambda s, w: _signed(s, _claims(w, iat=datetime.now(UTC) + timedelta(minutes=5))),
    "good for an hour": lambda s, w: _signed(s, _claims(w, exp=datetime.now(UTC) + timedelta(hours=1))),
    "no expiry": lambda s, w: _signed(s, _claims(w, exp=None)),
    "no session": lambda s, w: _signed(s, _claims(w, sid=None)),
    "session is no id": lambda s, w: _signed(s, _claims(w, sid="' or 1=1 --")),
    "unknown session": lambda s, w: _signed(s, _claims(w, sid=str(new_id()))),
    "another person": lambda s, w: _signed(s, _claims(w, sub=str(new_id()))),
    "another company": lambda s, w: _signed(s, _claims(w, tid=str(new_id()))),
    "nothing": lambda s, w: "",
    "noise": lambda s, w: "a.b.c",
    "not ascii": lambda s, w: "安.环.令",
    "lone surrogate": lambda s, w: "\ud800.\ud800.\ud800",
    "huge": lambda s, w: _signed(s, _claims(w, extra="x" * 100_000)),
    "header is a list": lambda s, w: f"{_part([1])}.{_part([])}.",
}


async def test_what_the_forgeries_are_made_of_is_good(cast: Cast, wei: SignedIn) -> None:
    a = cast.a

    own = await entry.authenticate(a.sessions, a.settings, _signed(a.settings, _claims(wei)))
    within_leeway = _claims(
        wei, iat=datetime.now(UTC) - timedelta(minutes=9), exp=datetime.now(UTC) - timedelta(seconds=5)
    )
    late = await entry.authenticate(a.sessions, a.settings, _signed(a.settings, within_leeway))

    assert own.person_id == late.person_id == cast.wei.person_id


@pytest.mark.parametrize("forged", FORGED)
async def test_a_forged_token_is_nobodys(cast: Cast, wei: SignedIn, forged: str) -> None:
    a = cast.a

    with pytest.raises(NotSignedIn):
        await entry.authenticate(a.sessions, a.settings, FORGED[forged](a.settings, wei))


async def test_a_session_opens_only_its_own_company(cast: Cast, wei: SignedIn) -> None:
    a = cast.a
    foreign = _claims(wei, tid=str(cast.b.id), sub=str(cast.sara.person_id))

    with pytest.raises(NotSignedIn):
        await entry.authenticate(a.sessions, a.settings, _signed(a.settings, foreign))


async def test_no_token_is_nobody(cast: Cast) -> None:
    with pytest.raises(NotSignedIn):
        await entry.authenticate(cast.a.sessions, cast.a.settings, None)


def test_a_token_lives_ten_minutes_and_carries_no_rights(cast: Cast) -> None:
    secrets = cast.a.settings.secrets

    token, ends = tokens.issue(secrets, cast.a.id, new_id(), new_id())
    content = jwt.decode(token, options={"verify_signature": False})

    assert content["exp"] - content["iat"] == 600
    assert datetime.fromtimestamp(content["exp"], UTC) == ends
    assert set(content) == {"iss", "aud", "exp", "iat", "sub", "sid", "tid"}


async def test_a_token_that_was_good_ends_all_the_same(cast: Cast, wei: SignedIn) -> None:
    """It is looked up and not verified again, so its end is asked each time."""
    settings = cast.a.settings
    ends = datetime.now(UTC).replace(microsecond=0) - tokens.LEEWAY + timedelta(seconds=2)
    token = _signed(settings, _claims(wei, iat=ends - tokens.LIFE, exp=ends))

    assert tokens.read(settings.secrets, token).session_id == wei.session_id
    assert tokens.read(settings.secrets, token) is tokens.read(settings.secrets, token)
    await asyncio.sleep(2.1)
    with pytest.raises(NotSignedIn):
        tokens.read(settings.secrets, token)
