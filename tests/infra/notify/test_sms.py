"""Text messages: numbers, templates, each carrier's verdicts, and signatures equal to the carriers' own SDKs."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from anhuan_infra.notify import aliyun, tencent
from anhuan_infra.notify.channel import State
from anhuan_infra.notify.message import Message
from anhuan_infra.notify.sms import Sms, Template, Variable, international
from anhuan_infra.notify.wire import Wire
from tests.support.sink import Sink, says

TEMPLATE = Template("安环", "SMS_1", (Variable("title", "title", 20), Variable("what", "body", 10)))


def an_aliyun(sink: Sink, wire: Wire) -> Sms:
    return Sms(aliyun.AliyunSms(wire, "ak-1", "secret-1", endpoint=sink.url), TEMPLATE)


def a_tencent(sink: Sink, wire: Wire) -> Sms:
    return Sms(tencent.TencentSms(wire, "ak-1", "secret-1", "1400", endpoint=sink.url), TEMPLATE)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13800001111", "+8613800001111"),
        ("138 0000 1111", "+8613800001111"),
        ("138-0000-1111", "+8613800001111"),
        ("+86 13800001111", "+8613800001111"),
        ("0086 13800001111", "+8613800001111"),
        ("8613800001111", "+8613800001111"),
        ("+852 5123 4567", "+85251234567"),
        ("+1 (415) 555-0100", "+14155550100"),
        ("12345", None),
        ("010-12345678", None),
        ("１３８００００１１１１", None),
        ("13800001111,13900001111", None),
        ("+8613800001111\n+8613900001111", None),
        ("lin", None),
        ("", None),
    ],
)
def test_a_number_is_read_in_every_usual_spelling(written: str, number: str | None) -> None:
    assert international(written) == number


def test_blanks_are_filled_in_order_and_to_their_length() -> None:
    message = Message("【A级】" + "长" * 40, "三号冲床\n防护罩缺失，请整改", None, "k")

    filled = TEMPLATE.fill(message)

    assert list(filled) == ["title", "what"]
    assert filled["title"] == "［A级］" + "长" * 15 + "…"
    assert filled["what"] == "三号冲床 防护罩缺…"
    assert TEMPLATE.fill(Message("t", "", None, "k"))["what"] == "-"


async def test_aliyun_gets_number_template_and_key(sink: Sink, wire: Wire, message: Message) -> None:
    outcome = await an_aliyun(sink, wire).send(message, "138 0000 1111")

    assert (outcome.state, outcome.provider_id) == (State.ACCEPTED, "biz-1")
    query = sink.attempts[0].query
    assert json.loads(query.pop("TemplateParam")) == {
        "title": "A级隐患：冲压车间防护罩缺失",
        "what": "三号冲床防护罩被拆…",
    }
    assert query == {
        "OutId": message.key,
        "PhoneNumbers": "13800001111",
        "SignName": "安环",
        "TemplateCode": "SMS_1",
    }


async def test_tencent_gets_number_template_and_key(sink: Sink, wire: Wire, message: Message) -> None:
    outcome = await a_tencent(sink, wire).send(message, "+852 5123 4567")

    assert (outcome.state, outcome.provider_id) == (State.ACCEPTED, "serial-1")
    assert sink.attempts[0].json == {
        "PhoneNumberSet": ["+85251234567"],
        "SmsSdkAppId": "1400",
        "SignName": "安环",
        "TemplateId": "SMS_1",
        "TemplateParamSet": ["A级隐患：冲压车间防护罩缺失", "三号冲床防护罩被拆…"],
        "SessionContext": message.key,
    }


async def test_a_landline_costs_nothing(sink: Sink, wire: Wire, message: Message) -> None:
    for way in (an_aliyun(sink, wire), a_tencent(sink, wire)):
        outcome = await way.send(message, "010-12345678")
        assert (outcome.state, outcome.detail) == (State.REFUSED, "the address is not a mobile number")

    assert sink.attempts == []


@pytest.mark.parametrize(
    ("code", "words", "status", "state", "wait"),
    [
        (
            "isv.BUSINESS_LIMIT_CONTROL",
            "触发分钟级流控Permits:1",
            200,
            State.UNREACHABLE,
            timedelta(minutes=1),
        ),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", 200, State.UNREACHABLE, timedelta(hours=1)),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", 200, State.REFUSED, None),
        ("isv.MOBILE_NUMBER_ILLEGAL", "号码格式错误", 200, State.REFUSED, None),
        ("isv.AMOUNT_NOT_ENOUGH", "账户余额不足", 200, State.REFUSED, None),
        ("isp.SYSTEM_ERROR", "系统错误", 200, State.UNREACHABLE, None),
        ("Throttling.User", "Request was denied due to user flow control.", 400, State.UNREACHABLE, None),
        ("SignatureDoesNotMatch", "not match", 400, State.REFUSED, None),
        ("ServiceUnavailable", "try later", 503, State.UNREACHABLE, None),
        ("InvalidAccessKeyId.NotFound", "not found", 404, State.REFUSED, None),
    ],
)
async def test_aliyuns_verdicts_are_understood(
    sink: Sink,
    wire: Wire,
    message: Message,
    code: str,
    words: str,
    status: int,
    state: State,
    wait: timedelta | None,
) -> None:
    sink.answer(says({"Code": code, "Message": words, "RequestId": "r"}, status=status))

    outcome = await an_aliyun(sink, wire).send(message, "13800001111")

    assert (outcome.state, outcome.retry_after) == (state, wait)
    assert outcome.detail.startswith(f"{code}: ")


@pytest.mark.parametrize(
    ("code", "state", "wait"),
    [
        ("LimitExceeded.PhoneNumberThirtySecondLimit", State.UNREACHABLE, timedelta(seconds=30)),
        ("LimitExceeded.PhoneNumberOneHourLimit", State.UNREACHABLE, timedelta(hours=1)),
        ("LimitExceeded.PhoneNumberDailyLimit", State.REFUSED, None),
        ("InvalidParameterValue.IncorrectPhoneNumber", State.REFUSED, None),
        ("FailedOperation.InsufficientBalanceInSmsPackage", State.REFUSED, None),
        ("InternalError.Timeout", State.UNREACHABLE, None),
    ],
)
async def test_tencents_verdicts_are_understood(
    sink: Sink, wire: Wire, message: Message, code: str, state: State, wait: timedelta | None
) -> None:
    for body in (
        {"SendStatusSet": [{"Code": code, "Message": "words for +8613800001111", "SerialNo": ""}]},
        {"Error": {"Code": code, "Message": "words for +8613800001111"}},
    ):
        sink.answer(says({"Response": body}))

        outcome = await a_tencent(sink, wire).send(message, "13800001111")

        assert (outcome.state, outcome.retry_after) == (state, wait)
        assert outcome.detail == f"{code}: words for ***"


@pytest.mark.parametrize(
    "body", [{"Response": []}, {"Response": {"SendStatusSet": []}}, {"Response": {"SendStatusSet": [1]}}]
)
async def test_a_strange_answer_of_tencent_is_no_receipt(
    sink: Sink, wire: Wire, message: Message, body: dict[str, object]
) -> None:
    sink.answer(says(body))

    outcome = await a_tencent(sink, wire).send(message, "13800001111")

    assert (outcome.state, outcome.uncertain) == (State.UNREACHABLE, True)


async def test_aliyuns_signature_is_that_of_its_sdk(sink: Sink, wire: Wire, message: Message) -> None:
    """What the sink received is signed again by the SDK's own code, from what arrived."""
    sdk = pytest.importorskip(
        "alibabacloud_tea_openapi.utils", reason="NOT CHECKED: the Aliyun SDK is not installed"
    )
    await an_aliyun(sink, wire).send(message, "13800001111")
    (attempt,) = sink.attempts

    signed = {
        name: value for name, value in attempt.headers.items() if name == "host" or name.startswith("x-acs-")
    }
    request = SimpleNamespace(method="POST", pathname="/", query=attempt.query, headers=signed)
    expected = sdk.Utils.get_authorization(
        request, "ACS3-HMAC-SHA256", attempt.headers["x-acs-content-sha256"], "ak-1", "secret-1"
    )

    assert attempt.headers["authorization"] == expected


async def test_tencents_signature_is_that_of_its_sdk(sink: Sink, wire: Wire, message: Message) -> None:
    """The SDK signs the bytes that arrived, at the second in which they were signed."""
    pytest.importorskip(
        "tencentcloud.common.abstract_client", reason="NOT CHECKED: the Tencent SDK is not installed"
    )
    from tencentcloud.common import credential
    from tencentcloud.common.http.request import RequestInternal
    from tencentcloud.sms.v20210111.sms_client import SmsClient

    await a_tencent(sink, wire).send(message, "13800001111")
    (attempt,) = sink.attempts
    client: Any = SmsClient(credential.Credential("ak-1", "secret-1"), "ap-guangzhou")
    at = int(attempt.headers["x-tc-timestamp"])
    request: Any = RequestInternal(attempt.headers["host"], "POST", "/", data=attempt.body)
    request.header = {
        "Content-Type": attempt.headers["content-type"],
        "Host": attempt.headers["host"],
        "X-TC-Timestamp": str(at),
    }

    day = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
    signature = client._get_tc3_signature({}, request, day, "sms", "secret-1")

    assert attempt.headers["authorization"].endswith(
        f"SignedHeaders=content-type;host, Signature={signature}"
    )
    assert attempt.headers["authorization"].startswith(
        f"TC3-HMAC-SHA256 Credential=ak-1/{day}/sms/tc3_request, "
    )
