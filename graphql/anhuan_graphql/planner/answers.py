"""Root readings as pieces of SQL."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import aggregate_order_by

from anhuan_graphql.planner import pieces
from anhuan_graphql.planner.compiler import Walk, closed, in_json, strawberry_field
from anhuan_graphql.planner.pieces import ABSENT, Piece, joined, literal
from anhuan_graphql.planner.readings import Reading, Unplanned
from anhuan_graphql.planner.roots import Arm, First, Given, Guard, Rows, Value, Whole
from anhuan_graphql.planner.rows import base_of, rows_of
from anhuan_graphql.planner.selection import Chosen
from anhuan_graphql.planner.statement import Asking, Finish
from anhuan_graphql.planner.telling import selected
from anhuan_infra.errors import Refused
from graphql import GraphQLObjectType


@dataclass(frozen=True)
class Answer:
    """One root field, as its piece of the whole answer."""

    walk: Walk
    query: GraphQLObjectType
    chosen: Chosen
    given: Given

    @cached_property
    def _at_all(self) -> Callable[[Piece], Piece]:
        field = strawberry_field(self.query, self.chosen.name)
        return lambda piece: closed(piece, field)

    def of(self, reading: Reading) -> Piece:
        """What this reading answers."""
        if isinstance(reading, Rows):
            return self._rows(reading)
        if isinstance(reading, First):
            arms = [self._arm(arm) for arm in reading.arms]
            found = arms[0] if len(arms) == 1 else sa.func.coalesce(*arms)
            return pieces.or_absent(found) if reading.missing else self._at_all(found)
        if isinstance(reading, Value):
            spell = pieces.of_type(reading.kind)
            if spell is None:
                raise Unplanned(self.chosen.name)
            return self._at_all(spell(reading.made(self.walk.draft, self.given)))
        if isinstance(reading, Whole):
            return self._whole(reading)
        raise Unplanned(self.chosen.name)

    def guarded(self, guard: Guard | None, piece: Piece) -> Piece:
        """The piece behind a hole that stays empty where the guard lets it pass."""
        facts = None if guard is None else guard.facts(self.walk.draft, self.given)
        if guard is None or facts is None:
            return piece
        holds = guard.holds

        def finish(found: Any, asking: Asking) -> bytes:
            return b"" if holds(found, asking.member) else ABSENT.encode()

        return joined([self.walk.draft.hole(pieces.or_null(facts), finish), piece])

    def _whole(self, reading: Whole) -> Piece:
        shape = selected(self.query.fields[self.chosen.name].type, self.chosen, self.walk.chooser)
        make = reading.make
        facts = reading.facts(self.walk.draft, self.given)
        return self.walk.draft.hole(
            pieces.or_null(facts), lambda found, asking: in_json(shape(make(found, asking.member)))
        )

    def _rows(self, reading: Rows) -> Piece:
        draft, base = self.walk.draft, base_of(reading.noun)
        at = draft.at(base)
        rows: sa.FromClause = rows_of(base, at)
        where = reading.where(at, draft, self.given)
        order = reading.order(at, draft, self.given)
        if reading.most is not None:
            # Cut off before anything is looked up for the rows.
            some = (
                sa.select(at.own.tenant_id, at.own.id, sa.func.row_number().over(order_by=order).label("n"))
                .select_from(rows)
                .where(*where)
                .order_by(*order)
                .limit(sa.literal_column(str(reading.most)))
                .subquery(draft.name())
            )
            at = draft.at(base)
            same = (at.own.tenant_id == some.c.tenant_id) & (at.own.id == some.c.id)
            rows, where, order = some.join(rows_of(base, at), same), [], [some.c.n]
        item = self.walk.row(reading.noun, at, self.chosen)
        if reading.sorted_by is not None:
            return self._sorted(reading.sorted_by[1], reading.sorted_by[0](at), item, rows, where)
        gathered = sa.func.string_agg(item, aggregate_order_by(literal(","), *order))
        found = sa.select(gathered).select_from(rows).where(*where).scalar_subquery()
        return joined(["[", sa.func.coalesce(found, literal("")), "]"])

    def _sorted(
        self,
        key: Callable[[Any], Any],
        facts: Piece,
        item: Piece,
        rows: sa.FromClause,
        where: list[sa.ColumnElement[bool]],
    ) -> Piece:
        """The rows as texts within one hole, each beside what Python sorts it by; their own holes are filled afterwards."""
        gathered = sa.func.json_agg(sa.func.json_build_array(facts.cast(sa.JSON()), item)).cast(sa.Text())
        found = sa.select(gathered).select_from(rows).where(*where).scalar_subquery()
        finishes = self.walk.draft.finishes

        def finish(items: list[Any] | None, asking: Asking) -> bytes:
            in_order = sorted(items or [], key=lambda one: key(one[0]))
            return b"[" + b",".join(filled(finishes, text.encode(), asking) for _, text in in_order) + b"]"

        return self.walk.draft.hole(pieces.or_null(found), finish)

    def _arm(self, arm: Arm) -> Piece:
        draft, base = self.walk.draft, base_of(arm.noun)
        at = draft.at(base)
        shown = self.walk.row(arm.noun, at, self.chosen)
        if arm.module is not None:
            module = arm.module
            may = draft.given(lambda asking: _has(asking.member, module), sa.Boolean())
            shown = sa.case((may, shown), else_=literal(ABSENT))
        return (
            sa.select(shown)
            .select_from(rows_of(base, at))
            .where(*arm.where(at, draft, self.given))
            .order_by(*arm.order(at))
            .limit(sa.literal_column("1"))
            .scalar_subquery()
        )


def filled(finishes: Sequence[Finish], said: bytes, asking: Asking) -> bytes:
    """The text with its holes filled."""
    return pieces.HOLE.sub(lambda found: finishes[int(found[1])](json.loads(found[2]), asking), said)


def _has(member: Any, module: str) -> bool:
    try:
        member.require(module, write=False)
    except Refused:
        return False
    return True
