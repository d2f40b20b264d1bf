"""From what is asked of a noun to pieces of SQL: a walk over the selections, along what the nouns declare."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by
from strawberry.types.base import StrawberryList, StrawberryOptional
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from anhuan_graphql.planner import pieces, within
from anhuan_graphql.planner.arguments import Arguments
from anhuan_graphql.planner.pieces import Piece, joined, or_null
from anhuan_graphql.planner.readings import (
    NOUNS,
    PLAN,
    UNIONS,
    At,
    ById,
    Column,
    Finished,
    Group,
    Listed,
    Many,
    One,
    Pages,
    Reading,
    Told,
    Unplanned,
    Worked,
    column_of,
)
from anhuan_graphql.planner.rows import base_of, rows_of
from anhuan_graphql.planner.selection import Chooser, Chosen
from anhuan_graphql.planner.statement import Asking, Draft
from anhuan_graphql.planner.telling import selected
from anhuan_graphql.scalars import Json
from graphql import GraphQLObjectType, GraphQLSchema, GraphQLUnionType


class Walk:
    """One operation, as it is turned into pieces."""

    def __init__(self, schema: GraphQLSchema, chooser: Chooser, draft: Draft) -> None:
        self.schema = schema
        self.chooser = chooser
        self.draft = draft
        self._unions = [one for one in schema.type_map.values() if isinstance(one, GraphQLUnionType)]

    def row(self, name: str, at: At, asked: Chosen) -> Piece:
        """A row as an object of its type, whichever of an interface's types that is."""
        union = UNIONS.get(name)
        if union is None:
            return self.thing(name, at, asked)
        arms = [
            (at.tables[table].c.id.is_not(None), self.thing(kind, at, asked)) for table, kind in union.kinds
        ]
        return sa.case(*arms)

    def thing(self, name: str, at: At, asked: Chosen, readings: Mapping[str, Reading] | None = None) -> Piece:
        """A JSON object of a type; `readings` are given for a type that stands for no row of its own."""
        kind = self._type(name)
        unions = (one.name for one in self._unions if kind in one.types)
        kinds = frozenset((name, *(one.name for one in kind.interfaces), *unions))
        parts: list[Piece | str] = ["{"]
        for place, chosen in enumerate(self.chooser.fields(asked.inner, kinds)):
            parts += ["," if place else "", f'"{chosen.key}":']
            if chosen.name == "__typename":
                parts.append(f'"{name}"')
            else:
                parts.append(self._field(kind, at, chosen, readings))
        return joined([*parts, "}"])

    def _field(
        self, kind: GraphQLObjectType, at: At, chosen: Chosen, readings: Mapping[str, Reading] | None
    ) -> Piece:
        field = strawberry_field(kind, chosen.name)
        reading = readings.get(field.python_name) if readings else field.metadata.get(PLAN)
        if reading is None and field.base_resolver is None and readings is None:
            reading = _own_column(kind.name, field.python_name)
        if reading is None:
            raise Unplanned(f"{kind.name}.{chosen.name}")
        piece = self._read(reading, field, kind, at, chosen)
        return piece if _is_never_null(reading, at) else closed(piece, field)

    def _read(
        self, reading: Reading, field: StrawberryField, kind: GraphQLObjectType, at: At, chosen: Chosen
    ) -> Piece:
        if isinstance(reading, Column):
            return self._plain(at[reading.attribute], _inner(field.type), f"{kind.name}.{chosen.name}")
        if isinstance(reading, Worked):
            return self._plain(reading.made(at, self.draft), reading.kind, f"{kind.name}.{chosen.name}")
        if isinstance(reading, Finished):
            finish = reading.finish
            return self.draft.hole(
                reading.facts(at, self.draft), lambda facts, asking: finish(facts, asking.member)
            )
        if isinstance(reading, Told):
            shape = selected(kind.fields[chosen.name].type, chosen, self.chooser)
            tell = reading.tell
            return self.draft.hole(
                reading.facts(at, self.draft).cast(sa.Text()),
                lambda facts, asking: in_json(shape(tell(facts, asking.member))),
            )
        if isinstance(reading, One):
            return self._one(reading, at, chosen)
        given = Arguments(self.draft, kind.fields[chosen.name], chosen, self.chooser.variables)
        if isinstance(reading, Many):
            return self._many(reading, at, chosen, given)
        if isinstance(reading, Pages):
            return within.pages_within(self, reading, at, chosen, kind.fields[chosen.name].type, given)
        if isinstance(reading, Listed):
            return self._listed(reading, at, chosen)
        if isinstance(reading, Group):
            shown = self.thing(reading.kind, at, chosen, reading.fields)
            return shown if reading.present is None else sa.case((reading.present(at), shown))
        raise Unplanned(f"{kind.name}.{chosen.name}")

    def _plain(self, value: sa.ColumnElement[Any], kind: object, where: str) -> Piece:
        if kind is list or isinstance(kind, StrawberryList):
            return pieces.string(value)
        if kind is Json:
            return self.draft.hole(value.cast(sa.Text()), _compact)
        spell = pieces.of_type(kind.wrapped_cls if isinstance(kind, StrawberryEnumDefinition) else kind)
        if spell is None:
            raise Unplanned(where)
        return spell(value)

    def by_id(self, reading: ById, chosen: Chosen, given: Arguments) -> Piece:
        """The row of an id that is asked for; SQL's null where none is seen."""
        base = base_of(reading.noun)
        there = self.draft.at(base)
        return (
            sa.select(self.row(reading.noun, there, chosen))
            .select_from(rows_of(base, there))
            .where(there.own.id == given[reading.argument])
            .scalar_subquery()
        )

    def _one(self, reading: One, at: At, chosen: Chosen) -> Piece:
        base = base_of(reading.noun)
        there = self.draft.at(base)
        key = there.tables[base.tables[0]].c[reading.key]
        return (
            sa.select(self.row(reading.noun, there, chosen))
            .select_from(rows_of(base, there))
            .where(there.own.tenant_id == at.own.tenant_id, key == at[reading.column])
            .correlate(*at.tables.values())
            .scalar_subquery()
        )

    def _many(self, reading: Many, at: At, chosen: Chosen, given: "Arguments") -> Piece:
        base = base_of(reading.noun)
        first = base.tables[0]
        one = self.draft.alias(first)
        inside = At({first: one})
        among = [reading.among(inside)] if reading.among is not None else []
        limited = (
            sa.select(*one.c)
            .where(one.c.tenant_id == at.own.tenant_id, inside[reading.column] == at.own.id, *among)
            .order_by(*(inside.ordered(column) for column in reading.order))
            .limit(sa.literal_column(str(reading.most)))
            .correlate(*at.tables.values())
            .subquery(self.draft.name())
        )
        there = At({**self.draft.at(base).tables, first: limited})
        # The list ends first and is narrowed then, as in the ordinary way.
        conditions = [
            made(there, given[name]) for name, made in reading.where.items() if given[name] is not None
        ]
        if reading.only is not None:
            conditions.append(reading.only(there, self.draft))
        order = [there.ordered(column) for column in reading.order]
        return self._array(self.row(reading.noun, there, chosen), order, rows_of(base, there), at, conditions)

    def _listed(self, reading: Listed, at: At, chosen: Chosen) -> Piece:
        base = base_of(reading.noun)
        there = self.draft.at(base)
        ids = (
            sa.func.unnest(at[reading.column])
            .table_valued("id", with_ordinality="n", name=self.draft.name())
            .render_derived()
        )
        main = there.tables[base.tables[0]]
        rows = ids.join(
            rows_of(base, there),
            sa.and_(main.c.id == ids.c.id, main.c.tenant_id == at.own.tenant_id),
        )
        return self._array(self.row(reading.noun, there, chosen), [ids.c.n], rows, at)

    @staticmethod
    def _array(
        item: Piece,
        order: list[sa.ColumnElement[Any]],
        rows: sa.FromClause,
        at: At,
        conditions: Sequence[sa.ColumnElement[bool]] = (),
    ) -> Piece:
        gathered = sa.func.string_agg(item, aggregate_order_by(pieces.literal(","), *order))
        found = (
            sa.select(gathered)
            .select_from(rows)
            .where(*conditions)
            .correlate(*at.tables.values())
            .scalar_subquery()
        )
        return joined(["[", sa.func.coalesce(found, pieces.literal("")), "]"])

    def _type(self, name: str) -> GraphQLObjectType:
        found = self.schema.type_map[name]
        if not isinstance(found, GraphQLObjectType):
            raise Unplanned(name)
        return found


def _is_never_null(reading: Reading, at: At) -> bool:
    """Lists are empty at least, and a column that may not be null needs no second look, unless its whole row may be missing."""
    if isinstance(reading, Column):
        column = column_of(reading.attribute)
        return not column.nullable and at.tables[column.table] is next(iter(at.tables.values()))
    return isinstance(reading, Many | Listed | Pages)


def closed(piece: Piece, field: StrawberryField) -> Piece:
    """Never SQL's null: JSON's, or the mark that there should have been something."""
    return or_null(piece) if isinstance(field.type, StrawberryOptional) else pieces.or_absent(piece)


def _inner(kind: object) -> object:
    while isinstance(kind, StrawberryOptional):
        kind = kind.of_type
    return kind


def strawberry_field(kind: GraphQLObjectType, name: str) -> StrawberryField:
    """A field by its name on the wire, as Strawberry keeps it."""
    fields: list[StrawberryField] = kind.extensions["strawberry-definition"].fields
    for field in fields:
        if (field.graphql_name or to_camel_case(field.python_name)) == name:
            return field
    raise Unplanned(f"{kind.name}.{name}")


def _own_column(name: str, python_name: str) -> Reading | None:
    noun = NOUNS.get(name)
    if noun and python_name in noun.readings:
        return noun.readings[python_name]
    for table in noun.tables if noun else ():
        if python_name in table.c:
            return Column(table.c[python_name])
    return None


def _compact(value: Any, _asking: Asking) -> bytes:
    return in_json(value)


def in_json(value: Any) -> bytes:
    """As answers are written."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
