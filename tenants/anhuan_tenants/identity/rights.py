"""What a person may do now and which modules the company has: read from the rows once per version, then from memory."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from anhuan_infra.work import Work
from anhuan_tenants.access import repository
from anhuan_tenants.access.compiler import Access, compile_access
from anhuan_tenants.access.repository import Policy
from anhuan_tenants.subscriptions import repository as subscriptions
from anhuan_tenants.subscriptions.rules import Dates

K = TypeVar("K")
V = TypeVar("V")


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


class _Remembered(Generic[K, V]):
    """The newest so many; only ever read under keys that carry a version, so nothing in it can be out of date."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: K, value: V) -> V:
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return value


_companies: _Remembered[tuple[UUID, int], _Company] = _Remembered(256)
_people: _Remembered[tuple[UUID, int, UUID, int, UUID | None], Rights] = _Remembered(4096)


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
