"""The modules that can be subscribed to, as data: what each does, costs a year, and needs."""

from dataclasses import dataclass
from types import MappingProxyType

CORE = "core"
"""What every company has for nothing: organisation, people, rights, in-app notices, the record itself."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module; prices are for a whole company and year, in fen (分) of CNY, tax included."""

    code: str
    zh: str
    en: str
    does_zh: str
    does_en: str
    fen_per_year: int
    needs: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it is always on."""
        return self.fen_per_year == 0


_ALL = (
    Module(
        CORE,
        "基础平台",
        "Core",
        "组织、人员、权限、站内通知与操作留痕，永久免费。",
        "Organisation, people, rights, in-app notices and the record; free for good.",
        0,
    ),
    Module(
        "hazards",
        "隐患治理",
        "Hazards",
        "隐患从上报、定级、派发、整改、验证到销号全程闭环，逾期自动升级。",
        "Carries every hazard from report to verified closing and climbs by itself when it is late.",
        1_200_000,
        (CORE,),
    ),
    Module(
        "collaboration",
        "信息共享",
        "Collaboration",
        "在隐患上讨论、@同事、组建联合处置组。",
        "Discuss a hazard, call colleagues by name, and form a joint group on it.",
        360_000,
        ("hazards",),
    ),
    Module(
        "channels",
        "消息通道",
        "Channels",
        "通过邮件、企业微信、钉钉、飞书、短信把通知送到人。",
        "Carries notices to people by e-mail, WeCom, DingTalk, Feishu and SMS.",
        240_000,
        (CORE,),
    ),
    Module(
        "audit",
        "审计证据",
        "Audit evidence",
        "查询、导出并独立验证操作记录，证明无人改动。",
        "Query, export and independently verify the record, to prove that nobody changed it.",
        360_000,
        (CORE,),
    ),
    Module(
        "parties",
        "相关方",
        "Outside parties",
        "承包商、供应商、外部维保单位的人员参与现场闭环。",
        "Lets people of contractors, suppliers and maintenance firms take part on site.",
        480_000,
        (CORE,),
    ),
)

MODULES = MappingProxyType({module.code: module for module in _ALL})
"""All modules by code; a module always stands after those that it needs."""


def needing(code: str) -> list[str]:
    """The modules that cannot work without this one."""
    return [module.code for module in _ALL if code in module.needs]
