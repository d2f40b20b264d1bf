"""Cells as people really fill them: tolerant of form (width, spaces, numbers as text), strict on meaning."""

import re
import unicodedata

from anhuan_tenants.organisation import rules
from anhuan_tenants.organisation.cells import DATE_MARK
from anhuan_tenants.organisation.row_errors import Odd

MOST_NAME = 80

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_HAN_GAP = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_FULL_WIDTH = str.maketrans(
    {ord("\u3000"): " "}
    | {
        0xFEE0 + ord(sign): sign
        for sign in map(chr, range(0x21, 0x7F))
        if sign.isalnum() or sign in "-_.@+/*"
    }
)
_EMAIL = re.compile(r"[^@\s,;<>\"']{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\.[A-Za-z]{2,24}")
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"(?:\+?86)?(0\d{2,3}\d{7,8})")
_ABROAD = re.compile(r"(?:\+|00)(?!86)([1-9]\d{6,14})")


def text(cell: str) -> str:
    """The cell as one line of text without what cannot be seen; refuses what is not text, a date, or a formula."""
    if cell.startswith(DATE_MARK):
        raise Odd("DATE_CELL", cell.removeprefix(DATE_MARK))
    line = " ".join(_INVISIBLE.sub("", cell).translate(_FULL_WIDTH).split())
    if found := _HARMFUL.search(line):
        raise Odd("BAD_CHARACTER", f"{ord(found[0]):04X}")
    if line.startswith("="):
        raise Odd("FORMULA", line)
    return line


def text_or_nothing(cell: str) -> str:
    """As `text`, and empty for what is refused."""
    try:
        return text(cell)
    except Odd:
        return ""


def name(cell: str) -> str:
    """A name; the gap that people put into two-character names (张　三) is closed."""
    line = _HAN_GAP.sub("", text(cell))
    if len(line) > MOST_NAME:
        raise Odd("TOO_LONG", MOST_NAME)
    return line


def code(cell: str) -> str:
    """A code of a unit."""
    return _matching(rules.CODE, _narrow(cell), "BAD_CODE")


def account(cell: str) -> str:
    """A work number (工号), with which the person signs in."""
    return _matching(rules.ACCOUNT, _narrow(cell), "BAD_ACCOUNT")


def email(cell: str) -> str:
    """An e-mail address in lower case."""
    return _matching(_EMAIL, _narrow(cell), "BAD_EMAIL").lower()


def phone(cell: str) -> str:
    """Digits of a mainland number, or + and digits of one abroad."""
    written = _narrow(cell)
    digits = re.sub(r"[\s()./-]", "", re.sub(r"\.0+$", "", written))
    if found := _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return found[1]
    if found := _ABROAD.fullmatch(digits):
        return f"+{found[1]}"
    raise Odd("BAD_PHONE", written)


def several(cell: str) -> list[str]:
    """The parts of a cell that lists several, in order, each once."""
    parts = (part.strip() for part in re.split("[、,，;；/|\n]", cell))
    return list(dict.fromkeys(name(part) for part in parts if part))


def _narrow(cell: str) -> str:
    """Text without any space, in narrow letters and digits: for what is typed by machine or from a list."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text(cell)))


def _matching(pattern: re.Pattern[str], value: str, refusal: str) -> str:
    if not pattern.fullmatch(value):
        raise Odd(refusal, value)
    return value
