"""Case numbers such as `HZ-2026-00042`: how they are written, and which ones a piece of text may mean. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

Span = tuple[str, str]
"""The first and the last number that is meant; digits alone differ, so every collation orders them alike."""

_DASHES = re.compile("[‐‑‒–—―−_/]")
_TYPED = re.compile(r"[A-Z0-9-]*[0-9][A-Z0-9-]*")
_LETTERS_FIRST = re.compile(r"([A-Z]+)([0-9]+)")
_LONGEST = 40
_LAST = "9" * 9
_SURE = 4
"""So many digits without letters or year are more than an amount or the number of a machine usually has."""


def written(series: str, serial: int) -> str:
    """The number as it stands on paper."""
    return f"{series}-{serial:05d}"


WRITTEN = "cast(:series as text) || '-' || lpad(last::text, greatest(5, length(last::text)), '0')"
"""The same in SQL, where `last` is the serial: a number is given and written down in one statement, which all others wait for."""


def spans(text: str, series: Iterable[str]) -> list[Span]:
    """Which numbers of these series (`HZ-2026`) the text may be a part of: from the left as one types, or the serial without its
    year, with or without zeros and dashes, in letters of any size and width."""
    typed = _plain(text)
    if not _TYPED.fullmatch(typed):
        return []
    return [span for one in series for span in _of(typed, one)]


def could_be_words(text: str) -> bool:
    """Whether the text may just as well be an amount or a name, as `42` in 42号车."""
    typed = _plain(text)
    return typed.isdigit() and len(typed) < _SURE


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    return _DASHES.sub("-", "".join(folded.split())).strip("-")


def _of(typed: str, series: str) -> Iterator[Span]:
    code, _, year = series.rpartition("-")
    packed = typed.replace("-", "")
    if packed.isdigit():
        yield from _by_digits(typed, series, year)
        return
    if (code + year).startswith(packed):
        yield _from_left(series, "")
    elif packed.startswith(code + year):
        yield from _begun(series, packed.removeprefix(code + year))
    elif (parts := _LETTERS_FIRST.fullmatch(packed)) and code.startswith(parts[1]):
        if year.startswith(parts[2]):
            yield _from_left(series, "")
        elif parts[2].startswith(year):
            yield from _begun(series, parts[2].removeprefix(year))
        else:
            yield from _exactly(series, parts[2])


def _by_digits(typed: str, series: str, year: str) -> Iterator[Span]:
    first, dash, rest = typed.partition("-")
    if dash:
        if first == year:
            yield from _exactly(series, rest)
        return
    if typed == year:
        yield _from_left(series, "")
    elif typed.startswith(year):
        yield from _exactly(series, typed.removeprefix(year))
    yield from _exactly(series, typed)


def _begun(series: str, serial: str) -> Iterator[Span]:
    if serial.isdigit():
        yield _from_left(series, serial)
        yield from _exactly(series, serial)


def _exactly(series: str, serial: str) -> Iterator[Span]:
    if serial.isdigit() and len(serial) <= len(_LAST):
        number = written(series, int(serial))
        yield number, number


def _from_left(series: str, serial: str) -> Span:
    return f"{series}-{serial or '0'}", f"{series}-{serial}{_LAST}"
