"""The one font of printed papers, and which characters it can show: a sign without a glyph would be printed as an empty box."""

import struct
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path

FAMILY = "Noto Sans CJK SC"
FILE = Path(str(files("noto_cjk_sans_otc").joinpath("NotoSansCJK-Regular.ttc")))
FACE = 2
"""Which of the faces in the file is the simplified Chinese one."""
_MOST_NAMED = 4
_SILENT = frozenset(
    (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF)
)
"""Marks that show nothing by themselves: joiners, directions, variants. Left out, nothing is lost on paper."""


def shows(sign: str) -> bool:
    """Whether the font has a glyph for this character."""
    starts, ends = _ranges()
    at = bisect_right(starts, ord(sign)) - 1
    return at >= 0 and ord(sign) <= ends[at]


def printable(text: str, language: str) -> str:
    """The text as it can be printed: what the font lacks is named by its number, or counted where it is a whole passage."""
    parts: list[str] = []
    lacking: list[str] = []
    for sign in (*text.replace("\t", " "), ""):
        if sign and sign not in "\n" and not shows(sign):
            if ord(sign) not in _SILENT:
                lacking.append(sign)
            continue
        if lacking:
            parts.append(_named(lacking, language))
            lacking = []
        parts.append(sign)
    return "".join(parts)


def _named(lacking: list[str], language: str) -> str:
    if len(lacking) <= _MOST_NAMED:
        return f"[{' '.join(f'U+{ord(sign):04X}' for sign in lacking)}]"
    count = len(lacking)
    return (
        f"[{count} 个无法打印的字符]" if language == "zh" else f"[{count} characters that cannot be printed]"
    )


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """First and last characters of each run that the face maps, read from its `cmap` (format 12)."""
    with FILE.open("rb") as file:
        data = file.read()
    face = struct.unpack_from(">I", data, 12 + 4 * FACE)[0]
    count = struct.unpack_from(">H", data, face + 4)[0]
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(face + 12, face + 12 + 16 * count, 16)
    }
    cmap = tables[b"cmap"]
    starts: list[int] = []
    ends: list[int] = []
    for number in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">I", data, cmap + 8 + 8 * number)[0]
        if struct.unpack_from(">H", data, table)[0] != 12:
            continue
        for group in range(struct.unpack_from(">I", data, table + 12)[0]):
            first, last, _glyph = struct.unpack_from(">III", data, table + 16 + 12 * group)
            starts.append(first)
            ends.append(last)
        break
    return starts, ends
