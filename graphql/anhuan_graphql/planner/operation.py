"""A whole operation as one statement, and its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql.execution.values import VariableValues, get_argument_values
from strawberry import Schema
from strawberry.types.arguments import convert_arguments

from anhuan_graphql.planner import pieces
from anhuan_graphql.planner.answers import Answer, filled
from anhuan_graphql.planner.arguments import Arguments
from anhuan_graphql.planner.compiler import Walk, closed, strawberry_field
from anhuan_graphql.planner.paging import Ready, Symbols, page_of
from anhuan_graphql.planner.pieces import Piece, joined
from anhuan_graphql.planner.readings import PLAN, ById, Paged, Reading, Unplanned
from anhuan_graphql.planner.roots import ROOTS, Given, Root, Searched
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

    def reading(self, chosen: Chosen) -> Reading | None:
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
            if isinstance(found, ROOTS):
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
            if isinstance(reading, Searched) and reading.made_ready is not None:
                given = reading.made_ready(given)
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
                said = self._page(walk, reading, chosen, *waiting.pop(0))
            elif reading is not None:
                said = self._other(walk, reading, chosen)
            parts += ["," if place else "", f'"{chosen.key}":', said]
        return draft.plan(joined([*parts, "}}"]))

    def _page(self, walk: Walk, reading: Paged, chosen: Chosen, no: int, ready: Ready) -> Piece:
        page = page_of(walk, reading, chosen, self._connection(chosen), no, ready)
        if not isinstance(reading, Searched):
            return page
        return self._answer(walk, chosen, Symbols(walk.draft, no).of(ready)).guarded(reading.guard, page)

    def _other(self, walk: Walk, reading: Reading, chosen: Chosen) -> Piece:
        kind = self.core.query_type
        assert kind is not None
        given = Arguments(walk.draft, kind.fields[chosen.name], chosen, walk.chooser.variables)
        if isinstance(reading, ById):
            row = walk.by_id(reading, chosen, given)
            return (
                pieces.or_absent(row) if reading.missing else closed(row, strawberry_field(kind, chosen.name))
            )
        answer = self._answer(walk, chosen, given)
        piece = answer.of(reading)
        return answer.guarded(reading.guard, piece) if isinstance(reading, Root) else piece

    def _answer(self, walk: Walk, chosen: Chosen, given: Given) -> Answer:
        kind = self.core.query_type
        assert kind is not None
        return Answer(walk, kind, chosen, given)

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
    whole = filled(plan.finishes, said, asking) if plan.finishes else said
    return None if pieces.ABSENT.encode() in whole else whole
