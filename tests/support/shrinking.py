"""A failing question made as small as it can be: whatever may be dropped while it still fails is dropped."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

_MOST = 300
_PARTS = (FieldNode, InlineFragmentNode, FragmentSpreadNode, DirectiveNode, ArgumentNode)
Fails = Callable[[str], Awaitable[bool]]


async def shrunk(schema: GraphQLSchema, text: str, fails: Fails) -> str:
    """The smallest text that still fails, found by dropping selections, directives and arguments one after the other."""
    document, tries, is_smaller = parse(text), 0, True
    while is_smaller and tries < _MOST:
        is_smaller = False
        for candidate in _smaller(document):
            if tries >= _MOST:
                break
            if validate(schema, candidate):
                continue
            tries += 1
            if await fails(print_ast(candidate)):
                document, is_smaller = candidate, True
                break
    return print_ast(document)


def _smaller(document: DocumentNode) -> Iterator[DocumentNode]:
    """The document without one of its parts; what holds others comes before them."""
    for part in [node for node in _nodes(document) if isinstance(node, _PARTS)]:
        made = _tidy(_without(document, [part]))
        if all(one.selections for one in _nodes(made) if isinstance(one, SelectionSetNode)):
            yield made


def _nodes(document: DocumentNode) -> list[Node]:
    found: list[Node] = []

    class All(Visitor):
        def enter(self, node: Node, *_: Any) -> None:
            found.append(node)

    visit(document, All())
    return found


def _without(document: DocumentNode, parts: list[Node]) -> DocumentNode:
    gone = {id(part) for part in parts}

    class Drop(Visitor):
        def enter(self, node: Node, *_: Any) -> Any:
            return REMOVE if id(node) in gone else None

    made = visit(document, Drop())
    assert isinstance(made, DocumentNode)
    return made


def _tidy(document: DocumentNode) -> DocumentNode:
    """Without fragments and variables that nobody names any more."""
    while True:
        nodes = _nodes(document)
        declared = [node for node in nodes if isinstance(node, VariableDefinitionNode)]
        of_declarations = {id(node.variable) for node in declared}
        named = {n.name.value for n in nodes if isinstance(n, VariableNode) and id(n) not in of_declarations}
        spread = {node.name.value for node in nodes if isinstance(node, FragmentSpreadNode)}
        fragments = [node for node in nodes if isinstance(node, FragmentDefinitionNode)]
        idle: list[Node] = [one for one in declared if one.variable.name.value not in named]
        idle += [one for one in fragments if one.name.value not in spread]
        if not idle:
            return document
        document = _without(document, idle)
