"""Counting in memory what must not be counted in rows: addresses that try too often, and accounts that do not exist."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address


class Throttle:
    """At most `limit` counts per key within `seconds`; of one process, bounded, forgetting the longest unused first.

    The seconds run from the first count, or, with `from_last`, anew from every count, as the lock of an account does.
    """

    def __init__(
        self,
        limit: int,
        seconds: float,
        *,
        from_last: bool = False,
        keys: int = 50_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limit = limit
        self.seconds = seconds
        self._from_last = from_last
        self._keys = keys
        self._clock = clock
        self._counts: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def is_full(self, key: str) -> bool:
        """Whether the key has used up its limit in the running window."""
        return self._count(key) >= self.limit

    def count(self, key: str) -> None:
        """One more."""
        now = self._clock()
        began, count = self._counts.pop(key, (now, 0))
        if now - began >= self.seconds:
            began, count = now, 0
        self._counts[key] = (now if self._from_last else began, count + 1)
        if len(self._counts) > self._keys:
            self._counts.popitem(last=False)

    def _count(self, key: str) -> int:
        began, count = self._counts.get(key, (0.0, 0))
        return count if self._clock() - began < self.seconds else 0


def strange(address: str | None) -> str | None:
    """The address to count by, or nothing: an address of this very machine says nothing about who is behind it.

    Of IPv6 the first 64 bits count, since one subscriber holds them all.
    """
    try:
        ip = ip_address((address or "").strip("[]"))
    except ValueError:
        return None
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    if ip.is_loopback:
        return None
    return str(ip) if ip.version == 4 else ip.exploded[:19]
