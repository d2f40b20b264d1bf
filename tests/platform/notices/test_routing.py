"""Which ways a notice takes: pure decisions about channels, addresses and tries."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from anhuan_platform.notices import routing
from anhuan_platform.notices.models import Attempt, AttemptState, Channel, Preference
from anhuan_platform.notices.routing import Way
from anhuan_tenants.organisation.models import Contact, Person

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
LIN = Person(account="lin", language="zh")
CONTACT = Contact(phone="13800001111", email="lin@plant.example")


def a_channel(code: str, kind: str, **settings: Any) -> Channel:
    return Channel(code=code, kind=kind, settings=settings, is_on=True, changed_at=NOON)


def a_try(channel: str, state: AttemptState, *, round: int = 1, address: str = "****") -> Attempt:
    return Attempt(
        channel=channel, state=state, round=round, address=address, started_at=NOON + timedelta(hours=1)
    )


MAIL, SMS, ROBOT = (
    a_channel("mail", "email"),
    a_channel("sms", "sms_tencent"),
    a_channel("robot", "feishu_robot"),
)


@pytest.mark.parametrize(
    ("channel", "contact", "address"),
    [
        (MAIL, CONTACT, "lin@plant.example"),
        (MAIL, Contact(phone="1", email=None), None),
        (MAIL, None, None),
        (SMS, CONTACT, "13800001111"),
        (SMS, None, None),
        (ROBOT, CONTACT, ""),
        (a_channel("ding", "dingtalk_robot"), CONTACT, "13800001111"),
        (a_channel("ding", "dingtalk_robot"), None, ""),
        (a_channel("app", "wecom_app"), CONTACT, None),
        (a_channel("app", "wecom_app", userid="account"), CONTACT, "lin"),
        (a_channel("hook", "webhook", url="https://a.example/h"), None, "https://a.example/h"),
        (a_channel("push", "apprise"), None, ""),
    ],
)
def test_where_each_kind_reaches_a_person(
    channel: Channel, contact: Contact | None, address: str | None
) -> None:
    assert routing.address(channel, LIN, contact, None) == address


def test_a_person_s_own_id_goes_before_the_work_number() -> None:
    app = a_channel("app", "wecom_app", userid="account")
    wish = Preference(channels=[], addresses={"app": "LinXiaoyu"})

    assert routing.address(app, LIN, CONTACT, wish) == "LinXiaoyu"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("13800001111", "138****1111"),
        ("+8613800001111", "+86138****1111"),
        ("l@b.example", "l***@b.example"),
        ("linxiaoyu@plant.example", "l***@plant.example"),
        ("https://h.example/secret/path?key=1", "https://h.example/…"),
        ("LinXiaoyu", "Li***"),
        ("12345678", "****78"),
        ("", ""),
    ],
)
def test_a_masked_address_can_be_recognised_and_not_used(address: str, masked: str) -> None:
    assert routing.mask(address) == masked


def test_a_channel_is_tried_once_in_a_round_and_again_in_the_next() -> None:
    ways = [Way(MAIL, "lin@plant.example"), Way(SMS, "13800001111")]
    failed = [a_try("mail", AttemptState.UNREACHABLE)]

    assert routing.untried(ways, failed, 1) == ways[1:]
    assert routing.untried(ways, failed, 2) == ways


def test_a_try_without_an_answer_is_repeated_but_not_for_ever() -> None:
    ways = [Way(MAIL, "lin@plant.example")]
    lost = a_try("mail", AttemptState.UNKNOWN)

    assert routing.untried(ways, [lost, lost], 1) == ways
    assert routing.untried(ways, [lost, lost, lost], 1) == []


def test_a_refusal_holds_for_the_same_settings_and_address_only() -> None:
    way = Way(MAIL, "lin@plant.example")
    refused = a_try("mail", AttemptState.REFUSED, address="l***@plant.example")
    repaired = a_channel("mail", "email")
    repaired.changed_at = NOON + timedelta(hours=2)

    assert routing.untried([way], [refused], 2) == []
    assert routing.untried([Way(MAIL, "x@plant.example")], [refused], 2) != []
    assert routing.untried([Way(repaired, way.address)], [refused], 2) != []


def test_the_company_s_order_holds_until_a_person_chooses() -> None:
    off = a_channel("off", "email")
    off.is_on = False
    every = [off, MAIL, SMS, ROBOT]
    wish = Preference(channels=["robot", "off", "gone", "sms"], addresses={})

    assert routing.order(every, None, urgent=False) == [MAIL, SMS, ROBOT]
    assert routing.order(every, wish, urgent=False) == [ROBOT, SMS]
    assert routing.order(every, wish, urgent=True) == [ROBOT, SMS, MAIL]


def test_only_the_first_wave_of_an_urgent_round_is_two_at_once() -> None:
    ways = [Way(MAIL, "a"), Way(ROBOT, ""), Way(SMS, "b")]

    assert routing.wave(ways, urgent=True, is_first=True) == [ways[0], ways[2]]
    assert routing.wave(ways, urgent=True, is_first=False) == ways[:1]
    assert routing.wave(ways, urgent=False, is_first=True) == ways[:1]
    assert routing.wave(ways[2:], urgent=True, is_first=True) == ways[2:]
    assert routing.wave([], urgent=True, is_first=True) == []
