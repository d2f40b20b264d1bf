"""What a company may be called and how strict it is at the door; pure decisions."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any

from anhuan_infra.errors import BadInput

_CODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
_CHINESE_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_INDUSTRY = re.compile(r"[A-T]?[0-9]{0,4}")
_REGION = re.compile(r"[0-9]{6}")


class CodeMalformed(BadInput):
    """{path} must be 3 to 40 small letters, digits and hyphens, beginning with a letter."""

    zh = "{path} 须为 3–40 位小写字母、数字或连字符，以字母开头。"


class EmailMalformed(BadInput):
    """{path} is not an e-mail address."""

    zh = "{path} 不是有效的电子邮箱地址。"


class PhoneMalformed(BadInput):
    """{path} is not a telephone number; outside China it begins with + and the country."""

    zh = "{path} 不是有效的电话号码；境外号码请以 + 和国家代码开头。"


class ClassMalformed(BadInput):
    """{path} is not a code of {standard}."""

    zh = "{path} 不是 {standard} 的代码。"


class SettingOutOfRange(BadInput):
    """{path} must lie between {least} and {most}."""

    zh = "{path} 须在 {least} 与 {most} 之间。"


def company_code(value: str, path: str = "code") -> str:
    """The code as it is kept: small letters, without surrounding space; people type it as they like."""
    code = unicodedata.normalize("NFKC", value[:100]).strip().lower()
    if not _CODE.fullmatch(code):
        raise CodeMalformed(path=path)
    return code


def email(value: str, path: str = "email") -> str:
    """The address as it is compared: composed, small letters."""
    address = unicodedata.normalize("NFKC", value[:400]).strip().lower()
    if len(address) > 254 or not address.isprintable() or not _EMAIL.fullmatch(address):
        raise EmailMalformed(path=path)
    return address


def phone(value: str, path: str = "phone") -> str:
    """The number as it is compared: + and digits; eleven digits beginning with 1 are a Chinese mobile."""
    digits = re.sub(r"[\s().-]", "", unicodedata.normalize("NFKC", value[:60]))
    if _CHINESE_MOBILE.fullmatch(digits):
        digits = f"+86{digits}"
    elif digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if not _PHONE.fullmatch(digits):
        raise PhoneMalformed(path=path)
    return digits


def industry(value: str | None, path: str = "industry_code") -> str | None:
    """A class of GB/T 4754, as far as its form tells."""
    if value and not _INDUSTRY.fullmatch(value):
        raise ClassMalformed(path=path, standard="GB/T 4754")
    return value or None


def region(value: str | None, path: str = "region_code") -> str | None:
    """A place of GB/T 2260, as far as its form tells."""
    if value and not _REGION.fullmatch(value):
        raise ClassMalformed(path=path, standard="GB/T 2260")
    return value or None


RANGES: Mapping[str, tuple[int, int]] = {
    "idle_minutes": (5, 43_200),
    "lock_after": (3, 10),
    "lock_minutes": (5, 1_440),
    "password_days": (0, 365),
    "session_days": (1, 90),
    "stay_days": (1, 365),
    "stay_hours": (1, 2_160),
}


@dataclass(frozen=True)
class Strictness:
    """How strict a company is at its door; what ships satisfies 等保 level 2 (GB/T 22239-2019, 8.1.4.1 身份鉴别)."""

    idle_minutes: int = 30
    """A session unused for so long has ended."""
    lock_after: int = 5
    """Failures within `lock_minutes` that lock an account."""
    lock_minutes: int = 15
    password_days: int = 90
    """After so many days the sign-in says that the password is old; 0 never says it."""
    session_days: int = 30
    """The longest that a session lasts however it is used."""
    stay_days: int = 180
    """As `session_days`, for a session that its person asked to stay (在本机保持登录)."""
    stay_hours: int = 720
    """As `idle_minutes`, for a session that stays: a phone is asked for a password after a holiday and not after a break."""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Strictness":
        """As a company's settings say; what they do not say ships."""
        said = settings.get("strictness", {})
        return cls(**{field.name: int(said[field.name]) for field in fields(cls) if field.name in said})

    def checked(self) -> "Strictness":
        """The same, or a refusal that names what is out of range."""
        for name, value in asdict(self).items():
            least, most = RANGES[name]
            if not least <= value <= most:
                head, *rest = name.split("_")
                path = head + "".join(part.title() for part in rest)
                raise SettingOutOfRange(path=path, least=least, most=most)
        return self

    def idle(self, *, stays: bool) -> timedelta:
        """How long a session may be unused."""
        return timedelta(hours=self.stay_hours) if stays else timedelta(minutes=self.idle_minutes)

    def longest(self, *, stays: bool) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(days=self.stay_days if stays else self.session_days)

    @property
    def lock(self) -> timedelta:
        """`lock_minutes` as a span."""
        return timedelta(minutes=self.lock_minutes)
