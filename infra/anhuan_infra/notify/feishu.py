"""Feishu (飞书) and Lark: the custom robot of a group."""

from datetime import timedelta

import httpx

from anhuan_infra.notify.channel import Channel, Outcome, refused
from anhuan_infra.notify.message import Message, clip, inert, one_line
from anhuan_infra.notify.robots import EVERYONE, Codes, hmac_base64, is_person
from anhuan_infra.notify.wire import Wire

# A robot may speak 5 times a second and 100 times a minute.
_LATER = timedelta(seconds=60)
_CODES = Codes(
    # The older form of the answer has capitals.
    code=("code", "StatusCode"),
    text=("msg", "StatusMessage"),
    later={11232: _LATER, 11247: _LATER, 99991400: _LATER},
)
_TEXT_LIMIT = 12_000  # Feishu takes 20 KB of request; JSON escapes need room
_TITLE_LIMIT = 256


class FeishuRobot:
    """Posts to one group. Address: the open_id or user_id of the member to mention, `@all`, or nothing.

    Carries no key: Feishu has no place for one, so a repeated message is read twice.
    """

    kind = "feishu_robot"

    def __init__(self, wire: Wire, url: str, secret: str = "") -> None:
        self._wire = wire
        self._url = url
        self._token = httpx.URL(url).path.rpartition("/")[2]
        self._secret = secret

    async def send(self, message: Message, address: str) -> Outcome:
        """Delivered once Feishu has put it into the group."""
        if address and address != EVERYONE and not is_person(address):
            return refused("the address is not a Feishu id")
        lines: list[list[dict[str, str]]] = [
            [{"tag": "text", "text": clip(inert(message.body), _TEXT_LIMIT)}]
        ]
        if message.url:
            lines.append([{"tag": "a", "text": "查看详情", "href": message.url}])
        if address:
            lines.append([{"tag": "at", "user_id": "all" if address == EVERYONE else address}])
        title = clip(inert(one_line(message.title)), _TITLE_LIMIT)
        body: dict[str, object] = {
            "msg_type": "post",
            "content": {"post": {"zh_cn": {"title": title, "content": lines}}},
        }
        if self._secret:
            at = str(int(self._wire.now().timestamp()))
            # Feishu's own idea: the text is the key, and the message that is signed is empty.
            body |= {"timestamp": at, "sign": hmac_base64(f"{at}\n{self._secret}", "")}
        answer = await self._wire.post_json(self._url, body, key=message.key)
        return (
            answer if isinstance(answer, Outcome) else _CODES.read(answer, self._token, self._secret, address)
        )


_: type[Channel] = FeishuRobot
