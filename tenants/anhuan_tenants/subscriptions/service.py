"""The verbs of subscriptions: try, subscribe, unsubscribe, pay; each is recorded and holds from the next request on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from anhuan_infra.errors import Refused
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies import versions
from anhuan_tenants.subscriptions import repository, rules
from anhuan_tenants.subscriptions.catalogue import MODULES, Module, needing
from anhuan_tenants.subscriptions.models import Subscription, Terms
from anhuan_tenants.subscriptions.payments import Line, OrderUsed, PaymentProvider

_WORKING = frozenset({Terms.TRIAL, Terms.ACTIVE, Terms.GRACE})


class ModuleNeeds(Refused):
    """The module {module} needs {needs}; subscribe to that first or together with it."""

    code = "MODULE_NEEDS"
    zh = "“{module}”模块依赖：{needs}；请先或同时订阅。"


class ModuleNeeded(Refused):
    """The module {module} cannot be given up while these need it: {needed_by}."""

    code = "MODULE_NEEDED"
    zh = "“{module}”模块被以下模块依赖，不能退订：{needed_by}。"


class ModuleAlwaysOn(Refused):
    """The module {module} is free and belongs to every company."""

    code = "MODULE_ALWAYS_ON"
    zh = "“{module}”模块永久免费，无需订阅或退订。"


class PaymentNeeded(Refused):
    """The trial of the module {module} was used up; it costs {yuan} CNY a year, bring an order."""

    code = "PAYMENT_NEEDED"
    zh = "“{module}”模块的试用已用完；年费 {yuan} 元，请提供订单。"


@dataclass(frozen=True, slots=True)
class Standing:
    """One module as a company has it now; `terms` None is not subscribed."""

    module: Module
    terms: Terms | None
    is_trial: bool
    ends_at: datetime | None
    grace_ends_at: datetime | None
    seats: int | None


async def overview(work: Work) -> list[Standing]:
    """The whole catalogue with the company's own terms, in the catalogue's order."""
    work.allow(Act.SUBSCRIPTION_READ)
    return await _overview(work)


async def start_trials(work: Work) -> None:
    """Give a new company every module for thirty days, without payment and without asking for any (S003-34)."""
    for module in MODULES.values():
        if not module.is_free:
            work.session.add(_trial(module.code, work.now))
    work.record("subscription.trial_started", _company(work), modules=_priced(), until=work.now + rules.TRIAL)


async def subscribe(work: Work, request_id: UUID, modules: Sequence[str]) -> list[Standing]:
    """Begin or take up again: a first time is a trial, cancelled but paid time goes on; otherwise an order is needed."""
    work.allow(Act.SUBSCRIPTION_MANAGE)
    wanted = [_priced_module(code) for code in dict.fromkeys(modules)]
    if await work.once("subscription.subscribe", request_id, [module.code for module in wanted]):
        await versions.policy_changed(work)
        held = await repository.rows(work)
        for module in wanted:
            _begin(work, module, held.get(module.code))
        await work.session.flush()
        now_held = rules.terms(await repository.dates(work), work.now)
        for module in wanted:
            if missing := [need for need in module.needs if now_held.get(need) not in _WORKING]:
                raise ModuleNeeds(path="modules", module=module.code, needs=", ".join(missing))
        work.tell("subscriptions")
    return await _overview(work)


async def unsubscribe(work: Work, request_id: UUID, module: str) -> list[Standing]:
    """Give a module up at once; what it holds stays stored, and paid time can be taken up again while it lasts."""
    work.allow(Act.SUBSCRIPTION_MANAGE)
    code = _priced_module(module, "module").code
    if await work.once("subscription.unsubscribe", request_id, code):
        await versions.policy_changed(work)
        held = await repository.rows(work)
        row = held.get(code)
        if row is None or row.cancelled_at is not None:
            raise rules.ModuleNotSubscribed(
                path="module",
                module=code,
                module_zh=MODULES[code].zh,
                does=MODULES[code].does_en,
                does_zh=MODULES[code].does_zh,
            )
        stuck = [
            other
            for other in needing(code)
            if other in held and repository.of(held[other]).terms(work.now) in _WORKING
        ]
        if stuck:
            raise ModuleNeeded(path="module", module=code, needed_by=", ".join(stuck))
        row.cancelled_at = work.now
        work.record("subscription.ended", _company(work), module=code, paid_until=row.ends_at)
        work.tell("subscriptions")
        await work.session.flush()
    return await _overview(work)


async def extend(work: Work, request_id: UUID, provider: PaymentProvider, proof: str) -> list[Standing]:
    """Use a paid order: its days are added to what is left, or begin now. The number of an order counts once."""
    work.allow(Act.SUBSCRIPTION_MANAGE)
    order = provider.order(proof, work.tenant_id, work.now)
    content = [provider.name, order.number, order.stored_lines()]
    if await work.once("subscription.extend", request_id, content):
        await versions.policy_changed(work)
        if not await repository.keep(work, order, provider.name):
            raise OrderUsed(path="order", number=order.number)
        held = await repository.rows(work)
        for line in order.lines:
            row = held.get(line.module) or _trial(line.module, work.now, timedelta(0))
            work.session.add(row)
            held[line.module] = row
            _lengthen(row, line, work.now, {"number": order.number, "provider": provider.name})
        work.record(
            "subscription.paid",
            _company(work),
            number=order.number,
            provider=provider.name,
            amount_fen=order.amount_fen,
            lines=order.stored_lines(),
        )
        work.tell("subscriptions")
        await work.session.flush()
    return await _overview(work)


def _begin(work: Work, module: Module, row: Subscription | None) -> None:
    if row is None:
        work.session.add(_trial(module.code, work.now))
        work.record(
            "subscription.trial_started",
            _company(work),
            modules=[module.code],
            until=work.now + rules.TRIAL,
        )
    elif work.now >= row.grace_ends_at:
        raise PaymentNeeded(path="modules", module=module.code, yuan=f"{module.fen_per_year / 100:,.0f}")
    elif row.cancelled_at is not None:
        row.cancelled_at = None
        work.record("subscription.resumed", _company(work), module=module.code, until=row.ends_at)


def _lengthen(row: Subscription, line: Line, now: datetime, order: dict[str, str]) -> None:
    row.is_trial = False
    row.ends_at = max(row.ends_at, now) + timedelta(days=line.days)
    row.grace_ends_at = row.ends_at + rules.GRACE
    row.cancelled_at = None
    row.seats = line.seats
    row.order = dict(order)


def _trial(module: str, now: datetime, length: timedelta = rules.TRIAL) -> Subscription:
    return Subscription(
        module=module,
        is_trial=True,
        starts_at=now,
        ends_at=now + length,
        grace_ends_at=now + length + rules.GRACE,
    )


async def _overview(work: Work) -> list[Standing]:
    return standings(await repository.rows(work), work.now)


def standings(held: Mapping[str, Subscription], now: datetime) -> list[Standing]:
    """The whole catalogue, with what a company has of it at a moment."""
    terms = rules.terms({code: repository.of(row) for code, row in held.items()}, now)
    found: list[Standing] = []
    for module in MODULES.values():
        row = held.get(module.code)
        found.append(
            Standing(
                module=module,
                terms=terms.get(module.code),
                is_trial=bool(row and row.is_trial),
                ends_at=row.ends_at if row else None,
                grace_ends_at=row.grace_ends_at if row else None,
                seats=row.seats if row else None,
            )
        )
    return found


def _priced_module(code: str, path: str = "modules") -> Module:
    module = MODULES.get(code)
    if module is None:
        raise rules.ModuleUnknown(path=path, module=code)
    if module.is_free:
        raise ModuleAlwaysOn(path=path, module=code)
    return module


def _priced() -> list[str]:
    return [module.code for module in MODULES.values() if not module.is_free]


def _company(work: Work) -> tuple[str, UUID]:
    return ("company", work.tenant_id)
