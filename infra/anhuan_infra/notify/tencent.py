"""Tencent Cloud's SMS gateway, called directly with its V3 signature (TC3-HMAC-SHA256).

Not through Tencent's SDK: it is synchronous, so each message would hold a thread, and its connections could not be
judged and pinned. The signature is a page long; the SDK, where installed, is the oracle of its test.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import cast

import httpx

from anhuan_infra.notify.channel import Outcome, State, refused, unreachable
from anhuan_infra.notify.sms import Template
from anhuan_infra.notify.wire import Answer, Json, Wire, scrub

ENDPOINT = "https://sms.tencentcloudapi.com"
_ALGORITHM = "TC3-HMAC-SHA256"
_SERVICE = "sms"
_CONTENT_TYPE = "application/json"
_LATER = ("RequestLimitExceeded", "InternalError", "LimitExceeded")


class TencentSms:
    """Carries the key as SessionContext, which comes back in the answer and in the receipt."""

    kind = "sms_tencent"

    def __init__(
        self,
        wire: Wire,
        secret_id: str,
        secret_key: str,
        app_id: str,
        *,
        region: str = "ap-guangzhou",
        endpoint: str = ENDPOINT,
    ) -> None:
        self._wire = wire
        self._secret_id = secret_id
        self._secret_key = secret_key
        self._app_id = app_id
        self._region = region
        self._endpoint = httpx.URL(endpoint)

    async def send(self, phone: str, template: Template, values: dict[str, str], key: str) -> Outcome:
        """Accepted on Code Ok, with Tencent's SerialNo."""
        request = {
            "PhoneNumberSet": [phone],
            "SmsSdkAppId": self._app_id,
            "SignName": template.sign_name,
            "TemplateId": template.code,
            "TemplateParamSet": list(values.values()),
            "SessionContext": key,
        }
        body = json.dumps(request, ensure_ascii=False).encode()
        host = self._endpoint.netloc.decode()
        at = self._wire.now()
        headers = {
            "Content-Type": _CONTENT_TYPE,
            "Host": host,
            "X-TC-Action": "SendSms",
            "X-TC-Version": "2021-01-11",
            "X-TC-Region": self._region,
            "X-TC-Timestamp": str(int(at.timestamp())),
            "Authorization": authorization(body, host, at, self._secret_id, self._secret_key),
        }
        answer = await self._wire.post(str(self._endpoint.copy_with(path="/")), body, headers)
        return answer if isinstance(answer, Outcome) else self._read(answer, phone)

    def _read(self, answer: Answer, phone: str) -> Outcome:
        response = _object(answer.json().get("Response"))
        statuses = response.get("SendStatusSet")
        first: object = cast(list[object], statuses)[0] if isinstance(statuses, list) and statuses else None
        verdict = _object(response.get("Error")) or _object(first)
        code = str(verdict.get("Code") or "")
        if not code:
            return answer.failure() or unreachable("the answer was not that of the carrier", uncertain=True)
        if code == "Ok":
            return answer.failure() or Outcome(
                State.ACCEPTED, provider_id=str(verdict.get("SerialNo") or "") or None
            )
        said = str(verdict.get("Message") or "")
        detail = f"{code}: {scrub(said, self._secret_key, self._secret_id, phone, phone[3:])}"
        # Until tomorrow nobody waits: go to the next channel.
        if code.startswith(_LATER) and "DailyLimit" not in code:
            return unreachable(detail, retry_after=answer.retry_after or _wait(code))
        return refused(detail)


def authorization(body: bytes, host: str, at: datetime, secret_id: str, secret_key: str) -> str:
    """The Authorization header of a POST of this JSON to the root path."""
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{_SERVICE}/tc3_request"
    signed = f"content-type:{_CONTENT_TYPE}\nhost:{host}\n"
    request = f"POST\n/\n\n{signed}\ncontent-type;host\n{hashlib.sha256(body).hexdigest()}"
    source = f"{_ALGORITHM}\n{int(at.timestamp())}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = b"TC3" + secret_key.encode()
    for part in (day, _SERVICE, "tc3_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, source.encode(), hashlib.sha256).hexdigest()
    return (
        f"{_ALGORITHM} Credential={secret_id}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
    )


def _object(value: object) -> Json:
    return cast(Json, value) if isinstance(value, dict) else {}


def _wait(code: str) -> timedelta | None:
    if "OneHour" in code:
        return timedelta(hours=1)
    return timedelta(seconds=30) if "ThirtySecond" in code else None
