"""Webhooks to systems of the tenant, signed by the Standard Webhooks specification."""

import base64
import json

from standardwebhooks.webhooks import Webhook as Signer

from anhuan_infra.notify.channel import Channel, Outcome, State, refused
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.wire import Wire

TYPE = "notice.sent"


class Webhook:
    """Address: the receiver's URL. `webhook-id` is the message's key, so a receiver drops the second of two.

    During a change of secret both are given, separated by a space, and every call carries both signatures.
    """

    kind = "webhook"

    def __init__(self, wire: Wire, secret: str) -> None:
        self._wire = wire
        self._signers = [Signer(part) for part in secret.split()]
        if not self._signers:
            raise ValueError("a webhook needs a secret")

    async def send(self, message: Message, address: str) -> Outcome:
        """Delivered on any 2xx; 410 and every other 4xx is a no; 408, 425, 429 and 5xx mean later."""
        at = self._wire.now()
        body = json.dumps(
            {
                "type": TYPE,
                "timestamp": at.isoformat(),
                "data": {
                    "key": message.key,
                    "title": message.title,
                    "body": message.body,
                    "url": message.url,
                    "urgency": message.urgency.value,
                },
            },
            # Escapes keep lone surrogates and every odd sign as pure ASCII: what is signed is what arrives.
            ensure_ascii=True,
        )
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message.key,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(signer.sign(message.key, at, body) for signer in self._signers),
        }
        answer = await self._wire.post(address, body.encode(), headers)
        if isinstance(answer, Outcome):
            return answer
        if answer.status == 410:
            return refused("http 410: the receiver is gone for good")
        return answer.failure() or Outcome(
            State.DELIVERED, provider_id=message.key, detail=f"http {answer.status}"
        )


def new_secret(entropy: bytes) -> str:
    """A signing secret in the form that receivers' libraries read; give at least 24 random bytes."""
    if len(entropy) < 24:
        raise ValueError("a webhook secret needs at least 24 bytes")
    return "whsec_" + base64.b64encode(entropy).decode()


_: type[Channel] = Webhook
