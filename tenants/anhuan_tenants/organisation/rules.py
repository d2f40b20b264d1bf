"""What an organisation may look like; pure decisions."""

import re
import unicodedata
from enum import StrEnum
from typing import TypeVar

from anhuan_infra import text
from anhuan_tenants.organisation.errors import AccountMalformed, CodeMalformed, WordUnknown
from anhuan_tenants.organisation.models import Duty, Function, UnitKind

MOST_LEVELS = 12
_RANK = {UnitKind.HQ: 0, UnitKind.BRANCH: 1, UnitKind.WORKSHOP: 2, UnitKind.TEAM: 3}
CODE = re.compile(r"[\w./-]{1,40}")
ACCOUNT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")

W = TypeVar("W", bound=StrEnum)


def may_stand_under(kind: UnitKind, above: UnitKind) -> bool:
    """Tiers go down only (总部-分厂-车间-班组, tiers may be left out); departments stand anywhere but under a team."""
    if kind is UnitKind.HQ or above is UnitKind.TEAM:
        return False
    if UnitKind.DEPARTMENT in (kind, above):
        return True
    return _RANK[kind] > _RANK[above]


def head_duty(kind: UnitKind, function: Function) -> Duty:
    """The duty of whoever is named as head (负责人) of a unit, without the company saying which."""
    if kind is UnitKind.DEPARTMENT:
        return Duty.EQUIPMENT_HEAD if function is Function.EQUIPMENT else Duty.DEPARTMENT_HEAD
    return {
        UnitKind.HQ: Duty.GENERAL_MANAGER,
        UnitKind.BRANCH: Duty.RESPONSIBLE_LEADER,
        UnitKind.WORKSHOP: Duty.WORKSHOP_HEAD,
        UnitKind.TEAM: Duty.TEAM_LEADER,
    }[kind]


def code(value: str, path: str = "code") -> str:
    """The code of a unit, post or party as it is kept: in narrow signs, without spaces."""
    narrow = _narrow(value, path)
    if not CODE.fullmatch(narrow):
        raise CodeMalformed(path=path)
    return narrow


def account(value: str, path: str = "account") -> str:
    """A work number as it is kept."""
    narrow = _narrow(value, path)
    if not ACCOUNT.fullmatch(narrow):
        raise AccountMalformed(path=path)
    return narrow


def word(kind: type[W], value: str, path: str) -> W:
    """One of the words of an enum, or a refusal that lists them."""
    try:
        return kind(value)
    except ValueError as error:
        raise WordUnknown(path=path, choices=", ".join(kind)) from error


def _narrow(value: str, path: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text.clean(value, path)))
