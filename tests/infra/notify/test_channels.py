"""Every channel keeps the same promise: one attempt, one honest outcome, and no secret in it or in the log."""

import asyncio
import logging
import time
from datetime import timedelta

import pytest

from anhuan_infra.notify import catalogue
from anhuan_infra.notify.channel import Channel, Outcome, State
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.wire import Wire
from tests.support.sink import (
    DRIP,
    DROP,
    HANG,
    OK,
    TAKE_THEN_DROP,
    Reply,
    Sink,
    error,
    redirect,
    says,
    too_many,
)

SECRETS = ("SECRET-token-1", "SECRET-signing-2", "U0VDUkVULXdlYmhvb2stc2VjcmV0LXRoYXQtaXMtbG9uZw==")
PHONE = "13800001111"


def configs(sink: Sink) -> dict[str, tuple[dict[str, str], str]]:
    """For each kind its settings, pointed at the sink, and an address."""
    sms = {"sign_name": "安环", "template": "SMS_1", "endpoint": sink.url}
    return {
        "email": (
            {
                "host": sink.smtp_host,
                "port": str(sink.smtp_port),
                "security": "none",
                "sender": "bot@anhuan.example",
            },
            "lin@plant.example",
        ),
        "wecom_robot": ({"url": f"{sink.url}/cgi-bin/webhook/send?key={SECRETS[0]}"}, "lin"),
        "wecom_app": (
            {"corp_id": "corp-1", "agent_id": "1000002", "secret": SECRETS[0], "home": sink.url},
            "lin",
        ),
        "dingtalk_robot": (
            {"url": f"{sink.url}/robot/send?access_token={SECRETS[0]}", "secret": SECRETS[1]},
            PHONE,
        ),
        "feishu_robot": (
            {"url": f"{sink.url}/open-apis/bot/v2/hook/{SECRETS[0]}", "secret": SECRETS[1]},
            "ou_lin",
        ),
        "webhook": ({"secret": f"whsec_{SECRETS[2]}"}, f"{sink.url}/hooks/{SECRETS[0]}"),
        "sms_aliyun": ({"access_key": "ak-1", "secret": SECRETS[1], **sms}, PHONE),
        "sms_tencent": ({"secret_id": "ak-1", "secret_key": SECRETS[1], "app_id": "14", **sms}, PHONE),
    }


KINDS = [kind for kind in catalogue.KINDS if kind != "apprise"]
PLATFORMS = [kind for kind in KINDS if kind not in ("email", "webhook")]
"""Those that write their verdict into a JSON answer."""
ONLY_ACCEPTED = {"email", "sms_aliyun", "sms_tencent"}


@pytest.fixture(params=KINDS)
def channel(request: pytest.FixtureRequest, sink: Sink, wire: Wire) -> tuple[Channel, str]:
    """Each kind in turn, and an address for it."""
    config, address = configs(sink)[request.param]
    return catalogue.build(request.param, config, wire), address


async def test_a_notice_arrives_with_its_words_and_its_key(
    channel: tuple[Channel, str], sink: Sink, message: Message
) -> None:
    way, address = channel

    outcome = await way.send(message, address)

    assert outcome.state is (State.ACCEPTED if way.kind in ONLY_ACCEPTED else State.DELIVERED)
    assert outcome.is_done and not outcome.uncertain
    (seen,) = sink.deliveries
    assert seen.channel == way.kind
    assert seen.key == message.key
    assert sink.count(message.key) == 1


@pytest.mark.parametrize(
    ("reply", "uncertain"),
    [
        (error(500), False),
        (error(503), False),
        (HANG, True),
        (DROP, True),
        (TAKE_THEN_DROP, True),
        (DRIP, True),
    ],
    ids=lambda value: value.name if isinstance(value, Reply) else None,
)
async def test_a_server_in_trouble_is_tried_again_later(
    channel: tuple[Channel, str], wire: Wire, sink: Sink, message: Message, reply: Reply, uncertain: bool
) -> None:
    way, address = channel
    sink.answer(reply)
    wire.total = 0.5
    began = time.monotonic()

    outcome = await way.send(message, address)

    assert outcome.state is State.UNREACHABLE
    assert outcome.uncertain is uncertain
    assert outcome.detail
    assert time.monotonic() - began < 2
    sink.behave()
    wire.total = 10
    assert (await way.send(message, address)).is_done
    assert sink.count(message.key) == (2 if reply is TAKE_THEN_DROP else 1)


async def test_a_server_that_asks_for_time_is_given_it(
    channel: tuple[Channel, str], sink: Sink, message: Message
) -> None:
    way, address = channel
    sink.answer(too_many(7))

    outcome = await way.send(message, address)

    assert outcome.state is State.UNREACHABLE
    assert outcome.retry_after == (None if way.kind == "email" else timedelta(seconds=7))


async def test_a_plain_no_is_final(channel: tuple[Channel, str], sink: Sink, message: Message) -> None:
    way, address = channel
    sink.answer(error(403))

    outcome = await way.send(message, address)

    assert outcome.state is State.REFUSED
    assert "403" in outcome.detail or "550" in outcome.detail


async def test_nobody_listening_is_unreachable_and_certainly_unsent(wire: Wire, message: Message) -> None:
    with Sink() as gone:
        made = [
            (catalogue.build(kind, config, wire), address)
            for kind, (config, address) in configs(gone).items()
        ]

    outcomes = [await way.send(message, address) for way, address in made]

    assert {outcome.state for outcome in outcomes} == {State.UNREACHABLE}
    assert not any(outcome.uncertain for outcome in outcomes)


@pytest.mark.parametrize("channel", [kind for kind in KINDS if kind != "email"], indirect=True)
async def test_redirects_are_not_followed(channel: tuple[Channel, str], sink: Sink, message: Message) -> None:
    way, address = channel
    sink.answer(redirect(f"{sink.url}/inner"))

    outcome = await way.send(message, address)

    assert outcome.state is State.REFUSED
    assert "redirect" in outcome.detail
    assert "/inner" not in sink.other_requests
    assert [attempt.path for attempt in sink.attempts if attempt.path == "/inner"] == []


@pytest.mark.parametrize("channel", PLATFORMS, indirect=True)
async def test_an_answer_of_some_gateway_is_no_receipt(
    channel: tuple[Channel, str], sink: Sink, message: Message
) -> None:
    way, address = channel
    sink.answer(says({"hello": "please sign in to the guest network"}))

    outcome = await way.send(message, address)

    assert outcome.state is State.UNREACHABLE
    assert outcome.uncertain


@pytest.mark.parametrize(
    "reply",
    [OK, error(500), error(403), too_many(3), HANG, DROP],
    ids=lambda reply: reply.name,
)
async def test_no_secret_is_in_the_outcome_or_in_the_log(
    channel: tuple[Channel, str],
    wire: Wire,
    sink: Sink,
    message: Message,
    reply: Reply,
    caplog: pytest.LogCaptureFixture,
) -> None:
    way, address = channel
    caplog.set_level(logging.DEBUG)
    wire.total = 0.5 if reply is HANG else 10
    sink.answer(reply)

    outcome = await way.send(message, address)

    # The sink's own mail server logs what it gets; that is the world outside.
    logged = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    told = "\n".join(logged) + repr(outcome) + repr(way)
    assert [secret for secret in (*SECRETS, address) if secret in told] == []


@pytest.mark.parametrize("channel", PLATFORMS, indirect=True)
async def test_a_platform_that_repeats_secrets_is_not_quoted(
    channel: tuple[Channel, str], sink: Sink, message: Message
) -> None:
    way, address = channel
    echo = f"bad {SECRETS[0]} {SECRETS[1]} for {address}, see https://x.example/?k=1\r\nx: y"
    platform = {
        "errcode": 40058,
        "errmsg": echo,
        "code": 19001,
        "msg": echo,
        "Code": "isv.BAD",
        "Message": echo,
    }
    sink.answer(says({**platform, "Response": {"Error": {"Code": "BAD", "Message": echo}}}))

    outcome = await way.send(message, address)

    assert outcome.state is State.REFUSED
    assert "bad" in outcome.detail.lower()
    assert "\n" not in outcome.detail
    hidden = [s for s in configs(sink)[way.kind][0].values() if s.startswith("SECRET")]
    assert [part for part in (*hidden, address, "x.example") if part in outcome.detail] == []


async def test_many_at_once_arrive_once_each(
    channel: tuple[Channel, str], sink: Sink, message: Message
) -> None:
    way, address = channel
    messages = [Message(message.title, message.body, message.url, f"k-{n}") for n in range(20)]

    outcomes: list[Outcome] = await asyncio.gather(*(way.send(each, address) for each in messages))

    assert [outcome for outcome in outcomes if not outcome.is_done] == []
    assert {sink.count(each.key) for each in messages} == {1}
