"""The modules of the product and on which terms the company has them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry

from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import Terms
from anhuan_graphql.fields import act, query, wide_act
from anhuan_graphql.planner.pieces import Piece
from anhuan_graphql.planner.readings import table_of
from anhuan_graphql.planner.roots import Whole, allowed
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.identity.entry import Member
from anhuan_tenants.subscriptions import catalogue, service
from anhuan_tenants.subscriptions.catalogue import CORE, MODULES
from anhuan_tenants.subscriptions.models import Subscription as SubscriptionRow
from anhuan_tenants.subscriptions.orders import SignedOrder


@strawberry.type
class Module:
    """A part of the product that can be subscribed to."""

    code: str
    name_zh: str
    name_en: str
    does_zh: str
    does_en: str
    fen_per_year: int
    needs: list[str]

    @classmethod
    def of(cls, module: catalogue.Module) -> "Module":
        """As the catalogue says."""
        return cls(
            code=module.code,
            name_zh=module.zh,
            name_en=module.en,
            does_zh=module.does_zh,
            does_en=module.does_en,
            fen_per_year=module.fen_per_year,
            needs=list(module.needs),
        )


@strawberry.type
class ModuleTerms:
    """A module as the company has it now; without terms it is not subscribed."""

    module: Module
    terms: Terms | None


@strawberry.type
class ModuleSubscription:
    """A module with the dates of its subscription."""

    module: Module
    terms: Terms | None
    is_trial: bool
    ends_at: datetime | None
    grace_ends_at: datetime | None
    seats: int | None

    @classmethod
    def of(cls, found: service.Standing) -> "ModuleSubscription":
        """Out of the overview."""
        return cls(
            module=Module.of(found.module),
            terms=found.terms,
            is_trial=found.is_trial,
            ends_at=found.ends_at,
            grace_ends_at=found.grace_ends_at,
            seats=found.seats,
        )


@strawberry.input
class SubscribeInput:
    """Modules to try or take up again."""

    id: UUID
    modules: list[str]


@strawberry.input
class UnsubscribeInput:
    """A module to give up."""

    id: UUID
    module: str


@strawberry.input
class RedeemOrderInput:
    """A signed order file, as text."""

    id: UUID
    order: str


CATALOGUE = [Module.of(module) for module in MODULES.values()]
_DATES = ("ends_at", "grace_ends_at", "cancelled_at")


def _held(_env: object, _given: object) -> Piece:
    """The company's subscriptions, and what time it is."""
    row = sa.alias(table_of(SubscriptionRow), "held")
    names = ("module", "is_trial", "seats", *_DATES)
    pairs: list[sa.ColumnElement[Any]] = []
    for name in names:
        pairs += [sa.literal_column(f"'{name}'"), row.c[name]]
    rows = sa.select(sa.func.json_agg(sa.func.json_build_object(*pairs))).scalar_subquery()
    return sa.func.json_build_array(sa.func.now(), rows).cast(sa.Text())


def _overview(facts: list[Any], _member: object) -> list[ModuleSubscription]:
    now, rows = facts
    held: dict[str, SubscriptionRow] = {}
    for row in rows or []:
        dates = {name: row[name] and datetime.fromisoformat(row[name]) for name in _DATES}
        held[row["module"]] = SubscriptionRow(**(row | dates))
    return [ModuleSubscription.of(one) for one in service.standings(held, datetime.fromisoformat(now))]


@query(CORE, Whole(lambda _facts, _member: CATALOGUE))
async def modules(info: Info) -> list[Module]:
    """The whole catalogue with prices."""
    return CATALOGUE


@query(CORE, Whole(_overview, _held, guard=allowed(Act.SUBSCRIPTION_READ)))
async def subscriptions(info: Info) -> list[ModuleSubscription]:
    """The catalogue with the company's own terms."""
    async with info.context.reading() as work:
        return [ModuleSubscription.of(found) for found in await service.overview(work)]


@act(CORE)
async def subscribe(work: Work, input: SubscribeInput) -> list[ModuleSubscription]:
    """Try a module for 30 days, or take a cancelled one up again."""
    return [ModuleSubscription.of(found) for found in await service.subscribe(work, input.id, input.modules)]


@act(CORE)
async def unsubscribe(work: Work, input: UnsubscribeInput) -> list[ModuleSubscription]:
    """Give a module up; nothing that it holds is deleted."""
    return [ModuleSubscription.of(found) for found in await service.unsubscribe(work, input.id, input.module)]


@wide_act(CORE)
async def redeem_order(context: Context, input: RedeemOrderInput) -> list[ModuleSubscription]:
    """Pay with a signed order file; each order counts once."""
    provider = SignedOrder(context.house.settings.order_key)
    async with context.acting() as work:
        return [
            ModuleSubscription.of(found)
            for found in await service.extend(work, input.id, provider, input.order)
        ]


def standings(actor: Member) -> list[ModuleTerms]:
    """Every module with the terms in force for this person's company."""
    return [ModuleTerms(module=Module.of(one), terms=actor.terms.get(one.code)) for one in MODULES.values()]


QUERIES = [modules, subscriptions]
MUTATIONS = [subscribe, unsubscribe, redeem_order]
