"""The arithmetic of the chain: an entry's hash, its link to everything before it, and the signed head.

Each kind of hash begins with its own byte, so that no entry can ever pass for a link or the reverse.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anhuan_infra.record import canonical
from anhuan_infra.record.keys import Keyring, verify

HEAD_FORMAT = "anhuan.head/1"
_ENTRY, _LINK, _GENESIS = b"\x00", b"\x01", b"\x02"


def genesis(tenant_id: UUID) -> bytes:
    """The link before the first: bound to the tenant, so that no chain can be given to another company."""
    return hashlib.sha256(_GENESIS + b"anhuan.record/1" + tenant_id.bytes).digest()


def entry_hash(encoded: bytes) -> bytes:
    """The hash of one entry in its canonical form."""
    return hashlib.sha256(_ENTRY + encoded).digest()


def link(previous: bytes, seq: int, entry: bytes) -> bytes:
    """The chain after entry number `seq`, which counts from 1 without gaps."""
    return hashlib.sha256(_LINK + previous + seq.to_bytes(8, "big") + entry).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """A signed promise: at this moment the tenant's record had `size` entries and ended in `chain`."""

    tenant_id: UUID
    size: int
    chain: bytes
    at: datetime
    key_id: str
    signature: bytes

    def line(self) -> bytes:
        """The head as one line of JSON, without the newline, as it stands in anchors and exports."""
        return canonical.dumps(
            {
                **_signed(self.tenant_id, self.size, self.chain, self.at, self.key_id),
                "kind": "head",
                "signature": self.signature.hex(),
            }
        )

    def signed_by(self, public: bytes) -> bool:
        """Whether the holder of this public key made exactly this promise."""
        message = canonical.dumps(_signed(self.tenant_id, self.size, self.chain, self.at, self.key_id))
        return verify(public, self.signature, message)


def sign(keys: Keyring, tenant_id: UUID, size: int, chain: bytes, at: datetime) -> Head:
    """A head under the current key; `at` is the database's clock."""
    message = canonical.dumps(_signed(tenant_id, size, chain, at, keys.key_id))
    return Head(tenant_id, size, chain, at, keys.key_id, keys.sign(message))


def _signed(tenant_id: UUID, size: int, chain: bytes, at: datetime, key_id: str) -> dict[str, object]:
    return {
        "at": canonical.stamp(at),
        "chain": chain.hex(),
        "format": HEAD_FORMAT,
        "key_id": key_id,
        "size": size,
        "tenant_id": str(tenant_id),
    }
