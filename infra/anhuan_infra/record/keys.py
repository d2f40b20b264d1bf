"""The keys that sign heads: one that signs today, and the public halves of those that signed before."""

import hashlib
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey


def key_id_of(public: bytes) -> str:
    """A key's name is made from the key, so that a name can be read out over the telephone and checked."""
    return hashlib.sha256(public).hexdigest()[:32]


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether this Ed25519 signature is good."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


class Keyring:
    """Signs with the key of `seed`; knows the retired public keys, whose old heads stay good."""

    def __init__(self, seed: bytes, retired: Iterable[bytes] = ()) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()
        self.key_id = key_id_of(self.public)
        self.publics = {key_id_of(public): public for public in (*retired, self.public)}

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message always gives the same signature."""
        return self._private.sign(message)
