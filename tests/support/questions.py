"""Random questions over the schema, grown from one seed: aliases, fragments, directives, doubles, variables of every kind."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from anhuan_graphql.planner.compiler import strawberry_field
from anhuan_graphql.planner.readings import PLAN
from graphql import (
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_leaf_type,
)
from tests.support.values import Pool, spelled

Composite = GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType
May = Callable[[GraphQLObjectType | GraphQLInterfaceType, str], bool]


@dataclass(frozen=True)
class Variable:
    """One variable of a question: its type as declared, where it is used first, and whether it has a default."""

    kind: GraphQLInputType
    path: tuple[str, ...]
    default: str | None

    def given(self, random: Random, pool: Pool) -> Any:
        """A value as JSON; `Undefined` where it is left out."""
        may_go = self.default is not None or not isinstance(self.kind, GraphQLNonNull)
        return Undefined if may_go and random.random() < 0.15 else pool.maybe(random, self.kind, self.path)


@dataclass(frozen=True)
class Question:
    """A document with one operation, and what can be given to it."""

    text: str
    variables: Mapping[str, Variable]
    fields: frozenset[str]
    """`Type.field` of everything that it names."""

    def given(self, random: Random, pool: Pool) -> dict[str, Any]:
        """Values for one time of asking."""
        made = {name: one.given(random, pool) for name, one in self.variables.items()}
        return {name: value for name, value in made.items() if value is not Undefined}


def has_reading(kind: GraphQLObjectType | GraphQLInterfaceType, name: str) -> bool:
    """Whether the planner may know how to read a field."""
    if name == "totalCount" or "strawberry-definition" not in kind.extensions:
        return True
    found = strawberry_field(kind, name)  # type: ignore[arg-type]
    return found.base_resolver is None or found.metadata.get(PLAN) is not None


@dataclass
class Questioner:
    """Grows selections on types of a schema; `fragments` are the definitions that the last one needs."""

    schema: GraphQLSchema
    random: Random
    depth: int = 4
    fragments: list[str] = field(default_factory=list[str])
    pool: Pool | None = None
    """Where values come from; without it no field is given any."""
    may: May = lambda _kind, _name: True
    asked: Counter[str] = field(default_factory=Counter[str])
    """`Type.field` of everything so far; what occurred seldom is taken sooner."""
    _variables: dict[str, Variable] = field(default_factory=dict[str, Variable])
    _now: set[str] = field(default_factory=set[str])
    _spread: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def on(self, name: str) -> str:
        """`{ … }` on a type, with the fragments collected beside it."""
        kind = self.schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        return self._selection(kind, self.depth)

    def operation(self, roots: Sequence[str]) -> Question:
        """A whole document that asks for these fields of `Query`."""
        self.fragments, self._variables, self._now, self._spread = [], {}, set(), {}
        query = self.schema.query_type
        assert query is not None
        parts = [self._one(query, name, self.depth + 1, alias=no > 0) for no, name in enumerate(roots)]
        if self.random.random() < 0.05:
            parts.append("__typename")
        declared = ", ".join(
            f"${name}: {one.kind}" + (f" = {one.default}" if one.default is not None else "")
            for name, one in self._variables.items()
        )
        head = f"query {self.random.choice(('', 'Q'))}" + (f"({declared})" if declared else "")
        text = " ".join([head, "{", *parts, "}", *self.fragments])
        return Question(text, dict(self._variables), frozenset(self._now))

    def _selection(self, kind: Composite, depth: int) -> str:
        parts: list[str] = []
        if not isinstance(kind, GraphQLUnionType):
            names = [name for name in kind.fields if self._is_possible(kind, name, depth)]
            key = {name: self.random.random() / (1 + self.asked[f"{kind.name}.{name}"]) for name in names}
            most = self.random.randint(1, 6) if depth == self.depth else self.random.randint(1, 3)
            chosen = sorted(names, key=key.__getitem__, reverse=True)[:most]
            self.random.shuffle(chosen)
            parts += [self._one(kind, name, depth) for name in chosen]
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType) and self.random.random() < 0.7:
            parts += [self._condition(kind, depth) for _ in range(self.random.choice((1, 1, 2)))]
        if kind.name.endswith("Connection") and self.random.random() < 0.5:
            parts.append("pageInfo { hasNextPage endCursor }")
        if not parts or self.random.random() < 0.2:
            parts.append("__typename")
        if self.random.random() < 0.15:
            parts.append(self.random.choice(parts))  # the same again is merged
        return "{ " + " ".join(parts) + " }"

    def _condition(self, kind: Composite, depth: int) -> str:
        possible = {one.name for one in self.schema.get_possible_types(kind)}  # type: ignore[arg-type]
        overlapping = [
            one.name
            for one in self.schema.type_map.values()
            if isinstance(one, GraphQLInterfaceType)
            and possible & {inner.name for inner in self.schema.get_possible_types(one)}
        ]
        chances = {
            name: self.random.random() / (1 + self.asked[f"... on {name}"]) ** 0.5
            for name in sorted({*possible, *overlapping})
        }
        chosen = max(sorted(chances), key=chances.__getitem__)
        self.asked[f"... on {chosen}"] += 1
        inner = self.schema.type_map[chosen]
        assert isinstance(inner, GraphQLObjectType | GraphQLInterfaceType)
        return f"... on {inner.name}{self._directive()} {self._selection(inner, max(1, depth - 1))}"

    def _one(
        self, kind: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int, *, alias: bool = False
    ) -> str:
        self.asked[f"{kind.name}.{name}"] += 1
        self._now.add(f"{kind.name}.{name}")
        given, inner = self._arguments(kind, name), get_named_type(kind.fields[name].type)
        is_frame = kind.name.endswith(("Connection", "Edge"))
        below = "" if is_leaf_type(inner) else " " + self._selection(inner, depth if is_frame else depth - 1)
        # The same field with other arguments is another answer and needs a name of its own.
        other = alias or bool(given) or self.random.random() < 0.1
        key = f"{self.random.choice('abcxyz')}{self.random.randint(0, 10**6)}: " if other else ""
        said = f"{key}{name}{given}{self._directive()}{below}"
        dice = self.random.random()
        if dice < 0.08:
            return f"... on {kind.name}{self._directive()} {{ {said} }}"
        if dice < 0.12:
            return f"... {self._directive()} {{ {said} }}"
        if dice < 0.2:
            fragment = f"F{len(self.fragments)}"
            self.fragments.append(f"fragment {fragment} on {kind.name} {{ {said} }}")
            self._spread.setdefault(kind.name, []).append(fragment)
            return f"...{fragment}{self._directive()}"
        if dice < 0.24 and kind.name in self._spread:
            return f"{said} ...{self.random.choice(self._spread[kind.name])}"
        return said

    def _arguments(self, kind: GraphQLObjectType | GraphQLInterfaceType, name: str) -> str:
        if self.pool is None:
            return ""
        said: list[str] = []
        for called, argument in kind.fields[name].args.items():
            if _is_needed(argument) or self.random.random() < 0.5:
                said.append(f"{called}: {self._argument(self.pool, argument, (name, called))}")
        return f"({', '.join(said)})" if said else ""

    def _argument(self, pool: Pool, argument: GraphQLArgument, path: tuple[str, ...]) -> str:
        kind = argument.type
        # What one asker may name another may not: ids and cursors come with the asking.
        if self.random.random() < (0.02 if path[-1] in ("after", "id") else 0.35):
            value = pool.maybe(self.random, kind, path)
            return spelled(value, kind)
        if self.random.random() < 0.2 and isinstance(kind, GraphQLNonNull) and not _is_needed(argument):
            kind = kind.of_type
        default = None
        if path[-1] not in ("after", "id") and self.random.random() < 0.2:
            default = spelled(pool.maybe(self.random, kind, path), kind)
        return self._variable(Variable(kind, path, default))

    def _variable(self, wanted: Variable) -> str:
        alike = [
            name
            for name, one in self._variables.items()
            if str(one.kind) == str(wanted.kind) and one.path[-1] == wanted.path[-1]
        ]
        if alike and self.random.random() < 0.3:
            return f"${self.random.choice(alike)}"
        name = f"v{len(self._variables)}"
        self._variables[name] = wanted
        return f"${name}"

    def _directive(self) -> str:
        if self.random.random() > 0.08:
            return ""
        condition = self.random.choice(("true", "false"))
        if self.pool is not None and self.random.random() < 0.6:
            boolean = GraphQLNonNull(GraphQLBoolean)
            default = self.random.choice((None, "true", "false"))
            condition = self._variable(Variable(boolean, ("if",), default))
        return f" @{self.random.choice(('include', 'skip'))}(if: {condition})"

    def _is_possible(self, kind: GraphQLObjectType | GraphQLInterfaceType, name: str, depth: int) -> bool:
        found = kind.fields[name]
        if not self.may(kind, name):
            return False
        if self.pool is None and any(_is_needed(one) for one in found.args.values()):
            return False
        inner = get_named_type(found.type)
        if kind.name.endswith(("Connection", "Edge")) or is_leaf_type(inner):
            return True
        return depth > 1 and (self.pool is not None or isinstance(inner, GraphQLObjectType))


def _is_needed(argument: GraphQLArgument) -> bool:
    return isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined
