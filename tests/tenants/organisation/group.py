"""A metal-working group as rows of the workbook: HQ, two branches, workshops, teams, and as many people as wanted."""

from anhuan_tenants.organisation.models import Duty, Function, UnitKind
from anhuan_tenants.organisation.rows import PersonRow, PostRow, UnitRow


def units() -> list[UnitRow]:
    """Parents first, with heads among the first people."""
    rows = [UnitRow(2, "HT", "恒泰集团", UnitKind.HQ, Function.NONE, None, "0001")]
    rows.append(UnitRow(3, "AQ", "安全环保部", UnitKind.DEPARTMENT, Function.SAFETY, "HT", None))
    for branch in ("B1", "B2"):
        rows.append(UnitRow(0, branch, f"{branch}分厂", UnitKind.BRANCH, Function.NONE, "HT", None))
        rows.append(
            UnitRow(0, f"{branch}-SB", "设备科", UnitKind.DEPARTMENT, Function.EQUIPMENT, branch, None)
        )
        for shop in range(1, 4):
            code = f"{branch}-W{shop}"
            rows.append(UnitRow(0, code, f"{code}车间", UnitKind.WORKSHOP, Function.NONE, branch, None))
            rows += [
                UnitRow(0, f"{code}-T{team}", f"{team}班", UnitKind.TEAM, Function.NONE, code, None)
                for team in range(1, 4)
            ]
    return rows


def people(count: int, first_phone: int) -> list[PersonRow]:
    """The head of the group, safety officers of each tier, then workers spread over the teams."""
    teams = [row.code for row in units() if row.kind is UnitKind.TEAM]
    rows = [
        _person(1, "陈总", "HT", first_phone, PostRow("HT", "总经理", Duty.GENERAL_MANAGER, ())),
        _person(2, "魏建国", "AQ", first_phone, PostRow("HT", "安全员", Duty.SAFETY_OFFICER, ())),
        _person(3, "何安", "B1", first_phone, PostRow("B1", "安全员", Duty.SAFETY_OFFICER, ())),
        _person(4, "吴全", "B1-W1", first_phone, PostRow("B1-W1", "安全员", Duty.SAFETY_OFFICER, ())),
    ]
    for number in range(len(rows) + 1, count + 1):
        team = teams[number % len(teams)]
        rows.append(
            _person(number, f"工人{number}", team, first_phone, PostRow(team, "冲压工", Duty.WORKER, ()))
        )
    return rows


def _person(number: int, name: str, unit: str, first_phone: int, post: PostRow) -> PersonRow:
    phone = str(first_phone + number)
    return PersonRow(number + 1, f"{number:04d}", name, phone, None, unit, None, (post,))
