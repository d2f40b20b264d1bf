"""The schema: what the rooms offer, added up."""

from typing import Any

from strawberry import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import create_type
from strawberry.types.execution import ExecutionContext

from anhuan_graphql import (
    absences,
    channels,
    company,
    definitions,
    directory,
    evidence,
    live,
    members,
    node,
    notices,
    organisation,
    overview,
    parties,
    record,
    scalars,
    sites,
    subscriptions,
    verification,
    views,
    workbook,
)
from anhuan_graphql import access as policy
from anhuan_graphql.cases import acts as cases
from anhuan_graphql.cases.types import PlainCase
from anhuan_graphql.hazards import acts as hazards
from anhuan_graphql.hazards import board
from anhuan_graphql.identity import acts as identity
from anhuan_graphql.limits import Limits, core
from anhuan_graphql.relay import Connection, Edge
from graphql import GraphQLError

ROOMS = (
    identity, members, subscriptions, directory, organisation, workbook, parties, policy, sites, evidence, definitions, board, hazards, cases, notices, channels, record, node, live,
    overview, verification, views, absences, company,
)  # fmt: skip


def _all(kind: str) -> list[Any]:
    return [field for room in ROOMS for field in getattr(room, kind, [])]


class Wire(Schema):
    """Errors are said, and logged, at the doors."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing here: the library would log what people wrote."""


Query = create_type(
    "Query", _all("QUERIES"), description="Everything that can be asked; one sees what one may see."
)
Mutation = create_type("Mutation", _all("MUTATIONS"), description="Every act; each is one transaction.")
Subscription = create_type(
    "Subscription", _all("SUBSCRIPTIONS"), description="Live changes, over a WebSocket."
)

schema = Wire(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[PlainCase],
    extensions=[Limits],
    config=StrawberryConfig(scalar_map=scalars.ALL, disable_field_suggestions=True),
)


def describe() -> None:
    """Give types the docstrings of their classes, so that the checked-in schema explains itself."""
    for name, kind in core(schema).type_map.items():
        definition = kind.extensions.get("strawberry-definition")
        said = getattr(getattr(definition, "origin", None), "__doc__", None)
        if not kind.description and said and not said.startswith(f"{name}("):
            kind.description = said.strip()
        if not kind.description and name.endswith(("Connection", "Edge")):
            generic = Connection if name.endswith("Connection") else Edge
            kind.description = generic.__doc__


describe()


def text() -> str:
    """The schema as it is checked in."""
    return schema.as_str() + "\n"
