"""The units of the demo group as data: headquarters with seven departments, two branches, eight workshops, forty teams."""

from dataclasses import dataclass

from anhuan_tenants.organisation.models import Function


@dataclass(frozen=True, slots=True)
class Department:
    """A department with its head's post and the posts of the others, each with how many hold it."""

    code: str
    name: str
    function: Function
    head: str
    posts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """A workshop (车间) with its teams: code, name and the post of their workers."""

    code: str
    name: str
    teams: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch (分厂) with its workshops."""

    code: str
    name: str
    workshops: tuple[Workshop, ...]


NAME = "恒泰金属集团"
CODE = "hengtai"
TOP = "hq"
"""Code of the unit at the top, as every company's first unit is called."""
TEAM_SIZES = (10, 11, 12, 13)
"""Taken in turn by the teams, leader included."""

DEPARTMENTS = (
    Department("hq-production", "生产管理部", Function.PRODUCTION, "生产管理部部长", (("计划员", 4), ("调度员", 3))),
    Department("hq-equipment", "设备动力部", Function.EQUIPMENT, "设备动力部部长", (("设备工程师", 5), ("动力工程师", 4))),
    Department("hq-technical", "技术部", Function.TECHNICAL, "技术部部长", (("工艺工程师", 8), ("设计工程师", 5))),
    Department("hq-hr", "人力资源部", Function.HR, "人力资源部部长", (("培训专员", 3), ("人事专员", 4))),
    Department("hq-purchasing", "采购部", Function.PURCHASING, "采购部部长", (("采购员", 6), ("供应商管理员", 2))),
    Department("hq-finance", "财务部", Function.FINANCE, "财务部部长", (("会计", 6), ("出纳", 2))),
)  # fmt: skip
"""The departments of headquarters beside the safety department, which has posts of its own."""

BRANCHES = (
    Branch(
        "b1",
        "第一分厂",
        (
            Workshop(
                "b1-stamping",
                "冲压车间",
                (
                    ("b1-stamping-a", "冲压甲班", "冲压工"),
                    ("b1-stamping-b", "冲压乙班", "冲压工"),
                    ("b1-stamping-c", "冲压丙班", "冲压工"),
                    ("b1-stamping-cut", "下料班", "剪板工"),
                    ("b1-stamping-die", "模具班", "模具工"),
                ),
            ),
            Workshop(
                "b1-welding",
                "焊接车间",
                (
                    ("b1-welding-a", "焊接甲班", "电焊工"),
                    ("b1-welding-b", "焊接乙班", "电焊工"),
                    ("b1-welding-c", "焊接丙班", "电焊工"),
                    ("b1-welding-robot", "机器人焊接班", "焊接操作工"),
                    ("b1-welding-fit", "拼装班", "冷作工"),
                ),
            ),
            Workshop(
                "b1-painting",
                "涂装车间",
                (
                    ("b1-painting-a", "喷漆甲班", "喷漆工"),
                    ("b1-painting-b", "喷漆乙班", "喷漆工"),
                    ("b1-painting-mix", "调漆班", "调漆工"),
                    ("b1-painting-dry", "烘干班", "烘干工"),
                    ("b1-painting-prep", "前处理班", "前处理工"),
                ),
            ),
            Workshop(
                "b1-warehouse",
                "仓储物流车间",
                (
                    ("b1-warehouse-raw", "原材料库", "仓库保管员"),
                    ("b1-warehouse-done", "成品库", "仓库保管员"),
                    ("b1-warehouse-chem", "危化品库", "危化品保管员"),
                    ("b1-warehouse-fork", "叉车班", "叉车司机"),
                    ("b1-warehouse-load", "装卸班", "装卸工"),
                ),
            ),
        ),
    ),
    Branch(
        "b2",
        "第二分厂",
        (
            Workshop(
                "b2-machining",
                "机加工车间",
                (
                    ("b2-machining-turn", "车工班", "车工"),
                    ("b2-machining-mill", "铣工班", "铣工"),
                    ("b2-machining-cnc", "数控班", "数控操作工"),
                    ("b2-machining-drill", "钻工班", "钻工"),
                    ("b2-machining-crane", "行车班", "行车工"),
                ),
            ),
            Workshop(
                "b2-polishing",
                "抛光打磨车间",
                (
                    ("b2-polishing-a", "打磨甲班", "打磨工"),
                    ("b2-polishing-b", "打磨乙班", "打磨工"),
                    ("b2-polishing-c", "抛光甲班", "抛光工"),
                    ("b2-polishing-d", "抛光乙班", "抛光工"),
                    ("b2-polishing-dust", "除尘运行班", "除尘工"),
                ),
            ),
            Workshop(
                "b2-heat",
                "热处理车间",
                (
                    ("b2-heat-a", "淬火甲班", "热处理工"),
                    ("b2-heat-b", "淬火乙班", "热处理工"),
                    ("b2-heat-temper", "回火班", "热处理工"),
                    ("b2-heat-blast", "喷丸班", "喷丸工"),
                    ("b2-heat-test", "检测班", "检验员"),
                ),
            ),
            Workshop(
                "b2-assembly",
                "装配车间",
                (
                    ("b2-assembly-a", "装配甲班", "装配工"),
                    ("b2-assembly-b", "装配乙班", "装配工"),
                    ("b2-assembly-c", "装配丙班", "装配工"),
                    ("b2-assembly-run", "试车班", "试车工"),
                    ("b2-assembly-pack", "包装班", "包装工"),
                ),
            ),
        ),
    ),
)
