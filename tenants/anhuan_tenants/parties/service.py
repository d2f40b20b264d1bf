"""Outside parties (相关方): taken in, changed, and ended."""

import re
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import func, select

from anhuan_infra import text
from anhuan_infra.errors import BadInput, NotFound
from anhuan_infra.work import Place, Work
from anhuan_tenants.access.acts import Act
from anhuan_tenants.companies import versions
from anhuan_tenants.identity import repository as identity
from anhuan_tenants.organisation import repository as organisation
from anhuan_tenants.organisation import rules
from anhuan_tenants.organisation.errors import CodeTaken, UnitClosed
from anhuan_tenants.organisation.models import Person
from anhuan_tenants.parties.models import Party, PartyKind

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(f"[{_SIGNS}]{{18}}")


class CreditCodeWrong(BadInput):
    """{path} is not a unified social credit code: 18 signs of which the last is a check digit (GB 32100)."""

    zh = "{path} 不是有效的统一社会信用代码（18 位，末位为校验码，GB 32100）。"


@dataclass(frozen=True, slots=True)
class PartyGiven:
    """An outside company as somebody enters it; `id` is made by the client."""

    id: UUID
    code: str
    name: str
    kind: str
    unit_id: UUID
    credit_code: str | None = None


async def get(work: Work, party_id: UUID) -> Party:
    """A party that the actor can see."""
    found = await work.session.get(Party, (work.tenant_id, party_id), populate_existing=True)
    if found is None:
        raise NotFound(path="id", kind="party", id=party_id)
    return found


async def listing(work: Work, *, ended: bool = False) -> list[Party]:
    """The parties that the actor can see, by name."""
    query = select(Party) if ended else select(Party).where(Party.ended_at.is_(None))
    return sorted(
        await work.session.scalars(query), key=lambda party: (text.sort_key(party.name), party.code)
    )


async def add_party(work: Work, given: PartyGiven) -> Party:
    """Take in an outside company, looked after by a unit; the same id with the same content is the same party."""
    unit = await organisation.unit(work, given.unit_id)
    work.allow(Act.PARTY_MANAGE, Place(unit_no=unit.no))
    code, name = rules.code(given.code), text.clean(given.name, "name")
    kind, credit = rules.word(PartyKind, given.kind, "kind"), credit_code(given.credit_code)
    if unit.closed_at is not None:
        raise UnitClosed(path="unitId", name=unit.name)
    fresh = await work.once("party", given.id, asdict(given))
    async with work.seeing_all():
        if not fresh:
            return await get(work, given.id)
        await versions.policy_changed(work)
        if await work.session.scalar(select(Party.id).where(func.lower(Party.code) == code.lower())):
            raise CodeTaken(path="code", value=code)
        row = Party(id=given.id, code=code, name=name, kind=kind, credit_code=credit, unit_no=unit.no)
        work.session.add(row)
        await work.session.flush()
        work.record("party.added", ("party", row.id), unit_no=unit.no, code=code, name=name, kind=kind)
    work.tell("parties", party=row.id)
    return row


async def end_party(work: Work, party_id: UUID, reason: str = "") -> Party:
    """End the work with a party: its people are shut out from their next request on. Twice is once; what happened stays."""
    party = await get(work, party_id)
    work.allow(Act.PARTY_MANAGE, party)
    text.clean(reason, "reason", text.LINE, may_be_empty=True)
    async with work.seeing_all():
        party = await get(work, party_id)
        if party.ended_at is not None:
            return party
        party.ended_at = work.now
        people = list(
            await work.session.scalars(
                select(Person).where(Person.party_id == party_id, Person.disabled_at.is_(None))
            )
        )
        for person in people:
            person.disabled_at = work.now
            person.version += 1
            await identity.end_sessions(work, "party ended", person_id=person.id)
            work.put_off("loops.vacate", person.id)
        work.record(
            "party.ended", ("party", party_id), unit_no=party.unit_no, people=len(people), reason=reason
        )
    work.tell("parties", party=party_id)
    return party


def credit_code(value: str | None, path: str = "creditCode") -> str | None:
    """A unified social credit code with a right check digit, in capitals; None for none."""
    if not value:
        return None
    code = value[:40].strip().upper()
    if not _CREDIT.fullmatch(code):
        raise CreditCodeWrong(path=path)
    total = sum(_SIGNS.index(sign) * pow(3, at, 31) for at, sign in enumerate(code[:17]))
    if _SIGNS[(31 - total % 31) % 31] != code[17]:
        raise CreditCodeWrong(path=path)
    return code
