"""Who asks in comparisons: somebody signed in, and what they see and could therefore name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from tests.support.people import Company
from tests.support.plant import Plant
from tests.support.values import Pool
from tests.support.wire import Wire

SEEN = {
    "case": "cases", "person": "people", "unit": "units", "area": "areas", "asset": "assets", "party": "parties",
    "evidence": "evidence", "notice": "notices", "task": "tasks",
}  # fmt: skip
"""Tables by the arguments that take their ids."""
ALSO = {"hazard": "case", "caseVerification": "case", "subject": "case", "actor": "person"}
"""Other names of arguments for the same kind of thing."""


@dataclass(frozen=True)
class Asker:
    """Somebody signed in, and what they could name."""

    name: str
    token: str
    pool: Pool
    language: str = "zh"


async def an_asker(
    wire: Wire,
    name: str,
    company: Company,
    person: UUID,
    language: str = "zh",
    elsewhere: Plant | None = None,
) -> Asker:
    """Somebody of a company, who may have heard of things in another one."""
    async with company.work(person) as work:
        seen = {
            kind: list(await work.session.scalars(text(f"select id from {table} order by id limit 20")))
            for kind, table in SEEN.items()
        }
    others = [*elsewhere.people.values(), *elsewhere.unit_ids.values()] if elsewhere else []
    token = await wire.token_of(company.id, person)
    return Asker(name, token, Pool(names(seen), others), language)


def names(seen: Mapping[str, Sequence[UUID]]) -> dict[str, list[UUID]]:
    """Ids by the arguments and root fields that take them."""
    found = {kind: list(some) for kind, some in seen.items()}
    for other, kind in ALSO.items():
        found[other] = found[kind]
    return found | {"node": [one for some in seen.values() for one in some[:3]]}
