"""`node(id)`: anything with an identity, found again by it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_graphql.cases import loads
from anhuan_graphql.cases.types import Comment, Task, cases_by_id
from anhuan_graphql.context import Info
from anhuan_graphql.evidence import Evidence
from anhuan_graphql.fields import query
from anhuan_graphql.people import people_by_id, units_by_id
from anhuan_graphql.relay import Node
from anhuan_graphql.sites import areas_by_id, assets_by_id
from anhuan_infra.errors import NotFound
from anhuan_infra.work import Work
from anhuan_platform.loops.models import Comment as CommentRow
from anhuan_platform.loops.models import Task as TaskRow
from anhuan_tenants.subscriptions.catalogue import CORE

HAZARDS = "hazards"


async def tasks_by_id(work: Work, ids: list[UUID]) -> list[Task | None]:
    """Tasks by id."""
    rows = await work.session.scalars(select(TaskRow).where(TaskRow.id.in_(ids)))
    found = {row.id: Task.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def comments_by_id(work: Work, ids: list[UUID]) -> list[Comment | None]:
    """Comments by id."""
    rows = await work.session.scalars(select(CommentRow).where(CommentRow.id.in_(ids)))
    found = {row.id: Comment.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def evidence_nodes(work: Work, ids: list[UUID]) -> list[Evidence | None]:
    """Pieces of evidence by id."""
    return [None if row is None else Evidence.of(row) for row in await loads.evidence_by_id(work, ids)]


Load = Callable[[Work, list[UUID]], Awaitable[list[Any]]]
KINDS: tuple[tuple[str, Load], ...] = (
    (CORE, people_by_id),
    (CORE, units_by_id),
    (CORE, areas_by_id),
    (CORE, assets_by_id),
    (HAZARDS, cases_by_id),
    (HAZARDS, tasks_by_id),
    (HAZARDS, comments_by_id),
    (HAZARDS, evidence_nodes),
)
"""Where a node is looked for, and the module that must be subscribed to for it to be shown."""


@query(CORE)
async def node(info: Info, id: UUID) -> Node | None:
    """Anything that you can see, by its id."""
    for module, load in KINDS:
        found: Node | None = await info.context.loader(load).load(id)
        if found is not None:
            (await info.context.actor()).require(module, write=False)
            return found
    raise NotFound(path="id", kind="node", id=id)


QUERIES = [node]
