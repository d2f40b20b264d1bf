"""Case numbers such as `HZ-2026-00042`: how they are written, and which ones a piece of text may mean. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DASHES = re.compile("[‐‑‒–—―−_/]")
_TYPED = re.compile(r"[A-Z0-9-]*[0-9][A-Z0-9-]*")
_LETTERS_FIRST = re.compile(r"([A-Z]+)([0-9]+)")
_LONGEST = 40
_LAST = "9" * 9
_YEAR = 4
"""Digits of a year; a series is a code and a year."""
_CENTURY = "20"
_CODE = 8
"""Signs that a code has at most."""
_SURE = 4
"""So many digits without letters or year are more than an amount or the number of a machine usually has."""


@dataclass(frozen=True)
class Rule:
    """In each series that fits the pattern, the numbers from the one ending to the other are meant. The pattern is read alike by Python
    and PostgreSQL; only digits differ between first and last, so every collation orders them alike."""

    pattern: str
    first: str
    last: str


def written(series: str, serial: int) -> str:
    """The number as it stands on paper."""
    return f"{series}-{serial:05d}"


def rules(text: str) -> list[Rule]:
    """Which numbers the text may be a part of: from the left as one types, or the serial without its year, with or without zeros and
    dashes, in letters of any size and width."""
    typed = _plain(text)
    if not _TYPED.fullmatch(typed):
        return []
    packed = typed.replace("-", "")
    return [*(_by_digits(typed) if packed.isdigit() else _by_letters(packed))]


def is_wide(text: str) -> bool:
    """Whether it probably means all numbers of a series, as something that stops at the year does."""
    packed = _plain(text).replace("-", "")
    parts = _LETTERS_FIRST.fullmatch(packed)
    if parts:
        return len(parts[2]) <= _YEAR and not parts[2].startswith("0")
    return not packed.isdigit() or (len(packed) == _YEAR and packed.startswith(_CENTURY))


def could_be_words(text: str) -> bool:
    """Whether the text may just as well be an amount or a name, as `42` in 42号车."""
    typed = _plain(text)
    return typed.isdigit() and len(typed) < _SURE


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    return _DASHES.sub("-", "".join(folded.split())).strip("-")


def _by_digits(typed: str) -> Iterator[Rule]:
    first, dash, rest = typed.partition("-")
    if dash:
        yield from _exactly(f"-{first}$", rest)
        return
    if len(typed) == _YEAR:
        yield from _from_left(f"-{typed}$", "")
    yield from _exactly(f"-{typed[:_YEAR]}$", typed[_YEAR:])
    yield from _exactly("", typed)


def _by_letters(packed: str) -> Iterator[Rule]:
    yield from _from_left("^" + "-?".join(packed), "")
    for code in range(1, _CODE + 1):
        year, serial = packed[code : code + _YEAR], packed[code + _YEAR :]
        if year.isdigit() and serial.isdigit():
            yield from _begun(f"^{packed[:code]}-{year}$", serial)
    if parts := _LETTERS_FIRST.fullmatch(packed):
        begins, serial = f"^{parts[1]}[A-Z0-9]*-", parts[2]
        if len(serial) <= _YEAR:
            yield from _from_left(begins + serial, "")
        else:
            yield from _begun(f"{begins}{serial[:_YEAR]}$", serial[_YEAR:])
        yield from _exactly(f"{begins}(?!{serial[:_YEAR]})", serial)


def _begun(pattern: str, serial: str) -> Iterator[Rule]:
    yield from _from_left(pattern, serial)
    yield from _exactly(pattern, serial)


def _exactly(pattern: str, serial: str) -> Iterator[Rule]:
    if serial.isdigit() and len(serial) <= len(_LAST):
        number = written("", int(serial))
        yield Rule(pattern, number, number)


def _from_left(pattern: str, serial: str) -> Iterator[Rule]:
    yield Rule(pattern, f"-{serial or '0'}", f"-{serial}{_LAST}")
