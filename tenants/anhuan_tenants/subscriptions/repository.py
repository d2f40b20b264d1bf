"""Every query about subscriptions. Row-level security supplies the tenant."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_tenants.subscriptions.models import PaidOrder, Subscription
from anhuan_tenants.subscriptions.payments import Order
from anhuan_tenants.subscriptions.rules import Dates


async def rows(work: Work) -> dict[str, Subscription]:
    """All subscriptions of the company by module, read anew."""
    found = await work.session.scalars(select(Subscription).execution_options(populate_existing=True))
    return {row.module: row for row in found}


async def dates(work: Work) -> dict[str, Dates]:
    """When each module holds."""
    return {module: of(row) for module, row in (await rows(work)).items()}


def of(row: Subscription) -> Dates:
    """The dates of one row."""
    return Dates(row.is_trial, row.ends_at, row.grace_ends_at, row.cancelled_at)


async def keep(work: Work, order: Order, provider: str) -> bool:
    """Store an order; False when its number was there already. Of several at once exactly one is told True."""
    kept = await work.session.scalar(
        insert(PaidOrder)
        .values(
            tenant_id=work.tenant_id,
            id=new_id(),
            provider=provider,
            number=order.number,
            amount_fen=order.amount_fen,
            lines=order.stored_lines(),
            redeemed_by=work.actor.person_id,
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "provider", "number"])
        .returning(PaidOrder.id)
    )
    return kept is not None
