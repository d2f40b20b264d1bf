"""One round of carrying a notice outside: what to try next, what became of it, and when it is over.

Each function is one transaction; the calls stand between them (`jobs.deliver`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import text

from anhuan_infra.ids import new_id
from anhuan_infra.jobs.works import LEASE_SECONDS
from anhuan_infra.notify.channel import Outcome
from anhuan_infra.notify.message import Message
from anhuan_infra.work import Work
from anhuan_platform.notices import messages, metrics, phrases, repository, routing, timing
from anhuan_platform.notices.models import Attempt, AttemptState, Channel, Notice, Preference, Reach
from anhuan_platform.notices.routing import Way
from anhuan_tenants.companies.models import Company
from anhuan_tenants.organisation.models import Contact, Person

SHARED_WAIT = timedelta(seconds=10)
"""How long to let another job tell a group before looking whether it got through."""
_LOCK = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
_log = structlog.get_logger()


@dataclass(frozen=True)
class Try:
    """One attempt that is written down and not yet made."""

    attempt: Attempt
    way: Way
    message: Message


@dataclass(frozen=True)
class Wave:
    """What to try at once. Nothing to try means that the round is over, or goes on at `again`."""

    tries: tuple[Try, ...] = ()
    again: datetime | None = None


@dataclass(frozen=True)
class _Facts:
    """Everything that decides about one notice at this moment."""

    notice: Notice
    person: Person
    contact: Contact | None
    company: Company
    preference: Preference | None
    channels: list[Channel]
    """Those that may carry it, first to last."""
    kinds: dict[str, str]
    """Channel code to kind, of all channels of the company."""
    tries: list[Attempt]

    @property
    def is_moot(self) -> bool:
        """Nothing more to be done whatever became of the tries: it was read in the app, or its person is gone."""
        gone = self.notice.read_at is not None or self.person.disabled_at is not None
        return gone or not self.channels

    @property
    def is_settled(self) -> bool:
        """Whether it got through."""
        return routing.is_settled(self.tries, self.kinds, urgent=self.notice.is_urgent)


async def begin(work: Work, notice_id: UUID) -> Wave:
    """Write down the next tries of this round."""
    facts = await _facts(work, notice_id)
    if facts is None or facts.is_moot or facts.is_settled:
        return Wave()
    notice = facts.notice
    _end_lost(work, facts.tries)
    zone = facts.company.zone
    when = timing.earliest(work.now, facts.preference, zone, urgent=notice.is_urgent or _is_test(notice))
    if when > work.now:
        return Wave(again=when)
    found, unaddressed = routing.ways(facts.channels, facts.person, facts.contact, facts.preference)
    await _note_unaddressed(work, facts, unaddressed)
    tries: list[Try] = []
    busy = False
    while not (tries or busy or facts.is_settled):
        chosen = _next(facts, found)
        if not chosen:
            break
        for way in chosen:
            told = await _told_already(work, notice, way) if way.is_shared else None
            if told is not None and told.state == AttemptState.SENDING:
                busy = True
                continue
            attempt = await _attempt(work, notice, way, like=told)
            facts.tries.append(attempt)
            if told is None:
                tries.append(Try(attempt, way, _message(facts, way)))
    return Wave(tuple(tries), work.now + SHARED_WAIT if busy and not tries else None)


def _next(facts: _Facts, found: Sequence[Way]) -> list[Way]:
    this_round = facts.notice.rounds + 1
    left = routing.untried(found, facts.tries, this_round)
    is_first = not any(a.round == this_round and a.state != AttemptState.NO_ADDRESS for a in facts.tries)
    return routing.wave(left, urgent=facts.notice.is_urgent, is_first=is_first)


async def note(work: Work, made: Sequence[tuple[Try, Outcome]]) -> None:
    """Write down what became of tries."""
    # In one order everywhere, so that two jobs that note on the same two channels never wait for each other.
    for one, outcome in sorted(made, key=lambda pair: pair[0].attempt.channel):
        attempt = await work.session.get(Attempt, (work.tenant_id, one.attempt.id))
        if attempt is None:
            continue
        attempt.state = AttemptState(outcome.state.value)
        attempt.provider_id = outcome.provider_id
        attempt.detail = outcome.detail or None
        attempt.ended_at = await repository.clock(work)
        metrics.ATTEMPTS.labels(one.way.channel.kind, attempt.state).inc()
        await repository.set_problem(work, attempt.channel, None if outcome.is_done else attempt.detail)


async def conclude(
    work: Work, notice_id: UUID, again: datetime | None = None, asked: timedelta | None = None
) -> None:
    """The end of a round: delivered, to be gone on with, tried again later, or given up; a failure is there to be seen."""
    facts = await _facts(work, notice_id)
    if facts is None or facts.notice.reach == Reach.DELIVERED:
        return
    notice = facts.notice
    got = routing.delivered(facts.tries, facts.kinds)
    if facts.is_settled and got is not None:
        _delivered(work, notice, got)
    elif facts.is_moot:
        notice.next_at = None
        notice.reach = Reach.UNDELIVERED if notice.undelivered_at else Reach.APP
    elif again is not None:
        _again(work, notice, again)
    elif got is not None:
        _delivered(work, notice, got)
    else:
        _in_vain(work, facts, asked)
    work.tell("notice", notice=notice.id, person=notice.person_id)


def _delivered(work: Work, notice: Notice, got: Attempt) -> None:
    notice.reach, notice.delivered_by = Reach.DELIVERED, got.channel
    notice.undelivered_at = notice.next_at = None
    work.record(
        "notice.delivered", ("notice", notice.id), case_id=notice.case_id, unit_no=notice.unit_no,
        person=notice.person_id, kind=notice.kind, channel=got.channel, address=got.address, state=got.state,
    )  # fmt: skip


def _in_vain(work: Work, facts: _Facts, asked: timedelta | None) -> None:
    notice = facts.notice
    notice.rounds += 1
    notice.reach = Reach.UNDELIVERED
    if notice.undelivered_at is None:
        notice.undelivered_at = work.now
        metrics.UNDELIVERED.labels(str(notice.is_urgent).lower()).inc()
        _log.warning(
            "notice.undelivered", tenant=str(work.tenant_id), notice=str(notice.id), kind=notice.kind
        )
        work.record(
            "notice.undelivered", ("notice", notice.id), case_id=notice.case_id, unit_no=notice.unit_no,
            person=notice.person_id, kind=notice.kind, channels=sorted({a.channel for a in facts.tries}),
        )  # fmt: skip
    wait = timing.wait_after(notice.rounds, urgent=notice.is_urgent, asked=asked)
    if wait is None or _is_test(notice):
        notice.next_at = None
        return
    zone = facts.company.zone
    when = timing.earliest(work.now + wait, facts.preference, zone, urgent=notice.is_urgent)
    _again(work, notice, when)


def _again(work: Work, notice: Notice, when: datetime) -> None:
    notice.next_at = when
    work.put_off("notices.deliver", notice.id, after=when)


async def _facts(work: Work, notice_id: UUID) -> _Facts | None:
    notice = await repository.hold(work, notice_id)
    if notice is None:
        return None
    person, contact = await repository.person(work, notice.person_id)
    preference = await repository.preference(work, notice.person_id)
    channels: list[Channel] = []
    every = await repository.channels(work)
    if await repository.may_use_channels(work):
        if _is_test(notice):
            channels = [channel for channel in every if channel.code == notice.facts.get("code")]
        else:
            channels = routing.order(every, preference, urgent=notice.is_urgent)
    tries = await repository.attempts(work, notice.id)
    kinds = {channel.code: channel.kind for channel in every}
    return _Facts(notice, person, contact, await repository.company(work), preference, channels, kinds, tries)


def _is_test(notice: Notice) -> bool:
    return notice.kind == phrases.TEST


def _end_lost(work: Work, tries: Sequence[Attempt]) -> None:
    """Tries of a process that ended before the answer: this one has the job now, so nobody waits for them any more."""
    for attempt in tries:
        if attempt.state == AttemptState.SENDING:
            attempt.state, attempt.ended_at = AttemptState.UNKNOWN, work.now
            attempt.detail = "the process ended before an answer"


async def _note_unaddressed(work: Work, facts: _Facts, channels: Sequence[Channel]) -> None:
    """Say once for each channel that it knows no address, so that somebody can enter one."""
    said = {attempt.channel for attempt in facts.tries if attempt.state == AttemptState.NO_ADDRESS}
    for channel in channels:
        if channel.code not in said:
            await _attempt(work, facts.notice, Way(channel, ""), state=AttemptState.NO_ADDRESS)


async def _told_already(work: Work, notice: Notice, way: Way) -> Attempt | None:
    """The try by which the same was told to the same group for someone else, or is being told; held until the commit."""
    name = f"notice:{work.tenant_id}:{way.channel.code}:{notice.key}"
    await work.session.execute(_LOCK, {"name": name})
    for other in await repository.siblings(work, notice, way.channel.code, routing.masked(way)):
        if other.state != AttemptState.SENDING or repository.age(work.now, other) < LEASE_SECONDS:
            return other
    return None


async def _attempt(
    work: Work,
    notice: Notice,
    way: Way,
    *,
    state: AttemptState = AttemptState.SENDING,
    like: Attempt | None = None,
) -> Attempt:
    is_made = like is None and state is AttemptState.SENDING
    row = Attempt(
        id=new_id(),
        notice_id=notice.id,
        person_id=notice.person_id,
        channel=way.channel.code,
        no=await repository.next_no(work, notice.id, way.channel.code),
        round=notice.rounds + 1,
        address=routing.masked(way),
        state=like.state if like else state,
        provider_id=like.provider_id if like else None,
        detail="told to the group together with others" if like else None,
        started_at=work.now,
        ended_at=None if is_made else work.now,
    )
    work.session.add(row)
    await work.session.flush()
    return row


def _message(facts: _Facts, way: Way) -> Message:
    return (
        messages.to_group(facts.notice, facts.company, way.channel.code)
        if way.is_shared
        else messages.to_person(facts.notice, facts.person, facts.company)
    )
