"""Who asks in the measurement: 200 people of all companies, one in ten of headquarters, half of a branch, the others of one workshop."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Secrets, Settings
from anhuan_infra.work import open_work, system
from anhuan_tenants.identity import tokens
from anhuan_tenants.identity.models import SignIn
from tests.bench.reads.shape import BRANCHES, Founded, workshops
from tests.support.people import Company

ASKERS = 200


@dataclass(frozen=True)
class Asker:
    """A person, and the session under which they ask."""

    tenant_id: UUID
    person_id: UUID
    session_id: UUID
    level: str

    def token(self, secrets: Secrets) -> str:
        """An access token, good for ten minutes."""
        return tokens.issue(secrets, self.tenant_id, self.person_id, self.session_id)[0]


async def appoint(companies: list[Company]) -> list[tuple[UUID, UUID, str]]:
    """Make them, evenly over the companies: company, person and level of each."""
    found: list[tuple[UUID, UUID, str]] = []
    for place in range(ASKERS):
        company = companies[place % len(companies)]
        level, role, unit_no = _post(place)
        person = await company.person(f"评测{place:03d}", role, unit_no=unit_no, account=f"asker{place:03d}")
        found.append((company.id, person, level))
    return found


def _post(place: int) -> tuple[str, str, int]:
    if place % 10 == 0:
        return "headquarters", "hq_safety_officer", 1
    if place % 10 <= 5:
        return "branch", "responsible_leader", 2 + place % BRANCHES
    return "workshop", "workshop_safety_officer", workshops()[place % len(workshops())]


async def sign_in(sessions: Sessions, founded: Founded) -> list[Asker]:
    """A session for each, begun now and meant to stay for the whole run."""
    askers = [Asker(tenant, person, new_id(), level) for tenant, person, level in founded.askers]
    for asker in askers:
        async with open_work(sessions, system(asker.tenant_id)) as work:
            work.session.add(
                SignIn(
                    id=asker.session_id,
                    person_id=asker.person_id,
                    refresh_hash=asker.session_id.bytes,
                    expires_at=work.now + timedelta(days=1),
                    stays=True,
                    source={},
                )
            )
    return askers


async def contexts(sessions: Sessions, settings: Settings, askers: list[Asker]) -> dict[UUID, dict[str, str]]:
    """The settings that the database is given for each person, as our own programs give them."""
    found: dict[UUID, dict[str, str]] = {}
    for asker in askers:
        company = Company(sessions, settings, asker.tenant_id, "", asker.person_id)
        found[asker.person_id] = (await company.actor(asker.person_id)).context()
    return found
