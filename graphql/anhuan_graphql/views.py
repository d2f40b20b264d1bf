"""Saved views on the wire: a filter, an order and columns under a name."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry

from anhuan_graphql.context import Context, Info
from anhuan_graphql.fields import act, query
from anhuan_graphql.people import Person, Unit, person_or_none, unit_of
from anhuan_graphql.planner.readings import At, Env, One, Worked, noun
from anhuan_graphql.planner.roots import Given, Guard, Rows
from anhuan_graphql.relay import Node
from anhuan_graphql.scalars import Json
from anhuan_graphql.shown import planned
from anhuan_infra.work import Work
from anhuan_platform.boards import repository, rules, service
from anhuan_platform.boards.models import SavedView as ViewRow
from anhuan_tenants.subscriptions.catalogue import CORE


def _is_mine(at: At, env: Env) -> sa.ColumnElement[bool]:
    return at[ViewRow.person_id] == env.value("person", sa.Uuid())


@noun(ViewRow)
@strawberry.type
class SavedView(Node):
    """A way of looking at a list (常用视图), one's own or shared by somebody."""

    target: str
    name: str
    body: Json
    rank: int
    is_default: bool
    changed_at: datetime
    row: strawberry.Private[ViewRow]

    @classmethod
    def of(cls, row: ViewRow) -> "SavedView":
        """Out of its row."""
        return cls(
            id=row.id,
            target=row.target,
            name=row.name,
            body=Json(row.body),
            rank=row.rank,
            is_default=row.is_default,
            changed_at=row.changed_at,
            row=row,
        )

    @planned(Worked(_is_mine, bool))
    async def is_mine(self, info: Info) -> bool:
        """Whether you may change it."""
        return self.row.person_id == (await info.context.actor()).person_id

    @planned(One("Person", ViewRow.person_id))
    async def owner(self, info: Info) -> Person | None:
        """Who saved it."""
        return await person_or_none(info.context, self.row.person_id)

    @planned(One("Unit", ViewRow.unit_no, "no"))
    async def shared_with(self, info: Info) -> Unit | None:
        """The unit that it is shared with, and everything under it."""
        return await unit_of(info.context, self.row.unit_no)


@strawberry.input
class SaveViewInput:
    """`body` holds `filter` (as the list takes it), `lastDays`, `order`, `columns` and the screen's own `show`; at most 8 KB."""

    id: UUID
    target: str
    name: str
    body: Json
    unit_id: UUID | None = None
    """Share it with this unit and everything under it; left out, it is yours alone."""
    rank: int = 0
    is_default: bool = False


@strawberry.input
class RemoveViewInput:
    """One of your own views."""

    id: UUID


async def _view(context: Context, view_id: UUID) -> SavedView:
    async with context.reading() as work:
        return SavedView.of(await repository.get(work, view_id))


def _in_order(at: At, env: Env, _given: Given) -> list[sa.ColumnElement[Any]]:
    return [~_is_mine(at, env), at[ViewRow.rank], at[ViewRow.name], at[ViewRow.id]]


@query(
    CORE,
    Rows(
        "SavedView",
        lambda at, _env, given: [at[ViewRow.target] == given["target"]],
        _in_order,
        guard=Guard(
            lambda target, _member: target in rules.TARGETS,
            lambda _env, given: sa.func.to_json(given["target"]).cast(sa.Text()),
        ),
    ),
)
async def saved_views(info: Info, target: str) -> list[SavedView]:
    """The views of a list (`hazards`): your own in your order, then those shared with you."""
    async with info.context.reading() as work:
        return [SavedView.of(row) for row in await service.views(work, target)]


@act(CORE, then=_view)
async def save_view(work: Work, input: SaveViewInput) -> UUID:
    """Save a view, new or changed; the same twice changes nothing."""
    given = service.ViewGiven(
        id=input.id,
        target=input.target,
        name=input.name,
        body=input.body,
        unit_id=input.unit_id,
        rank=input.rank,
        is_default=input.is_default,
    )
    return (await service.save(work, given)).id


@act(CORE)
async def remove_view(work: Work, input: RemoveViewInput) -> bool:
    """Remove one of your own views."""
    await service.remove(work, input.id)
    return True


QUERIES = [saved_views]
MUTATIONS = [save_view, remove_view]
