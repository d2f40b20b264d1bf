"""Which passwords are good enough: 等保 level 2 asks for length, mixture and change; guessable ones are refused besides."""

from collections.abc import Iterable
from enum import StrEnum

from anhuan_infra import text
from anhuan_infra.errors import Refused

LEAST = 10
MOST = 128
KINDS = 3
REMEMBERED = 5
"""How many earlier passwords may not come back."""


class Fault(StrEnum):
    """What is wrong with a password."""

    SHORT = "too_short"
    LONG = "too_long"
    PLAIN = "too_few_kinds"
    NAMED = "contains_a_name"
    COMMON = "too_common"
    USED = "used_before"


_SAYS = {
    Fault.SHORT: (f"至少 {LEAST} 个字符", f"needs at least {LEAST} characters"),
    Fault.LONG: (f"至多 {MOST} 个字符", f"has more than {MOST} characters"),
    Fault.PLAIN: (
        "大写、小写、数字、符号至少三种",
        "needs three of: capitals, small letters, digits, other signs",
    ),
    Fault.NAMED: (
        "不得包含账号、姓名或企业名称",
        "must not contain the account, your name or the company's",
    ),
    Fault.COMMON: ("过于常见，容易被猜到", "is too common"),
    Fault.USED: (
        f"不得与最近 {REMEMBERED} 次密码相同",
        f"was used before (the last {REMEMBERED} are remembered)",
    ),
}

_COMMON_WORDS = """
password passw0rd p@ssword p@ssw0rd qwerty qwertyuiop 1qaz2wsx 1q2w3e4r zaq12wsx abc123 abcd1234 admin administrator root
welcome letmein iloveyou woaini woaini1314 5201314 1314520 123456 12345678 1234567890 0123456789 987654321 11111111 88888888
66666666 aa123456 a123456 test guest changeme default huawei safety anquan anhuan
"""
_COMMON = frozenset(_COMMON_WORDS.split())


class PasswordRefused(Refused):
    """This password cannot be used."""

    code = "PASSWORD_REFUSED"
    zh = "该密码不可用。"

    def __init__(self, faults: Iterable[Fault], path: str = "password") -> None:
        self.faults = tuple(faults)
        super().__init__(path=path, faults=[fault.value for fault in self.faults])

    def message(self, language: str) -> str:
        """All that is wrong at once, so that nobody has to try five times."""
        if language.startswith("zh"):
            return f"该密码不可用：{'；'.join(_SAYS[fault][0] for fault in self.faults)}。"
        return f"This password {', and '.join(_SAYS[fault][1] for fault in self.faults)}."


def check(password: str, names: Iterable[str], path: str = "password") -> None:
    """Refuse a password that is not good enough; `names` are the person's own and the company's."""
    text.clean(password, path, 1_000, may_be_empty=True)
    if faults := list(_faults(password, names)):
        raise PasswordRefused(faults, path)


def _faults(password: str, names: Iterable[str]) -> Iterable[Fault]:
    if len(password) < LEAST:
        yield Fault.SHORT
    if len(password) > MOST:
        yield Fault.LONG
    if kinds(password) < KINDS:
        yield Fault.PLAIN
    folded = password.casefold()
    if any(name.casefold() in folded for name in names if len(name) >= 2):
        yield Fault.NAMED
    if _is_common(folded):
        yield Fault.COMMON


def kinds(password: str) -> int:
    """How many of the four kinds of signs appear: capitals, small letters, digits, everything else (Chinese too)."""
    found = {
        "upper" if sign.isupper() else "lower" if sign.islower() else "digit" if sign.isdigit() else "other"
        for sign in password
    }
    return len(found)


def _is_common(folded: str) -> bool:
    # A known word with its usual tail or in a row with itself ("Password123!", "Admin@2026") is the word.
    letters = folded.strip("0123456789!@#$%^&*._-+? ")
    return folded in _COMMON or letters in _COMMON or len(set(folded)) <= 3
