"""How often one address or account may try to sign in, sign up or refresh, and one person take files that cost much: counted in the
broker's store for all processes."""

import hashlib
import hmac
from dataclasses import dataclass

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from anhuan_graphql.errors import TooOften
from anhuan_infra.settings import Settings
from anhuan_tenants.identity.throttle import Throttle

log = structlog.get_logger("anhuan.limiter")

_COUNT = """
local n = redis.call('incr', KEYS[1])
if n == 1 then redis.call('expire', KEYS[1], ARGV[1]) end
return {n, redis.call('ttl', KEYS[1])}
"""


@dataclass(frozen=True)
class Allowance:
    """So many tries within so many seconds, counted from the first."""

    what: str
    tries: int
    seconds: int


SIGN_IN_ACCOUNT = Allowance("sign-in/account", 20, 300)
"""Above the five failures that lock an account: this one also stops what never reaches an account."""
SIGN_IN_ADDRESS = Allowance("sign-in/address", 120, 60)
"""A whole plant behind one address signs in at the change of shift."""
SIGN_UP_ADDRESS = Allowance("sign-up/address", 10, 3_600)
REFRESH_ADDRESS = Allowance("refresh/address", 600, 60)
PRINT_PERSON = Allowance("print/person", 120, 600)
"""An archive of a month in one go, and nobody else waits for hours behind it."""
EXPORT_PERSON = Allowance("export/person", 30, 600)


class Limiter:
    """Counts under keyed hashes, so that the store learns neither addresses nor accounts.

    Without the store each process counts for itself: sign-in must work while the broker is away, and stay limited.
    """

    def __init__(self, settings: Settings) -> None:
        self._key = settings.secrets.key("limiter")
        self._redis = Redis.from_url(
            settings.broker_url,
            socket_connect_timeout=0.5,
            socket_timeout=0.5,
            retry=Retry(NoBackoff(), 0),
        )
        self._count = self._redis.register_script(_COUNT)
        self._alone: dict[Allowance, Throttle] = {}

    async def take(self, allowance: Allowance, *whom: str | None) -> None:
        """One try; refuses when the allowance is used up. Nobody known to count by means no limit here."""
        if any(part is None for part in whom):
            return
        name = "\x00".join([allowance.what, *(part.casefold() for part in whom if part)])
        key = (
            "anhuan:limit:"
            + hmac.new(self._key, name.encode(errors="replace"), hashlib.sha256).hexdigest()[:32]
        )
        try:
            tries, left = await self._count(keys=[key], args=[allowance.seconds])
        except (RedisError, OSError) as problem:
            log.warning("limiter_alone", problem=type(problem).__name__)
            self._take_alone(allowance, key)
            return
        if tries > allowance.tries:
            raise TooOften(seconds=max(left, 1))

    def _take_alone(self, allowance: Allowance, key: str) -> None:
        throttle = self._alone.setdefault(allowance, Throttle(allowance.tries, allowance.seconds))
        if throttle.is_full(key):
            raise TooOften(seconds=allowance.seconds)
        throttle.count(key)

    async def ping(self) -> None:
        """Raises unless the store answers."""
        await self._redis.ping()

    async def close(self) -> None:
        """Give the connections back."""
        await self._redis.aclose()
