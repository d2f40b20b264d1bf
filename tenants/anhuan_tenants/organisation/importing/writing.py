"""What an import planned, written: units and their moves, parties and posts, people, who holds what, and the record of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anhuan_infra import text
from anhuan_infra.settings import Settings
from anhuan_infra.work import Work
from anhuan_tenants.organisation import reach
from anhuan_tenants.organisation.importing.holdings import HoldingPlan
from anhuan_tenants.organisation.importing.people import Joined
from anhuan_tenants.organisation.importing.state import State
from anhuan_tenants.organisation.importing.units import UnitPlan
from anhuan_tenants.organisation.service import tree
from anhuan_tenants.organisation.service.people import personal
from anhuan_tenants.parties.models import Party


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import is about to write."""

    units: UnitPlan
    parties: Sequence[Party]
    people: Sequence[Joined]
    holdings: HoldingPlan

    @property
    def is_empty(self) -> bool:
        """Whether the company is already as the sheet says."""
        return not (
            self.units.created
            or self.units.changed
            or self.units.moves
            or self.parties
            or self.holdings.posts
            or self.holdings.touched
            or any(joined.is_new or joined.is_changed for joined in self.people)
        )


async def write(work: Work, settings: Settings, plan: Plan, state: State) -> None:
    """Write it. The work must see the whole company and hold its row."""
    await _units(work, plan.units)
    work.session.add_all([*plan.parties, *plan.holdings.posts])
    for party in plan.parties:
        work.record(
            "party.added", ("party", party.id), unit_no=party.unit_no, code=party.code, name=party.name
        )
    for post in plan.holdings.posts:
        work.record(
            "post.added", ("post", post.id), code=post.code, name=post.name, duty=post.duty, roles=post.roles
        )
    # What is pointed at goes first; rows of different rooms are not ordered by their foreign keys.
    await work.session.flush()
    work.session.add_all([joined.person for joined in plan.people if joined.is_new])
    await work.session.flush()
    for joined in plan.people:
        await _person(work, settings, joined, state)
    _holdings(work, plan.holdings)
    _record_people(work, plan, state)
    await work.session.flush()


async def _units(work: Work, plan: UnitPlan) -> None:
    for unit, wanted in plan.changed.values():
        before = {name: str(getattr(unit, name)) for name in wanted}
        for name, value in wanted.items():
            setattr(unit, name, value)
        unit.name_sort = text.sort_key(unit.name)
        work.record("unit.changed", ("unit", unit.id), unit_no=unit.no, before=before, after=wanted)
    await work.session.flush()
    work.session.add_all(plan.created)
    for unit in plan.created:
        work.record(
            "unit.added", ("unit", unit.id), unit_no=unit.no, code=unit.code, name=unit.name, kind=unit.kind
        )
    await work.session.flush()
    for move in plan.moves:
        await tree.move_rows(work, move.before, move.after, move.parent_id)
        work.record(
            "unit.moved", ("unit", move.unit.id), unit_no=move.unit.no, before=move.before, after=move.after
        )


async def _person(work: Work, settings: Settings, joined: Joined, state: State) -> None:
    contact = state.contacts.get(joined.person.id)
    for name, value in joined.changed.items():
        setattr(joined.person, name, value)
    if "name" in joined.changed:
        joined.person.name_sort = text.sort_key(joined.person.name)
    if "home_unit_no" in joined.changed and contact is not None:
        contact.unit_no = joined.person.home_unit_no
    if contact is None or joined.before != joined.reach:
        await reach.write(work, settings.secrets, joined.person, contact, joined.reach)


def _holdings(work: Work, plan: HoldingPlan) -> None:
    for holding in plan.ended:
        holding.until, holding.is_primary = work.now, False
    for holding in plan.revived:
        holding.until = None
    work.session.add_all(plan.created)


def _record_people(work: Work, plan: Plan, state: State) -> None:
    """One entry for each person who came or changed, with the posts that came and went."""
    begun: dict[UUID, list[str]] = {}
    ended: dict[UUID, list[str]] = {}
    for holding in (*plan.holdings.created, *plan.holdings.revived):
        begun.setdefault(holding.person_id, []).append(_said(holding.post_id, holding.unit_no, state))
    for holding in plan.holdings.ended:
        ended.setdefault(holding.person_id, []).append(_said(holding.post_id, holding.unit_no, state))
    known = {joined.person.id: joined for joined in plan.people}
    people = {person.id: person for person in state.people.values()}
    for person_id in {*known, *plan.holdings.touched}:
        joined, person = known.get(person_id), people[person_id]
        is_new = joined is not None and joined.is_new
        if not is_new and person_id not in plan.holdings.touched and not (joined and joined.is_changed):
            continue
        body: dict[str, Any] = {
            "posts_begun": begun.get(person_id, []),
            "posts_ended": ended.get(person_id, []),
        }
        if joined is not None:
            body["changed"] = sorted([*joined.changed, *(["reach"] if joined.before != joined.reach else [])])
        work.record(
            "person.added" if is_new else "person.changed",
            ("person", person_id),
            unit_no=person.home_unit_no,
            personal=personal(person.name, joined.reach) if joined else None,
            account=person.account,
            **body,
        )


def _said(post_id: UUID, unit_no: int, state: State) -> str:
    return f"{state.posts[post_id].code}@u{unit_no}"
