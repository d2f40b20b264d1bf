"""The schema as a promise: written down, every field of a module, everything explained, the public names there."""

from pathlib import Path

import strawberry
from strawberry.tools import create_type

from anhuan_graphql import schema as wire
from anhuan_graphql.context import Info
from anhuan_graphql.fields import declaration, query
from anhuan_graphql.node import KINDS
from anhuan_tenants.subscriptions.catalogue import MODULES
from graphql import GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType, get_named_type
from tests.support import shape

WRITTEN = Path(__file__).resolve().parents[2] / "graphql" / "schema.graphql"

NAMES = {
    "query": "me subscriptions organisation hazards hazard myTasks case notices record explainAccess modules areas assets "
    "person people node label",
    "mutation": "signUp signIn refresh signOut importOrganisation requestUpload confirmUpload reportHazard gradeHazard "
    "assignHazard addProgress submitRectification review stopWork comment subscribe unsubscribe markRead handOver "
    "inviteToGroup setPreferences disablePerson setPassword updatePolicy",
}
"""What clients outside this repository call; none of these may disappear."""


def test_the_schema_is_the_one_that_is_written_down() -> None:
    assert WRITTEN.read_text() == wire.text(), "run: anhuan schema > graphql/schema.graphql"


def test_public_names_are_there() -> None:
    there = {(root.operation, root.name) for root in shape.roots()}

    missing = {(kind, name) for kind, names in NAMES.items() for name in names.split()} - there

    assert not missing


def undeclared(*types: type) -> list[str]:
    """Root fields that say of no module."""
    found: list[str] = []
    for kind in types:
        for field in vars(kind)["__strawberry_definition__"].fields:
            declared = declaration(field)
            if declared is None or not (declared.module is None or declared.module in MODULES):
                found.append(field.python_name)
    return found


def test_every_root_field_belongs_to_a_module() -> None:
    assert undeclared(wire.Query, wire.Mutation) == []


def test_a_field_of_no_module_fails_the_build() -> None:
    """Positive control: forgotten, and named wrongly."""

    @strawberry.field
    async def forgotten(self: object) -> int:
        return 1

    @query("gardening")
    async def misplaced(info: Info) -> int:
        """Of a module that does not exist."""
        return 1

    kind = create_type("Query", [forgotten, misplaced])

    assert undeclared(kind) == ["forgotten", "misplaced"]


def test_open_doors_are_few() -> None:
    open_ones = [
        field.name
        for kind in (wire.Query, wire.Mutation)
        for field in vars(kind)["__strawberry_definition__"].fields
        if (found := declaration(field)) is not None and found.module is None
    ]

    assert sorted(open_ones) == ["activate", "refresh", "sign_in", "sign_out", "sign_up"]


def test_every_type_and_root_field_is_explained() -> None:
    silent = [
        name
        for name, kind in shape.CORE.type_map.items()
        if not kind.description and not name.startswith("__")
    ]
    silent += [root.name for root in shape.roots() if not root.field.description]

    assert silent == []


def test_every_act_takes_input_and_answers_in_one_shape() -> None:
    for root in shape.roots():
        if root.operation != "mutation":
            continue
        assert list(root.field.args) == ["input"], root.name
        payload = get_named_type(root.field.type)
        assert isinstance(payload, GraphQLObjectType)
        assert list(payload.fields) == ["result", "errors"], root.name
        assert str(payload.fields["errors"].type) == "[Problem!]!"
        given = get_named_type(root.field.args["input"].type)
        assert isinstance(given, GraphQLInputObjectType)


def test_every_node_is_found_by_its_id() -> None:
    node = shape.CORE.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    implementors = {kind.name for kind in shape.CORE.get_possible_types(node)}

    assert implementors == {name for names, _, _ in KINDS for name in names}
