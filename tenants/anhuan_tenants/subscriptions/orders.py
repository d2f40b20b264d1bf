"""Signed orders: for private deployments the vendor pays out a subscription as a file, checked without any network.

A file is JSON: `{"order": {number, company, amount_fen, redeem_by, lines: [{module, days, seats}]}, "signature": base64}`. The
signature is Ed25519 over a fixed prefix and the order as canonical JSON (sorted keys, no spaces, UTF-8).
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from anhuan_tenants.subscriptions.catalogue import MODULES
from anhuan_tenants.subscriptions.payments import Line, Order, OrderRefused

_PREFIX = b"anhuan-order-v1\n"
_MOST_CHARACTERS = 64_000
_MOST_DAYS = 3_660


@dataclass(frozen=True)
class SignedOrder:
    """The provider of signed order files; `public_key` is the vendor's, base64, None where none was set."""

    public_key: str | None
    name: str = "signed_order"

    def order(self, proof: str, company: UUID, now: datetime) -> Order:
        """The order in a file: signed by the vendor, made out to this company, and still in time."""
        if not self.public_key:
            raise _refused("no vendor key is set on this installation", "本系统未设置供应商公钥")
        if len(proof) > _MOST_CHARACTERS:
            raise _refused("the file is too large", "文件过大")
        try:
            file = json.loads(proof)
            content, signature = file["order"], base64.b64decode(file["signature"], validate=True)
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))
            key.verify(signature, _signed(content))
        except InvalidSignature:
            raise _refused("the signature is not the vendor's", "签名与供应商不符") from None
        except (ValueError, TypeError, KeyError, RecursionError):
            raise _refused("the file is not an order file", "文件不是订单文件") from None
        order, redeem_by = _read(content)
        if order.company != company:
            raise _refused("it is made out to another company", "订单属于其他企业")
        if now > redeem_by:
            raise _refused(
                f"it had to be used by {redeem_by:%Y-%m-%d}", f"订单须在 {redeem_by:%Y-%m-%d} 前使用"
            )
        return order


def sign(order: Order, redeem_by: datetime, private_key: str) -> str:
    """The vendor's side: an order file for a company. Refuses what the reader would refuse."""
    content: dict[str, Any] = {
        "number": order.number,
        "company": str(order.company),
        "amount_fen": order.amount_fen,
        "redeem_by": redeem_by.isoformat(),
        "lines": order.stored_lines(),
    }
    _read(content)
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(private_key))
    signature = base64.b64encode(key.sign(_signed(content))).decode()
    return json.dumps({"order": content, "signature": signature}, ensure_ascii=False, indent=2)


def new_keys() -> tuple[str, str]:
    """A private and a public key for a vendor, both base64; the public one goes into `ANHUAN_ORDER_KEY`."""
    key = Ed25519PrivateKey.generate()
    pair = key.private_bytes_raw(), key.public_key().public_bytes_raw()
    return base64.b64encode(pair[0]).decode(), base64.b64encode(pair[1]).decode()


def _signed(content: Any) -> bytes:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return _PREFIX + text.encode()


def _read(content: Mapping[str, Any]) -> tuple[Order, datetime]:
    try:
        order = Order(
            number=_text(content["number"]),
            company=UUID(content["company"]),
            amount_fen=_whole(content["amount_fen"], 0, 10**12),
            lines=tuple(_line(line) for line in content["lines"]),
        )
        redeem_by = datetime.fromisoformat(content["redeem_by"])
        if redeem_by.tzinfo is None or not order.lines:
            raise ValueError("an order needs a zone and a line")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _refused("its content is incomplete", "订单内容不完整") from error
    return order, redeem_by


def _line(line: Mapping[str, Any]) -> Line:
    if line["module"] not in MODULES or MODULES[line["module"]].is_free:
        raise ValueError("no such module for sale")
    seats = line.get("seats")
    return Line(
        module=line["module"],
        days=_whole(line["days"], 1, _MOST_DAYS),
        seats=None if seats is None else _whole(seats, 1, 10**6),
    )


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError("not a number in range")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= 100 or not value.isprintable():
        raise ValueError("not a number of an order")
    return value


def _refused(en: str, zh: str) -> OrderRefused:
    return OrderRefused(path="order", reason=en, reason_zh=zh)
