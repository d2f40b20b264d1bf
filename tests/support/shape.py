"""The schema as tests walk it: every root field, every argument down to its leaves, and questions made from both."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from anhuan_graphql import limits
from anhuan_graphql.schema import schema
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
)

CORE = limits.core(schema)


@dataclass(frozen=True)
class Root:
    """One root field."""

    operation: str
    name: str
    field: GraphQLField


@dataclass(frozen=True)
class Leaf:
    """An argument, or a field deep inside one, that takes a value."""

    root: Root
    path: tuple[str, ...]
    kind: str

    @property
    def key(self) -> str:
        """`field.argument.inner`, with the wrapper `input` of mutations left out."""
        return ".".join([self.root.name, *(step for step in self.path if step != "input")])


Fill = Callable[[Leaf], Any]
"""What to put into a leaf; None leaves it out where that is allowed."""


def roots() -> list[Root]:
    """Queries, then mutations."""
    assert CORE.query_type is not None
    assert CORE.mutation_type is not None
    found = [Root("query", name, field) for name, field in CORE.query_type.fields.items()]
    return found + [Root("mutation", name, field) for name, field in CORE.mutation_type.fields.items()]


def leaves(root: Root) -> list[Leaf]:
    """Every place in a root field's arguments that takes a value."""
    return [
        leaf for name, argument in root.field.args.items() for leaf in _leaves(root, (name,), argument.type)
    ]


def _leaves(root: Root, path: tuple[str, ...], kind: Any) -> Iterator[Leaf]:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType):
        for name, field in named.fields.items():
            yield from _leaves(root, (*path, name), field.type)
    else:
        yield Leaf(root, path, named.name)


def question(root: Root, *fills: Fill, deep: int = 0) -> tuple[str, dict[str, Any]]:
    """The document and the variables of one question, or of the same asked several times with different values."""
    declared: list[str] = []
    calls: list[str] = []
    variables: dict[str, Any] = {}
    for place, fill in enumerate(fills):
        given = {
            name: _value(root, (name,), argument.type, fill) for name, argument in root.field.args.items()
        }
        given = {name: value for name, value in given.items() if value is not None}
        declared += [f"$v{place}{name}: {root.field.args[name].type}" for name in given]
        passed = ", ".join(f"{name}: $v{place}{name}" for name in given)
        call = f"{root.name}({passed})" if given else root.name
        alias = f"a{place}: " if len(fills) > 1 else ""
        calls.append(f"{alias}{call} {selection(root, deep)}")
        variables |= {f"v{place}{name}": value for name, value in given.items()}
    head = f"{root.operation}({', '.join(declared)})" if declared else root.operation
    return f"{head} {{ {' '.join(calls)} }}", variables


def selection(root: Root, deep: int) -> str:
    """What is asked of the answer; a mutation's result and errors always."""
    if root.operation == "mutation":
        payload: Any = get_named_type(root.field.type)
        result = _selected(payload.fields["result"].type, max(deep, 0))
        return f"{{ result {result} errors {{ code path message }} }}"
    return _selected(root.field.type, deep)


def _selected(kind: Any, deep: int) -> str:
    named = get_named_type(kind)
    if isinstance(named, GraphQLScalarType | GraphQLEnumType):
        return ""
    if deep <= 0:
        return "{ __typename }"
    parts = ["__typename"]
    if isinstance(named, GraphQLUnionType):
        parts += [f"... on {one.name} {_selected(one, deep)}" for one in named.types]
    elif isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in named.fields.items():
            if any(isinstance(arg.type, GraphQLNonNull) for arg in field.args.values()):
                continue
            inner = get_named_type(field.type)
            is_leaf = isinstance(inner, GraphQLScalarType | GraphQLEnumType)
            if is_leaf or deep > 1:
                parts.append(f"{name} {_selected(field.type, deep - 1)}")
    return "{ " + " ".join(parts) + " }"


def _value(root: Root, path: tuple[str, ...], kind: Any, fill: Fill) -> Any:
    if isinstance(kind, GraphQLNonNull):
        return _value(root, path, kind.of_type, fill)
    if isinstance(kind, GraphQLList):
        inner = _value(root, path, kind.of_type, fill)
        return None if inner is None else [inner]
    if isinstance(kind, GraphQLInputObjectType):
        made = {name: _value(root, (*path, name), field.type, fill) for name, field in kind.fields.items()}
        made = {name: value for name, value in made.items() if value is not None}
        return made or None
    return fill(Leaf(root, path, kind.name))


def usual(values: Mapping[str, Any]) -> Fill:
    """Fills by key, then by last step, then by kind: `usual({"hazard.id": …, "description": …, "String": …})`."""

    def fill(leaf: Leaf) -> Any:
        for name in (leaf.key, leaf.path[-1], leaf.kind):
            if name in values:
                return values[name]
        kind = CORE.type_map[leaf.kind]
        return next(iter(kind.values)) if isinstance(kind, GraphQLEnumType) else None

    return fill
