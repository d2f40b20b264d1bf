"""What people type: refused when it cannot be kept, otherwise kept exactly as it came, in any script and direction."""

import re
import unicodedata
from functools import lru_cache

from anhuan_infra.errors import BadInput

NAME = 200
"""Most characters of a name or title."""
LINE = 500
"""Most characters of a longer single line, such as an address."""
PROSE = 10_000
"""Most characters of a description or comment."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAK = re.compile("[\t\n\r\u2028\u2029]")


class TextEmpty(BadInput):
    """{path} must not be empty."""

    zh = "{path} 不能为空。"


class TextTooLong(BadInput):
    """{path} has {length} characters; at most {most} can be kept."""

    zh = "{path} 共 {length} 个字符，最多 {most} 个。"


class TextNotText(BadInput):
    """{path} holds a character that is not text (U+{point} at place {place})."""

    zh = "{path} 含有非文本字符（第 {place} 位，U+{point}）。"


class TextHasLines(BadInput):
    """{path} must be a single line (line break or tab at place {place})."""

    zh = "{path} 只能为一行（第 {place} 位有换行或制表符）。"


def clean(
    value: str, path: str, max_length: int = NAME, *, multiline: bool = False, may_be_empty: bool = False
) -> str:
    """The same text, or a refusal that names the field. Length counts characters (code points), not bytes.

    NUL, lone surrogates and control characters are refused; line breaks and tabs only where several lines are meant.
    Text that shows nothing (spaces, zero-width signs) counts as empty.
    """
    if len(value) > max_length:
        raise TextTooLong(path=path, length=len(value), most=max_length)
    if found := _SURROGATE.search(value) or _CONTROL.search(value):
        raise TextNotText(path=path, point=f"{ord(found[0]):04X}", place=found.start() + 1)
    if not multiline and (found := _BREAK.search(value)):
        raise TextHasLines(path=path, place=found.start() + 1)
    if not may_be_empty and not shows(value):
        raise TextEmpty(path=path)
    return value


def maybe(value: str | None, path: str, max_length: int = NAME, *, multiline: bool = False) -> str | None:
    """As `clean`, for a field that may be left out; an empty one counts as left out."""
    if value is None or not clean(value, path, max_length, multiline=multiline, may_be_empty=True):
        return None
    return value if shows(value) else None


def shows(value: str) -> bool:
    """Whether any sign of the text can be seen; spaces, format signs (Cf) and marks alone cannot."""
    return any(unicodedata.category(sign)[0] not in "ZCM" for sign in value)


def sort_key(name: str) -> str:
    """The text by which a name is put in order: pinyin for Chinese, case folded for the rest.

    PostgreSQL here has no Chinese collation, so the order is decided once, when the name is written.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    return folded if folded.isascii() else _pinyin(folded)[:NAME]


@lru_cache(maxsize=4096)
def _pinyin(name: str) -> str:
    # Imported late: its dictionaries take a second and 30 MB, which a process without Chinese names should not pay.
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(name))
