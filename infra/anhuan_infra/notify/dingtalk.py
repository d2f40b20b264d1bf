"""DingTalk (钉钉): the signed group robot."""

from datetime import timedelta

import httpx

from anhuan_infra.notify.channel import Channel, Outcome, refused
from anhuan_infra.notify.message import Message, clip, fit, inert, link, one_line
from anhuan_infra.notify.robots import EVERYONE, Codes, hmac_base64, is_person
from anhuan_infra.notify.wire import Wire

# A robot may speak 20 times a minute; beyond that DingTalk silences it for ten minutes.
_SILENCED = timedelta(minutes=10)
_CODES = Codes(
    code=("errcode",),
    text=("errmsg",),
    later={-1: None, 88: _SILENCED, 90018: _SILENCED, 130101: _SILENCED, 410100: _SILENCED},
)
_TEXT_LIMIT = 15_000  # DingTalk takes 20,000 bytes of request; JSON escapes need room
_TITLE_LIMIT = 128


class DingTalkRobot:
    """Posts to one group. Address: the mobile of the member to mention, `@all`, or nothing.

    Carries no key: DingTalk has no place for one, so a repeated message is read twice. Without a secret the robot
    must be set to filter by keyword or by source address instead.
    """

    kind = "dingtalk_robot"

    def __init__(self, wire: Wire, url: str, secret: str = "") -> None:
        self._wire = wire
        self._url = httpx.URL(url)
        self._token = self._url.params.get("access_token", "")
        self._secret = secret

    async def send(self, message: Message, address: str) -> Outcome:
        """Delivered once DingTalk has put it into the group."""
        if address and address != EVERYONE and not is_person(address):
            return refused("the address is not a mobile number")
        mention = address if address != EVERYONE else ""
        title = inert(one_line(message.title))
        tail = f"\n\n[查看详情]({link(message.url)})" if message.url else ""
        # A mention works only where the text names the same mobile.
        tail += f"\n\n@{mention}" if mention else ""
        text = fit(f"### {title}\n\n", inert(message.body).replace("\n", "  \n"), tail, _TEXT_LIMIT)
        body: dict[str, object] = {
            "msgtype": "markdown",
            "markdown": {"title": clip(title, _TITLE_LIMIT), "text": text},
            "at": {"atMobiles": [mention] if mention else [], "isAtAll": address == EVERYONE},
        }
        answer = await self._wire.post_json(str(self._signed_url()), body, key=message.key)
        return (
            answer if isinstance(answer, Outcome) else _CODES.read(answer, self._token, self._secret, mention)
        )

    def _signed_url(self) -> httpx.URL:
        if not self._secret:
            return self._url
        at = str(int(self._wire.now().timestamp() * 1000))
        sign = hmac_base64(self._secret, f"{at}\n{self._secret}")
        return self._url.copy_merge_params({"timestamp": at, "sign": sign})


_: type[Channel] = DingTalkRobot
