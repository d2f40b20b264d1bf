"""The columns of the organisation workbook: what its template shows and what its reader understands."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from anhuan_tenants.organisation.models import Duty, Function, UnitKind

KINDS: Mapping[str, UnitKind] = {
    "总部": UnitKind.HQ,
    "分厂": UnitKind.BRANCH,
    "车间": UnitKind.WORKSHOP,
    "班组": UnitKind.TEAM,
    "部门": UnitKind.DEPARTMENT,
}
FUNCTIONS: Mapping[str, Function] = {
    "安全": Function.SAFETY,
    "生产": Function.PRODUCTION,
    "设备": Function.EQUIPMENT,
    "技术": Function.TECHNICAL,
    "人事": Function.HR,
    "采购": Function.PURCHASING,
    "财务": Function.FINANCE,
    "无": Function.NONE,
}
DUTIES: Mapping[str, Duty] = {
    "总经理": Duty.GENERAL_MANAGER,
    "安全总监": Duty.SAFETY_DIRECTOR,
    "分管领导": Duty.RESPONSIBLE_LEADER,
    "安全员": Duty.SAFETY_OFFICER,
    "部门负责人": Duty.DEPARTMENT_HEAD,
    "车间主任": Duty.WORKSHOP_HEAD,
    "班组长": Duty.TEAM_LEADER,
    "设备科长": Duty.EQUIPMENT_HEAD,
    "维修工": Duty.FITTER,
    "督导": Duty.SUPERVISOR,
    "审计员": Duty.AUDITOR,
    "工人": Duty.WORKER,
    "外部人员": Duty.OUTSIDE,
}

KIND_ALIASES: Mapping[str, UnitKind] = {
    **KINDS,
    **{kind.value: kind for kind in UnitKind},
    "公司": UnitKind.HQ,
    "集团": UnitKind.HQ,
    "工厂": UnitKind.BRANCH,
    "分公司": UnitKind.BRANCH,
    "班": UnitKind.TEAM,
    "科室": UnitKind.DEPARTMENT,
}
FUNCTION_ALIASES: Mapping[str, Function] = {
    **FUNCTIONS,
    **{function.value: function for function in Function},
    "人力资源": Function.HR,
    "工艺": Function.TECHNICAL,
}
DUTY_ALIASES: Mapping[str, Duty] = {
    **DUTIES,
    **{duty.value: duty for duty in Duty},
    "厂长": Duty.GENERAL_MANAGER,
    "专职安全员": Duty.SAFETY_OFFICER,
    "部门经理": Duty.DEPARTMENT_HEAD,
    "班长": Duty.TEAM_LEADER,
    "组长": Duty.TEAM_LEADER,
    "员工": Duty.WORKER,
    "操作工": Duty.WORKER,
    "协同监督员": Duty.SUPERVISOR,
    "协同监督专员": Duty.SUPERVISOR,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the program, its heading, what it asks for, and other headings that mean the same."""

    key: str
    zh: str
    en: str
    note: str
    required: bool = False
    width: int = 14
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet of the workbook."""

    name: str
    aliases: tuple[str, ...]
    columns: tuple[Column, ...]


UNITS = SheetPlan(
    "组织",
    ("组织机构", "组织架构", "units"),
    (
        Column(
            "code",
            "组织编码",
            "Code",
            "公司内唯一，导入后不要更改。Unique; keep it for good.",
            True,
            14,
            (),
            ("编码",),
        ),
        Column("name", "组织名称", "Name", "如：冲压车间。As people call it.", True, 24, (), ("名称",)),
        Column(
            "parent",
            "上级编码",
            "Parent code",
            "最高一级留空，只能有一个。Empty for the one at the top.",
            width=14,
            aliases=("上级组织编码", "上级组织"),
        ),
        Column(
            "kind",
            "类型",
            "Kind",
            "从列表中选择。Choose from the list.",
            True,
            10,
            tuple(KINDS),
            ("组织类型",),
        ),
        Column(
            "function",
            "职能",
            "Function",
            "部门的职能，可留空。What a department answers for; may be empty.",
            width=10,
            choices=tuple(FUNCTIONS),
        ),
        Column(
            "head",
            "负责人工号",
            "Head's account",
            "须在“岗位人员”表中。Must be on the people sheet.",
            width=14,
            aliases=("负责人",),
        ),
    ),
)

PEOPLE = SheetPlan(
    "岗位人员",
    ("人员", "员工", "people"),
    (
        Column(
            "account",
            "工号",
            "Account",
            "登录用，公司内唯一；一人多岗写多行。To sign in; one row for each post held.",
            True,
            14,
            (),
            ("员工编号", "账号", "职工号"),
        ),
        Column("name", "姓名", "Full name", "真实姓名。Real name.", True, 12, (), ("员工姓名",)),
        Column(
            "phone",
            "手机",
            "Phone",
            "可留空。May be empty.",
            aliases=("手机号", "手机号码", "电话", "联系电话"),
            width=16,
        ),
        Column(
            "email",
            "邮箱",
            "E-mail",
            "可留空。May be empty.",
            width=26,
            aliases=("电子邮箱", "电子邮件", "email"),
        ),
        Column(
            "unit",
            "所属组织编码",
            "Unit code",
            "“组织”表中的编码；名称唯一时也可写名称。Code, or a name that is unique.",
            True,
            16,
            (),
            ("组织编码", "所属组织", "部门编码", "所属部门"),
        ),
        Column(
            "posts",
            "岗位",
            "Posts",
            "公司自己的岗位名称，多个用顿号分开；留空则同职责。Several with 、 between.",
            width=20,
            aliases=("岗位名称",),
        ),
        Column(
            "duty",
            "职责",
            "Duty",
            "流程按职责找人；留空为工人。Loops find people by it; empty means worker.",
            width=12,
            choices=tuple(DUTIES),
            aliases=("安全职责",),
        ),
        Column(
            "roles",
            "角色",
            "Roles",
            "留空则按职责授权；填写后以此为准，多个用顿号分开。Instead of what the duty brings.",
            width=20,
            aliases=("权限角色",),
        ),
        Column(
            "party",
            "相关方",
            "Outside employer",
            "承包商、供应商人员填写其单位；本公司人员留空。Empty for own staff.",
            width=20,
            aliases=("所属相关方", "承包商"),
        ),
    ),
)


def plain(heading: str) -> str:
    """A heading, choice or sheet name without what people add to it: spaces, stars, remarks in brackets, width, case."""
    text = unicodedata.normalize("NFKC", heading)
    text = re.sub(r"\(.*?\)|[\s*:]", "", text)
    return text.casefold()


def understood(plan: SheetPlan) -> dict[str, str]:
    """Every plain heading of a sheet to the key of its column."""
    return {
        plain(heading): column.key
        for column in plan.columns
        for heading in (column.zh, column.en, *column.aliases)
    }
