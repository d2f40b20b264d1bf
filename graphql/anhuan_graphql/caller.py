"""Who calls, as far as the connection itself says it: address, program, language, tokens, and whom its page means."""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import unquote

from anhuan_graphql import cookies
from anhuan_graphql.context import Context
from anhuan_graphql.house import House
from anhuan_infra.work import Source

_DEVICE = "x-device"
_PERSON = "x-person"
_MOST = 200


class Peer(Protocol):
    """The other end of a connection."""

    @property
    def host(self) -> str:
        """Its address."""
        ...


class Connection(Protocol):
    """What is read of a request; Litestar's and the light door's own."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By names in small letters."""
        ...

    @property
    def cookies(self) -> Mapping[str, str]:
        """As they came."""
        ...

    @property
    def client(self) -> Peer | None:
        """Who calls."""
        ...


def context_of(connection: Connection, house: House) -> Context:
    """A fresh context for one request or one live connection."""
    return Context(
        house=house,
        source=source_of(connection, house),
        token=token_of(connection, house),
        refresh_token=_refresh_token_of(connection, house),
        meant=_plain(connection.headers.get(_PERSON)),
        spoken=language_of(connection.headers.get("accept-language")),
    )


def source_of(connection: Connection, house: House) -> Source:
    """For the record: address, the device's own number, the program."""
    peer = connection.client.host if connection.client else None
    return Source(
        address=house.front.address(peer, connection.headers.get("x-forwarded-for")),
        device=_plain(connection.headers.get(_DEVICE)),
        client=_plain(connection.headers.get("user-agent")),
    )


def token_of(connection: Connection, house: House) -> str | None:
    """The bearer token, or the cookie's where the page that asks is one of ours; an unreadable header is a bad token."""
    said = connection.headers.get("authorization")
    if said is not None:
        kind, _, token = said.partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""
    return _kept(connection, house, cookies.ACCESS)


def _refresh_token_of(connection: Connection, house: House) -> str | None:
    """A browser's; who sends an access token in a header is a program, whatever cookies go along."""
    is_program = "authorization" in connection.headers
    return None if is_program else _kept(connection, house, cookies.REFRESH)


def _kept(connection: Connection, house: House, name: str) -> str | None:
    cookie = connection.cookies.get(name)
    if cookie and house.front.may_call(connection.headers.get("origin"), connection.headers.get("host")):
        return unquote(cookie)
    return None


def language_of(accepted: str | None) -> str:
    """`en` where English is asked for before Chinese, otherwise `zh`."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate((accepted or "")[:500].split(",")):
        name, _, weight = part.strip().partition(";q=")
        if name[:2].lower() in ("zh", "en"):
            ranked.append((-_weight(weight), place, name[:2].lower()))
    return min(ranked)[2] if ranked else "zh"


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _plain(text: str | None) -> str | None:
    if not text:
        return None
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:_MOST]
