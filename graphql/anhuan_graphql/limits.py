"""What one request may ask for: measured on the document before it is validated, so that a costly question costs us little."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType as Kind

from anhuan_graphql.errors import Malformed, TooMuch
from anhuan_infra.errors import BadInput, Refused
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    Node,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
    Visitor,
    get_named_type,
    is_composite_type,
    visit,
)

CHARACTERS = 15_000
TOKENS = 1_000
DEPTH = 10
ALIASES = 15
DIRECTIVES = 50
ACTS = 5
"""Mutations in one request; each is a transaction of its own."""
COST = 20_000
"""Fields of the fullest possible answer."""
DEAR = {"overview": 6_000, "caseVerification": 1_500}
"""Questions that read far more than they answer, and what each counts for: three overviews in a request, not fifteen."""
LIST = 100
"""Most items of any list, asked for or sent."""
VALUES = 5_000
"""Most values in the variables of one request."""
NESTING = 30
"""How deep those may be nested."""
PAGE = 20
"""What a connection gives when nobody says how many."""
USUAL_LIST = 5
"""How many items a list without a page counts for."""

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def check_text(query: str) -> None:
    """Refuse a document that is too long or holds what no database can keep; before anything reads it."""
    if len(query) > CHARACTERS:
        raise TooMuch(what="characters", value=len(query), most=CHARACTERS)
    if _NOT_TEXT.search(query):
        raise BadInput(path="query", reason="NUL or half of a surrogate pair")


def check_values(variables: Mapping[str, Any]) -> None:
    """Refuse NUL, lone surrogates, long lists and heaps in what was sent, naming the field; nothing below has to think of them."""
    waiting: list[tuple[int, str, Any]] = [(0, "", variables)]
    seen = 0
    while waiting:
        depth, path, value = waiting.pop()
        seen += 1
        if seen > VALUES or depth > NESTING:
            what, most = ("values", VALUES) if seen > VALUES else ("nesting", NESTING)
            raise TooMuch(what=what, value=f">{most}", most=most)
        if isinstance(value, str):
            _check_string(path, value)
        elif isinstance(value, float) and not math.isfinite(value):
            raise BadInput(path=path[:200], reason="a number too large to keep")
        elif isinstance(value, Mapping):
            for key, item in value.items():
                _check_string(path or "variables", key)
                waiting.append((depth + 1, f"{path}.{key}" if path else key, item))
        elif isinstance(value, list):
            if len(value) > LIST:
                raise TooMuch(path=path, what=path, value=len(value), most=LIST)
            waiting.extend((depth + 1, f"{path}.{i}", item) for i, item in enumerate(value))


def _check_string(path: str, value: str) -> None:
    if found := _NOT_TEXT.search(value):
        # The path may itself come from what was sent.
        named = _NOT_TEXT.sub("?", path)[:200]
        raise BadInput(
            path=named, reason=f"character {found.start() + 1} is not text (U+{ord(found[0]):04X})"
        )


@dataclass
class _Measure:
    """A walk through the document as it would be executed, fragments opened, that stops as soon as it is too much."""

    schema: GraphQLSchema
    variables: Mapping[str, Any]
    fragments: dict[str, FragmentDefinitionNode]
    cost: int = 0
    aliases: int = 0
    directives: int = 0
    steps: int = 0
    inside: list[str] = field(default_factory=list[str])

    def operation(self, operation: OperationDefinitionNode) -> None:
        root = self.schema.get_root_type(operation.operation)
        self.directives += len(operation.directives or ())
        self._selections(operation.selection_set, root, 1, 1)
        if operation.operation is OperationType.MUTATION:
            _most("mutations", sum(1 for _ in self._fields(operation.selection_set, ())), ACTS)

    def _selections(self, chosen: SelectionSetNode, parent: Any, depth: int, times: int) -> None:
        for node in chosen.selections:
            self.steps += 1
            self.directives += len(node.directives or ())
            _most("directives", self.directives, DIRECTIVES)
            _most("cost", max(self.cost, self.steps), COST)
            if isinstance(node, FieldNode):
                self._field(node, parent, depth, times)
            elif isinstance(node, InlineFragmentNode):
                inner = (
                    self.schema.get_type(node.type_condition.name.value) if node.type_condition else parent
                )
                self._selections(node.selection_set, inner, depth, times)
            elif isinstance(node, FragmentSpreadNode):
                self._spread(node, depth, times)

    def _spread(self, node: FragmentSpreadNode, depth: int, times: int) -> None:
        name = node.name.value
        fragment = self.fragments.get(name)
        if fragment is None or name in self.inside:
            return  # validation says what is wrong with it
        self.inside.append(name)
        inner = self.schema.get_type(fragment.type_condition.name.value)
        self._selections(fragment.selection_set, inner, depth, times)
        self.inside.pop()

    def _field(self, node: FieldNode, parent: Any, depth: int, times: int) -> None:
        if depth == 1 and node.name.value in ("__schema", "__type"):
            return  # answered in development only, from memory
        self.aliases += node.alias is not None
        self.cost += times + (DEAR.get(node.name.value, 0) if depth == 1 else 0)
        _most("aliases", self.aliases, ALIASES)
        _most("depth", depth, DEPTH)
        if node.selection_set is None:
            return
        known = parent.fields.get(node.name.value) if isinstance(parent, GraphQLObjectType) else None
        kind = known.type if known else None
        self._selections(
            node.selection_set,
            get_named_type(kind) if kind else None,
            depth + 1,
            times * self._size(node, kind),
        )

    def _size(self, node: FieldNode, kind: Any) -> int:
        first = next((a.value for a in node.arguments or () if a.name.value == "first"), None)
        if first is not None:
            return min(max(self._number(first), 1), LIST)
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if isinstance(inner, GraphQLList):
            return USUAL_LIST if is_composite_type(get_named_type(inner)) else 1
        return PAGE if str(inner).endswith("Connection") else 1

    def _number(self, value: Node) -> int:
        if isinstance(value, IntValueNode):
            return int(value.value[:9])
        given = self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return given if isinstance(given, int) else LIST

    def _fields(self, chosen: SelectionSetNode, inside: tuple[str, ...]) -> Iterator[FieldNode]:
        for node in chosen.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self._fields(node.selection_set, inside)
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                fragment = self.fragments.get(name)
                if fragment is not None and name not in inside:
                    yield from self._fields(fragment.selection_set, (*inside, name))


class _Literals(Visitor):
    """Values that stand in the document itself are held to the same rules as variables."""

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        _check_string("query", node.value)

    def enter_list_value(self, node: ListValueNode, *_: object) -> None:
        _most("list", len(node.values), LIST)


def measure(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> int:
    """The cost of the costliest operation of the document; refuses what is over any limit."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    dearest = 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            found = _Measure(schema, variables, fragments)
            found.operation(definition)
            dearest = max(dearest, found.cost)
    visit(document, _Literals())
    return dearest


class Limits(SchemaExtension):
    """Holds every operation to the limits, over HTTP and over a socket alike."""

    def on_operation(self) -> Iterator[None]:
        """Bound the tokens before the parser starts, and close introspection in production."""
        context = self.execution_context
        context.parse_options["max_tokens"] = TOKENS
        if context.context.house.settings.is_production:
            context.validation_rules = (*context.validation_rules, NoSchemaIntrospectionCustomRule)
        yield

    def on_parse(self) -> Iterator[None]:
        """A trusted document is read once; whatever somebody wrote, each time."""
        context = self.execution_context
        known = context.context.document
        if known is not None:
            context.graphql_document = known.parsed
        yield
        if known is not None:
            known.parsed = context.graphql_document

    def on_validate(self) -> Iterator[None]:
        """Measure before validation, which is itself more than linear in the document."""
        context = self.execution_context
        assert context.graphql_document is not None
        try:
            if context.context.is_live and context.operation_type is not Kind.SUBSCRIPTION:
                raise Malformed(reason="only subscriptions come over a WebSocket")
            _check_choice(context.graphql_document, vars(context)["_provided_operation_name"])
            check_values(context.variables or {})
            measure(core(context.schema), context.graphql_document, context.variables or {})
        except Refused as refusal:
            context.pre_execution_errors = [GraphQLError(str(refusal), original_error=refusal)]
        except RecursionError:
            nested = TooMuch(what="nesting", value="∞", most=DEPTH)
            context.pre_execution_errors = [GraphQLError(str(nested), original_error=nested)]
        known = context.context.document
        if known is not None and known.is_valid:
            context.validation_rules = ()
        yield
        if not context.pre_execution_errors:
            if known is not None:
                known.is_valid = True
            context.context.checked = context.graphql_document


def _check_choice(document: DocumentNode, name: str | None) -> None:
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(operations) > 1 and name is None:
        raise Malformed(reason="of several operations one must be named")


def core(schema: Any) -> GraphQLSchema:
    """The schema as graphql-core knows it; Strawberry keeps it under a private name and offers no other."""
    found: GraphQLSchema = vars(schema)["_schema"]
    return found


def _most(what: str, value: int, most: int) -> None:
    if value > most:
        raise TooMuch(what=what, value=value, most=most)
