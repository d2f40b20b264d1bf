"""What the environment says about the wire alone: who may stand before us, and from which pages browsers may call."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import anhuan_portal
from anhuan_infra.settings import BadSetting

WEB = Path(anhuan_portal.__file__).parent / "web"
"""Where the build leaves the web apps; shipped inside the package."""

MOST_BODY = 1_000_000
"""Bytes of a request; files go to the object store and never through here."""
MOST_SUBSCRIPTIONS = 10
"""Live subscriptions on one connection."""


@dataclass(frozen=True)
class Front:
    """Proxies are trusted by number, counted from us outwards; 0 means that X-Forwarded-For is not read at all."""

    proxies: int = 0
    origins: frozenset[str] = frozenset()
    """Pages of other origins that may call; empty means only our own."""
    only_trusted: bool = False
    """Whether only documents of our own apps are answered, and no GraphQL that somebody wrote."""
    web: Path = WEB
    """The built web apps and their documents."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Front":
        """ANHUAN_TRUSTED_PROXIES (a number), ANHUAN_ALLOWED_ORIGINS (separated by commas), ANHUAN_DOCUMENTS (any or trusted)."""
        said = env.get("ANHUAN_TRUSTED_PROXIES", "").strip() or "0"
        if not (said.isascii() and said.isdigit() and int(said) <= 5):
            raise BadSetting("ANHUAN_TRUSTED_PROXIES must be a number from 0 to 5")
        origins = [word.strip().rstrip("/") for word in env.get("ANHUAN_ALLOWED_ORIGINS", "").split(",")]
        for origin in filter(None, origins):
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
                raise BadSetting(
                    f"ANHUAN_ALLOWED_ORIGINS: {origin!r} is not an origin such as https://example.com"
                )
        documents = env.get("ANHUAN_DOCUMENTS", "").strip() or "any"
        if documents not in ("any", "trusted"):
            raise BadSetting(
                "ANHUAN_DOCUMENTS must be any or trusted / ANHUAN_DOCUMENTS 只能是 any 或 trusted"
            )
        return cls(int(said), frozenset(filter(None, origins)), documents == "trusted")

    def address(self, client: str | None, forwarded: str | None) -> str | None:
        """Where a request came from: the peer, or what the outermost trusted proxy saw."""
        if not self.proxies or not forwarded:
            return client
        hops = [hop.strip() for hop in forwarded.split(",")]
        return hops[-self.proxies] if len(hops) >= self.proxies else client

    def may_call(self, origin: str | None, host: str | None) -> bool:
        """Whether a page of this origin may act with a person's cookies; programs send no origin."""
        if origin is None:
            return True
        return origin in self.origins or (bool(host) and urlsplit(origin).netloc == host)
