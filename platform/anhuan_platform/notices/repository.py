"""Every query about notices, attempts, channels and preferences. Row-level security supplies the tenant."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Uuid, column, func, select, table, update
from sqlalchemy.dialects.postgresql import insert

from anhuan_infra.errors import NotFound
from anhuan_infra.ids import new_id
from anhuan_infra.work import Work
from anhuan_platform.notices.models import Attempt, AttemptState, Channel, Notice, Preference
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Contact, Person
from anhuan_tenants.subscriptions import repository as subscriptions
from anhuan_tenants.subscriptions import rules
from anhuan_tenants.subscriptions.models import Terms

MODULE = "channels"
"""The module without which a company is told in the app only."""
# Loops tell people through this room, so this room knows their table by name only.
_CASES = table("cases", column("id", Uuid()), column("unit_no", Integer()))


async def company(work: Work) -> Company:
    """The company of this work."""
    found = await work.session.get(Company, work.tenant_id)
    if found is None:
        raise NotFound(kind="company", id=work.tenant_id)
    return found


async def unit_of_case(work: Work, case_id: UUID) -> int | None:
    """Where a case stands now."""
    return await work.session.scalar(select(_CASES.c.unit_no).where(_CASES.c.id == case_id))


async def active(work: Work, people: Sequence[UUID]) -> list[UUID]:
    """Those of the people who are not disabled, each once, in an order that two jobs share."""
    query = select(Person.id).where(Person.id.in_(people), Person.disabled_at.is_(None)).order_by(Person.id)
    return list(await work.session.scalars(query))


async def add(work: Work, rows: Sequence[dict[str, Any]]) -> dict[UUID, UUID]:
    """Store notices; person to notice for those that were not there under their key already."""
    if not rows:
        return {}
    values = [{"tenant_id": work.tenant_id, "id": new_id(), **row} for row in rows]
    statement = (
        insert(Notice)
        .values(values)
        .on_conflict_do_nothing(index_elements=["tenant_id", "person_id", "key"])
        .returning(Notice.person_id, Notice.id)
    )
    stored = await work.session.execute(statement)
    return {row[0]: row[1] for row in stored}


async def mine(work: Work, notice_id: UUID) -> Notice:
    """The actor's own notice; somebody else's answers as one that is not there."""
    query = select(Notice).where(Notice.id == notice_id, Notice.person_id == work.actor.person_id)
    found = await work.session.scalar(query)
    if found is None:
        raise NotFound(kind="notice", id=notice_id)
    return found


async def page(work: Work, after: UUID | None, limit: int, *, unread_only: bool) -> list[Notice]:
    """The actor's own notices, newest first, beginning behind `after`."""
    query = select(Notice).where(Notice.person_id == work.actor.person_id)
    if after is not None:
        query = query.where(Notice.id < after)
    if unread_only:
        query = query.where(Notice.read_at.is_(None))
    return list(await work.session.scalars(query.order_by(Notice.id.desc()).limit(limit)))


async def unread(work: Work) -> int:
    """How many of the actor's own notices are unread."""
    query = select(func.count()).where(Notice.person_id == work.actor.person_id, Notice.read_at.is_(None))
    return await work.session.scalar(query) or 0


async def read_all(work: Work, up_to: UUID | None) -> int:
    """Mark the actor's own as read, none that is newer than `up_to`; how many there were."""
    condition = [Notice.person_id == work.actor.person_id, Notice.read_at.is_(None)]
    if up_to is not None:
        condition.append(Notice.id <= up_to)
    done = await work.session.execute(
        update(Notice).where(*condition).values(read_at=work.now).returning(Notice.id)
    )
    return len(done.all())


async def seen(work: Work, notice_id: UUID) -> Notice:
    """A notice that the actor may see, their own or as one of those who look after delivery."""
    found = await work.session.get(Notice, (work.tenant_id, notice_id))
    if found is None:
        raise NotFound(kind="notice", id=notice_id)
    return found


async def hold(work: Work, notice_id: UUID) -> Notice | None:
    """A notice, held against every other writer until this transaction ends."""
    query = select(Notice).where(Notice.id == notice_id).with_for_update()
    return await work.session.scalar(query.execution_options(populate_existing=True))


async def attempts(work: Work, notice_id: UUID) -> list[Attempt]:
    """Every try of one notice, in the order in which they began."""
    query = select(Attempt).where(Attempt.notice_id == notice_id).order_by(Attempt.started_at, Attempt.id)
    return list(await work.session.scalars(query))


async def siblings(work: Work, notice: Notice, channel: str, address: str) -> list[Attempt]:
    """Tries by which the same event was told to the same group on account of other people; successes first."""
    query = (
        select(Attempt)
        .join(Notice, (Notice.tenant_id == Attempt.tenant_id) & (Notice.id == Attempt.notice_id))
        .where(
            Notice.key == notice.key,
            Notice.id != notice.id,
            Attempt.channel == channel,
            Attempt.address == address,
            Attempt.state.in_((AttemptState.SENDING, AttemptState.DELIVERED, AttemptState.ACCEPTED)),
        )
        .order_by(Attempt.state, Attempt.started_at.desc())
        .limit(20)
    )
    return list(await work.session.scalars(query))


async def undelivered(work: Work, after: UUID | None, limit: int) -> list[Notice]:
    """What reached nobody outside the app and was not read in it, newest first."""
    query = select(Notice).where(Notice.undelivered_at.is_not(None), Notice.read_at.is_(None))
    if after is not None:
        query = query.where(Notice.id < after)
    return list(await work.session.scalars(query.order_by(Notice.id.desc()).limit(limit)))


async def undelivered_count(work: Work) -> int:
    """How many those are."""
    query = select(func.count()).where(Notice.undelivered_at.is_not(None), Notice.read_at.is_(None))
    return await work.session.scalar(query) or 0


async def channels(work: Work) -> list[Channel]:
    """All channels of the company, on or off, in the company's order."""
    return list(await work.session.scalars(select(Channel).order_by(Channel.rank, Channel.code)))


async def channel(work: Work, code: str, *, held: bool = False) -> Channel | None:
    """One channel by its code; `held` keeps every other writer waiting until this transaction ends."""
    query = select(Channel).where(Channel.code == code)
    return await work.session.scalar(query.with_for_update() if held else query)


async def may_use_channels(work: Work) -> bool:
    """Whether the company's subscription carries notices outside the app now; grace counts, a lapse does not."""
    terms = rules.terms(await subscriptions.dates(work), work.now)
    return terms.get(MODULE) in (Terms.TRIAL, Terms.ACTIVE, Terms.GRACE)


async def preference(work: Work, person_id: UUID) -> Preference | None:
    """What a person wants; None for somebody who never said."""
    return await work.session.get(Preference, (work.tenant_id, person_id))


async def preferences(work: Work, people: Sequence[UUID]) -> dict[UUID, Preference]:
    """The same for many people."""
    query = select(Preference).where(Preference.id.in_(people))
    return {row.id: row for row in await work.session.scalars(query)}


async def want(work: Work, values: Mapping[str, Any]) -> Preference:
    """Store what the actor wants over what they wanted before."""
    statement = insert(Preference).values(tenant_id=work.tenant_id, id=work.actor.person_id, **values)
    stored = await work.session.scalars(
        statement.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=dict(values)).returning(
            Preference
        ),
        execution_options={"populate_existing": True},
    )
    return stored.one()


async def person(work: Work, person_id: UUID) -> tuple[Person, Contact | None]:
    """A person and how to reach them."""
    found = await work.session.get(Person, (work.tenant_id, person_id), populate_existing=True)
    if found is None:
        raise NotFound(kind="person", id=person_id)
    return found, await work.session.get(Contact, (work.tenant_id, person_id), populate_existing=True)


async def set_problem(work: Work, code: str, problem: str | None) -> None:
    """Note on a channel how its latest call went; writes only what is news."""
    news = Channel.problem.is_distinct_from(problem)
    await work.session.execute(update(Channel).where(Channel.code == code, news).values(problem=problem))


async def next_no(work: Work, notice_id: UUID, channel_code: str) -> int:
    """The number of the next try of a notice by a channel, from 1."""
    query = select(func.max(Attempt.no)).where(
        Attempt.notice_id == notice_id, Attempt.channel == channel_code
    )
    return (await work.session.scalar(query) or 0) + 1


async def clock(work: Work) -> datetime:
    """The database's clock this instant, not that of the transaction's beginning."""
    now = await work.session.scalar(select(func.clock_timestamp()))
    assert isinstance(now, datetime)
    return now


def age(now: datetime, attempt: Attempt) -> float:
    """Seconds since a try began."""
    return (now - attempt.started_at).total_seconds()
