"""Parts of case numbers as people type them, and what is none."""

import re

import pytest

from anhuan_platform.loops import numbers

SERIES = ["HZ-2025", "HZ-2026", "PW-2026"]
GIVEN = [numbers.written(series, serial) for series in SERIES for serial in (1, 42, 420, 2026, 100_042)]


def meant(text: str) -> list[str]:
    found = [(one, rule) for one in SERIES for rule in numbers.rules(text) if re.search(rule.pattern, one)]
    return [
        number
        for number in GIVEN
        if any(series + rule.first <= number <= series + rule.last for series, rule in found)
    ]


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("HZ-2026-00042", ["HZ-2026-00042"]),
        ("hz202600042", ["HZ-2026-00042"]),
        (" ｈｚ—2026 — 00042", ["HZ-2026-00042"]),
        ("HZ-2026-0042", ["HZ-2026-00042", "HZ-2026-00420"]),
        ("HZ-2026-42", ["HZ-2026-00042"]),
        ("hz-2026-0004", ["HZ-2026-00042"]),
        ("hz-42", ["HZ-2025-00042", "HZ-2026-00042"]),
        ("2026-0042", ["HZ-2026-00042", "PW-2026-00042"]),
        ("20260042", ["HZ-2026-00042", "PW-2026-00042"]),
        ("0042", ["HZ-2025-00042", "HZ-2026-00042", "PW-2026-00042"]),
        ("-00420", ["HZ-2025-00420", "HZ-2026-00420", "PW-2026-00420"]),
        ("100042", ["HZ-2025-100042", "HZ-2026-100042", "PW-2026-100042"]),
        ("h2026", ["HZ-2025-02026", *GIVEN[5:10]]),
        ("HZ20", GIVEN[:10]),
        ("pw-2026-", GIVEN[10:]),
        ("2026", ["HZ-2025-02026", *GIVEN[5:]]),
    ],
)  # fmt: skip
def test_a_part_means_the_numbers_that_it_is_a_part_of(text: str, there: list[str]) -> None:
    assert meant(text) == there


@pytest.mark.parametrize(
    "text", ["", "-", "HZ", "hz-", "3号冲床", "M-01", "DN50", "2026年", "2024-0042", "HZ-2026-x1", "9" * 41, "1e3", "'--", "%_", "HZ-2026-4 2 5 漏油"]
)  # fmt: skip
def test_what_is_no_part_of_a_number_means_none(text: str) -> None:
    assert meant(text) == []


def test_few_digits_may_be_words_too() -> None:
    assert [text for text in ("4", "042", "0042", "h42", "2026-4") if numbers.could_be_words(text)] == [
        "4",
        "042",
    ]


def test_what_stops_at_the_year_means_whole_series() -> None:
    texts = ("HZ20", "pw-2026-", "2026", "h2026", "HZ-2026-1", "20260042", "0042", "hz-00042", "100042")
    assert [text for text in texts if numbers.is_wide(text)] == ["HZ20", "pw-2026-", "2026", "h2026"]
