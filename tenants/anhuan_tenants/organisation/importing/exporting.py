"""The company as rows of the workbook, so that what is downloaded can be changed and imported again."""

from datetime import datetime
from uuid import UUID

from anhuan_tenants.access import roles
from anhuan_tenants.organisation.importing.holdings import HEADS
from anhuan_tenants.organisation.importing.state import State
from anhuan_tenants.organisation.models import Duty, Function, Holding, Person, Unit, UnitKind
from anhuan_tenants.organisation.rows import PersonRow, PostRow, UnitRow


def rows(state: State, now: datetime) -> tuple[list[UnitRow], list[PersonRow]]:
    """Open units parents first, and the people who are not shut out by name."""
    units = {unit.no: unit for unit in state.units.values() if unit.closed_at is None}
    people = [person for person in state.people.values() if person.disabled_at is None]
    held = {person.id: _held(person, state, units, now) for person in people}
    heads = _heads(people, held, state)
    ordered = sorted(units.values(), key=lambda unit: [int(label[1:]) for label in unit.path.split(".")])
    return (
        [_unit(at, unit, units, heads) for at, unit in enumerate(ordered, 2)],
        [
            _person(at, person, held[person.id], state, units)
            for at, person in enumerate(sorted(people, key=lambda person: (person.name_sort, person.id)), 2)
            if person.home_unit_no in units
        ],
    )


def _held(person: Person, state: State, units: dict[int, Unit], now: datetime) -> list[Holding]:
    """What the person holds now, the primary post first."""
    found = [
        row
        for row in state.holdings.get(person.id, {}).values()
        if row.unit_no in units and (row.until is None or row.until > now)
    ]
    return sorted(found, key=lambda row: (not row.is_primary, row.id))


def _heads(people: list[Person], held: dict[UUID, list[Holding]], state: State) -> dict[int, str]:
    """The account of the one person who is head of a unit; where there are several the sheet names none."""
    kinds = {unit.no: UnitKind(unit.kind) for unit in state.units.values()}
    found: dict[int, set[str]] = {}
    for person in people:
        for row in held[person.id]:
            if Duty(state.posts[row.post_id].duty) in HEADS[kinds[row.unit_no]]:
                found.setdefault(row.unit_no, set()).add(person.account)
    return {no: next(iter(accounts)) for no, accounts in found.items() if len(accounts) == 1}


def _unit(at: int, unit: Unit, units: dict[int, Unit], heads: dict[int, str]) -> UnitRow:
    parent = next((above for above in units.values() if above.id == unit.parent_id), None)
    return UnitRow(
        at,
        unit.code,
        unit.name,
        UnitKind(unit.kind),
        Function(unit.function),
        parent.code if parent else None,
        heads.get(unit.no),
    )


def _person(at: int, person: Person, held: list[Holding], state: State, units: dict[int, Unit]) -> PersonRow:
    contact = state.contacts.get(person.id)
    party = next((party.name for party in state.parties.values() if party.id == person.party_id), None)
    return PersonRow(
        at,
        person.account,
        person.name,
        _typed_phone(contact.phone) if contact and contact.phone else None,
        contact.email if contact else None,
        units[person.home_unit_no].code,
        party,
        tuple(_post(row, state, units[row.unit_no]) for row in held),
    )


def _post(row: Holding, state: State, unit: Unit) -> PostRow:
    post = state.posts[row.post_id]
    duty = Duty(post.duty)
    is_usual = list(post.roles) == [roles.for_duty(duty, UnitKind(unit.kind))]
    return PostRow(unit.code, post.name, duty, () if is_usual else tuple(post.roles))


def _typed_phone(phone: str) -> str:
    """A mainland number as people type it."""
    national = phone.removeprefix("+86")
    if national == phone or (len(national) == 11 and national.startswith("1")):
        return national
    return f"0{national}"
