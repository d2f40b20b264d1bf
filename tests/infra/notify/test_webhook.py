"""A webhook is signed so that any library of Standard Webhooks accepts it, and nothing of it can be changed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook as Receiver
from standardwebhooks.webhooks import WebhookVerificationError

from anhuan_infra.notify.channel import State
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.webhook import Webhook, new_secret
from anhuan_infra.notify.wire import Wire, retry_after, scrub
from tests.support.sink import Sink, error, too_many

OLD = new_secret(b"o" * 24)
NEW = new_secret(b"n" * 32)


async def test_the_receivers_library_accepts_it(sink: Sink, wire: Wire, message: Message) -> None:
    await Webhook(wire, NEW).send(message, f"{sink.url}/hook")

    (attempt,) = sink.attempts
    body = Receiver(NEW).verify(attempt.body, attempt.headers)
    assert attempt.headers["webhook-id"] == message.key
    assert body["type"] == "notice.sent"
    assert body["data"] == {
        "key": message.key,
        "title": message.title,
        "body": message.body,
        "url": message.url,
        "urgency": "urgent",
    }


async def test_a_changed_body_is_not_accepted(sink: Sink, wire: Wire, message: Message) -> None:
    await Webhook(wire, NEW).send(message, f"{sink.url}/hook")

    (attempt,) = sink.attempts
    with pytest.raises(WebhookVerificationError):
        Receiver(NEW).verify(attempt.body.replace(b"urgent", b"casual"), attempt.headers)
    with pytest.raises(WebhookVerificationError):
        Receiver(NEW).verify(attempt.body, {**attempt.headers, "webhook-id": "other"})


async def test_during_a_change_of_secret_both_are_accepted(sink: Sink, wire: Wire, message: Message) -> None:
    await Webhook(wire, f"{NEW} {OLD}").send(message, f"{sink.url}/hook")

    (attempt,) = sink.attempts
    for secret in (OLD, NEW):
        assert Receiver(secret).verify(attempt.body, attempt.headers)["data"]["key"] == message.key


async def test_a_second_attempt_has_the_same_id(sink: Sink, wire: Wire, message: Message) -> None:
    sink.answer(error(500), times=1)
    hook = Webhook(wire, NEW)

    await hook.send(message, f"{sink.url}/hook")
    await hook.send(message, f"{sink.url}/hook")

    assert [attempt.headers["webhook-id"] for attempt in sink.attempts] == [message.key] * 2
    assert sink.count(message.key) == 1


async def test_gone_is_gone_for_good(sink: Sink, wire: Wire, message: Message) -> None:
    sink.answer(error(410))

    outcome = await Webhook(wire, NEW).send(message, f"{sink.url}/hook")

    assert (outcome.state, outcome.detail) == (State.REFUSED, "http 410: the receiver is gone for good")


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "ftp://a.example/",
        "",
        "x\ud800",
        "http://[::1]/",
    ],
)
async def test_an_address_inside_is_refused_with_a_reason(wire: Wire, message: Message, address: str) -> None:
    outcome = await Webhook(wire, NEW).send(message, address)

    assert outcome.state is State.REFUSED
    assert outcome.detail.startswith("address not allowed: ")


async def test_odd_text_arrives_as_it_was(sink: Sink, wire: Wire) -> None:
    odd = Message("\ud800\x00\u202e🦺", "a\r\nb", None, "k")

    outcome = await Webhook(wire, NEW).send(odd, f"{sink.url}/hook")

    assert outcome.state is State.DELIVERED
    assert json.loads(sink.attempts[0].body)["data"]["title"] == odd.title


async def test_a_date_in_retry_after_is_understood(sink: Sink, wire: Wire, message: Message) -> None:
    sink.answer(too_many("Wed, 21 Oct 2099 07:28:00 GMT"))

    outcome = await Webhook(wire, NEW).send(message, f"{sink.url}/hook")

    assert outcome.retry_after == timedelta(hours=24)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        (None, None),
        ("0", timedelta()),
        ("120", timedelta(minutes=2)),
        ("99999999999", timedelta(hours=24)),
        ("-5", None),
        ("soon", None),
        ("Thu, 05 Mar 2026 08:00:30 GMT", timedelta(seconds=30)),
        ("Thu, 05 Mar 2026 09:00:30 +0100", timedelta(seconds=30)),
        ("Thu, 05 Mar 2026 07:00:00 GMT", timedelta()),
    ],
)
def test_a_wait_is_read_or_left_alone(value: str | None, wait: timedelta | None) -> None:
    assert retry_after(value, datetime(2026, 3, 5, 8, tzinfo=UTC)) == wait


def test_what_is_hidden_stays_hidden_in_any_case() -> None:
    assert (
        scrub("Bad TOKEN-1\nat https://a.example/?k=1 for lin", "token-1", "lin", "")
        == "Bad *** at *** for ***"
    )
    assert len(scrub("x" * 1000)) == 200


@pytest.mark.parametrize("secret", ["", "   "])
def test_a_webhook_without_a_secret_is_not_built(wire: Wire, secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        Webhook(wire, secret)


def test_a_short_secret_is_not_made() -> None:
    with pytest.raises(ValueError, match="24"):
        new_secret(b"short")
