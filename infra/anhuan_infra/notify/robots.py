"""What the group robots of the IM platforms share: a secret URL, a JSON answer with a number, a mention."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from anhuan_infra.notify.channel import Outcome, State, refused, unreachable
from anhuan_infra.notify.wire import Answer, scrub

EVERYONE = "@all"
"""The address that mentions the whole group; an empty address mentions nobody."""
_PERSON = re.compile(r"[A-Za-z0-9_.@+-]{1,64}")


@dataclass(frozen=True, slots=True)
class Codes:
    """How a platform writes its verdict into the answer, and which numbers mean "later" rather than "no"."""

    code: tuple[str, ...]
    text: tuple[str, ...]
    later: Mapping[int, timedelta | None]

    def read(self, answer: Answer, *hidden: str) -> Outcome:
        """Delivered only where the platform itself wrote zero; a page of some gateway in between is no receipt."""
        failure = answer.failure()
        body = answer.json()
        number = next((body[name] for name in self.code if name in body), None)
        if not isinstance(number, int) or isinstance(number, bool):
            return failure or unreachable("the answer was not that of the platform", uncertain=True)
        if number == 0:
            return failure or Outcome(State.DELIVERED)
        said = next((str(body[name]) for name in self.text if body.get(name)), "")
        detail = f"code {number}: {scrub(said, *hidden)}"
        if number in self.later:
            return unreachable(detail, retry_after=answer.retry_after or self.later[number])
        if failure is not None and failure.state is State.UNREACHABLE:
            return unreachable(detail, retry_after=answer.retry_after)
        return refused(detail)


def is_person(address: str) -> bool:
    """Whether this can be one member's id or mobile, and nothing that would address more people."""
    return bool(_PERSON.fullmatch(address)) and address.lower() not in (EVERYONE, "all")


def hmac_base64(key: str, text: str) -> str:
    """HMAC-SHA256 as base64, as both DingTalk and Feishu sign (each with its own idea of what the key is)."""
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
