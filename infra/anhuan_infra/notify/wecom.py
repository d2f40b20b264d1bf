"""WeCom (企业微信): the group robot, and messages of a self-built application to single members."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

import httpx

from anhuan_infra.notify.channel import Channel, Outcome, State, refused, unreachable
from anhuan_infra.notify.message import Message, clip, fit, inert, link, one_line
from anhuan_infra.notify.robots import EVERYONE, Codes, is_person
from anhuan_infra.notify.wire import Wire

HOME = "https://qyapi.weixin.qq.com"
_CODES = Codes(
    code=("errcode",),
    text=("errmsg",),
    # Busy; too often (a robot may speak 20 times a minute); too many at once.
    later={-1: None, 45009: timedelta(seconds=60), 45033: timedelta(seconds=5)},
)
_STALE_TOKEN = frozenset({40001, 40014, 42001})
_MARKDOWN_LIMIT = 4096
_TITLE_LIMIT = 128
_CARD_LIMIT = 512
_TEXT_LIMIT = 2048


class WeComRobot:
    """Posts to one group. Address: the member's userid to mention, `@all`, or nothing.

    Carries no key: WeCom has no place for one, so a repeated message is read twice.
    """

    kind = "wecom_robot"

    def __init__(self, wire: Wire, url: str) -> None:
        self._wire = wire
        self._url = url
        self._key = httpx.URL(url).params.get("key", "")

    async def send(self, message: Message, address: str) -> Outcome:
        """Delivered once WeCom has put it into the group."""
        if address and address != EVERYONE and not is_person(address):
            return refused("the address is not a WeCom userid")
        head = f"**{inert(one_line(message.title))}**\n"
        tail = f"\n[查看详情]({link(message.url)})" if message.url else ""
        tail += f"\n<@{'all' if address == EVERYONE else address}>" if address else ""
        content = fit(head, inert(message.body), tail, _MARKDOWN_LIMIT)
        body = {"msgtype": "markdown", "markdown": {"content": content}}
        answer = await self._wire.post_json(self._url, body, key=message.key)
        return answer if isinstance(answer, Outcome) else _CODES.read(answer, self._key, address)


@dataclass(frozen=True, slots=True)
class _Token:
    value: str
    until: datetime


class WeComApp:
    """Sends to one member. Address: the userid. One instance per application, kept: it holds the access token.

    WeCom drops a message whose request it has seen within the last four hours, so an attempt may be repeated: the
    same message makes the same request.
    """

    kind = "wecom_app"

    def __init__(self, wire: Wire, corp_id: str, agent_id: int, secret: str, *, home: str = HOME) -> None:
        self._wire = wire
        self._corp_id = corp_id
        self._agent_id = agent_id
        self._secret = secret
        self._home = home.rstrip("/")
        self._token: _Token | None = None

    async def send(self, message: Message, address: str) -> Outcome:
        """Delivered once WeCom has it for this member; refused if the member is unknown, unlicensed or out of sight."""
        if not is_person(address):
            return refused("the address is not a WeCom userid")
        outcome = await self._attempt(message, address)
        if outcome is None:  # the token was taken back before its time: once more with a new one
            self._token = None
            outcome = await self._attempt(message, address)
        return outcome or refused("WeCom takes back each access token at once")

    async def _attempt(self, message: Message, address: str) -> Outcome | None:
        token = await self._access_token()
        if isinstance(token, Outcome):
            return token
        url = f"{self._home}/cgi-bin/message/send?access_token={quote(token, safe='')}"
        answer = await self._wire.post_json(url, self._request(message, address), key=message.key)
        if isinstance(answer, Outcome):
            return answer
        body = answer.json()
        if body.get("errcode") in _STALE_TOKEN:
            return None
        outcome = _CODES.read(answer, token, self._secret, self._corp_id, address)
        if outcome.state is not State.DELIVERED:
            return outcome
        for field in ("invaliduser", "unlicenseduser"):
            if address.lower() in str(body.get(field) or "").lower().split("|"):
                return refused(f"{field}: WeCom cannot give it to this member")
        return Outcome(State.DELIVERED, provider_id=str(body.get("msgid") or "") or None)

    def _request(self, message: Message, address: str) -> dict[str, object]:
        common: dict[str, object] = {
            "touser": address,
            "agentid": self._agent_id,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 14400,
        }
        title = inert(one_line(message.title))
        if message.url is None:
            text = fit(title + "\n", inert(message.body), "", _TEXT_LIMIT)
            return {**common, "msgtype": "text", "text": {"content": text}}
        card = {
            "title": clip(title, _TITLE_LIMIT),
            # An empty description is declined by WeCom.
            "description": clip(inert(message.body) or title, _CARD_LIMIT),
            "url": link(message.url),
            "btntxt": "查看详情",
        }
        return {**common, "msgtype": "textcard", "textcard": card}

    async def _access_token(self) -> str | Outcome:
        """The token in hand, or a new one; two tasks that ask at once get the same from WeCom, so no lock is needed."""
        now = self._wire.now()
        if self._token is not None and now < self._token.until:
            return self._token.value
        query = urlencode({"corpid": self._corp_id, "corpsecret": self._secret})
        answer = await self._wire.get(f"{self._home}/cgi-bin/gettoken?{query}")
        if isinstance(answer, Outcome):
            return unreachable(f"sign-in: {answer.detail}") if answer.uncertain else answer
        outcome = _CODES.read(answer, self._secret, self._corp_id)
        if outcome.state is not State.DELIVERED:
            return Outcome(
                outcome.state, detail=f"sign-in: {outcome.detail}", retry_after=outcome.retry_after
            )
        body = answer.json()
        value, lasts = str(body.get("access_token") or ""), body.get("expires_in")
        if not value:
            return unreachable("sign-in: the answer held no token")
        # Five minutes early, so that no token dies between here and there.
        seconds = max(float(lasts) - 300, 0) if isinstance(lasts, int) else 0
        self._token = _Token(value, now + timedelta(seconds=seconds))
        return value


_: tuple[type[Channel], ...] = (WeComRobot, WeComApp)
