"""What an operation asks of one object: its fields by the keys of the answer, fragments opened, directives followed, doubles merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql.execution.values import VariableValues, get_directive_values

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
)


@dataclass(frozen=True)
class Chosen:
    """One key of the answer, with every place in the document that asks for it."""

    key: str
    nodes: tuple[FieldNode, ...]

    @property
    def name(self) -> str:
        """The field."""
        return self.nodes[0].name.value

    @property
    def inner(self) -> list[SelectionSetNode]:
        """What is asked of the object that it leads to."""
        return [node.selection_set for node in self.nodes if node.selection_set]


@dataclass(frozen=True)
class Chooser:
    """The document around the selections: its fragments, and the variables that decide what is left out."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def fields(self, sets: Iterable[SelectionSetNode], kinds: frozenset[str]) -> list[Chosen]:
        """What is asked of an object of a type, `kinds` being its name and its interfaces', in the order of the answer."""
        found: dict[str, list[FieldNode]] = {}
        opened: set[str] = set()
        for one in sets:
            self._collect(one, kinds, found, opened)
        return [Chosen(key, tuple(nodes)) for key, nodes in found.items()]

    def _collect(
        self,
        chosen: SelectionSetNode,
        kinds: frozenset[str],
        found: dict[str, list[FieldNode]],
        opened: set[str],
    ) -> None:
        for node in chosen.selections:
            if not self._is_included(node):
                continue
            if isinstance(node, FieldNode):
                key = (node.alias or node.name).value
                found.setdefault(key, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or node.type_condition.name.value in kinds:
                    self._collect(node.selection_set, kinds, found, opened)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in opened:
                opened.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if fragment.type_condition.name.value in kinds:
                    self._collect(fragment.selection_set, kinds, found, opened)

    def _is_included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])
