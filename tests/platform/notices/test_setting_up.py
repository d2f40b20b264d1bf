"""Setting channels up: by who manages them, with secrets that never come out and addresses that lead nowhere inside."""

import re
from typing import Any

import pytest
from sqlalchemy import select, text, update

from anhuan_infra.errors import Forbidden, Refused
from anhuan_infra.notify.catalogue import ChannelConfigInvalid
from anhuan_infra.notify.egress import Egress
from anhuan_infra.notify.wire import Wire
from anhuan_infra.settings import Settings
from anhuan_platform.notices import channels, service, tools
from anhuan_platform.notices.errors import ChannelKindFixed, ChannelUnknown, SecretNeeded
from anhuan_platform.notices.models import Channel, Reach
from anhuan_platform.notices.sealing import Seal, SealBroken
from tests.platform.notices.world import PASSWORD, SIGNING, World
from tests.support.sink import error

INSIDE = (
    "http://127.0.0.1/x",
    "http://169.254.169.254/latest/meta-data",
    "http://10.0.0.8/",
    "http://[::1]/",
    "http://0x7f.1/",
    "https://user:pw@example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "https://example.com:6379/",
    "",
)


async def test_only_who_manages_channels_sets_them_up(world: World) -> None:
    officer = await world.company.person("魏建国", "hq_safety_officer")

    for person in (world.lin, officer):
        async with world.company.work(person) as work:
            for attempt in (
                channels.set_channel(work, "mail", "email", name="m", settings={}),
                channels.remove_channel(work, "mail"),
                channels.test_channel(work, "mail"),
                channels.listing(work),
            ):
                with pytest.raises(Forbidden):
                    await attempt
    assert await world.shown() == []


async def test_what_is_secret_is_sealed_and_never_shown(world: World, settings: Settings) -> None:
    await world.sms()

    (shown,) = await world.shown()
    assert shown.secrets == ("secret",)
    assert shown.settings["access_key"] == "ak-1"
    assert PASSWORD not in repr(shown)
    async with world.company.house() as work:
        row = (await work.session.scalars(select(Channel))).one()
        record = await work.session.scalars(text("select body::text from record_entries"))
        assert row.secret is not None
        assert PASSWORD.encode() not in row.secret and PASSWORD not in str(row.settings)
        assert not any(PASSWORD in body for body in record)


async def test_a_sealed_secret_opens_for_its_own_channel_and_company_only(world: World) -> None:
    seal, other = Seal(b"k" * 32), Seal(b"j" * 32)
    sealed = seal.close(world.company.id, "sms", {"secret": PASSWORD})
    assert sealed is not None

    assert seal.open(world.company.id, "sms", sealed) == {"secret": PASSWORD}
    assert seal.close(world.company.id, "sms", {"secret": PASSWORD}) != sealed
    for opener, tenant, code, what in (
        (seal, world.company.id, "mail", sealed),
        (seal, world.lin, "sms", sealed),
        (other, world.company.id, "sms", sealed),
        (seal, world.company.id, "sms", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (seal, world.company.id, "sms", sealed[:5]),
    ):
        with pytest.raises(SealBroken):
            opener.open(tenant, code, what)


async def test_a_secret_that_is_left_out_stays(world: World) -> None:
    await world.sms()
    async with world.company.work() as work:
        before = (await channels.listing(work))[0].settings
        await channels.set_channel(work, "sms", "sms_aliyun", name="短信", settings=before, rank=1)

    key = await world.tell()
    await world.carry()

    assert (await world.shown())[0].name == "短信"
    assert await world.tried(key) == [("sms", "accepted")]


async def test_a_stored_secret_is_not_sent_to_a_place_that_was_changed_afterwards(world: World) -> None:
    await world.sms()
    async with world.company.work() as work:
        before = (await channels.listing(work))[0].settings
        elsewhere = before | {"endpoint": "https://evil.example"}
        with pytest.raises(SecretNeeded) as refused:
            await channels.set_channel(work, "sms", "sms_aliyun", name="sms", settings=elsewhere)

    assert (refused.value.code, refused.value.path) == ("SECRET_NEEDED", "settings.secret")
    assert (await world.shown())[0].settings == before


@pytest.mark.parametrize("url", INSIDE)
async def test_no_company_calls_into_the_network_of_the_installation(
    world: World, settings: Settings, url: str
) -> None:
    async with Wire(Egress()) as shut:
        tools.equip(settings, shut)
        async with world.company.work() as work:
            for kind, given in (
                ("webhook", {"url": url, "secret": SIGNING}),
                ("wecom_robot", {"url": url}),
            ):
                with pytest.raises(ChannelConfigInvalid) as refused:
                    await channels.set_channel(work, "hook", kind, name="hook", settings=given)
                assert refused.value.facts["field"] == "url"
    assert await world.shown() == []


async def test_an_address_that_became_forbidden_is_refused_at_the_call_too(
    world: World, settings: Settings
) -> None:
    await world.hook()
    key = await world.tell()
    async with Wire(Egress()) as shut:
        tools.equip(settings, shut)
        await world.carry()

    (attempt,) = await world.attempts(await world.notice(key))
    assert (attempt.state, attempt.detail) == ("refused", "address not allowed: address")
    assert world.sink.attempts == []


@pytest.mark.parametrize(
    ("code", "kind", "given", "refusal", "path"),
    [
        ("mail", "pigeon", {}, "CHANNEL_CONFIG_INVALID", "kind"),
        ("Mail!", "email", {}, "BAD_INPUT", "code"),
        ("mail", "email", {"host": "m.example"}, "CHANNEL_CONFIG_INVALID", "sender"),
        ("mail", "email", {"host": "m.example", "sender": "no mailbox"}, "CHANNEL_CONFIG_INVALID", "sender"),
        ("mail", "email", {"colour": "red"}, "CHANNEL_CONFIG_INVALID", "settings"),
        ("mail", "email", {"host": "a\x00b", "sender": "a@b.example"}, "BAD_INPUT", "settings.host"),
        ("mail", "email", {"host": "x" * 5000, "sender": "a@b.example"}, "BAD_INPUT", "settings.host"),
        (
            "app",
            "wecom_app",
            {"corp_id": "c", "agent_id": "1", "secret": "s", "userid": "phone"},
            "CHANNEL_CONFIG_INVALID",
            "settings.userid",
        ),
        ("hook", "webhook", {"url": "https://a.example"}, "CHANNEL_CONFIG_INVALID", "secret"),
    ],
)
async def test_a_channel_that_cannot_work_is_refused_with_the_field(
    world: World, code: str, kind: str, given: dict[str, str], refusal: str, path: str
) -> None:
    async with world.company.work() as work:
        with pytest.raises(Refused) as refused:
            await channels.set_channel(work, code, kind, name="渠道", settings=given)

    assert (refused.value.code, refused.value.path) == (refusal, path)
    assert await world.shown() == []


async def test_a_channel_keeps_its_kind(world: World) -> None:
    await world.email()

    with pytest.raises(ChannelKindFixed):
        await world.set_up("mail", "webhook", url="https://a.example", secret=SIGNING)


async def test_removing_a_channel_forgets_its_secret_and_keeps_what_it_did(world: World) -> None:
    await world.sms()
    key = await world.tell()
    await world.carry()

    await world.remove("sms")
    await world.remove("sms")

    assert await world.shown() == []
    assert await world.tried(key) == [("sms", "accepted")]


async def test_a_channel_is_tried_out_on_its_administrator_alone_even_while_it_is_off(world: World) -> None:
    await world.sms()
    mail = {"host": world.sink.smtp_host, "port": str(world.sink.smtp_port), "security": "none"}
    async with world.company.work() as work:
        await channels.set_channel(
            work, "mail", "email", name="邮件", settings=mail | {"sender": "bot@anhuan.example"}, is_on=False
        )
        notice = await channels.test_channel(work, "mail")
    await world.carry()

    async with world.company.work() as work:
        tries = await service.attempts(work, notice.id)
        assert [(a.channel, a.state, a.address) for a in tries] == [
            ("mail", "accepted", "z***@plant.example")
        ]
    (seen,) = world.sink.deliveries
    assert "邮件" in seen.mail.get_content()
    (first, _) = await world.shown()
    assert (first.code, first.is_on, first.problem) == ("mail", False, None)


async def test_a_failed_trial_says_why_and_is_not_repeated(world: World) -> None:
    await world.hook()
    world.sink.answer(error(500))
    async with world.company.work() as work:
        notice = await channels.test_channel(work, "hook")

    await world.carry()
    await world.pass_time(86_400)
    again = await world.carry()

    stored = await world.notice(notice.key, world.company.founder_id)
    assert again == 0
    assert (stored.reach, stored.next_at) == (Reach.UNDELIVERED, None)
    assert (await world.shown())[0].problem == "http 500"


async def test_a_channel_that_is_not_there_cannot_be_tried(world: World) -> None:
    async with world.company.work() as work:
        with pytest.raises(ChannelUnknown):
            await channels.test_channel(work, "mail")


async def test_everybody_may_choose_among_what_is_on_and_sees_no_more(world: World) -> None:
    await world.sms()
    await world.email()
    async with world.company.house() as work:
        await work.session.execute(update(Channel).where(Channel.code == "mail").values(is_on=False))

    async with world.company.work(world.lin) as work:
        found: Any = await channels.choices(work)

    assert found == [channels.Choice("sms", "sms_aliyun", "sms")]


async def test_secrets_that_do_not_open_any_more_fail_in_the_open(world: World) -> None:
    await world.sms()
    async with world.company.house() as work:
        await work.session.execute(update(Channel).values(secret=b"\x01" + b"x" * 40))

    key = await world.tell()
    await world.carry()

    (attempt,) = await world.attempts(await world.notice(key))
    assert attempt.state == "refused"
    assert attempt.detail is not None and re.search("enter them again", attempt.detail)
