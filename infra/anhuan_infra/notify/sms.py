"""Text messages (短信): one channel over any carrier, in the only form that China allows: a registered template."""

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from anhuan_infra.notify.channel import Channel, Outcome, refused
from anhuan_infra.notify.message import Message, clip_signs, one_line

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_MAINLAND = re.compile(r"1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class Variable:
    """One blank of the registered template, what fills it, and how many characters the carrier allows there."""

    name: str
    source: Literal["title", "body"]
    limit: int = 35


@dataclass(frozen=True, slots=True)
class Template:
    """What was registered with the carrier: the signature (签名), the template's code, its blanks in order."""

    sign_name: str
    code: str
    variables: tuple[Variable, ...]

    def fill(self, message: Message) -> dict[str, str]:
        """The blanks filled in, in order. Signature brackets are forbidden inside and an empty blank is declined."""
        filled: dict[str, str] = {}
        for variable in self.variables:
            text = one_line(message.title if variable.source == "title" else message.body)
            text = text.replace("【", "［").replace("】", "］")
            filled[variable.name] = clip_signs(text, variable.limit) or "-"
        return filled


class SmsSender(Protocol):
    """A carrier's door."""

    @property
    def kind(self) -> str:
        """The stable name of the channel over this carrier."""
        ...

    async def send(self, phone: str, template: Template, values: dict[str, str], key: str) -> Outcome:
        """One attempt to one E.164 number; the key comes back in the carrier's receipt. Never raises."""
        ...


class Sms:
    """Address: a mobile number, mainland in any usual spelling or international with its plus sign."""

    def __init__(self, sender: SmsSender, template: Template) -> None:
        self.kind = sender.kind
        self._sender = sender
        self._template = template

    async def send(self, message: Message, address: str) -> Outcome:
        """Accepted once the carrier took it; whether the phone got it says only the carrier's receipt."""
        phone = international(address)
        if phone is None:
            return refused("the address is not a mobile number")
        return await self._sender.send(phone, self._template, self._template.fill(message), message.key)


def international(address: str) -> str | None:
    """The number as +8613800000000; none if it is no number. A bare mainland mobile gets its +86."""
    digits = re.sub(r"[ ()\-]", "", address.strip())
    if not digits.isascii():
        return None
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if _MAINLAND.fullmatch(digits.removeprefix("86")):
        digits = "+86" + digits.removeprefix("86")
    return digits if _NUMBER.fullmatch(digits) else None


_: type[Channel] = Sms
