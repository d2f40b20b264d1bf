"""On what terms a company has its modules at a moment: computed from dates, so that no job has to be on time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from anhuan_infra.errors import Refused
from anhuan_tenants.subscriptions.catalogue import MODULES
from anhuan_tenants.subscriptions.models import Terms

TRIAL = timedelta(days=30)
GRACE = timedelta(days=15)
"""After the end everything still works for so long, with a warning."""

_WORST_FIRST = (Terms.LAPSED, Terms.GRACE, Terms.TRIAL, Terms.ACTIVE)


class ModuleNotSubscribed(Refused):
    """Your company has not subscribed to the module {module}: {does}"""

    code = "MODULE_NOT_SUBSCRIBED"
    zh = "贵企业尚未订阅“{module_zh}”模块：{does_zh}"


class ModuleReadOnly(Refused):
    """The subscription to the module {module} has ended: everything can be read and exported, nothing changed."""

    code = "MODULE_READ_ONLY"
    zh = "“{module_zh}”模块已到期：可查看、可导出，不可修改。"


class ModuleUnknown(Refused):
    """There is no module {module}."""

    code = "MODULE_UNKNOWN"
    zh = "没有名为 {module} 的模块。"


@dataclass(frozen=True, slots=True)
class Dates:
    """When a subscription holds; the same facts as its row."""

    is_trial: bool
    ends_at: datetime
    grace_ends_at: datetime
    cancelled_at: datetime | None = None

    def terms(self, now: datetime) -> Terms | None:
        """The terms at a moment, not asking what the module needs; None when cancelled."""
        if self.cancelled_at is not None:
            return None
        if now < self.ends_at:
            return Terms.TRIAL if self.is_trial else Terms.ACTIVE
        return Terms.GRACE if now < self.grace_ends_at else Terms.LAPSED


def terms(dates: Mapping[str, Dates], now: datetime) -> dict[str, Terms]:
    """The terms of every module that the company has; a module is never better off than what it needs."""
    found: dict[str, Terms] = {}
    for module in MODULES.values():
        own = Terms.ACTIVE if module.is_free else None
        if module.code in dates:
            own = dates[module.code].terms(now)
        needs = [found.get(need) for need in module.needs]
        everything = [own, *needs]
        if None not in everything:
            found[module.code] = min((t for t in everything if t), key=_WORST_FIRST.index)
    return found


def require(held: Mapping[str, Terms], module: str, *, write: bool) -> None:
    """Refuse what the company's terms do not include; a lapsed module may be read, never changed."""
    about = MODULES.get(module)
    if about is None:
        raise ModuleUnknown(module=module)
    facts = {"module": module, "module_zh": about.zh, "does": about.does_en, "does_zh": about.does_zh}
    standing = held.get(module)
    if standing is None:
        raise ModuleNotSubscribed(**facts)
    if write and standing is Terms.LAPSED:
        raise ModuleReadOnly(**facts)


def read_only(held: Mapping[str, Terms]) -> frozenset[str]:
    """The modules that may only be read."""
    return frozenset(module for module, standing in held.items() if standing is Terms.LAPSED)
