"""Group robots and the WeCom application: what is written, how it is signed, what the platforms' numbers mean."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from anhuan_infra.notify.channel import Channel, State
from anhuan_infra.notify.dingtalk import DingTalkRobot
from anhuan_infra.notify.feishu import FeishuRobot
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.wecom import WeComApp, WeComRobot
from anhuan_infra.notify.wire import Wire
from tests.support.sink import Sink, error, says

SECRET = "SECRET-signing"


def a_wecom_robot(sink: Sink, wire: Wire) -> WeComRobot:
    return WeComRobot(wire, f"{sink.url}/cgi-bin/webhook/send?key=k-1")


def a_wecom_app(sink: Sink, wire: Wire) -> WeComApp:
    return WeComApp(wire, "corp-1", 1000002, SECRET, home=sink.url)


def a_dingtalk_robot(sink: Sink, wire: Wire) -> DingTalkRobot:
    return DingTalkRobot(wire, f"{sink.url}/robot/send?access_token=t-1", SECRET)


def a_feishu_robot(sink: Sink, wire: Wire) -> FeishuRobot:
    return FeishuRobot(wire, f"{sink.url}/open-apis/bot/v2/hook/t-1", SECRET)


async def test_wecom_shows_title_body_link_and_mention(sink: Sink, wire: Wire, message: Message) -> None:
    await a_wecom_robot(sink, wire).send(message, "lin")

    assert sink.attempts[0].query == {"key": "k-1"}
    assert sink.attempts[0].json == {
        "msgtype": "markdown",
        "markdown": {
            "content": "**A级隐患：冲压车间防护罩缺失**\n三号冲床防护罩被拆除，请立即停机整改。"
            "\n[查看详情](https://anhuan.example/h/1)\n<@lin>"
        },
    }


async def test_wecom_never_gets_more_than_it_takes(sink: Sink, wire: Wire) -> None:
    long = Message("长" * 3000, "文" * 3000, "https://anhuan.example/h/1", "k")

    await a_wecom_robot(sink, wire).send(long, "@all")

    content: str = sink.attempts[0].json["markdown"]["content"]
    assert len(content.encode()) <= 4096
    assert content.endswith("[查看详情](https://anhuan.example/h/1)\n<@all>")


async def test_dingtalk_signs_with_the_time_in_milliseconds(sink: Sink, wire: Wire, message: Message) -> None:
    await a_dingtalk_robot(sink, wire).send(message, "13800001111")

    query = sink.attempts[0].query
    expected = hmac.new(SECRET.encode(), f"{query['timestamp']}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert query["access_token"] == "t-1"
    assert base64.b64decode(query["sign"]) == expected
    assert abs(int(query["timestamp"]) / 1000 - time.time()) < 60
    body = sink.attempts[0].json
    assert body["at"] == {"atMobiles": ["13800001111"], "isAtAll": False}
    assert body["markdown"]["text"].endswith("@13800001111")
    assert body["markdown"]["title"] == "A级隐患：冲压车间防护罩缺失"


async def test_feishu_signs_an_empty_text(sink: Sink, wire: Wire, message: Message) -> None:
    await a_feishu_robot(sink, wire).send(message, "ou_lin")

    body = sink.attempts[0].json
    expected = hmac.new(f"{body['timestamp']}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert base64.b64decode(body["sign"]) == expected
    assert body["content"]["post"]["zh_cn"]["content"] == [
        [{"tag": "text", "text": "三号冲床防护罩被拆除，请立即停机整改。"}],
        [{"tag": "a", "text": "查看详情", "href": "https://anhuan.example/h/1"}],
        [{"tag": "at", "user_id": "ou_lin"}],
    ]


async def test_everybody_is_mentioned_only_on_request(sink: Sink, wire: Wire, message: Message) -> None:
    for robot in (a_dingtalk_robot(sink, wire), a_feishu_robot(sink, wire), a_wecom_robot(sink, wire)):
        await robot.send(message, "")
        await robot.send(message, "@all")

    dingtalk, dingtalk_all, feishu, feishu_all, wecom, wecom_all = (attempt.json for attempt in sink.attempts)
    assert (dingtalk["at"]["isAtAll"], dingtalk_all["at"]["isAtAll"]) == (False, True)
    assert "user_id" not in str(feishu)
    assert feishu_all["content"]["post"]["zh_cn"]["content"][-1] == [{"tag": "at", "user_id": "all"}]
    assert "<@" not in wecom["markdown"]["content"]
    assert wecom_all["markdown"]["content"].endswith("<@all>")


@pytest.mark.parametrize("address", ["lin|wei", "lin> <@all", "a b", "全体", "x" * 65, "lin\n", "ALL"])
async def test_an_address_that_would_reach_more_people_is_refused(
    sink: Sink, wire: Wire, message: Message, address: str
) -> None:
    ways = (
        a_wecom_robot(sink, wire),
        a_wecom_app(sink, wire),
        a_dingtalk_robot(sink, wire),
        a_feishu_robot(sink, wire),
    )

    assert {(await way.send(message, address)).state for way in ways} == {State.REFUSED}
    assert sink.attempts == []


async def test_a_title_cannot_mention_everybody(sink: Sink, wire: Wire) -> None:
    nasty = Message("<@all>", '<at user_id="all"></at> [x](http://evil.example) @all', None, "k")

    await a_wecom_robot(sink, wire).send(nasty, "")
    await a_dingtalk_robot(sink, wire).send(nasty, "")
    await a_feishu_robot(sink, wire).send(nasty, "")

    sent = " ".join(attempt.body.decode() for attempt in sink.attempts)
    assert "<" not in sent
    assert "@all" not in sent
    assert "](http://evil" not in sent


@pytest.mark.parametrize(
    ("make", "body", "state", "wait"),
    [
        (a_wecom_robot, {"errcode": 45009, "errmsg": "api freq out of limit"}, State.UNREACHABLE, 60),
        (a_wecom_robot, {"errcode": 93000, "errmsg": "invalid webhook url"}, State.REFUSED, None),
        (a_wecom_robot, {"errcode": -1, "errmsg": "system busy"}, State.UNREACHABLE, None),
        (a_dingtalk_robot, {"errcode": 130101, "errmsg": "send too fast"}, State.UNREACHABLE, 600),
        (a_dingtalk_robot, {"errcode": 310000, "errmsg": "sign not match"}, State.REFUSED, None),
        (a_feishu_robot, {"code": 11232, "msg": "frequency limited"}, State.UNREACHABLE, 60),
        (a_feishu_robot, {"code": 19021, "msg": "sign match fail"}, State.REFUSED, None),
        (a_feishu_robot, {"StatusCode": 0, "StatusMessage": "success"}, State.DELIVERED, None),
        (a_wecom_app, {"errcode": 81013, "errmsg": "all invalid"}, State.REFUSED, None),
        (a_wecom_app, {"errcode": 45033, "errmsg": "concurrent"}, State.UNREACHABLE, 5),
        (a_wecom_app, {"errcode": 0, "errmsg": "ok", "invaliduser": "lin"}, State.REFUSED, None),
        (a_wecom_app, {"errcode": 0, "errmsg": "ok", "unlicenseduser": "wei|LIN"}, State.REFUSED, None),
        (a_wecom_app, {"errcode": 0, "errmsg": "ok", "invaliduser": "linda"}, State.DELIVERED, None),
        (a_wecom_robot, {"errcode": True}, State.UNREACHABLE, None),
        (a_wecom_robot, {"errcode": "0"}, State.UNREACHABLE, None),
    ],
)
async def test_the_platforms_numbers_are_understood(
    sink: Sink,
    wire: Wire,
    message: Message,
    make: Callable[[Sink, Wire], Channel],
    body: dict[str, object],
    state: State,
    wait: int,
) -> None:
    sink.answer(says(body))

    outcome = await make(sink, wire).send(message, "lin")

    assert outcome.state is state
    assert outcome.retry_after == (timedelta(seconds=wait) if wait else None)


async def test_wecom_signs_in_once_for_many_messages(sink: Sink, wire: Wire, message: Message) -> None:
    app = a_wecom_app(sink, wire)

    outcomes = [await app.send(message, "lin") for _ in range(3)]

    assert [outcome.provider_id for outcome in outcomes] == ["wecom-msg-1"] * 3
    assert sink.other_requests == [f"/cgi-bin/gettoken?corpid=corp-1&corpsecret={SECRET}"]
    assert {attempt.query["access_token"] for attempt in sink.attempts} == {"token-of-the-sink"}
    # The same message is the same request to the byte: that is what WeCom's own duplicate check compares.
    assert len({attempt.body for attempt in sink.attempts}) == 1
    assert sink.attempts[0].json["enable_duplicate_check"] == 1


async def test_wecom_signs_in_again_when_the_token_is_taken_back(
    sink: Sink, wire: Wire, message: Message
) -> None:
    app = a_wecom_app(sink, wire)
    sink.answer(says({"errcode": 42001, "errmsg": "access_token expired"}), channel="wecom_app", times=1)

    outcome = await app.send(message, "lin")

    assert outcome.state is State.DELIVERED
    assert len(sink.other_requests) == 2
    assert sink.count(message.key) == 1


async def test_a_token_that_is_always_stale_is_given_up(sink: Sink, wire: Wire, message: Message) -> None:
    sink.answer(says({"errcode": 40014, "errmsg": "invalid access_token"}))

    outcome = await a_wecom_app(sink, wire).send(message, "lin")

    assert outcome.state is State.REFUSED
    assert len(sink.attempts) == 2


async def test_a_wrong_secret_is_said_to_be_the_sign_in(sink: Sink, wire: Wire, message: Message) -> None:
    sink.answer(says({"errcode": 40001, "errmsg": f"invalid secret {SECRET}"}), channel="wecom_token")

    outcome = await a_wecom_app(sink, wire).send(message, "lin")

    assert outcome.state is State.REFUSED
    assert outcome.detail == "sign-in: code 40001: invalid secret ***"


async def test_a_sign_in_that_fails_for_now_is_tried_again(sink: Sink, wire: Wire, message: Message) -> None:
    sink.answer(error(502), channel="wecom_token", times=1)
    app = a_wecom_app(sink, wire)

    first = await app.send(message, "lin")
    second = await app.send(message, "lin")

    assert (first.state, first.uncertain) == (State.UNREACHABLE, False)
    assert second.state is State.DELIVERED


async def test_without_a_link_wecom_gets_plain_text(sink: Sink, wire: Wire) -> None:
    await a_wecom_app(sink, wire).send(Message("提醒", "文" * 1000, None, "k"), "lin")

    body = sink.attempts[0].json
    assert body["msgtype"] == "text"
    assert body["text"]["content"].startswith("提醒\n文文")
    assert len(body["text"]["content"].encode()) <= 2048


async def test_a_card_fits_and_is_never_empty(sink: Sink, wire: Wire) -> None:
    app = a_wecom_app(sink, wire)
    await app.send(Message("长" * 100, "文" * 1000, "https://a.example/1", "k"), "lin")
    await app.send(Message("提醒", "", "https://a.example/1", "k"), "lin")

    long, empty = (attempt.json["textcard"] for attempt in sink.attempts)
    assert len(long["title"].encode()) <= 128
    assert len(long["description"].encode()) <= 512
    assert empty["description"] == "提醒"
