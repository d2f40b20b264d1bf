"""Every kind of channel: what an administrator fills in for it, what an address is there, and how it is built."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Literal, cast, get_args

from standardwebhooks.webhooks import EmptyWebhookSecretError

from anhuan_infra.errors import Refused
from anhuan_infra.notify.aliyun import ENDPOINT as ALIYUN
from anhuan_infra.notify.aliyun import AliyunSms
from anhuan_infra.notify.channel import Channel
from anhuan_infra.notify.dingtalk import DingTalkRobot
from anhuan_infra.notify.egress import EgressRefused
from anhuan_infra.notify.feishu import FeishuRobot
from anhuan_infra.notify.long_tail import LongTail
from anhuan_infra.notify.mail import Mail, MailServer, is_mailbox
from anhuan_infra.notify.sms import Sms, Template, Variable
from anhuan_infra.notify.tencent import ENDPOINT as TENCENT
from anhuan_infra.notify.tencent import TencentSms
from anhuan_infra.notify.webhook import Webhook
from anhuan_infra.notify.wecom import HOME as WECOM
from anhuan_infra.notify.wecom import WeComApp, WeComRobot
from anhuan_infra.notify.wire import Wire

Config = Mapping[str, str]
Security = Literal["tls", "starttls", "none"]


class ChannelConfigInvalid(Refused):
    """The setting {field} of this channel is missing or cannot be used."""

    code: ClassVar[str] = "CHANNEL_CONFIG_INVALID"
    zh: ClassVar[str] = "该通知渠道的设置项 {field} 缺失或无效。"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in."""

    name: str
    zh: str
    en: str
    secret: bool = False
    """Stored encrypted, never shown again."""
    required: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of channel, as an administrator sees it."""

    name: str
    zh: str
    en: str
    address_zh: str
    """What is needed of a person to be reached here; empty where the channel reaches a group or a system."""
    address_en: str
    fields: tuple[Field, ...]
    carries_key: bool
    """Whether a second attempt of the same notice can be known as the same on the other side."""
    make: Callable[[Wire, Config], Channel]


def build(kind: str, config: Config, wire: Wire) -> Channel:
    """The channel of this kind with these settings; `ChannelConfigInvalid` names the first setting that cannot be used."""
    made = KINDS.get(kind)
    if made is None:
        raise ChannelConfigInvalid(field="kind", path="kind")
    known = {field.name: config.get(field.name, "").strip() or field.default for field in made.fields}
    for field in made.fields:
        value = known[field.name]
        if field.required and not value:
            raise ChannelConfigInvalid(field=field.name, path=field.name)
        if field.name in _URLS and value:
            try:
                wire.egress.check(value)
            except EgressRefused as error:
                raise ChannelConfigInvalid(field=field.name, path=field.name, reason=error.reason) from error
    return made.make(wire, known)


def _bad(field: str) -> ChannelConfigInvalid:
    return ChannelConfigInvalid(field=field, path=field)


def _number(config: Config, field: str) -> int:
    value = config[field]
    if not value.isascii() or not value.isdecimal() or len(value) > 12:
        raise _bad(field)
    return int(value)


def _mail(wire: Wire, config: Config) -> Channel:
    if config["security"] not in get_args(Security):
        raise _bad("security")
    if not is_mailbox(config["sender"]):
        raise _bad("sender")
    port = _number(config, "port")
    try:
        server = MailServer(
            host=config["host"],
            port=port,
            sender=config["sender"],
            user=config["user"],
            password=config["password"],
            security=cast(Security, config["security"]),
        )
    except ValueError as error:
        raise _bad("password") from error
    return Mail(wire, server)


def _webhook(wire: Wire, config: Config) -> Channel:
    try:
        return Webhook(wire, config["secret"])
    except (ValueError, EmptyWebhookSecretError) as error:
        raise _bad("secret") from error


def _template(config: Config) -> Template:
    """`title:20,body:35`: the blanks in the order of the registered template; `name=body:35` where names differ."""
    variables: list[Variable] = []
    for part in config["variables"].split(","):
        read = _VARIABLE.fullmatch(part.strip())
        if read is None:
            raise _bad("variables")
        source: Literal["title", "body"] = "title" if read["source"] == "title" else "body"
        variables.append(Variable(read["name"] or source, source, int(read["limit"] or 35)))
    return Template(config["sign_name"], config["template"], tuple(variables))


def _aliyun(wire: Wire, config: Config) -> Channel:
    sender = AliyunSms(wire, config["access_key"], config["secret"], endpoint=config["endpoint"])
    return Sms(sender, _template(config))


def _tencent(wire: Wire, config: Config) -> Channel:
    sender = TencentSms(
        wire,
        config["secret_id"],
        config["secret_key"],
        config["app_id"],
        region=config["region"],
        endpoint=config["endpoint"],
    )
    return Sms(sender, _template(config))


def _wecom_app(wire: Wire, config: Config) -> Channel:
    return WeComApp(
        wire, config["corp_id"], _number(config, "agent_id"), config["secret"], home=config["home"]
    )


_VARIABLE = re.compile(r"((?P<name>\w{1,32})=)?(?P<source>title|body)(:(?P<limit>[1-9][0-9]{0,3}))?")
_URLS = frozenset({"url", "endpoint", "home"})
_ROBOT_URL = Field("url", "机器人 Webhook 地址", "Robot webhook URL", secret=True)
_SIGN = Field("secret", "加签密钥", "Signing secret", secret=True, required=False)
_SMS = (
    Field("sign_name", "短信签名", "Signature"),
    Field("template", "模板编号", "Template code"),
    Field("variables", "模板变量", "Template variables", default="title:20,body:35"),
)
_PHONE = ("手机号", "Mobile number")

_ALL = (
    Kind(
        "email",
        "电子邮件",
        "E-mail",
        "邮箱",
        "Mailbox",
        (
            Field("host", "服务器", "Server"),
            Field("port", "端口", "Port", default="587"),
            Field(
                "security",
                "加密方式（tls、starttls、none）",
                "Security (tls, starttls, none)",
                default="starttls",
            ),
            Field("sender", "发件邮箱", "Sender"),
            Field("user", "账号", "Account", required=False),
            Field("password", "密码", "Password", secret=True, required=False),
        ),
        True,
        _mail,
    ),
    Kind(
        "wecom_robot",
        "企业微信群机器人",
        "WeCom group robot",
        "成员 userid（可空）",
        "Member's userid (optional)",
        (_ROBOT_URL,),
        False,
        lambda wire, config: WeComRobot(wire, config["url"]),
    ),
    Kind(
        "wecom_app",
        "企业微信应用消息",
        "WeCom application",
        "成员 userid",
        "Member's userid",
        (
            Field("corp_id", "企业 ID", "Corp ID"),
            Field("agent_id", "应用 AgentId", "Agent ID"),
            Field("secret", "应用 Secret", "Application secret", secret=True),
            Field("home", "接口地址", "API address", required=False, default=WECOM),
        ),
        True,
        _wecom_app,
    ),
    Kind(
        "dingtalk_robot",
        "钉钉群机器人",
        "DingTalk group robot",
        "成员手机号（可空）",
        "Member's mobile (optional)",
        (_ROBOT_URL, _SIGN),
        False,
        lambda wire, config: DingTalkRobot(wire, config["url"], config["secret"]),
    ),
    Kind(
        "feishu_robot",
        "飞书群机器人",
        "Feishu group robot",
        "成员 open_id（可空）",
        "Member's open_id (optional)",
        (_ROBOT_URL, _SIGN),
        False,
        lambda wire, config: FeishuRobot(wire, config["url"], config["secret"]),
    ),
    Kind(
        "webhook",
        "Webhook（标准签名）",
        "Webhook (Standard Webhooks)",
        "接收地址",
        "Receiver's URL",
        (Field("secret", "签名密钥", "Signing secret", secret=True),),
        True,
        _webhook,
    ),
    Kind(
        "sms_aliyun",
        "短信（阿里云）",
        "SMS (Aliyun)",
        *_PHONE,
        (
            Field("access_key", "AccessKey ID", "AccessKey ID"),
            Field("secret", "AccessKey Secret", "AccessKey secret", secret=True),
            *_SMS,
            Field("endpoint", "接口地址", "API address", required=False, default=ALIYUN),
        ),
        True,
        _aliyun,
    ),
    Kind(
        "sms_tencent",
        "短信（腾讯云）",
        "SMS (Tencent Cloud)",
        *_PHONE,
        (
            Field("secret_id", "SecretId", "SecretId"),
            Field("secret_key", "SecretKey", "SecretKey", secret=True),
            Field("app_id", "SdkAppId", "SdkAppId"),
            *_SMS,
            Field("region", "地域", "Region", required=False, default="ap-guangzhou"),
            Field("endpoint", "接口地址", "API address", required=False, default=TENCENT),
        ),
        True,
        _tencent,
    ),
    Kind(
        "apprise",
        "其他服务（apprise 地址）",
        "Other service (apprise URL)",
        "",
        "",
        (Field("service", "apprise 地址", "Apprise URL", secret=True),),
        False,
        lambda wire, config: LongTail(wire, config["service"]),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""By name, in the order in which they are offered."""
