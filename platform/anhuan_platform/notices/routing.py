"""Which ways a notice can take to a person, and in which order. Pure, but for building a channel from its settings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from anhuan_platform.notices.models import Attempt, AttemptState, Channel, Preference
from anhuan_tenants.organisation.models import Contact, Person

SMS = frozenset({"sms_aliyun", "sms_tencent"})
GROUP = frozenset({"wecom_robot", "dingtalk_robot", "feishu_robot", "webhook", "apprise"})
"""Kinds that reach a group or a system even where they know no address of the person."""
BY_ACCOUNT = "account"
"""Value of a WeCom application's setting `userid`: members' userids are the work numbers (工号) of the company."""
_DONE = (AttemptState.DELIVERED, AttemptState.ACCEPTED)


@dataclass(frozen=True)
class Way:
    """One channel and the address of this person there; an empty address speaks to the whole group."""

    channel: Channel
    address: str

    @property
    def is_shared(self) -> bool:
        """Whether one message serves everybody who is told the same."""
        return self.channel.kind in GROUP and (self.channel.kind == "webhook" or not self.address)


def order(channels: Sequence[Channel], preference: Preference | None, *, urgent: bool) -> list[Channel]:
    """The channels to try, first to last: the person's choice where there is one, else the company's order. What is
    urgent may use the others as well when the chosen ones fail: nobody opts out of being warned."""
    on = [channel for channel in channels if channel.is_on]
    by_code = {channel.code: channel for channel in on}
    chosen = [by_code[code] for code in (preference.channels if preference else []) if code in by_code]
    if not chosen:
        return on
    return [*chosen, *(channel for channel in on if channel not in chosen)] if urgent else chosen


def address(
    channel: Channel, person: Person, contact: Contact | None, preference: Preference | None
) -> str | None:
    """Where this channel reaches the person; None where nobody entered it."""
    phone, email = (contact.phone or "", contact.email or "") if contact else ("", "")
    own = str((preference.addresses if preference else {}).get(channel.code) or "")
    match channel.kind:
        case "email":
            return email or None
        case "sms_aliyun" | "sms_tencent":
            return phone or None
        case "wecom_app":
            return own or (person.account if channel.settings.get("userid") == BY_ACCOUNT else None)
        case "dingtalk_robot":
            return phone
        case "webhook":
            return str(channel.settings.get("url") or "") or None
        case _:
            return own


def ways(
    channels: Sequence[Channel], person: Person, contact: Contact | None, preference: Preference | None
) -> tuple[list[Way], list[Channel]]:
    """The ways to a person, and the channels that know no address of theirs, both in the order given."""
    found = [(channel, address(channel, person, contact, preference)) for channel in channels]
    return (
        [Way(channel, where) for channel, where in found if where is not None],
        [channel for channel, where in found if where is None],
    )


def untried(found: Iterable[Way], tries: Sequence[Attempt], this_round: int) -> list[Way]:
    """The ways that are left in this round. One that was declined for good comes back when channel or address changes."""
    return [way for way in found if not _is_spent(way, tries, this_round)]


def _is_spent(way: Way, tries: Sequence[Attempt], this_round: int) -> bool:
    own = [attempt for attempt in tries if attempt.channel == way.channel.code]
    now = [a for a in own if a.round == this_round and a.state != AttemptState.NO_ADDRESS]
    # What never got an answer is tried again, at least once more: better told twice than not at all.
    if any(a.state != AttemptState.UNKNOWN for a in now) or len(now) >= 3:
        return True
    return any(
        a.state == AttemptState.REFUSED
        and a.address == masked(way)
        and a.started_at >= way.channel.changed_at
        for a in own
    )


def wave(left: Sequence[Way], *, urgent: bool, is_first: bool) -> list[Way]:
    """What to try at once: one way, falling through to the next; for an urgent notice the first together with the
    text message (短信)."""
    if not left:
        return []
    first = [left[0]]
    if urgent and is_first:
        first += [way for way in left[1:] if way.channel.kind in SMS and left[0].channel.kind not in SMS][:1]
    return first


def delivered(tries: Iterable[Attempt], kinds: Mapping[str, str]) -> Attempt | None:
    """The try that got through, if one did; one that reached the person goes before one that told a group."""
    done = [attempt for attempt in tries if attempt.state in _DONE]
    return min(done, key=lambda attempt: _told_group(attempt, kinds), default=None)


def is_settled(tries: Iterable[Attempt], kinds: Mapping[str, str], *, urgent: bool) -> bool:
    """Whether nothing more need be tried. What is urgent is not settled by having told a group in which the person may
    or may not look."""
    got = delivered(tries, kinds)
    return got is not None and not (urgent and _told_group(got, kinds))


def _told_group(attempt: Attempt, kinds: Mapping[str, str]) -> bool:
    kind = kinds.get(attempt.channel)
    return kind in GROUP and (kind == "webhook" or not attempt.address)


def masked(way: Way) -> str:
    """The address as it may be shown: enough to recognise, not enough to use."""
    if way.is_shared and way.channel.kind != "webhook":
        return ""
    return mask(way.address)


def mask(where: str) -> str:
    """`138****0000`, `w***@example.com`, `https://host/…`, `zh***`."""
    if where.startswith(("http://", "https://")):
        parts = urlsplit(where)
        return f"{parts.scheme}://{parts.hostname}/…"
    local, at, domain = where.rpartition("@")
    if at:
        return f"{local[:1]}***@{domain}"
    digits = re.sub(r"\D", "", where)
    if len(digits) >= 7 and len(digits) >= len(where) - 4:
        return f"{where[:-8]}****{where[-4:]}" if len(where) > 8 else f"****{where[-2:]}"
    return f"{where[:2]}***" if where else ""


def config(channel: Channel, secrets: Mapping[str, str]) -> dict[str, str]:
    """Settings and secrets as the catalogue of channels wants them."""
    return {name: str(value) for name, value in channel.settings.items()} | dict(secrets)
