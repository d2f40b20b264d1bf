"""Where we may call when somebody else chose the address: no way into our own network (SSRF, 服务端请求伪造).

The shape of the URL is judged first, then every address that its name resolves to; the connection is made to the very
address that was judged (`transport`), so that a second look-up with another answer changes nothing.
"""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

import httpx

from anhuan_infra.errors import Refused

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Name and port to addresses; an OSError where there is none."""

LONGEST_URL = 2048
MAIL_PORTS = frozenset({25, 465, 587, 2525})
WEB_PORTS = frozenset({80, 443})
# From 1024 up everything may be a web server, except what is known to be something else.
_SERVICE_PORTS = frozenset(
    {
        1433,
        1521,
        1883,
        2049,
        2181,
        2375,
        2376,
        2379,
        2380,
        3128,
        3306,
        3389,
        4222,
        4369,
        5432,
        5433,
        5672,
        5900,
        5984,
    }
    | {
        5985,
        5986,
        6000,
        6379,
        6380,
        6443,
        6667,
        7001,
        8333,
        8500,
        8883,
        9000,
        9042,
        9092,
        9200,
        9300,
        9333,
        10250,
    }
    | {11211, 15672, 18888, 26379, 27017, 27018, 50000, 50070, 61616}
)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
# The WHATWG reading: a name whose last label is a number is an IPv4 address in some dress (0, 127.1, 0x7f.1, 017700000001).
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_FORBIDDEN = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # Azure's host services: a public number that answers only inside
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
_GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")


class EgressRefused(Refused):
    """This address may not be called from here ({reason})."""

    code: ClassVar[str] = "EGRESS_REFUSED"
    zh: ClassVar[str] = "不允许访问该地址（{reason}）。"

    @property
    def reason(self) -> str:
        """One of: url, scheme, userinfo, host, port, address."""
        return str(self.facts["reason"])


async def system_resolve(host: str, port: int) -> list[str]:
    """Ask the operating system; each address once, in its order."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def parse_allow(text: str) -> tuple[Network, ...]:
    """The networks of `ANHUAN_EGRESS_ALLOW` (`10.1.0.0/16, 127.0.0.1/32`); a ValueError names what cannot be read."""
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class Egress:
    """The rule of one installation; `allow` names inner networks that may be called nevertheless (on-premise, tests)."""

    allow: tuple[Network, ...] = ()
    resolve: Resolve = system_resolve

    def check(self, url: str) -> httpx.URL:
        """The URL as it will be called, if its shape is allowed; without looking up its name. For forms, too."""
        if (
            len(url) > LONGEST_URL
            or "\\" in url
            or not url.isprintable()
            or any(sign.isspace() for sign in url)
        ):
            raise EgressRefused(reason="url")
        try:
            parsed = httpx.URL(url)
            port = parsed.port
        except (httpx.InvalidURL, ValueError):
            raise EgressRefused(reason="url") from None
        if parsed.scheme not in ("http", "https"):
            raise EgressRefused(reason="scheme")
        if parsed.userinfo:
            raise EgressRefused(reason="userinfo")
        self._check_host(parsed.raw_host.decode())
        if port is not None and not is_open_port(port, WEB_PORTS):
            raise EgressRefused(reason="port")
        return parsed

    async def addresses(self, host: str, port: int) -> list[str]:
        """Every address of the host, all of them allowed; one bad one among them refuses the whole name."""
        self._check_host(host)
        literal = _literal(host)
        found = [str(literal)] if literal else await self.resolve(host, port)
        if not found:
            raise OSError("the name has no address")
        if not all(self._is_open(address) for address in found):
            raise EgressRefused(reason="address")
        return found

    def _check_host(self, host: str) -> None:
        literal = _literal(host)
        if literal is not None:
            if not self._is_open(str(literal)):
                raise EgressRefused(reason="address")
            return
        labels = host.lower().removesuffix(".").split(".")
        if (
            len(host) > 253
            or not all(_LABEL.fullmatch(label) for label in labels)
            or _NUMBER.fullmatch(labels[-1])
        ):
            raise EgressRefused(reason="host")

    def _is_open(self, text: str) -> bool:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return False
        if isinstance(address, ipaddress.IPv6Address):
            if address.scope_id is not None:
                return False
            # ::ffff:127.0.0.1 reaches 127.0.0.1: judge what is reached.
            address = address.ipv4_mapped or address
        if any(_within(address, network) for network in self.allow):
            return True
        if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_IPV6:
            return False
        return address.is_global and not any(_within(address, network) for network in _FORBIDDEN)


def _within(address: Address, network: Network) -> bool:
    return address.version == network.version and address in network


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_open_port(port: int, usual: frozenset[int]) -> bool:
    """Whether this port may be called: one of the usual ones, or a high one that is not known to be something else."""
    return port in usual or (1024 <= port <= 65535 and port not in _SERVICE_PORTS)
