"""Random questions over the schema: selections with aliases, fragments, directives and doubles, grown from one seed."""

from dataclasses import dataclass, field
from random import Random

from graphql import (
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)

Composite = GraphQLObjectType | GraphQLInterfaceType


@dataclass
class Questioner:
    """Grows selections on types of a schema; `text` is the selection, `fragments` the definitions that it needs."""

    schema: GraphQLSchema
    random: Random
    depth: int = 4
    fragments: list[str] = field(default_factory=list[str])
    without: frozenset[str] = frozenset()
    """Fields by `Type.field` that are left out."""

    def on(self, name: str) -> str:
        """A whole document's worth: `{ … }` on a type, with the fragments collected beside it."""
        kind = self.schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        return self._selection(kind, self.depth)

    def _selection(self, kind: Composite, depth: int) -> str:
        names = [name for name in kind.fields if self._may(kind, name, depth)]
        some = self.random.sample(names, min(len(names), self.random.randint(1, 6)))
        parts = [self._one(kind, name, depth) for name in some]
        if self.random.random() < 0.2:
            parts.append("__typename")
        if self.random.random() < 0.15 and parts:
            parts.append(self.random.choice(parts))  # the same again is merged
        return "{ " + " ".join(parts or ["__typename"]) + " }"

    def _one(self, kind: Composite, name: str, depth: int) -> str:
        inner = get_named_type(kind.fields[name].type)
        below = "" if is_leaf_type(inner) else " " + self._selection(inner, depth - 1)
        alias = f"a{self.random.randint(0, 10**9)}: " if self.random.random() < 0.15 else ""
        said = f"{alias}{name}{self._directive()}{below}"
        dice = self.random.random()
        if dice < 0.08:
            return f"... on {kind.name}{self._directive()} {{ {said} }}"
        if dice < 0.16:
            fragment = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {fragment} on {kind.name} {{ {said} }}")
            return f"...{fragment}{self._directive()}"
        return said

    def _directive(self) -> str:
        if self.random.random() > 0.08:
            return ""
        return f" @{self.random.choice(('include', 'skip'))}(if: {self.random.choice(('true', 'false'))})"

    def _may(self, kind: Composite, name: str, depth: int) -> bool:
        found = kind.fields[name]
        if f"{kind.name}.{name}" in self.without:
            return False
        if any(
            isinstance(one.type, GraphQLNonNull) and one.default_value is None for one in found.args.values()
        ):
            return False
        inner = get_named_type(found.type)
        return is_leaf_type(inner) or (depth > 1 and isinstance(inner, GraphQLObjectType))
