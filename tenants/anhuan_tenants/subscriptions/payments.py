"""What every way of paying comes down to: a proof that somebody paid, turned into an order that says what for."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from anhuan_infra.errors import Refused


class OrderRefused(Refused):
    """The order cannot be used: {reason}."""

    code = "ORDER_REFUSED"
    zh = "订单无法使用：{reason_zh}。"


class OrderUsed(Refused):
    """Order {number} was already used in your company."""

    code = "ORDER_USED"
    zh = "订单 {number} 已在贵企业使用过。"


@dataclass(frozen=True, slots=True)
class Line:
    """One module bought for a number of days; seats None is without limit."""

    module: str
    days: int
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What was paid for, by whom; the number is the provider's own and counts once."""

    number: str
    company: UUID
    amount_fen: int
    lines: tuple[Line, ...]

    def stored_lines(self) -> list[dict[str, Any]]:
        """The lines as JSON."""
        return [asdict(line) for line in self.lines]


class PaymentProvider(Protocol):
    """A way of paying; it vouches for orders and knows nothing of subscriptions."""

    @property
    def name(self) -> str:
        """What stands in the record as the provider."""
        ...

    def order(self, proof: str, company: UUID, now: datetime) -> Order:
        """The order that the proof stands for, or `OrderRefused`; the same proof gives the same order."""
        ...
