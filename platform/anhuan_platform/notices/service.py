"""The verbs of notices: tell people something, and what a person does with what they were told."""

import re
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any
from uuid import UUID

from anhuan_infra.errors import BadInput, NotSignedIn
from anhuan_infra.notify import robots
from anhuan_infra.work import Work
from anhuan_platform.notices import phrases, repository, timing
from anhuan_platform.notices.errors import ChannelUnknown, QuietHoursIncomplete
from anhuan_platform.notices.models import Attempt, Notice, Preference, Reach

PAGE = 100
"""Most notices on one page."""
_HH_MM = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_OWN_ADDRESS = frozenset({"wecom_app", "wecom_robot", "feishu_robot"})
"""Kinds that know people by an id of their own; phone and e-mail are the contact's."""


async def send(
    work: Work,
    *,
    people: Sequence[UUID],
    kind: str,
    facts: Mapping[str, Any],
    case_id: UUID | None,
    urgent: bool,
    key: str,
) -> None:
    """Tell each of these people once, however often this runs with the key: in the app with this transaction, outside it
    soon after, or when their quiet hours end unless it is urgent. Who is disabled is not told."""
    phrases.of(kind)
    async with AsyncExitStack() as stack:
        if work.actor.person_id is not None:
            await stack.enter_async_context(work.seeing_all())
        told = await repository.active(work, list(set(people)))
        if not told:
            return
        unit_no = await repository.unit_of_case(work, case_id) if case_id else None
        leaves = await _times(work, told, urgent=urgent)
        said = _plain(facts) | await _author(work, facts)
        common = {"kind": kind, "facts": said, "case_id": case_id, "unit_no": unit_no}
        rows = [
            common
            | {"person_id": person, "is_urgent": urgent, "key": key}
            | {"reach": Reach.WAITING if leaves else Reach.APP, "next_at": leaves.get(person)}
            for person in told
        ]
        for person, notice_id in (await repository.add(work, rows)).items():
            work.tell("notice", notice=notice_id, person=person)
            if leaves:
                work.put_off("notices.deliver", notice_id, after=leaves[person])


async def _times(work: Work, people: Sequence[UUID], *, urgent: bool) -> dict[UUID, datetime]:
    """When each person's notice may leave the app; empty where it stays there."""
    is_carried = any(channel.is_on for channel in await repository.channels(work))
    if not is_carried or not await repository.may_use_channels(work):
        return {}
    zone = (await repository.company(work)).zone
    wanted = await repository.preferences(work, people)
    return {p: timing.earliest(work.now, wanted.get(p), zone, urgent=urgent) for p in people}


async def _author(work: Work, facts: Mapping[str, Any]) -> dict[str, str]:
    """The name of the `author` as it was when this was said."""
    if "author" not in facts:
        return {}
    author, _ = await repository.person(work, UUID(str(facts["author"])))
    return {"author_name": author.name}


def _plain(value: Any) -> Any:
    """Facts as JSON keeps them: ids and moments become text."""
    if isinstance(value, Mapping):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


async def mark_read(work: Work, notice_id: UUID) -> Notice:
    """The actor has read their own notice; twice changes nothing."""
    notice = await repository.mine(work, notice_id)
    if notice.read_at is None:
        notice.read_at = work.now
        _tell_read(work, notice=notice_id)
    return notice


async def mark_all_read(work: Work, up_to: UUID | None = None) -> int:
    """The actor has read all of theirs, or those not newer than `up_to`, which is what the screen showed; how many."""
    count = await repository.read_all(work, up_to)
    if count:
        _tell_read(work)
    return count


async def unread_count(work: Work) -> int:
    """How many of the actor's own notices are unread."""
    return await repository.unread(work)


async def listing(
    work: Work, after: UUID | None = None, limit: int = PAGE, *, unread_only: bool = False
) -> list[Notice]:
    """The actor's own notices, newest first, behind the one called `after`."""
    return await repository.page(work, after, max(1, min(limit, PAGE)), unread_only=unread_only)


async def attempts(work: Work, notice_id: UUID) -> list[Attempt]:
    """How a notice was carried outside the app, try by try; for its person and for who looks after delivery there."""
    notice = await repository.seen(work, notice_id)
    return await repository.attempts(work, notice.id)


async def undelivered(work: Work, after: UUID | None = None, limit: int = PAGE) -> list[Notice]:
    """What nobody outside the app took and its person has not read: all of it for who may read every case, that of
    their units for safety officers and heads, and one's own for everybody."""
    return await repository.undelivered(work, after, max(1, min(limit, PAGE)))


async def undelivered_count(work: Work) -> int:
    """How many of those the actor may see."""
    return await repository.undelivered_count(work)


async def set_preferences(
    work: Work,
    *,
    channels: Sequence[str] = (),
    addresses: Mapping[str, str] | None = None,
    quiet_from: str | None = None,
    quiet_to: str | None = None,
) -> Preference:
    """What the actor wants for themselves, in place of what they wanted before: channels in order (none means the
    company's order), their own ids at messengers, quiet hours on the company's clock. Urgent notices ignore the wish for
    quiet and, when the chosen channels fail, the choice."""
    if work.actor.person_id is None:
        raise NotSignedIn
    known = {channel.code: channel.kind for channel in await repository.channels(work)}
    for code in (*channels, *(addresses or {})):
        if code not in known:
            raise ChannelUnknown(path="channels", channel=code[:40])
    own = {code: where.strip() for code, where in (addresses or {}).items() if where.strip()}
    for code, where in own.items():
        if known[code] not in _OWN_ADDRESS or not robots.is_person(where):
            raise BadInput(path=f"addresses.{code}", reason="userid")
    quiet = [_clock(quiet_from, "quietFrom"), _clock(quiet_to, "quietTo")]
    if (quiet[0] is None) != (quiet[1] is None):
        raise QuietHoursIncomplete(path="quietFrom" if quiet[0] is None else "quietTo")
    wish = {
        "channels": list(dict.fromkeys(channels)),
        "addresses": own,
        "quiet_from": quiet[0],
        "quiet_to": quiet[1],
    }
    work.record(
        "notice.preferences_set", ("person", work.actor.person_id), channels=wish["channels"], quiet=quiet
    )
    return await repository.want(work, wish)


async def preferences(work: Work) -> Preference | None:
    """What the actor wants; None when they never said."""
    return await repository.preference(work, work.actor.person_id) if work.actor.person_id else None


def _clock(value: str | None, path: str) -> str | None:
    if value is None or not value.strip():
        return None
    found = _HH_MM.fullmatch(value.strip())
    if found is None:
        raise QuietHoursIncomplete(path=path, reason="HH:MM")
    return found[0]


def _tell_read(work: Work, **facts: UUID) -> None:
    if work.actor.person_id is not None:
        work.tell("notice", person=work.actor.person_id, **facts)
