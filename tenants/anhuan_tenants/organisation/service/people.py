"""People join and change; shutting them out and letting them in again is `identity.service.standing`."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from anhuan_infra import text
from anhuan_infra.errors import NotFound
from anhuan_infra.settings import Settings
from anhuan_infra.work import Place, Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.access.models import Grant
from anhuan_tenants.companies import versions
from anhuan_tenants.identity.service import credentials
from anhuan_tenants.organisation import errors, reach, repository, rules
from anhuan_tenants.organisation.models import Contact, Person, Unit
from anhuan_tenants.organisation.reach import Reach
from anhuan_tenants.parties.models import Party

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class PersonGiven:
    """A person as somebody enters them; `id` is made by the client."""

    id: UUID
    account: str
    name: str
    unit_id: UUID
    email: str | None = None
    phone: str | None = None
    party_id: UUID | None = None
    language: str = "zh"
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What is to be different about a person; None leaves it, an empty e-mail or phone takes it away."""

    name: str | None = None
    unit_id: UUID | None = None
    email: str | None = None
    phone: str | None = None
    language: str | None = None


async def add_person(work: Work, settings: Settings, given: PersonGiven) -> tuple[Person, str | None]:
    """Add a person who may do what everybody may (报告隐患 and their own); and the code to activate the account, shown this once.

    The same id with the same content is the same person, without a code: a new one is given by `credentials.invite`.
    """
    unit = await repository.unit(work, given.unit_id)
    work.allow(Act.PERSON_MANAGE, Place(unit_no=unit.no))
    account, name = rules.account(given.account), text.clean(given.name, "name")
    wanted = Reach.of(given.email, given.phone)
    language = _language(given.language)
    if given.party_id is not None:
        await _working_party(work, given.party_id)
    fresh = await work.once("person", given.id, asdict(given))
    if not fresh:
        return await repository.person(work, given.id, "id"), None
    _refuse_closed(unit)
    async with work.seeing_all():
        await versions.policy_changed(work)
        if await repository.person_with_account(work, account):
            raise errors.AccountTaken(path="account", account=account)
        person = Person(
            id=given.id,
            account=account,
            name=name,
            name_sort=text.sort_key(name),
            home_unit_no=unit.no,
            party_id=given.party_id,
            language=language,
            joined_on=given.joined_on,
        )
        work.session.add(person)
        await work.session.flush()
        basic = "contractor_worker" if given.party_id else "worker"
        work.session.add(Grant(person_id=person.id, role_code=basic, unit_no=unit.no))
        await reach.change(work, settings.secrets, person, wanted)
        work.record(
            "person.added",
            ("person", person.id),
            unit_no=unit.no,
            personal=personal(name, wanted),
            account=account,
            party=given.party_id,
        )
    codes = await credentials.invite(work, settings, [person.id])
    work.tell("people", person=person.id)
    return person, codes[person.id]


async def change_person(work: Work, settings: Settings, person_id: UUID, change: PersonChange) -> Person:
    """Change a person's entry; their own language people change themselves. The same again changes nothing."""
    person = await repository.person(work, person_id)
    if person_id != work.actor.person_id or change != PersonChange(language=change.language):
        work.allow(Act.PERSON_MANAGE, person)
    unit: Unit | None = None
    if change.unit_id is not None:
        unit = await repository.unit(work, change.unit_id)
        work.allow(Act.PERSON_MANAGE, unit)
        _refuse_closed(unit)
    name = None if change.name is None else text.clean(change.name, "name")
    language = None if change.language is None else _language(change.language)
    async with work.seeing_all():
        await versions.policy_changed(work)
        person = await repository.person(work, person_id)
        row = await work.session.get(Contact, (work.tenant_id, person_id), populate_existing=True)
        had = Reach(row.email, row.phone) if row else Reach()
        wanted = Reach.of(
            had.email if change.email is None else change.email,
            had.phone if change.phone is None else change.phone,
        )
        changed: dict[str, Any] = {}
        if name is not None and name != person.name:
            person.name, person.name_sort = name, text.sort_key(name)
            changed["name"] = True
        if language is not None and language != person.language:
            person.language = changed["language"] = language
        if unit is not None and unit.no != person.home_unit_no:
            changed["unit"] = {"before": person.home_unit_no, "after": unit.no}
            person.home_unit_no = unit.no
            if row is not None:
                row.unit_no = unit.no
        if wanted != had:
            changed["reach"] = True
            await reach.change(work, settings.secrets, person, wanted)
        if changed:
            work.record(
                "person.changed",
                ("person", person_id),
                unit_no=person.home_unit_no,
                personal=personal(person.name, wanted),
                **changed,
            )
            work.tell("people", person=person_id)
    return person


def personal(name: str, wanted: Reach) -> dict[str, str]:
    """What the record keeps of a person in erasable form."""
    values = {"name": name, "email": wanted.email, "phone": wanted.phone}
    return {field: value for field, value in values.items() if value}


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise errors.WordUnknown(path="language", choices=", ".join(LANGUAGES))
    return value


def _refuse_closed(unit: Unit) -> None:
    if unit.closed_at is not None:
        raise errors.UnitClosed(path="unitId", name=unit.name)


async def _working_party(work: Work, party_id: UUID) -> None:
    party = await work.session.get(Party, (work.tenant_id, party_id), populate_existing=True)
    if party is None:
        raise NotFound(path="partyId", kind="party", id=party_id)
    if party.ended_at is not None:
        raise errors.PartyEnded(path="partyId", name=party.name)
