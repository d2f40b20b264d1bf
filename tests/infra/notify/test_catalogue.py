"""The catalogue builds what an administrator filled in, names what is wrong, and every kind keeps the interface."""

from typing import Any, cast

import pytest
from apprise.manager_plugins import NotificationManager

from anhuan_infra.notify import catalogue
from anhuan_infra.notify.catalogue import ChannelConfigInvalid
from anhuan_infra.notify.channel import Channel, NullChannel, Outcome, State
from anhuan_infra.notify.egress import Egress
from anhuan_infra.notify.long_tail import TENANT_SCHEMES, LongTail
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.wire import Wire
from tests.support.sink import DROP, HANG, Reply, Sink, error

# Among the services that apprise loads there is one that still uses a module on its way out of Python.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")

GOOD = {
    "email": {"host": "mail.example", "sender": "bot@anhuan.example"},
    "wecom_robot": {"url": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"},
    "wecom_app": {"corp_id": "c", "agent_id": "1", "secret": "s"},
    "dingtalk_robot": {"url": "https://oapi.dingtalk.com/robot/send?access_token=t"},
    "feishu_robot": {"url": "https://open.feishu.cn/open-apis/bot/v2/hook/t", "secret": "s"},
    "webhook": {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
    "sms_aliyun": {"access_key": "a", "secret": "s", "sign_name": "安环", "template": "SMS_1"},
    "sms_tencent": {"secret_id": "a", "secret_key": "s", "app_id": "1", "sign_name": "安环", "template": "1"},
    "apprise": {"service": "schan://token"},
}


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_each_kind_is_built_and_keeps_the_interface(wire: Wire, kind: str) -> None:
    channel = catalogue.build(kind, GOOD[kind], wire)

    assert isinstance(channel, Channel)
    assert channel.kind == kind


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_each_required_setting_is_missed_by_name(wire: Wire, kind: str) -> None:
    for name in GOOD[kind]:
        field = next(field for field in catalogue.KINDS[kind].fields if field.name == name)
        if not field.required:
            continue
        with pytest.raises(ChannelConfigInvalid) as missed:
            catalogue.build(kind, {**GOOD[kind], name: " "}, wire)
        assert missed.value.path == name
        assert name in missed.value.message("zh")
        assert name in missed.value.message("en")


@pytest.mark.parametrize("kind", catalogue.KINDS)
def test_what_signs_in_is_marked_as_secret(kind: str) -> None:
    telling = {"secret", "password", "secret_key", "url", "service"}

    for field in catalogue.KINDS[kind].fields:
        assert field.secret == (field.name in telling), field.name
        assert field.zh and field.en


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("email", "port", "mail"),
        ("email", "port", "²"),
        ("email", "security", "ssl"),
        ("email", "sender", "bot@"),
        ("wecom_robot", "url", "http://10.0.0.1/"),
        ("wecom_robot", "url", "ftp://a.example/"),
        ("dingtalk_robot", "url", "not a url"),
        ("wecom_app", "agent_id", "one"),
        ("wecom_app", "home", "http://169.254.169.254/"),
        ("webhook", "secret", "whsec_%%%"),
        ("webhook", "secret", "whsec_"),
        ("sms_aliyun", "variables", "password:20"),
        ("sms_aliyun", "variables", "title:0"),
        ("sms_aliyun", "variables", "title:"),
        ("sms_aliyun", "endpoint", "https://127.0.0.1/"),
        ("sms_tencent", "endpoint", "https://[::1]/"),
    ],
)
async def test_a_setting_that_cannot_be_used_is_named(kind: str, name: str, value: str) -> None:
    async with Wire(Egress()) as guarded:
        with pytest.raises(ChannelConfigInvalid) as named:
            catalogue.build(kind, {**GOOD[kind], name: value}, guarded)

    assert named.value.path == name


def test_a_password_needs_a_secure_line(wire: Wire) -> None:
    with pytest.raises(ChannelConfigInvalid) as named:
        catalogue.build("email", {**GOOD["email"], "security": "none", "password": "pw"}, wire)

    assert named.value.path == "password"


def test_an_unknown_kind_is_refused(wire: Wire) -> None:
    with pytest.raises(ChannelConfigInvalid) as named:
        catalogue.build("pigeon", {}, wire)

    assert named.value.path == "kind"


async def test_template_variables_may_have_names_of_their_own(
    sink: Sink, wire: Wire, message: Message
) -> None:
    config = {**GOOD["sms_aliyun"], "variables": "what=title:6, note=body", "endpoint": sink.url}

    await catalogue.build("sms_aliyun", config, wire).send(message, "13800001111")

    assert (
        sink.attempts[0].query["TemplateParam"]
        == '{"what": "A级隐患：…", "note": "三号冲床防护罩被拆除，请立即停机整改。"}'
    )


@pytest.mark.parametrize("kind", catalogue.KINDS)
async def test_no_message_or_address_makes_a_channel_raise(kind: str) -> None:
    nasty = [
        "",
        "\x00",
        "\ud800",
        "\u202e",
        "' OR 1=1 --",
        "${jndi:ldap://x}",
        "a" * 200_000,
        "👷🏽‍♀️",
        "\r\nX: y",
        "<@all>",
    ]

    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no name server")

    async with Wire(Egress(resolve=nowhere), total=2) as wire:
        if kind == "apprise":
            channel: Channel = LongTail(wire, "json://127.0.0.1/")
        else:
            channel = catalogue.build(kind, GOOD[kind], wire)
        for text in nasty:
            for address in (text, "lin", "lin@plant.example", "13800001111", "https://hook.example/"):
                outcome = await channel.send(Message(text, text, None, "k"), address)
                assert isinstance(outcome, Outcome)
                assert not outcome.is_done


async def test_the_null_channel_is_a_channel_and_remembers(message: Message) -> None:
    null = NullChannel()
    null.answers.append(Outcome(State.REFUSED, detail="told to"))

    first = await null.send(message, "lin")
    second = await null.send(message, "wei")

    assert isinstance(null, Channel)
    assert (first.detail, second.state) == ("told to", State.DELIVERED)
    assert null.sent == [(message, "lin"), (message, "wei")]


async def test_the_long_tail_reaches_a_service_of_the_operator(
    sink: Sink, wire: Wire, message: Message
) -> None:
    service = LongTail(wire, sink.url.replace("http://", "json://"), trusted=True)

    outcome = await service.send(message, "")

    assert outcome.state is State.ACCEPTED
    assert sink.attempts[0].json["title"] == message.title
    assert sink.attempts[0].json["type"] == "warning"


@pytest.mark.parametrize("reply", [error(500), error(403), DROP, HANG], ids=lambda reply: reply.name)
async def test_a_no_of_the_long_tail_has_no_reason_and_is_tried_again(
    sink: Sink, wire: Wire, message: Message, reply: Reply
) -> None:
    sink.answer(reply)
    wire.total = 4 if reply is not HANG else 0.5
    service = LongTail(wire, sink.url.replace("http://", "json://"), trusted=True)

    outcome = await service.send(message, "")

    assert (outcome.state, outcome.uncertain) == (State.UNREACHABLE, True)


@pytest.mark.parametrize(
    "url",
    ["json://127.0.0.1/", "xml://a.example/", "mailto://a:b@c.example", "syslog://", "dbus://", "x", ""],
)
async def test_a_tenant_may_not_name_a_host_through_the_long_tail(
    sink: Sink, message: Message, url: str
) -> None:
    async with Wire(Egress()) as wire:
        outcome = await catalogue.build("apprise", {"service": url or "?"}, wire).send(message, "")

    assert outcome.state is State.REFUSED


def test_what_a_tenant_may_name_has_its_host_fixed_by_apprise() -> None:
    plugins: Any = cast(Any, NotificationManager)()
    for scheme in TENANT_SCHEMES:
        plugin = plugins[scheme]
        assert "host" not in "".join(map(str, plugin.templates))
        assert plugin.notify_url.startswith("https://")


async def test_a_service_url_that_apprise_cannot_read_is_refused(wire: Wire, message: Message) -> None:
    outcome = await LongTail(wire, "schan://", trusted=False).send(message, "")

    assert (outcome.state, outcome.detail) == (State.REFUSED, "apprise cannot read the service URL")
