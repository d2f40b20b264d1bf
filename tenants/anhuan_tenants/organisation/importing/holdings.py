"""Who is to hold which post where, by the sheet, against who does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from anhuan_infra.ids import new_id
from anhuan_tenants.access import roles
from anhuan_tenants.organisation import columns
from anhuan_tenants.organisation.importing.people import Joined
from anhuan_tenants.organisation.importing.state import State
from anhuan_tenants.organisation.models import Duty, Function, Holding, Person, Post, Unit, UnitKind
from anhuan_tenants.organisation.row_errors import RowError, row_error
from anhuan_tenants.organisation.rows import PostRow, UnitRow
from anhuan_tenants.organisation.rules import head_duty

HEADS = {
    UnitKind.HQ: {Duty.GENERAL_MANAGER, Duty.RESPONSIBLE_LEADER},
    UnitKind.BRANCH: {Duty.GENERAL_MANAGER, Duty.RESPONSIBLE_LEADER},
    UnitKind.WORKSHOP: {Duty.WORKSHOP_HEAD},
    UnitKind.TEAM: {Duty.TEAM_LEADER},
    UnitKind.DEPARTMENT: {Duty.DEPARTMENT_HEAD, Duty.EQUIPMENT_HEAD, Duty.SAFETY_DIRECTOR},
}
"""Duties by which somebody is a unit's head already."""

_DUTY_NAMES = {duty: zh for zh, duty in columns.DUTIES.items()}

Key = tuple[UUID, int]
"""Post and unit number."""


@dataclass
class HoldingPlan:
    """What is to be written of posts and of who holds them."""

    posts: list[Post] = field(default_factory=list[Post])
    created: list[Holding] = field(default_factory=list[Holding])
    revived: list[Holding] = field(default_factory=list[Holding])
    ended: list[Holding] = field(default_factory=list[Holding])
    touched: set[UUID] = field(default_factory=set[UUID])
    """People whose posts are different."""


class Rota:
    """Finds the post for each row, and makes it when the company has none like it."""

    def __init__(self, state: State, now: datetime) -> None:
        self._state, self._now = state, now
        self.plan = HoldingPlan()

    def seat(self, joined: Joined, headed: Iterable[Unit]) -> None:
        """Have one person hold what their rows say and what they are named head of; end what the rows no longer say.

        Rows that say nothing of posts leave those of a known person alone, and make a newcomer what everybody is.
        """
        person, said = joined.person, joined.row.posts
        says = any(post.is_said for post in said)
        wanted: dict[Key, None] = {}
        for row in said if says or joined.is_new else ():
            unit = self._state.units[row.unit.casefold()]
            wanted[self._post(person, row, unit).id, unit.no] = None
        self._add_heads(person, headed, wanted, also=() if says else self._held(person))
        self._hold(person, wanted)
        if says and joined.row.is_whole:
            for key in self._held(person):
                if key not in wanted:
                    self.plan.ended.append(self._state.holdings[person.id][key])
                    self.plan.touched.add(person.id)

    def head(self, person: Person, headed: Iterable[Unit]) -> None:
        """Have somebody of whom the sheet says nothing else be the head of these units."""
        wanted: dict[Key, None] = {}
        self._add_heads(person, headed, wanted, also=self._held(person))
        self._hold(person, wanted)

    def _add_heads(
        self, person: Person, headed: Iterable[Unit], wanted: dict[Key, None], also: Iterable[Key]
    ) -> None:
        kept = list(also)
        for unit in headed:
            if any(no == unit.no and self._is_head(post, unit) for post, no in (*wanted, *kept)):
                continue
            duty = head_duty(UnitKind(unit.kind), Function(unit.function))
            row = PostRow(unit.code, _DUTY_NAMES[duty], duty, ())
            wanted[self._post(person, row, unit).id, unit.no] = None

    def _held(self, person: Person) -> list[Key]:
        rows = self._state.holdings.get(person.id, {})
        return [key for key, row in rows.items() if row.until is None or row.until > self._now]

    def _hold(self, person: Person, wanted: Iterable[Key]) -> None:
        held = self._held(person)
        first = not held
        for key in wanted:
            if key in held:
                continue
            self.plan.touched.add(person.id)
            before = self._state.holdings.get(person.id, {}).get(key)
            if before is not None:
                self.plan.revived.append(before)
                continue
            post_id, unit_no = key
            self.plan.created.append(
                Holding(id=new_id(), person_id=person.id, post_id=post_id, unit_no=unit_no, is_primary=first)
            )
            first = False

    def _is_head(self, post_id: UUID, unit: Unit) -> bool:
        return Duty(self._state.posts[post_id].duty) in HEADS[UnitKind(unit.kind)]

    def _post(self, person: Person, row: PostRow, unit: Unit) -> Post:
        """The post that a row means. One that the company has changed since stays meant by those who hold it and by its name."""
        brought = list(row.roles) or [roles.for_duty(row.duty, UnitKind(unit.kind))]
        alike = self._state.posts_called(row.name, row.duty)
        exact = [post for post in alike if sorted(post.roles) == sorted(brought)]
        if exact:
            return exact[0]
        if alike and not row.roles:
            held = {post for post, no in self._held(person) if no == unit.no}
            if mine := [post for post in alike if post.id in held]:
                return mine[0]
            if row.duty is not Duty.SAFETY_OFFICER:
                return alike[0]
        post = Post(id=new_id(), code=self._free_code(), name=row.name, duty=row.duty, roles=brought)
        self._state.posts[post.id] = post
        self.plan.posts.append(post)
        return post

    def _free_code(self) -> str:
        taken = {post.code for post in self._state.posts.values()}
        number = len(taken) + 1
        while f"G{number:03d}" in taken:
            number += 1
        return f"G{number:03d}"


def heads(
    rows: Iterable[UnitRow], state: State, people: dict[str, Joined], errors: list[RowError]
) -> dict[UUID, list[Unit]]:
    """Units by the person whom the sheet names as their head; an outside person heads nothing."""
    found: dict[UUID, list[Unit]] = {}
    for row in rows:
        if row.head is None:
            continue
        joined = people.get(row.head.casefold())
        person = joined.person if joined else state.people.get(row.head.casefold())
        if person is None or person.party_id is not None:
            errors.append(row_error(columns.UNITS.name, row.row, "负责人工号", "UNKNOWN_HEAD", row.head))
            continue
        found.setdefault(person.id, []).append(state.units[row.code.casefold()])
    return found
