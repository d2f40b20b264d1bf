"""`node(id)`: anything with an identity, found again by it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from anhuan_graphql.cases.parts import Comment, Escalation, Seat, StopOrder, Task
from anhuan_graphql.cases.types import cases_by_id
from anhuan_graphql.context import Info
from anhuan_graphql.evidence import Evidence
from anhuan_graphql.fields import query
from anhuan_graphql.hazards.types import Progress
from anhuan_graphql.notices import notices_by_id
from anhuan_graphql.parties import PARTIES, parties_by_id
from anhuan_graphql.people import people_by_id, units_by_id
from anhuan_graphql.planner.roots import Arm, First
from anhuan_graphql.record import AUDIT, RecordEntry
from anhuan_graphql.relay import Node
from anhuan_graphql.sites import areas_by_id, assets_by_id
from anhuan_graphql.views import SavedView
from anhuan_infra.db.base import TenantRow
from anhuan_infra.errors import NotFound
from anhuan_infra.record.models import RecordEntry as EntryRow
from anhuan_infra.work import Work
from anhuan_platform.boards.models import SavedView as ViewRow
from anhuan_platform.evidence.models import Evidence as EvidenceRow
from anhuan_platform.hazards.models import Progress as ProgressRow
from anhuan_platform.loops import deadline_models as deadlines
from anhuan_platform.loops import models as loops
from anhuan_tenants.subscriptions.catalogue import CORE

HAZARDS = "hazards"
Load = Callable[[Work, list[UUID]], Awaitable[list[Any]]]


def _rows(model: type[TenantRow], shown: Callable[[Any], Any]) -> Load:
    """A loader of things that are their row."""

    async def load(work: Work, ids: list[UUID]) -> list[Any]:
        rows = await work.session.scalars(select(model).where(model.id.in_(ids)))
        found = {row.id: shown(row) for row in rows}
        return [found.get(one) for one in ids]

    return load


KINDS: tuple[tuple[tuple[str, ...], str, Load], ...] = (
    (("Person",), CORE, people_by_id),
    (("Unit",), CORE, units_by_id),
    (("Area",), CORE, areas_by_id),
    (("Asset",), CORE, assets_by_id),
    (("Notice",), CORE, notices_by_id),
    (("SavedView",), CORE, _rows(ViewRow, SavedView.of)),
    (("Party",), PARTIES, parties_by_id),
    (("Hazard", "PlainCase"), HAZARDS, cases_by_id),
    (("Task",), HAZARDS, _rows(loops.Task, Task.of)),
    (("Seat",), HAZARDS, _rows(loops.Seat, Seat.of)),
    (("Comment",), HAZARDS, _rows(loops.Comment, Comment.of)),
    (("StopOrder",), HAZARDS, _rows(loops.StopOrder, StopOrder.of)),
    (("Escalation",), HAZARDS, _rows(deadlines.Escalation, Escalation.of)),
    (("Progress",), HAZARDS, _rows(ProgressRow, Progress.of)),
    (("Evidence",), HAZARDS, _rows(EvidenceRow, Evidence.of)),
    (("RecordEntry",), AUDIT, _rows(EntryRow, RecordEntry.of)),
)
"""Types, the module that must be subscribed to for one to be shown, and where it is looked for."""


def _arm(kinds: tuple[str, ...], module: str) -> Arm:
    name = "Case" if "PlainCase" in kinds else kinds[0]
    return Arm(
        name,
        lambda at, _env, given: [at.own.id == given["id"]],
        module=None if module == CORE else module,
    )


@query(CORE, First(tuple(_arm(kinds, module) for kinds, module, _ in KINDS), missing=True))
async def node(info: Info, id: UUID) -> Node | None:
    """Anything that you can see, by its id."""
    for _, module, load in KINDS:
        found: Node | None = await info.context.loader(load).load(id)
        if found is not None:
            (await info.context.actor()).require(module, write=False)
            return found
    raise NotFound(path="id", kind="node", id=id)


QUERIES = [node]
