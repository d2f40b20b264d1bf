"""Values for the arguments of random questions: things that exist, things of others, things that nobody has, and every way to leave out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

TEXTS = (
    "冲床",
    "HZ-",
    "防护",
    "wei",
    "林",
    "",
    "%_",
    "Hz-20",
    "machine_guard",
    "report",
    "before",
    "hazard",
    "x" * 40,
)
MOMENTS = (
    "2020-01-01T00:00:00Z",
    "2190-01-01T00:00:00+08:00",
    "2026-03-04T05:06:07.123456Z",
    "2031-05-06T07:08:09Z",
)
NOBODYS = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
_ABSENT = object()
_KNOWN = {"target": "hazards", "code": "hazard", "act": "case.read"}
"""Words that name something, by the argument that takes them."""


@dataclass
class Pool:
    """What one asker could name: ids by kind, theirs and others', and the cursors that answers have shown."""

    own: Mapping[str, Sequence[UUID]]
    others: Sequence[UUID]
    cursors: list[str] = field(default_factory=list[str])

    def id(self, random: Random, kind: str) -> UUID:
        """Mostly a thing of this kind."""
        dice = random.random()
        if dice < 0.95 and self.own.get(kind):
            return random.choice(self.own[kind])
        if dice < 0.97:
            return random.choice(
                self.own[random.choice(sorted(kind for kind, some in self.own.items() if some))]
            )
        return random.choice((*self.others, NOBODYS))

    def value(self, random: Random, kind: Any, path: tuple[str, ...]) -> Any:
        """A value of a type as JSON; `path` leads to it, beginning with the field that is asked."""
        if isinstance(kind, GraphQLNonNull):
            return self.value(random, kind.of_type, path)
        if isinstance(kind, GraphQLList):
            if random.random() < 0.1:
                return self.value(random, kind.of_type, path)  # one stands for a list of one
            return [self.value(random, kind.of_type, path) for _ in range(random.choice((0, 1, 1, 2, 3)))]
        if isinstance(kind, GraphQLInputObjectType):
            return self._object(random, kind, path)
        if isinstance(kind, GraphQLEnumType):
            return random.choice(sorted(kind.values))
        return self._plain(random, str(kind), path)

    def _object(self, random: Random, kind: GraphQLInputObjectType, path: tuple[str, ...]) -> dict[str, Any]:
        names = sorted(kind.fields)
        some = random.sample(names, min(len(names), random.choice((0, 1, 1, 2, 2, 3))))
        needed = [name for name in names if isinstance(kind.fields[name].type, GraphQLNonNull)]
        made = {name: self.maybe(random, kind.fields[name].type, (*path, name)) for name in {*some, *needed}}
        return {name: value for name, value in sorted(made.items()) if value is not _ABSENT}

    def maybe(self, random: Random, kind: Any, path: tuple[str, ...]) -> Any:
        """A value, or null where the type allows it."""
        if not isinstance(kind, GraphQLNonNull) and random.random() < 0.15:
            return None
        return self.value(random, kind, path)

    def _plain(self, random: Random, kind: str, path: tuple[str, ...]) -> Any:
        last = path[-1]
        if kind == "UUID":
            return str(self.id(random, path[0] if last == "id" else last))
        if kind == "Boolean":
            return random.random() < 0.5
        if kind == "Int":
            return random.choice((1, 2, 3, 20)) if random.random() < 0.97 else random.choice((0, -1, 101))
        if kind == "DateTime":
            return random.choice(MOMENTS)
        if last in ("after", "before"):
            return random.choice((*self.cursors, "nonsense")) if random.random() < 0.06 else None
        if last in _KNOWN and random.random() < 0.9:
            return _KNOWN[last]
        return random.choice(TEXTS)


def spelled(value: Any, kind: Any) -> str:
    """The value as a literal of a document."""
    if isinstance(kind, GraphQLNonNull):
        return spelled(value, kind.of_type)
    if value is None:
        return "null"
    if isinstance(value, list):
        inner: Any = kind.of_type if isinstance(kind, GraphQLList) else kind
        return "[" + ", ".join(spelled(one, inner) for one in value) + "]"
    named: Any = get_named_type(kind)
    if isinstance(value, dict):
        said = (f"{name}: {spelled(one, named.fields[name].type)}" for name, one in value.items())
        return "{" + ", ".join(said) + "}"
    return str(value) if isinstance(named, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)
