"""People of the sheet against those of the company: who is new, what is different, who is reached how."""

from dataclasses import dataclass, field

from anhuan_infra import text
from anhuan_infra.errors import BadInput
from anhuan_infra.ids import new_id
from anhuan_tenants.access import giving
from anhuan_tenants.access import service as access
from anhuan_tenants.organisation import columns
from anhuan_tenants.organisation.importing.state import State
from anhuan_tenants.organisation.models import Contact, Person
from anhuan_tenants.organisation.reach import Reach
from anhuan_tenants.organisation.row_errors import RowError, row_error
from anhuan_tenants.organisation.rows import PersonRow
from anhuan_tenants.parties.models import Party, PartyKind


@dataclass
class Joined:
    """One person of the sheet: their row in the database, whether it is new, and what is different."""

    row: PersonRow
    person: Person
    is_new: bool
    before: Reach
    reach: Reach
    changed: dict[str, object] = field(default_factory=dict[str, object])

    @property
    def is_changed(self) -> bool:
        """Whether anything of their own entry is different."""
        return bool(self.changed) or self.before != self.reach


class _Refusal(Exception):
    """Heading of the column, code, and what the sentence names; caught for each row."""


class Desk:
    """Takes people in, row after row; an address that is somebody else's refuses the row."""

    def __init__(
        self, state: State, rows: tuple[PersonRow, ...], errors: list[RowError], notes: list[RowError]
    ) -> None:
        self._state = state
        self._errors, self._notes = errors, notes
        self.parties: list[Party] = []
        self._owners = _owners(state, rows)

    def take(self, row: PersonRow) -> Joined | None:
        """The person of a row, or nothing when it is refused."""
        try:
            return self._taken(row)
        except _Refusal as refusal:
            self._errors.append(row_error(columns.PEOPLE.name, row.row, *refusal.args))
            return None

    def _taken(self, row: PersonRow) -> Joined:
        person = self._state.people.get(row.account.casefold())
        party = self._party(row)
        self._check_side(row, person, party)
        contact = self._state.contacts.get(person.id) if person else None
        before = Reach(contact.email, contact.phone) if contact else Reach()
        try:
            said = Reach.of(row.email, row.phone)
        except BadInput as error:
            raise _Refusal("邮箱", "BAD_EMAIL", row.email) from error
        wanted = Reach(said.email or before.email, said.phone or before.phone)
        self._claim(row, wanted)
        if party is not None and party.name.casefold() not in self._state.parties:
            self._state.parties[party.name.casefold()] = party
            self.parties.append(party)
        if person is not None and person.disabled_at is not None:
            note = row_error(columns.PEOPLE.name, row.row, "工号", "PERSON_DISABLED", row.account)
            self._notes.append(note)
        return self._joined(row, person, party, before, wanted)

    def _claim(self, row: PersonRow, wanted: Reach) -> None:
        for address in wanted.own:
            owner = self._owners.setdefault(address, row.account)
            if owner.casefold() != row.account.casefold():
                heading, code = ("邮箱", "EMAIL_TAKEN") if "@" in address else ("手机", "PHONE_TAKEN")
                raise _Refusal(heading, code, address, owner)

    def _joined(
        self, row: PersonRow, person: Person | None, party: Party | None, before: Reach, wanted: Reach
    ) -> Joined:
        home = self._state.units[row.unit.casefold()].no
        if person is None:
            person = Person(
                id=new_id(),
                account=row.account,
                name=row.name,
                name_sort=text.sort_key(row.name),
                home_unit_no=home,
                party_id=party.id if party else None,
            )
            self._state.people[row.account.casefold()] = person
            return Joined(row, person, True, before, wanted)
        joined = Joined(row, person, False, before, wanted)
        if person.name != row.name:
            joined.changed["name"] = row.name
        if person.home_unit_no != home:
            joined.changed["home_unit_no"] = home
        if party is not None and person.party_id != party.id:
            joined.changed["party_id"] = party.id
        return joined

    def _party(self, row: PersonRow) -> Party | None:
        """The party that a row names, found by name or code, or a new one; written only when its row is sound."""
        if row.party is None:
            return None
        wanted = row.party.casefold()
        found = self._state.parties.get(wanted) or next(
            (party for party in self._state.parties.values() if party.code.casefold() == wanted), None
        )
        if found is not None:
            return found
        return Party(
            id=new_id(),
            code=self._free_code(),
            name=row.party,
            kind=PartyKind.CONTRACTOR,
            unit_no=self._state.root.no,
        )

    def _free_code(self) -> str:
        taken = {party.code.casefold() for party in self._state.parties.values()}
        number = len(taken) + 1
        while f"x{number:03d}" in taken:
            number += 1
        return f"X{number:03d}"

    def _check_side(self, row: PersonRow, person: Person | None, party: Party | None) -> None:
        """An account does not change sides: its rights and its history are those of own staff, or of an outside party."""
        if party is not None and party.ended_at is not None:
            raise _Refusal("相关方", "PARTY_ENDED", party.name)
        if party is not None and person is not None and person.party_id is None:
            raise _Refusal("相关方", "PARTY_CHANGE", row.account)
        if party is not None and (inside := self._inside_role(row)):
            raise _Refusal("角色", "OUTSIDE_ROLE", inside)
        is_outside = person is not None and person.party_id is not None
        if party is None and is_outside and any(post.is_said for post in row.posts):
            raise _Refusal("相关方", "PARTY_MISSING")

    def _inside_role(self, row: PersonRow) -> str | None:
        for code in (code for post in row.posts for code in post.roles):
            role = self._state.roles.get(code)
            if role is not None and not giving.is_for_outside(access.as_policy(role)):
                return role.name_zh
        return None


def _owners(state: State, rows: tuple[PersonRow, ...]) -> dict[str, str]:
    """Whose each address is, once those who get a new one have let go of theirs."""
    leaving = {row.account.casefold(): row for row in rows}
    owners: dict[str, str] = {}
    for person in state.people.values():
        contact: Contact | None = state.contacts.get(person.id)
        if contact is None:
            continue
        row = leaving.get(person.account.casefold())
        kept = Reach(
            None if row and row.email else contact.email, None if row and row.phone else contact.phone
        )
        owners.update(dict.fromkeys(kept.own, person.account))
    return owners
