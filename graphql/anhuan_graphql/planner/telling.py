"""Values that Python makes, as far as a question selects them: the same objects that resolvers give, taken apart along the selection."""

from collections.abc import Callable
from typing import Any

from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from anhuan_graphql.planner.readings import Unplanned
from anhuan_graphql.planner.selection import Chooser, Chosen
from graphql import (
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    is_leaf_type,
)

Shape = Callable[[Any], Any]
"""From a value to what of it goes into the answer."""


def selected(kind: Any, chosen: Chosen, chooser: Chooser) -> Shape:
    """What of values of this type of the schema a question wants to see."""
    if isinstance(kind, GraphQLNonNull):
        return selected(kind.of_type, chosen, chooser)
    if isinstance(kind, GraphQLList):
        each = selected(kind.of_type, chosen, chooser)
        return lambda values: None if values is None else [each(value) for value in values]
    if is_leaf_type(kind):
        return _leaf(kind)
    if isinstance(kind, GraphQLObjectType):
        return _object(kind, chosen, chooser)
    raise Unplanned(str(kind))


def _leaf(kind: GraphQLLeafType) -> Shape:
    return lambda value: None if value is None else kind.serialize(value)


def _object(kind: GraphQLObjectType, chosen: Chosen, chooser: Chooser) -> Shape:
    fields: list[tuple[str, str, Shape]] = []
    for one in chooser.fields(chosen.inner, frozenset([kind.name])):
        if one.name == "__typename":
            fields.append((one.key, "__class__", lambda _: kind.name))
        else:
            name = _plain_name(kind, one.name)
            fields.append((one.key, name, selected(kind.fields[one.name].type, one, chooser)))
    return lambda value: (
        None if value is None else {key: shape(getattr(value, name)) for key, name, shape in fields}
    )


def _plain_name(kind: GraphQLObjectType, name: str) -> str:
    """How Python calls a field that is simply there."""
    fields: list[StrawberryField] = kind.extensions["strawberry-definition"].fields
    for field in fields:
        if (field.graphql_name or to_camel_case(field.python_name)) == name and field.base_resolver is None:
            return field.python_name
    raise Unplanned(f"{kind.name}.{name}")
