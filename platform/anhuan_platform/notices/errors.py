"""What the room of notices declines."""

from anhuan_infra.errors import BadInput, Conflict, Refused


class SecretNeeded(Refused):
    """The channel would send to another place ({field} changed), so its secrets must be entered again."""

    code = "SECRET_NEEDED"
    zh = "渠道的发送目标已变更（{field}），请重新填写密钥。"


class ChannelKindFixed(Conflict):
    """The channel {id} is of another kind; remove it first or choose another code."""

    code = "CHANNEL_KIND_FIXED"
    zh = "渠道 {id} 属于其他类型，请先删除或更换编码。"


class TooManyChannels(Refused):
    """A company can have {most} notice channels; remove one first."""

    code = "TOO_MANY_CHANNELS"
    zh = "每家企业最多 {most} 个通知渠道，请先删除不用的渠道。"


class ChannelUnknown(BadInput):
    """There is no notice channel {channel}."""

    code = "CHANNEL_UNKNOWN"
    zh = "没有名为 {channel} 的通知渠道。"


class QuietHoursIncomplete(BadInput):
    """Quiet hours need both a beginning and an end, written HH:MM."""

    code = "QUIET_HOURS_INCOMPLETE"
    zh = "免打扰时段须同时填写开始和结束时间（HH:MM）。"
