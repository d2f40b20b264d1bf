"""Saving a view, changing it, sharing it with a unit, removing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anhuan_infra.errors import BadInput, Forbidden, NotFound
from anhuan_infra.text import clean
from anhuan_infra.work import Work
from anhuan_platform.boards import repository, rules
from anhuan_platform.boards.errors import ViewNotYours, ViewsTooMany
from anhuan_platform.boards.models import SavedView
from anhuan_tenants.access.acts import Act
from anhuan_tenants.organisation import repository as organisation

_FURTHEST = 10_000


@dataclass(frozen=True)
class ViewGiven:
    """A view as its owner wants it; `unit_id` is the unit to share it with."""

    id: UUID
    target: str
    name: str
    body: Any
    unit_id: UUID | None = None
    rank: int = 0
    is_default: bool = False


async def views(work: Work, target: str) -> Sequence[SavedView]:
    """The views of a list that this person can choose from."""
    return await repository.views(work, rules.check_target(target))


async def save(work: Work, given: ViewGiven) -> SavedView:
    """Keep a view as it is given, new or changed; saving the same twice changes nothing. To share it one must read cases there."""
    person_id = work.actor.person_id
    if person_id is None:
        raise Forbidden(act="view.save")
    target, name = rules.check_target(given.target), clean(given.name, "name", 60)
    body = rules.check_body(target, given.body)
    if not 0 <= given.rank <= _FURTHEST:
        raise BadInput(path="rank", reason=f"0–{_FURTHEST}")
    unit_no, shared_with = await _audience(work, given.unit_id)
    row = await work.session.get(SavedView, (work.tenant_id, given.id))
    if row is None:
        if await repository.count_own(work, target) >= rules.MOST_VIEWS:
            raise ViewsTooMany(most=rules.MOST_VIEWS)
        row = SavedView(id=given.id, person_id=person_id, target=target)
        work.session.add(row)
    elif row.person_id != person_id or row.target != target:
        raise ViewNotYours(path="id")
    was_shared = row.unit_no
    row.name, row.body, row.rank = name, body, given.rank
    row.unit_no, row.shared_with, row.is_default = unit_no, shared_with, given.is_default
    row.changed_at = work.now
    await work.session.flush()
    if given.is_default:
        await repository.only_default(work, target, row.id)
    if unit_no is not None or was_shared is not None:
        # What only its owner sees is nobody's business; what others see is on record.
        work.record("view.shared", ("view", row.id), unit_no=unit_no, name=name, target=target)
    return row


async def remove(work: Work, view_id: UUID) -> None:
    """Take a view away; one's own only."""
    row = await repository.get(work, view_id)
    if row.person_id != work.actor.person_id:
        raise ViewNotYours(path="id")
    if row.unit_no is not None:
        work.record("view.unshared", ("view", row.id), unit_no=row.unit_no, name=row.name, target=row.target)
    await work.session.delete(row)


async def _audience(work: Work, unit_id: UUID | None) -> tuple[int | None, list[int]]:
    if unit_id is None:
        return None, []
    unit = await organisation.unit(work, unit_id, "unitId")
    if unit.closed_at is not None:
        raise NotFound(path="unitId", kind="unit", id=unit_id)
    work.allow(Act.CASE_READ, unit)
    return unit.no, await organisation.under(work, unit_id)
