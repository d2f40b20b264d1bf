"""What our own apps ask: every operation of the web's sources by its name, with the fragments that it takes."""

from functools import cache
from pathlib import Path

from graphql import (
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    OperationDefinitionNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

WEB = Path(__file__).resolve().parents[2] / "portal" / "web"


@cache
def app_documents() -> dict[str, str]:
    """Texts by the names of their operations."""
    operations: dict[str, OperationDefinitionNode] = {}
    fragments: dict[str, FragmentDefinitionNode] = {}
    for folder in ("apps", "packages"):
        for file in sorted((WEB / folder).glob("*/src/**/*.graphql")):
            for one in parse(file.read_text()).definitions:
                if isinstance(one, OperationDefinitionNode) and one.name is not None:
                    operations[one.name.value] = one
                elif isinstance(one, FragmentDefinitionNode):
                    fragments[one.name.value] = one
    return {name: _whole(one, fragments) for name, one in operations.items()}


def _whole(operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> str:
    taken: dict[str, FragmentDefinitionNode] = {}
    waiting: list[Node] = [operation]
    while waiting:
        for name in _spread(waiting.pop()):
            if name not in taken:
                taken[name] = fragments[name]
                waiting.append(fragments[name])
    return "\n\n".join(print_ast(one) for one in (operation, *taken.values()))


def _spread(node: Node) -> list[str]:
    found: list[str] = []

    class Spreads(Visitor):
        """Notes what is spread."""

        def enter_fragment_spread(self, one: FragmentSpreadNode, *_: object) -> None:
            """The name."""
            found.append(one.name.value)

    visit(node, Spreads())
    return found
