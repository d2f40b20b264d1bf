"""A whole operation as one statement, and its answer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql.execution.values import VariableValues, get_argument_values
from strawberry import Schema
from strawberry.types.arguments import convert_arguments

from anhuan_graphql.planner import pieces
from anhuan_graphql.planner.arguments import Arguments
from anhuan_graphql.planner.compiler import Walk, closed, strawberry_field
from anhuan_graphql.planner.paging import Ready, page_of
from anhuan_graphql.planner.pieces import Piece, joined
from anhuan_graphql.planner.readings import PLAN, ById, Paged, Unplanned
from anhuan_graphql.planner.selection import Chooser, Chosen
from anhuan_graphql.planner.statement import Asking, Draft, Plan
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
)


@dataclass(frozen=True)
class Operation:
    """What is asked, by one shape of the variables that decide what is left out."""

    schema: Schema
    core: GraphQLSchema
    document: DocumentNode
    node: OperationDefinitionNode

    def chooser(self, variables: VariableValues) -> Chooser:
        """The document around the selections."""
        fragments = {
            one.name.value: one
            for one in self.document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }
        return Chooser(fragments, variables)

    def roots(self, chooser: Chooser) -> list[Chosen]:
        """Its root fields by the keys of the answer."""
        if self.node.operation is not OperationType.QUERY:
            raise Unplanned(self.node.operation.value)
        return chooser.fields([self.node.selection_set], frozenset(["Query"]))

    def reading(self, chosen: Chosen) -> ById | Paged | None:
        """How a root field is read; None where it is its own answer.

        Raises:
            Unplanned: In the ordinary way.
        """
        kind = self.core.query_type
        assert kind is not None
        if chosen.name == "__typename":
            return None
        if chosen.name in kind.fields:
            found = strawberry_field(kind, chosen.name).metadata.get(PLAN)
            if isinstance(found, ById | Paged):
                return found
        raise Unplanned(f"Query.{chosen.name}")

    def lists(
        self, roots: Sequence[Chosen], variables: VariableValues
    ) -> list[tuple[Paged, Mapping[str, Any]]]:
        """The lists that are asked for, each with the arguments that its resolver would get."""
        found: list[tuple[Paged, Mapping[str, Any]]] = []
        for chosen in roots:
            reading = self.reading(chosen)
            if isinstance(reading, Paged):
                found.append((reading, self._arguments(chosen, variables)))
        return found

    @staticmethod
    def ready(
        lists: Sequence[tuple[Paged, Mapping[str, Any]]], secrets: Any, tenant_id: Any
    ) -> tuple[Ready, ...]:
        """What this request asks of each list; refuses what is no page, as the ordinary way does."""
        found: list[Ready] = []
        for reading, given in lists:
            page = reading.page(secrets, tenant_id, given)
            found.append(Ready(page, page.size, page.opened() if page.after is not None else None, given))
        return tuple(found)

    def compiled(self, roots: Sequence[Chosen], chooser: Chooser, ready: Sequence[Ready]) -> Plan:
        """The plan for variables and pages of this shape.

        Raises:
            Unplanned: Something that is asked has no reading.
        """
        draft = Draft()
        walk = Walk(self.core, chooser, draft)
        waiting = list(enumerate(ready))
        parts: list[Piece | str] = ['{"data":{']
        for place, chosen in enumerate(roots):
            reading = self.reading(chosen)
            said: Piece | str = '"Query"'
            if isinstance(reading, Paged):
                said = page_of(walk, reading, chosen, self._connection(chosen), *waiting.pop(0))
            elif reading is not None:
                said = self._by_id(walk, reading, chosen)
            parts += ["," if place else "", f'"{chosen.key}":', said]
        return draft.plan(joined([*parts, "}}"]))

    def _by_id(self, walk: Walk, reading: ById, chosen: Chosen) -> Piece:
        kind = self.core.query_type
        assert kind is not None
        given = Arguments(walk.draft, kind.fields[chosen.name], chosen, walk.chooser.variables)
        row = walk.by_id(reading, chosen, given)
        return pieces.or_absent(row) if reading.missing else closed(row, strawberry_field(kind, chosen.name))

    def _connection(self, chosen: Chosen) -> GraphQLObjectType:
        kind = self.core.query_type
        assert kind is not None
        found = get_named_type(kind.fields[chosen.name].type)
        assert isinstance(found, GraphQLObjectType)
        return found

    def _arguments(self, chosen: Chosen, variables: VariableValues) -> Mapping[str, Any]:
        """As the resolver gets them."""
        kind = self.core.query_type
        assert kind is not None
        field = strawberry_field(kind, chosen.name)
        given = get_argument_values(kind.fields[chosen.name], chosen.nodes[0], variables)
        made = convert_arguments(
            given,
            field.arguments,
            scalar_registry=self.schema.schema_converter.scalar_registry,
            config=self.schema.config,
        )
        return {one.python_name: made.get(one.python_name) for one in field.arguments}


def finished(plan: Plan, said: bytes, asking: Asking) -> bytes | None:
    """The answer with its holes filled; None where something is missing that the schema promises."""
    if pieces.ABSENT.encode() in said:
        return None
    if not plan.finishes:
        return said
    return pieces.HOLE.sub(lambda found: plan.finishes[int(found[1])](json.loads(found[2]), asking), said)
