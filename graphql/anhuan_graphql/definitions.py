"""Loops as a company keeps them: read, and published in a new version."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import select

from anhuan_graphql.context import Info
from anhuan_graphql.fields import act, query
from anhuan_graphql.limits import LIST
from anhuan_graphql.planner.readings import noun
from anhuan_graphql.planner.roots import Arm, First, Rows, allowed
from anhuan_graphql.scalars import Json
from anhuan_infra.errors import BadInput
from anhuan_infra.text import NAME, clean
from anhuan_infra.work import Work
from anhuan_platform.loops import repository
from anhuan_platform.loops.models import LoopDefinition as DefinitionRow
from anhuan_platform.loops.service import opening
from anhuan_tenants.access.acts import Act

HAZARDS = "hazards"


@noun(DefinitionRow)
@strawberry.type
class LoopDefinition:
    """One version of a loop as data; published versions never change, a running case keeps the one it began with."""

    id: UUID
    code: str
    version: int
    body: Json
    published_at: datetime | None
    from_library: str | None

    @classmethod
    def of(cls, row: DefinitionRow) -> "LoopDefinition":
        """Out of its row."""
        return cls(
            id=row.id,
            code=row.code,
            version=row.version,
            body=Json(row.body),
            published_at=row.published_at,
            from_library=row.from_library,
        )


@strawberry.input
class PublishDefinitionInput:
    """A whole loop; its version is given by us."""

    body: Json


_NEWEST = Arm(
    "LoopDefinition",
    lambda at, _env, given: [
        at[DefinitionRow.code] == given["code"],
        at[DefinitionRow.published_at].is_not(None),
        at[DefinitionRow.retired_at].is_(None),
    ],
    lambda at: [at[DefinitionRow.version].desc()],
)


@query(HAZARDS, First((_NEWEST,), missing=True, guard=allowed(Act.DEFINITION_READ)))
async def loop_definition(info: Info, code: str) -> LoopDefinition | None:
    """The version of a loop that new cases take."""
    async with info.context.reading() as work:
        work.allow(Act.DEFINITION_READ)
        return LoopDefinition.of(await repository.newest_definition(work, clean(code, "code", NAME)))


@query(
    HAZARDS,
    Rows(
        "LoopDefinition",
        lambda _at, _env, _given: [],
        lambda at, _env, _given: [at[DefinitionRow.code], at[DefinitionRow.version].desc()],
        most=LIST,
        guard=allowed(Act.DEFINITION_READ),
    ),
)
async def loop_definitions(info: Info) -> list[LoopDefinition]:
    """Every version of every loop, the newest of each first."""
    async with info.context.reading() as work:
        work.allow(Act.DEFINITION_READ)
        query = select(DefinitionRow).order_by(DefinitionRow.code, DefinitionRow.version.desc()).limit(LIST)
        return [LoopDefinition.of(row) for row in await work.session.scalars(query)]


@act(HAZARDS)
async def publish_definition(work: Work, input: PublishDefinitionInput) -> LoopDefinition:
    """Publish a new version of a loop; running cases keep theirs."""
    body: Any = input.body
    if not isinstance(body, dict):
        raise BadInput(path="body", reason="an object is expected")
    return LoopDefinition.of(await opening.publish(work, body))


QUERIES = [loop_definition, loop_definitions]
MUTATIONS = [publish_definition]
