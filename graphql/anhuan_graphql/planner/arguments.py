"""What a field is given: values that shape the statement as they are, everything else as a parameter of it."""

from enum import Enum
from typing import Any

from graphql.execution.values import VariableValues, get_argument_values

from anhuan_graphql.planner.readings import Unplanned
from anhuan_graphql.planner.selection import Chosen
from anhuan_graphql.planner.statement import BOUND, Draft, Supply
from graphql import GraphQLField, VariableNode


class Arguments:
    """By the names of the schema. Truth values and members of enumerations come as they are, other values as parameters, and what is
    not given as None; a plan is kept for each such shape."""

    def __init__(self, draft: Draft, field: GraphQLField, chosen: Chosen, variables: VariableValues) -> None:
        self._draft = draft
        self._field = field
        self._node = chosen.nodes[0]
        self._sent = variables.coerced
        self._now = get_argument_values(field, self._node, variables)
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._expressed(name)
        return self._made[name]

    def _expressed(self, name: str) -> Any:
        value = self._now.get(name)
        if value is None or isinstance(value, bool | Enum):
            return value
        type_ = BOUND.get(type(value))
        if type_ is None:
            raise Unplanned(f"argument {name}")
        return self._draft.given(self.supply(name), type_)

    def is_null(self, name: str) -> bool:
        """Whether it is not given, or given as nothing."""
        return self._now.get(name) is None

    def supply(self, name: str) -> Supply:
        """Where the value itself comes from with each request."""
        value = self._now.get(name)
        given = next((one.value for one in self._node.arguments or () if one.name.value == name), None)
        if isinstance(given, VariableNode) and given.name.value in self._sent:
            key = given.name.value
            return lambda asking: asking.variables.get(key)
        return lambda _: value
