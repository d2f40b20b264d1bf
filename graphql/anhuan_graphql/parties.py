"""Outside parties (相关方) on the wire: contractors, suppliers, maintenance firms."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy import select

from anhuan_graphql.context import Context, Info
from anhuan_graphql.enums import PartyKind
from anhuan_graphql.fields import act, query
from anhuan_graphql.people import Unit, unit_of
from anhuan_graphql.planner.readings import ById, One, noun
from anhuan_graphql.planner.roots import Rows
from anhuan_graphql.relay import Node
from anhuan_graphql.rights import buttons, granted
from anhuan_graphql.shown import planned
from anhuan_infra.errors import NotFound
from anhuan_infra.text import sort_key
from anhuan_infra.work import Work
from anhuan_tenants.access.acts import Resource
from anhuan_tenants.parties import service
from anhuan_tenants.parties.models import Party as PartyRow

PARTIES = "parties"


@noun(PartyRow)
@strawberry.type
class Party(Node):
    """An outside company, looked after by one unit."""

    code: str
    name: str
    kind: PartyKind
    credit_code: str | None
    ended_at: datetime | None
    row: strawberry.Private[PartyRow]

    @classmethod
    def of(cls, row: PartyRow) -> "Party":
        """Out of its row."""
        return cls(
            id=row.id,
            code=row.code,
            name=row.name,
            kind=PartyKind(row.kind),
            credit_code=row.credit_code,
            ended_at=row.ended_at,
            row=row,
        )

    @planned(One("Unit", PartyRow.unit_no, "no"))
    async def unit(self, info: Info) -> Unit | None:
        """The unit that looks after it."""
        return await unit_of(info.context, self.row.unit_no)

    @planned(buttons(Resource.PARTY, PartyRow.unit_no, party=PartyRow.id))
    async def can(self, info: Info) -> list[str]:
        """What you may do with it."""
        return granted(await info.context.actor(), Resource.PARTY, self.row.place())


async def parties_by_id(work: Work, ids: list[UUID]) -> list[Party | None]:
    """Parties by id."""
    rows = await work.session.scalars(select(PartyRow).where(PartyRow.id.in_(ids)))
    found = {row.id: Party.of(row) for row in rows}
    return [found.get(one) for one in ids]


async def _party(context: Context, party_id: UUID) -> Party:
    found = await context.loader(parties_by_id).load(party_id)
    if found is None:
        raise NotFound(path="id", kind="party", id=party_id)
    return found


@strawberry.input
class AddPartyInput:
    """An outside company and the unit that is to look after it."""

    id: UUID
    code: str
    name: str
    kind: PartyKind
    unit_id: UUID
    credit_code: str | None = None


@strawberry.input
class EndPartyInput:
    """A party with whom work ends."""

    party_id: UUID
    reason: str = ""


@query(
    PARTIES,
    Rows(
        "Party",
        lambda at, _env, given: [] if given["ended"] else [at[PartyRow.ended_at].is_(None)],
        lambda at, _env, _given: [at[PartyRow.code]],
        sorted_by=(
            lambda at: sa.func.json_build_array(at[PartyRow.name], at[PartyRow.code]),
            lambda facts: (sort_key(facts[0]), facts[1]),
        ),
    ),
)
async def parties(info: Info, ended: bool = False) -> list[Party]:
    """The parties that you can see, by name."""
    async with info.context.reading() as work:
        return [Party.of(row) for row in await service.listing(work, ended=ended)]


@query(PARTIES, ById("Party", missing=True))
async def party(info: Info, id: UUID) -> Party | None:
    """One party."""
    return await _party(info.context, id)


@act(PARTIES, then=_party)
async def add_party(work: Work, input: AddPartyInput) -> UUID:
    """Take in an outside company."""
    given = service.PartyGiven(
        input.id, input.code, input.name, input.kind.value, input.unit_id, input.credit_code
    )
    return (await service.add_party(work, given)).id


@act(PARTIES, then=_party)
async def end_party(work: Work, input: EndPartyInput) -> UUID:
    """End the work with a party; its people are shut out from their next request on."""
    await service.end_party(work, input.party_id, input.reason)
    return input.party_id


QUERIES = [parties, party]
MUTATIONS = [add_party, end_party]
