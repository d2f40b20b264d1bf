"""Modules are tried, given up, taken up again and paid for; each act is recorded."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from anhuan_infra.errors import Conflict, Forbidden, Refused
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_tenants.subscriptions import orders, rules, service
from anhuan_tenants.subscriptions.models import Terms
from anhuan_tenants.subscriptions.orders import SignedOrder
from anhuan_tenants.subscriptions.payments import Line, OrderRefused, OrderUsed
from anhuan_tenants.subscriptions.service import Standing
from tests.support.people import Company
from tests.tenants.subscriptions.conftest import Vendor


async def _overview(company: Company) -> dict[str, Standing]:
    async with company.work() as work:
        return {standing.module.code: standing for standing in await service.overview(work)}


async def _acts(company: Company) -> list[str]:
    async with company.house() as work:
        query = select(RecordEntry.act).where(RecordEntry.act.like("subscription.%")).order_by(RecordEntry.at)
        return list(await work.session.scalars(query))


async def _pass(company: Company, days: int) -> None:
    span = f"interval '{days} days'"
    async with company.house() as work:
        await work.session.execute(
            text(
                f"update subscriptions set starts_at = starts_at - {span}, ends_at = ends_at - {span},"
                f" grace_ends_at = grace_ends_at - {span}"
            )
        )


async def test_a_company_begins_on_trial_of_everything(company: Company) -> None:
    overview = await _overview(company)

    assert {code: standing.terms for code, standing in overview.items()} == {
        "core": Terms.ACTIVE,
        **dict.fromkeys(("hazards", "collaboration", "channels", "audit", "parties"), Terms.TRIAL),
    }


async def test_what_another_module_needs_cannot_be_given_up(company: Company) -> None:
    async with company.work() as work:
        with pytest.raises(service.ModuleNeeded) as refused:
            await service.unsubscribe(work, new_id(), "hazards")
    assert refused.value.facts["needed_by"] == "collaboration"

    async with company.work() as work:
        await service.unsubscribe(work, new_id(), "collaboration")
        await service.unsubscribe(work, new_id(), "hazards")
    overview = await _overview(company)

    assert (overview["hazards"].terms, overview["collaboration"].terms) == (None, None)
    assert (await _acts(company))[1:] == ["subscription.ended", "subscription.ended"]


async def test_a_module_needs_what_it_needs(company: Company) -> None:
    async with company.work() as work:
        await service.unsubscribe(work, new_id(), "collaboration")
        await service.unsubscribe(work, new_id(), "hazards")

    async with company.work() as work:
        with pytest.raises(service.ModuleNeeds) as refused:
            await service.subscribe(work, new_id(), ["collaboration"])
        await work.session.rollback()
    async with company.work() as work:
        await service.subscribe(work, new_id(), ["collaboration", "hazards"])

    assert refused.value.facts["needs"] == "hazards"
    assert (await _overview(company))["collaboration"].terms is Terms.TRIAL


async def test_giving_up_and_coming_back_does_not_lengthen_a_trial(company: Company) -> None:
    before = (await _overview(company))["audit"].ends_at

    async with company.work() as work:
        await service.unsubscribe(work, new_id(), "audit")
    async with company.work() as work:
        await service.subscribe(work, new_id(), ["audit"])

    assert (await _overview(company))["audit"].ends_at == before


async def test_after_trial_and_grace_only_an_order_helps(company: Company, vendor: Vendor) -> None:
    await _pass(company, 45)
    assert (await _overview(company))["hazards"].terms is Terms.LAPSED

    async with company.work() as work:
        with pytest.raises(service.PaymentNeeded) as refused:
            await service.subscribe(work, new_id(), ["hazards"])
        await work.session.rollback()
    assert refused.value.facts["yuan"] == "12,000"

    async with company.work() as work:
        await service.extend(work, new_id(), vendor.provider, vendor.order(company.id))
    hazards = (await _overview(company))["hazards"]
    assert (hazards.terms, hazards.seats, hazards.is_trial) == (Terms.ACTIVE, 200, False)
    assert hazards.ends_at is not None
    assert timedelta(days=364) < hazards.ends_at - datetime.now(UTC) < timedelta(days=366)


async def test_paid_days_are_added_to_what_is_left(company: Company, vendor: Vendor) -> None:
    before = (await _overview(company))["hazards"].ends_at

    for number in ("PO-1", "PO-2"):
        async with company.work() as work:
            await service.extend(work, new_id(), vendor.provider, vendor.order(company.id, number, 10))

    after = (await _overview(company))["hazards"]
    assert before is not None
    assert after.ends_at == before + timedelta(days=20)
    assert after.grace_ends_at == after.ends_at + rules.GRACE
    assert (await _acts(company))[1:] == ["subscription.paid"] * 2


async def test_an_order_counts_once_however_often_it_is_brought(company: Company, vendor: Vendor) -> None:
    proof = vendor.order(company.id, days=10)
    request_id = new_id()
    before = (await _overview(company))["hazards"].ends_at

    async def bring() -> str:
        try:
            async with company.work() as work:
                await service.extend(work, new_id(), vendor.provider, proof)
        except Refused as refused:
            return refused.code
        return "TAKEN"

    async with company.work() as work:
        await service.extend(work, request_id, vendor.provider, proof)
    async with company.work() as work:
        await service.extend(work, request_id, vendor.provider, proof)
    said = await asyncio.gather(*(bring() for _ in range(6)))

    after = (await _overview(company))["hazards"].ends_at
    assert before is not None
    assert after == before + timedelta(days=10)
    assert said == ["ORDER_USED"] * 6
    assert OrderUsed.code == "ORDER_USED"


async def test_of_several_bringing_one_order_at_once_exactly_one_succeeds(
    company: Company, vendor: Vendor
) -> None:
    proof = vendor.order(company.id, days=10)

    async def bring() -> bool:
        try:
            async with company.work() as work:
                await service.extend(work, new_id(), vendor.provider, proof)
        except OrderUsed:
            return False
        return True

    assert sorted(await asyncio.gather(*(bring() for _ in range(6)))) == [False] * 5 + [True]


async def test_the_same_request_again_changes_nothing_and_another_content_is_a_conflict(
    company: Company,
) -> None:
    request_id = new_id()

    async with company.work() as work:
        first = await service.unsubscribe(work, request_id, "audit")
    async with company.work() as work:
        again = await service.unsubscribe(work, request_id, "audit")
    async with company.work() as work:
        with pytest.raises(Conflict):
            await service.unsubscribe(work, request_id, "parties")

    assert first == again
    assert (await _acts(company))[1:] == ["subscription.ended"]


async def test_only_who_may_manages_subscriptions(company: Company, vendor: Vendor) -> None:
    worker = await company.person("林小雨")

    async with company.work(worker) as work:
        for act in (
            service.overview(work),
            service.subscribe(work, new_id(), ["audit"]),
            service.unsubscribe(work, new_id(), "audit"),
            service.extend(work, new_id(), vendor.provider, vendor.order(company.id)),
        ):
            with pytest.raises(Forbidden):
                await act


@pytest.mark.parametrize("module", ["core", "teleport", "", "\x00"])
async def test_the_core_and_the_unknown_are_refused(company: Company, module: str) -> None:
    async with company.work() as work:
        for act in (
            service.subscribe(work, new_id(), [module]),
            service.unsubscribe(work, new_id(), module),
        ):
            with pytest.raises((service.ModuleAlwaysOn, rules.ModuleUnknown)):
                await act


def _changed(proof: str, **changes: Any) -> str:
    file = json.loads(proof)
    file["order"] |= changes
    return json.dumps(file)


async def test_a_forged_or_foreign_order_is_refused(company: Company, vendor: Vendor) -> None:
    good = vendor.order(company.id)
    other_vendor = Vendor(private_key=orders.new_keys()[0], provider=vendor.provider)
    refused = {
        "more days": _changed(good, lines=[{"module": "hazards", "days": 3650, "seats": None}]),
        "another number": _changed(good, number="PO-2"),
        "other key": other_vendor.order(company.id),
        "other company": vendor.order(new_id()),
        "too late": vendor.order(company.id, redeem_by=datetime.now(UTC) - timedelta(seconds=1)),
        "no signature": json.dumps({"order": json.loads(good)["order"]}),
        "broken signature": json.dumps(json.loads(good) | {"signature": "%%%"}),
        "not json": "order",
        "a list": "[]",
        "nested": "[" * 30_000,
        "huge": "x" * 70_000,
        "surrogate": good.replace("PO-1", "\ud800"),
        "empty": "",
    }
    now = datetime.now(UTC)

    assert vendor.provider.order(good, company.id, now).lines == (Line("hazards", 365, 200),)
    for name, proof in refused.items():
        with pytest.raises(OrderRefused):
            vendor.provider.order(proof, company.id, now)
            pytest.fail(name)
    with pytest.raises(OrderRefused):
        SignedOrder(None).order(good, company.id, now)


async def test_the_vendor_cannot_sign_what_would_be_refused(company: Company, vendor: Vendor) -> None:
    for line in (Line("core", 1), Line("teleport", 1), Line("hazards", 0), Line("hazards", 10**6)):
        with pytest.raises(OrderRefused):
            vendor.order(company.id, lines=(line,))
    with pytest.raises(OrderRefused):
        vendor.order(company.id, lines=())
