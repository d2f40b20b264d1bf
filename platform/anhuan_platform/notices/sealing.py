"""Secrets of channels at rest: sealed by AES-256-GCM, bound to the company and the channel they were entered for."""

import json
import os
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NONCE = 12


class SealBroken(RuntimeError):
    """A sealed secret does not open: another key, or moved to another channel."""


class Seal:
    """Seals and opens; holds the key and shows it nowhere."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, tenant_id: UUID, code: str, secrets: Mapping[str, str]) -> bytes | None:
        """The secrets as they are stored; None where there are none."""
        if not secrets:
            return None
        nonce = os.urandom(_NONCE)
        plain = json.dumps(dict(secrets)).encode()
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, _bound(tenant_id, code))

    def open(self, tenant_id: UUID, code: str, sealed: bytes | None) -> dict[str, str]:
        """The secrets again."""
        if sealed is None:
            return {}
        head, nonce, rest = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            if head != _VERSION:
                raise SealBroken
            plain = self._cipher.decrypt(nonce, rest, _bound(tenant_id, code))
        except (InvalidTag, ValueError):
            raise SealBroken from None
        return {str(name): str(value) for name, value in json.loads(plain).items()}

    def names(self, tenant_id: UUID, code: str, sealed: bytes | None) -> frozenset[str]:
        """Which secrets there are; none where they do not open any more."""
        try:
            return frozenset(self.open(tenant_id, code, sealed))
        except SealBroken:
            return frozenset()


def _bound(tenant_id: UUID, code: str) -> bytes:
    return tenant_id.bytes + code.encode()
