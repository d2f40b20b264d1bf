"""The people of the demo group: 650 of its own with their posts, and those whom outside parties send."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from anhuan_graphql.demo import names, outside, structure
from anhuan_tenants.organisation.models import Duty, Function, UnitKind
from anhuan_tenants.organisation.rows import PersonRow, PostRow, UnitRow

FOUNDER = "admin"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody whom visitors of the demo may be: an account and what the person is here, in both languages."""

    account: str
    name: str
    zh: str
    en: str


SIGN_INS = (
    SignIn("lin", "林小雨", "冲压工", "worker"),
    SignIn("tang", "唐海波", "冲压甲班班长", "team leader"),
    SignIn("wu", "吴国栋", "冲压车间主任", "workshop head"),
    SignIn("wei", "魏建军", "冲压车间安全员", "workshop safety officer"),
    SignIn("bai", "白雪梅", "第一分厂安全员", "branch safety officer"),
    SignIn("leng", "冷建平", "第一分厂厂长（分管领导）", "responsible leader"),
    SignIn("shen", "沈立新", "设备科科长", "head of equipment"),
    SignIn("chen", "陈志刚", "维修工", "fitter"),
    SignIn("deng", "邓永强", "维修工", "another fitter"),
    SignIn("su", "苏晴", "协同监督员（督导）", "supervisor"),
    SignIn("ding", "丁安平", "安全总监", "safety director"),
    SignIn("gao", "高志远", "总经理", "general manager"),
    SignIn("wen", "文静", "审计员", "auditor"),
    SignIn(FOUNDER, "赵敏", "系统管理员", "administrator"),
    SignIn("ma", "马俊", "外部维保工程师", "outside maintenance"),
)
"""One for each part that the product knows; the first is where a tour begins."""
_NAMED = {one.account: one.name for one in SIGN_INS}


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that the workbook holds, parents before children."""

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]

    @property
    def own(self) -> list[PersonRow]:
        """The group's own people."""
        return [person for person in self.people if person.party is None]

    def holders(self, unit: str, duty: Duty) -> list[str]:
        """Accounts of who holds this duty in this very unit, in the order of the sheet."""
        return [
            person.account
            for person in self.people
            if any(post.unit == unit and post.duty is duty for post in person.posts)
        ]


@dataclass
class _Book:
    """The workbook while it is written."""

    units: list[UnitRow] = field(default_factory=list[UnitRow])
    people: list[PersonRow] = field(default_factory=list[PersonRow])
    heads: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        taken = {*_NAMED.values(), *(person.name for party in outside.PARTIES for person in party.people)}
        self._names = (name for name in names.people() if name not in taken)

    def unit(
        self, code: str, name: str, kind: UnitKind, parent: str | None, function: Function = Function.NONE
    ) -> str:
        self.units.append(UnitRow(0, code, name, kind, function, parent, None))
        return code

    def hire(
        self,
        unit: str,
        post: str,
        *duties: Duty,
        account: str = "",
        more: Sequence[PostRow] = (),
        heads: bool = False,
    ) -> str:
        """A person whose first post is here; without an account of their own they sign in with a work number."""
        account = account or f"HT{len(self.people) + 1:04d}"
        name = _NAMED.get(account) or next(self._names)
        posts = tuple(PostRow(unit, post, duty, ()) for duty in duties or (Duty.WORKER,))
        email = f"{account.lower()}@hengtai.example"
        self.people.append(PersonRow(0, account, name, None, email, unit, None, (*posts, *more)))
        if heads:
            self.heads[unit] = account
        return account

    def finished(self) -> Group:
        units = (
            UnitRow(0, row.code, row.name, row.kind, row.function, row.parent, self.heads.get(row.code))
            for row in self.units
        )
        return Group(tuple(units), tuple(self.people))


@cache
def group() -> Group:
    """The whole group; the same at every call and on every machine."""
    book = _Book()
    top = book.unit(structure.TOP, structure.NAME, UnitKind.HQ, None)
    book.hire(top, "总经理", Duty.GENERAL_MANAGER, account="gao", heads=True)
    book.hire(top, "安全总监", Duty.SAFETY_DIRECTOR, account="ding")
    book.hire(top, "生产副总经理", Duty.RESPONSIBLE_LEADER)
    book.hire(top, "设备副总经理", Duty.RESPONSIBLE_LEADER)
    book.hire(top, "审计员", Duty.AUDITOR, account="wen")
    book.hire(
        top, "系统管理员", account=FOUNDER, more=[PostRow(top, "平台管理员", Duty.WORKER, ("tenant_admin",))]
    )
    _safety_department(book, top)
    for department in structure.DEPARTMENTS:
        _department(book, department, top)
    sizes = 0
    for branch in structure.BRANCHES:
        _branch(book, branch, top)
        for workshop in branch.workshops:
            sizes = _workshop(book, workshop, branch.code, sizes)
    for party in outside.PARTIES:
        for person in party.people:
            book.people.append(
                PersonRow(
                    0, person.account, person.name, None, f"{person.account}@{party.code}.example", party.unit,
                    party.name, (PostRow(party.unit, person.post, Duty.OUTSIDE, person.roles),),
                )
            )  # fmt: skip
    return book.finished()


def _department(book: _Book, department: structure.Department, parent: str) -> None:
    code = book.unit(department.code, department.name, UnitKind.DEPARTMENT, parent, department.function)
    book.hire(code, department.head, Duty.DEPARTMENT_HEAD, heads=True)
    for post, count in department.posts:
        for _ in range(count):
            book.hire(code, post)


def _safety_department(book: _Book, top: str) -> None:
    """Officers hold their duty at the top, where it counts for the whole group, and belong to the department."""
    code = book.unit("hq-safety", "安全环保部", UnitKind.DEPARTMENT, top, Function.SAFETY)
    book.hire(code, "安全环保部部长", Duty.DEPARTMENT_HEAD, heads=True)
    for _ in range(4):
        book.hire(code, "安全工程师", more=[PostRow(top, "总部安全员", Duty.SAFETY_OFFICER, ())])
    for branch in structure.BRANCHES:
        # Headquarters sends one of its people to each branch (S001-41).
        book.hire(code, "监督专员", more=[PostRow(branch.code, "协同监督专员", Duty.SUPERVISOR, ())])
    book.hire(code, "环保工程师")


def _branch(book: _Book, branch: structure.Branch, top: str) -> None:
    is_first = branch is structure.BRANCHES[0]
    at = book.unit(branch.code, branch.name, UnitKind.BRANCH, top)
    book.hire(at, "厂长", Duty.RESPONSIBLE_LEADER, account="leng" if is_first else "", heads=True)

    safety = book.unit(f"{at}-safety", "安环科", UnitKind.DEPARTMENT, at, Function.SAFETY)
    book.hire(safety, "安环科科长", Duty.DEPARTMENT_HEAD, heads=True)
    for number in range(3):
        account = "bai" if is_first and number == 0 else ""
        duty = PostRow(at, "分厂安全员", Duty.SAFETY_OFFICER, ())
        book.hire(safety, "安环科科员", account=account, more=[duty])
    for _ in range(2):
        book.hire(safety, "环保员")

    equipment = book.unit(f"{at}-equipment", "设备科", UnitKind.DEPARTMENT, at, Function.EQUIPMENT)
    # Machines stand in the units of others, so who answers for them needs rights all over the branch.
    reach = PostRow(at, "分厂设备主管", Duty.WORKER, ("department_head", "equipment_head"))
    account = "shen" if is_first else ""
    book.hire(
        equipment, "设备科科长", Duty.EQUIPMENT_HEAD, Duty.DEPARTMENT_HEAD, account=account, more=[reach], heads=True
    )  # fmt: skip
    for code, name, post in (("mech", "机修班", "机修工"), ("elec", "电修班", "维修电工")):
        team = book.unit(f"{equipment}-{code}", name, UnitKind.TEAM, equipment)
        book.hire(team, f"{name}班长", Duty.TEAM_LEADER, heads=True)
        for number in range(10):
            named = {0: "chen", 1: "deng"} if is_first and code == "mech" else {}
            book.hire(team, post, Duty.FITTER, account=named.get(number, ""))

    production = book.unit(f"{at}-production", "生产科", UnitKind.DEPARTMENT, at, Function.PRODUCTION)
    # Production is the first responsible on every site of the branch (S001-02).
    reach = PostRow(at, "分厂生产主管", Duty.WORKER, ("department_head",))
    book.hire(production, "生产科科长", Duty.DEPARTMENT_HEAD, more=[reach], heads=True)
    for _ in range(8):
        book.hire(production, "生产调度员")


def _workshop(book: _Book, workshop: structure.Workshop, branch: str, sizes: int) -> int:
    """The workshop with its teams; answers how many team sizes have been used up."""
    is_first = workshop is structure.BRANCHES[0].workshops[0]
    at = book.unit(workshop.code, workshop.name, UnitKind.WORKSHOP, branch)
    book.hire(at, "车间主任", Duty.WORKSHOP_HEAD, account="wu" if is_first else "", heads=True)
    book.hire(at, "车间安全员", Duty.SAFETY_OFFICER, account="wei" if is_first else "")
    # The branch sends one supervisor to each workshop (S001-41).
    book.hire(at, "协同监督员", Duty.SUPERVISOR, account="su" if is_first else "")
    book.hire(at, "车间调度员")
    book.hire(at, "统计员")
    for number, (code, name, post) in enumerate(workshop.teams):
        team = book.unit(code, name, UnitKind.TEAM, at)
        is_known = is_first and number == 0
        book.hire(team, f"{name}班长", Duty.TEAM_LEADER, account="tang" if is_known else "", heads=True)
        for worker in range(structure.TEAM_SIZES[sizes % len(structure.TEAM_SIZES)] - 1):
            book.hire(team, post, account="lin" if is_known and worker == 0 else "")
        sizes += 1
    return sizes
