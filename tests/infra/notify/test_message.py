"""A message fits its channel and says nothing else there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anhuan_infra.notify.message import Message, Urgency, clip, clip_signs, fit, inert, link, one_line, plain


@given(st.text(), st.integers(0, 60))
def test_a_clipped_text_fits_and_is_a_beginning(text: str, limit: int) -> None:
    whole = plain(text)

    cut = clip(whole, limit)

    assert len(cut.encode()) <= limit
    assert cut == whole or whole.startswith(cut.removesuffix("…"))


def test_chinese_is_cut_between_characters() -> None:
    assert clip("三号冲床防护罩", 12) == "三号冲…"
    assert clip("三号冲床", 12) == "三号冲床"
    assert clip_signs("三号冲床防护罩", 4) == "三号冲…"


@given(st.text(max_size=50), st.text(max_size=50), st.text(max_size=50), st.integers(3, 80))
def test_head_body_and_tail_fit_together(head: str, body: str, tail: str, limit: int) -> None:
    assert len(fit(plain(head), plain(body), plain(tail), limit).encode()) <= limit


def test_the_link_outlives_the_body() -> None:
    assert (
        fit("H\n", "b" * 100, "\n[查看](https://a.example/1)", 50)
        == "H\n" + "b" * 15 + "…\n[查看](https://a.example/1)"
    )


@given(st.text())
def test_a_plain_text_can_be_stored_and_read_by_anyone(text: str) -> None:
    clean = plain(text)

    assert clean.encode().decode() == clean
    assert [sign for sign in clean if ord(sign) < 32 and sign not in "\n\t"] == []
    assert "\u202e" not in clean
    assert "\n" not in one_line(text)


def test_deceit_is_taken_out_and_words_stay() -> None:
    assert plain("a\x00b\u202ecod.exe\r\nc\ud800") == "abcod.exe\nc?"
    assert one_line(" 三号\r\nBcc: x@y.example\t冲床 ") == "三号 Bcc: x@y.example 冲床"


def test_nobody_is_mentioned_and_no_link_is_hidden_by_a_title() -> None:
    assert inert("<@all> [领奖](http://evil.example) `x` @13800001111 **b**") == (
        "＜＠all＞ ［领奖］(http://evil.example) ｀x｀ ＠13800001111 ＊＊b＊＊"
    )


def test_a_link_cannot_be_ended_early() -> None:
    assert (
        link("https://a.example/x) [y](z?q=1&安=全")
        == "https://a.example/x%29%20%5By%5D%28z?q=1&%E5%AE%89=%E5%85%A8"
    )


@pytest.mark.parametrize("key", ["", "a b", "a\nb", "a" * 65, "é", "a@b"])
def test_a_key_that_no_header_could_carry_is_a_mistake_of_ours(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        Message("t", "b", None, key)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/\ud800", "https://a.example/\nx"])
def test_a_link_that_is_no_web_address_is_a_mistake_of_ours(url: str) -> None:
    with pytest.raises(ValueError, match="url"):
        Message("t", "b", url, "k")


def test_only_urgent_is_urgent() -> None:
    assert Message("t", "b", None, "k", Urgency.URGENT).is_urgent
    assert not Message("t", "b", None, "k").is_urgent
