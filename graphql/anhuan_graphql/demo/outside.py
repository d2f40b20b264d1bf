"""The outside parties (相关方) of the demo group: two contractors, two suppliers, one maintenance firm, each with its people."""

from dataclasses import dataclass

from anhuan_tenants.parties.models import PartyKind


@dataclass(frozen=True, slots=True)
class Sent:
    """A person whom an outside party sends; no roles means those of a contractor's worker."""

    account: str
    name: str
    post: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideParty:
    """An outside company; `unit` is the unit of ours that looks after it."""

    code: str
    name: str
    kind: PartyKind
    unit: str
    people: tuple[Sent, ...]


_SUPPLIER = ("supplier_user",)

MAINTENANCE = OutsideParty(
    "qiming",
    "启明机电维保有限公司",
    PartyKind.MAINTENANCE,
    "b1-equipment",
    (
        Sent("ma", "马俊", "外部维保工程师"),
        Sent("qiming2", "秦朗", "外部维修电工"),
        Sent("qiming3", "屈明远", "外部维修钳工"),
    ),
)
PARTIES = (
    MAINTENANCE,
    OutsideParty(
        "linjiang",
        "临江建筑安装有限公司",
        PartyKind.CONTRACTOR,
        "b1-production",
        (Sent("linjiang1", "江一舟", "施工负责人"), Sent("linjiang2", "凌子安", "电焊作业人员")),
    ),
    OutsideParty(
        "antai",
        "安泰防腐工程有限公司",
        PartyKind.CONTRACTOR,
        "b2-production",
        (Sent("antai1", "安如山", "施工负责人"), Sent("antai2", "艾长青", "高处作业人员")),
    ),
    OutsideParty(
        "ruiyuan",
        "瑞源涂料有限公司",
        PartyKind.SUPPLIER,
        "hq-purchasing",
        (Sent("ruiyuan1", "阮思远", "安全负责人", _SUPPLIER), Sent("ruiyuan2", "芮文", "业务员", _SUPPLIER)),
    ),
    OutsideParty(
        "shengda",
        "盛达钢材有限公司",
        PartyKind.SUPPLIER,
        "hq-purchasing",
        (Sent("shengda1", "盛怀玉", "安全负责人", _SUPPLIER), Sent("shengda2", "尚达", "业务员", _SUPPLIER)),
    ),
)
