"""How a person is reached: e-mail and phone in their kept form, and in the directory by which people sign in."""

import re
from dataclasses import dataclass

from anhuan_infra.settings import Secrets
from anhuan_infra.work import Work
from anhuan_tenants.companies import directory, rules
from anhuan_tenants.organisation import errors, repository
from anhuan_tenants.organisation.models import Contact, Person

_MOBILE = re.compile(r"\+861[3-9][0-9]{9}|\+(?!86)[0-9]+")


@dataclass(frozen=True, slots=True)
class Reach:
    """E-mail and phone of one person in their kept form, each if there is one."""

    email: str | None = None
    phone: str | None = None

    @classmethod
    def of(cls, email: str | None, phone: str | None) -> "Reach":
        """As somebody typed them; a mainland landline is kept with its country."""
        return cls(rules.email(email) if email else None, kept_phone(phone) if phone else None)

    @property
    def signs_in(self) -> dict[str, str | None]:
        """What the person can sign in with; not a landline, which stands on a desk that several share."""
        phone = self.phone if self.phone and _MOBILE.fullmatch(self.phone) else None
        return {"email": self.email, "phone": phone}

    @property
    def own(self) -> list[str]:
        """The addresses that nobody else in the company may have."""
        return [address for address in self.signs_in.values() if address]


def kept_phone(phone: str) -> str:
    """The number as it is compared; 010-8888 6666 becomes +861088886666."""
    typed = phone[:60].strip()
    return rules.phone(f"+86{typed[1:]}" if re.match("0[1-9]", typed) else typed)


async def change(work: Work, secrets: Secrets, person: Person, wanted: Reach) -> Reach:
    """Reach the person so from now on; what was before. Refuses an address of somebody else in the company.

    The work must see the whole company and hold its row, so that two people cannot take one address at once.
    """
    row = await work.session.get(Contact, (work.tenant_id, person.id), populate_existing=True)
    before = Reach(row.email, row.phone) if row else Reach()
    if row is not None and before == wanted:
        return before
    if taken := await repository.reached_by(work, wanted.own, person.id):
        address, account = taken
        raise errors.ContactTaken(path="email" if "@" in address else "phone", value=address, account=account)
    await write(work, secrets, person, row, wanted)
    return before


async def write(work: Work, secrets: Secrets, person: Person, row: Contact | None, wanted: Reach) -> None:
    """As `change`, where it is known that the addresses are free; `row` is the person's contact, if there is one."""
    before = Reach(row.email, row.phone) if row else Reach()
    if row is None:
        row = Contact(id=person.id, unit_no=person.home_unit_no)
        work.session.add(row)
    row.email, row.phone = wanted.email, wanted.phone
    gone = {kind: name for kind, name in before.signs_in.items() if name != wanted.signs_in[kind]}
    come = {kind: name for kind, name in wanted.signs_in.items() if name != before.signs_in[kind]}
    await directory.remove(work, secrets, person.id, **gone)
    await directory.add(work, secrets, person.id, **come)
