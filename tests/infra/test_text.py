"""Text that people type is kept exactly or refused with a field; it never breaks anything."""

import json
from pathlib import Path

import pytest

from anhuan_infra import text
from anhuan_infra.errors import BadInput


@pytest.mark.parametrize(
    "kept",
    [
        "三号车间",
        "O'Brien; DROP TABLE people",
        "שלום",
        "\u202etest\u202c",
        "👩‍🏭 安全员",
        "ﬁ",
        " 两端有空格 ",
        "{0} %s",
        "e\u0301",
    ],
)
def test_any_script_and_direction_is_kept_exactly(kept: str) -> None:
    assert text.clean(kept, "name") == kept


@pytest.mark.parametrize(
    ("bad", "kind"),
    [
        ("", text.TextEmpty),
        (" \u3000 ", text.TextEmpty),
        ("\u200b\u2060\ufeff", text.TextEmpty),
        ("a\x00b", text.TextNotText),
        ("a\ud800", text.TextNotText),
        ("\udfffz", text.TextNotText),
        ("bell\x07", text.TextNotText),
        ("c1\x85", text.TextNotText),
        ("two\nlines", text.TextHasLines),
        ("tab\tbed", text.TextHasLines),
        ("line\u2028separator", text.TextHasLines),
        ("长" * 201, text.TextTooLong),
    ],
)
def test_what_is_not_a_line_of_text_is_refused_with_its_field(bad: str, kind: type[BadInput]) -> None:
    with pytest.raises(kind) as refused:
        text.clean(bad, "input.name")

    assert refused.value.code == "BAD_INPUT"
    assert refused.value.path == "input.name"
    assert "input.name" in refused.value.message("zh")
    refused.value.message("en").encode()


def test_prose_may_have_lines_and_tabs_but_no_other_controls() -> None:
    assert text.clean("第一行\r\n\t第二行", "note", 20, multiline=True) == "第一行\r\n\t第二行"

    with pytest.raises(text.TextNotText):
        text.clean("第一行\x0b", "note", 20, multiline=True)


def test_a_field_that_may_be_left_out_is_none_when_nothing_shows() -> None:
    assert text.maybe(None, "note") is None
    assert text.maybe("  ", "note") is None
    assert text.maybe("x", "note") == "x"

    with pytest.raises(text.TextNotText):
        text.maybe("\x00", "note")


def test_naughty_strings_are_kept_or_refused(data: Path) -> None:
    naughty: list[str] = json.loads((data / "naughty_strings" / "blns_first200.json").read_text("utf-8"))
    kept = 0

    for string in naughty:
        try:
            assert text.clean(string, "name", 2000) == string
            kept += 1
        except BadInput as refused:
            assert refused.path == "name"
    assert kept > 150


def test_chinese_names_sort_by_their_pinyin_and_others_without_case() -> None:
    names = ["张伟", "bob", "Alice", "李娜", "阿强"]

    assert sorted(names, key=text.sort_key) == ["阿强", "Alice", "bob", "李娜", "张伟"]
