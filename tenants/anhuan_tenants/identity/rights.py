"""What a person may do now and which modules the company has: read from the rows once per version, then from memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anhuan_infra.recent import Recent
from anhuan_infra.work import Work
from anhuan_tenants.access import repository
from anhuan_tenants.access.compiler import Access, compile_access
from anhuan_tenants.access.repository import Policy
from anhuan_tenants.subscriptions import repository as subscriptions
from anhuan_tenants.subscriptions.rules import Dates


@dataclass(frozen=True, slots=True)
class Rights:
    """One person's compiled policy, until somebody changes it or a post that is held for a time runs out."""

    access: Access
    modules: Mapping[str, Dates]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class _Company:
    policy: Policy
    modules: Mapping[str, Dates]


_companies: Recent[tuple[UUID, int], _Company] = Recent(256)
"""Like the next, only ever read under keys that carry a version, so nothing in it can be out of date."""
_people: Recent[tuple[UUID, int, UUID, int, UUID | None], Rights] = Recent(4096)


async def rights_of(
    work: Work, person_id: UUID, *, person_version: int, policy_version: int, party_id: UUID | None
) -> Rights:
    """The rights under these versions. The work must see the whole company; its versions are read before, never after.

    Rows read after the version can only be newer than it: what is remembered too early is replaced under the next version.
    """
    key = (work.tenant_id, policy_version, person_id, person_version, party_id)
    rights = _people.get(key)
    if rights is None or (rights.until is not None and rights.until <= work.now):
        company = _companies.get(key[:2])
        if company is None:
            read = _Company(await repository.policy_of(work), await subscriptions.dates(work))
            company = _companies.put(key[:2], read)
        rights = _people.put(key, await _compiled(work, company, person_id, party_id))
    return rights


async def _compiled(work: Work, company: _Company, person_id: UUID, party_id: UUID | None) -> Rights:
    reaching = await repository.reaching(work, person_id)
    parties = frozenset([party_id] if party_id else [])
    policy = company.policy
    access = compile_access(reaching.grants, policy.roles, policy.tree, person_id, parties)
    return Rights(access, company.modules, reaching.until)
