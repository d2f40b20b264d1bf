"""Aliyun's SMS gateway, called directly with its V3 signature (ACS3-HMAC-SHA256).

Not through Aliyun's SDK: that brings nine packages and a second HTTP client whose connections could not be judged and
pinned, and it retries by itself. The signature is a page long; the SDK, where installed, is the oracle of its test.
"""

import hashlib
import hmac
import json
import secrets
from datetime import UTC, timedelta
from urllib.parse import quote

import httpx

from anhuan_infra.notify.channel import Outcome, State, refused, unreachable
from anhuan_infra.notify.sms import Template
from anhuan_infra.notify.wire import Answer, Wire, scrub

ENDPOINT = "https://dysmsapi.aliyuncs.com"
_ALGORITHM = "ACS3-HMAC-SHA256"
_LATER = (
    "Throttling",
    "ServiceUnavailable",
    "InternalError",
    "isp.SYSTEM_ERROR",
    "isp.GATEWAY",
    "SignatureNonceUsed",
)
# Per number: one a minute, five an hour, ten a day by default; which of them was hit is only in the words.
_TOO_MANY = "isv.BUSINESS_LIMIT_CONTROL"


class AliyunSms:
    """Carries the key as OutId, which comes back in the receipt."""

    kind = "sms_aliyun"

    def __init__(self, wire: Wire, access_key: str, secret: str, *, endpoint: str = ENDPOINT) -> None:
        self._wire = wire
        self._access_key = access_key
        self._secret = secret
        self._endpoint = httpx.URL(endpoint)

    async def send(self, phone: str, template: Template, values: dict[str, str], key: str) -> Outcome:
        """Accepted on Code OK, with Aliyun's BizId."""
        query = {
            "OutId": key,
            "PhoneNumbers": phone.removeprefix("+86").removeprefix("+"),
            "SignName": template.sign_name,
            "TemplateCode": template.code,
            "TemplateParam": json.dumps(values, ensure_ascii=False),
        }
        headers = {
            "host": self._endpoint.netloc.decode(),
            "x-acs-action": "SendSms",
            "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
            "x-acs-date": self._wire.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-version": "2017-05-25",
        }
        headers["authorization"] = authorization(query, headers, self._access_key, self._secret)
        url = self._endpoint.copy_with(raw_path=b"/?" + canonical(query).encode())
        answer = await self._wire.post(str(url), b"", headers)
        return answer if isinstance(answer, Outcome) else self._read(answer, phone)

    def _read(self, answer: Answer, phone: str) -> Outcome:
        body = answer.json()
        code = str(body.get("Code") or "")
        if not code:
            return answer.failure() or unreachable("the answer was not that of the carrier", uncertain=True)
        if code == "OK":
            return answer.failure() or Outcome(
                State.ACCEPTED, provider_id=str(body.get("BizId") or "") or None
            )
        said = str(body.get("Message") or "")
        detail = f"{code}: {scrub(said, self._secret, self._access_key, phone, phone[3:])}"
        if code == _TOO_MANY:
            return refused(detail) if "天级" in said else unreachable(detail, retry_after=_wait(said))
        if code.startswith(_LATER):
            return unreachable(detail, retry_after=answer.retry_after)
        return refused(detail)


def canonical(query: dict[str, str]) -> str:
    """The query as it is signed and as it is sent: sorted, everything but unreserved signs encoded."""
    return "&".join(
        f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(query.items())
    )


def authorization(query: dict[str, str], headers: dict[str, str], access_key: str, secret: str) -> str:
    """The Authorization header of an empty POST to the root path; every header given is signed."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = f"POST\n/\n{canonical(query)}\n{lines}\n{names}\n{headers['x-acs-content-sha256']}"
    source = f"{_ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(secret.encode(), source.encode(), hashlib.sha256).hexdigest()
    return f"{_ALGORITHM} Credential={access_key},SignedHeaders={names},Signature={signature}"


def _wait(said: str) -> timedelta:
    return timedelta(hours=1) if "小时级" in said else timedelta(minutes=1)
