"""The object store's URL, and the sentences of refusals."""

import pytest

from anhuan_infra.errors import Refused
from anhuan_infra.evidence import errors, store
from anhuan_infra.evidence.address import Address
from anhuan_infra.settings import BadSetting


def test_a_url_names_server_keys_and_bucket() -> None:
    address = Address.parse("https://AK:S%2FK@s3.example.com:9000/evidence?region=cn-north-1")

    assert address == Address("https://s3.example.com:9000", "AK", "S/K", "evidence", "cn-north-1")
    assert "S/K" not in f"{address!r} {address}"


def test_an_address_of_the_new_kind_keeps_its_brackets() -> None:
    assert Address.parse("http://a:b@[::1]:9000/evidence").endpoint == "http://[::1]:9000"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a:b@h/evidence",
        "http://h/evidence",
        "http://a:b@h",
        "http://a:b@h/e",
        "http://a:b@h:port/evidence",
    ],
)
def test_a_wrong_url_is_said_in_one_line_without_its_keys(url: str) -> None:
    with pytest.raises(BadSetting) as refused:
        Address.parse(url.replace("a:b", "topkey:topsecret"))

    assert "\n" not in str(refused.value)
    assert "top" not in str(refused.value)


def test_phones_may_know_the_store_by_another_name() -> None:
    address = Address.parse("http://a:b@10.0.0.5:9000/evidence")

    assert address.seen_from_outside(None) is address
    assert address.seen_from_outside("https://files.example.cn").endpoint == "https://files.example.cn"
    with pytest.raises(BadSetting):
        address.seen_from_outside("https://files.example.cn/evidence")


@pytest.mark.parametrize(
    ("name", "plain", "coded"),
    [
        ("隐患.jpg", "__.jpg", "%E9%9A%90%E6%82%A3.jpg"),
        ('a"; evil="b\r\nX: y.jpg', "a; evil=bX y.jpg", "a%3B%20evil%3DbX%20y.jpg"),
        ("../../etc/passwd", "etcpasswd", "etcpasswd"),
        ("", "evidence", "evidence"),
    ],
)
def test_a_download_has_a_safe_name(name: str, plain: str, coded: str) -> None:
    assert (
        store.disposition(name, inline=False) == f"attachment; filename=\"{plain}\"; filename*=UTF-8''{coded}"
    )


def test_every_refusal_has_its_own_code_and_a_sentence_in_both_languages() -> None:
    refusals = Refused.__subclasses__()
    refusals = [refusal for refusal in refusals if refusal.__module__ == errors.__name__]
    assert len(refusals) >= 10

    assert len({refusal.code for refusal in refusals}) == len(refusals)
    for refusal in refusals:
        assert refusal.code.startswith("EVIDENCE_")
        assert refusal().message("en").isascii() or "—" in refusal().message("en")
        assert "。" in refusal().message("zh")
