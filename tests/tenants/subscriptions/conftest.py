"""A company that subscribes, and a vendor who sells to it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_tenants.subscriptions import orders
from anhuan_tenants.subscriptions.orders import SignedOrder
from anhuan_tenants.subscriptions.payments import Line, Order
from tests.support.people import Company, a_company


@dataclass(frozen=True)
class Vendor:
    """Who signs orders; `provider` knows only the public key."""

    private_key: str
    provider: SignedOrder

    def order(self, company: UUID, number: str = "PO-1", days: int = 365, **changes: Any) -> str:
        """An order file for hazards, unless said otherwise."""
        lines = changes.get("lines", (Line("hazards", days, 200),))
        redeem_by = changes.get("redeem_by", datetime.now(UTC) + timedelta(days=30))
        return orders.sign(Order(number, company, 1_200_000, lines), redeem_by, self.private_key)


@pytest.fixture
def vendor() -> Vendor:
    """A vendor with a fresh pair of keys."""
    private, public = orders.new_keys()
    return Vendor(private, SignedOrder(public))


@pytest.fixture
async def company(sessions: Sessions, settings: Settings) -> Company:
    """A company of the test's own, on trial."""
    return await a_company(sessions, settings)
