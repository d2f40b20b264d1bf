"""What the organisation workbook means: units, people, posts, and each mistake at its row."""

import pytest

from anhuan_tenants.organisation import sheet
from anhuan_tenants.organisation.models import Duty, Function, UnitKind
from anhuan_tenants.organisation.rows import Known, Parsed, PersonRow, PostRow, UnitRow

UNIT_HEADINGS = ["组织编码", "组织名称", "上级编码", "类型", "职能", "负责人工号"]
PEOPLE_HEADINGS = ["工号", "姓名", "手机", "邮箱", "所属组织编码", "岗位", "职责", "角色", "相关方"]
HQ = ["HQ", "华东金属集团", "", "总部", "", ""]
BRANCH = ["B1", "一分厂", "HQ", "分厂", "", ""]
SHOP = ["W1", "冲压车间", "B1", "车间", "", ""]


def units(*rows: list[str], known: Known | None = None) -> Parsed:
    return sheet.understand({"组织": [UNIT_HEADINGS, *rows]}, known or Known())


def people(*rows: list[str]) -> Parsed:
    filled = [row + [""] * (len(PEOPLE_HEADINGS) - len(row)) for row in rows]
    return sheet.understand(
        {"组织": [UNIT_HEADINGS, HQ, BRANCH, SHOP], "岗位人员": [PEOPLE_HEADINGS, *filled]}
    )


def mistakes(parsed: Parsed) -> list[tuple[int, str, str]]:
    return [(error.row, error.column, error.code) for error in parsed.errors]


def lin(**changes: str) -> list[str]:
    row = dict(
        zip(
            PEOPLE_HEADINGS,
            ["1001", "林小雨", "13800138000", "", "W1", "冲压工", "工人", "", ""],
            strict=True,
        )
    )
    return list((row | changes).values())


def test_units_come_parents_first_whatever_their_order_in_the_sheet() -> None:
    parsed = units(SHOP, ["D1", "设备科", "B1", "部门", "设备", ""], BRANCH, HQ)

    assert parsed.errors == ()
    assert parsed.units == (
        UnitRow(5, "HQ", "华东金属集团", UnitKind.HQ, Function.NONE, None, None),
        UnitRow(4, "B1", "一分厂", UnitKind.BRANCH, Function.NONE, "HQ", None),
        UnitRow(2, "W1", "冲压车间", UnitKind.WORKSHOP, Function.NONE, "B1", None),
        UnitRow(3, "D1", "设备科", UnitKind.DEPARTMENT, Function.EQUIPMENT, "B1", None),
    )


def test_a_person_with_several_posts_stands_on_several_rows() -> None:
    parsed = people(
        lin(职责="班组长", 岗位="冲压班长"),
        lin(手机="", 所属组织编码="一分厂", 职责="督导", 岗位=""),
    )

    assert parsed.errors == ()
    assert parsed.people == (
        PersonRow(
            2,
            "1001",
            "林小雨",
            "13800138000",
            None,
            "W1",
            None,
            (
                PostRow("W1", "冲压班长", Duty.TEAM_LEADER, ()),
                PostRow("B1", "督导", Duty.SUPERVISOR, ()),
            ),
        ),
    )


def test_one_row_may_name_several_posts_with_their_duties_and_own_roles() -> None:
    parsed = people(
        lin(岗位="冲压班长、兼职安全员", 职责="班组长；安全员", 角色="班组长、workshop_safety_officer")
    )

    assert parsed.people[0].posts == (
        PostRow("W1", "冲压班长", Duty.TEAM_LEADER, ("team_leader", "workshop_safety_officer")),
        PostRow("W1", "兼职安全员", Duty.SAFETY_OFFICER, ("team_leader", "workshop_safety_officer")),
    )


def test_without_a_duty_the_posts_name_tells_it_when_it_is_one() -> None:
    parsed = people(lin(岗位="车间主任", 职责=""), lin(工号="1002", 手机="", 岗位="锯床操作", 职责=""))

    assert [person.posts[0].duty for person in parsed.people] == [Duty.WORKSHOP_HEAD, Duty.WORKER]


def test_someone_of_an_outside_party_is_outside_whatever_the_row_hopes() -> None:
    welder = lin(相关方="宏达安装公司", 岗位="焊工", 职责="工人")
    boss = lin(工号="1002", 手机="", 相关方="宏达安装公司", 职责="车间主任", 角色="租户管理员")

    parsed = people(welder, boss)

    assert parsed.people[0].posts == (PostRow("W1", "焊工", Duty.OUTSIDE, ()),)
    assert parsed.people[0].party == "宏达安装公司"
    assert mistakes(parsed) == [(3, "职责", "OUTSIDE_DUTY"), (3, "角色", "OUTSIDE_ROLE")]


def test_the_same_row_twice_is_left_out_with_a_note() -> None:
    parsed = people(lin(), lin())

    assert (len(parsed.people), parsed.errors) == (1, ())
    assert [(note.row, note.code, note.zh) for note in parsed.notes] == [
        (3, "REPEATED_ROW", "与第 2 行相同，已忽略。")
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (lin(工号=""), ("工号", "REQUIRED")),
        (lin(工号="林01"), ("工号", "BAD_ACCOUNT")),
        (lin(姓名=""), ("姓名", "REQUIRED")),
        (lin(姓名="林" * 81), ("姓名", "TOO_LONG")),
        (lin(姓名="林\x00雨"), ("姓名", "BAD_CHARACTER")),
        (lin(姓名="林\u202e雨"), ("姓名", "BAD_CHARACTER")),
        (lin(姓名='=HYPERLINK("http://x")'), ("姓名", "FORMULA")),
        (lin(手机="1380013800"), ("手机", "BAD_PHONE")),
        (lin(手机="1.38E+10"), ("手机", "BAD_PHONE")),
        (lin(邮箱="lin@"), ("邮箱", "BAD_EMAIL")),
        (lin(所属组织编码="W9"), ("所属组织编码", "UNKNOWN_UNIT")),
        (lin(职责="队长"), ("职责", "UNKNOWN_DUTY")),
        (lin(岗位="甲、乙、丙", 职责="班组长、安全员"), ("职责", "POSTS_AND_DUTIES")),
        (lin(角色="皇帝"), ("角色", "UNKNOWN_ROLE")),
    ],
)
def test_each_mistake_in_a_person_is_told_at_its_row_and_column(
    row: list[str], expected: tuple[str, str]
) -> None:
    parsed = people(lin(工号="1000", 手机=""), row)

    assert mistakes(parsed) == [(3, *expected)]
    assert all(error.zh and error.en and "{" not in error.zh + error.en for error in parsed.errors)


def test_two_people_cannot_share_an_account_a_phone_or_an_email() -> None:
    parsed = people(
        lin(邮箱="a@x.cn"),
        lin(姓名="卫东"),
        lin(工号="1002"),
        lin(工号="1003", 手机="", 邮箱="A@X.cn"),
    )

    assert mistakes(parsed) == [
        (3, "工号", "DUPLICATE_PERSON"),
        (4, "手机", "DUPLICATE_PHONE"),
        (5, "邮箱", "DUPLICATE_EMAIL"),
    ]
    assert parsed.errors[1].zh == "手机“13800138000”已用于第 2 行的另一人。"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([HQ, ["B 1!", "一分厂", "HQ", "分厂", "", ""]], [(3, "组织编码", "BAD_CODE")]),
        ([HQ, ["hq", "再来", "HQ", "分厂", "", ""]], [(3, "组织编码", "DUPLICATE_CODE")]),
        ([HQ, ["B1", "一分厂", "B9", "分厂", "", ""]], [(3, "上级编码", "UNKNOWN_UNIT")]),
        ([HQ, ["B1", "一分厂", "", "分厂", "", ""]], [(3, "上级编码", "SECOND_ROOT")]),
        ([HQ, ["B1", "一分厂", "HQ", "帮会", "", ""]], [(3, "类型", "UNKNOWN_KIND")]),
        ([HQ, ["B1", "一分厂", "HQ", "", "", ""]], [(3, "类型", "REQUIRED")]),
        ([HQ, ["B1", "一分厂", "HQ", "分厂", "吃饭", ""]], [(3, "职能", "UNKNOWN_FUNCTION")]),
        ([HQ, ["B1", "一分厂", "HQ", "分厂", "", "1001"]], [(3, "负责人工号", "UNKNOWN_HEAD")]),
        (
            [HQ, ["T1", "甲班", "HQ", "班组", "", ""], ["W1", "车间", "T1", "车间", "", ""]],
            [(4, "类型", "KIND_ORDER")],
        ),
        ([HQ, BRANCH, ["B2", "二分厂", "B1", "分厂", "", ""]], [(4, "类型", "KIND_ORDER")]),
        (
            [
                HQ,
                ["A", "甲", "B", "部门", "", ""],
                ["B", "乙", "A", "部门", "", ""],
                ["C", "丙", "A", "部门", "", ""],
            ],
            [(3, "上级编码", "CYCLE"), (4, "上级编码", "CYCLE"), (5, "上级编码", "CYCLE")],
        ),
        ([HQ, ["A", "自己", "A", "部门", "", ""]], [(3, "上级编码", "CYCLE")]),
    ],
)
def test_each_mistake_in_the_tree_is_told(
    rows: list[list[str]], expected: list[tuple[int, str, str]]
) -> None:
    assert mistakes(units(*rows)) == expected


def test_a_tree_deeper_than_twelve_levels_is_refused_where_it_gets_too_deep() -> None:
    chain = [[f"D{n}", f"部门{n}", f"D{n - 1}" if n > 1 else "HQ", "部门", "", ""] for n in range(1, 14)]

    assert mistakes(units(HQ, *chain)) == [(14, "上级编码", "TOO_DEEP"), (15, "上级编码", "TOO_DEEP")]


def test_a_unit_may_be_named_where_only_one_bears_the_name() -> None:
    twins = [["T1", "甲班", "W1", "班组", "", ""], ["T2", "甲班", "B1", "班组", "", ""]]

    parsed = units(
        HQ,
        BRANCH,
        SHOP,
        *twins,
        ["D1", "工段", "冲压车间", "部门", "", ""],
        ["D2", "组", "甲班", "部门", "", ""],
    )

    assert (parsed.units[-1].code, parsed.units[-1].parent) == ("D1", "W1")
    assert mistakes(parsed) == [(8, "上级编码", "AMBIGUOUS_UNIT")]


def test_a_sheet_may_speak_of_what_the_company_has_already() -> None:
    known = Known(
        units={"HQ": ("总部", UnitKind.HQ), "W7": ("焊接车间", UnitKind.WORKSHOP)}, root="HQ", people=["900"]
    )

    again = units(
        ["hq", "华东集团", "", "总部", "", "900"], ["T7", "甲班", "焊接车间", "班组", "", ""], known=known
    )
    other = units(["X", "别家", "", "总部", "", ""], known=known)

    assert again.errors == ()
    assert [(unit.code, unit.parent) for unit in again.units] == [("HQ", None), ("T7", "W7")]
    assert mistakes(other) == [(2, "上级编码", "SECOND_ROOT")]


def test_a_head_is_found_on_the_people_sheet() -> None:
    headed = ["W1", "冲压车间", "B1", "车间", "", "1001"]
    parsed = sheet.understand(
        {"组织": [UNIT_HEADINGS, HQ, BRANCH, headed], "岗位人员": [PEOPLE_HEADINGS, lin(职责="车间主任")]}
    )

    assert parsed.errors == ()
    assert parsed.units[2].head == "1001"


def test_missing_sheets_and_columns_are_told_once() -> None:
    nothing = sheet.understand({"Sheet1": [["你好"]]})
    no_kind = sheet.understand({"组织": [UNIT_HEADINGS[:3], HQ[:3]]})

    assert mistakes(nothing) == [(0, "", "MISSING_SHEET")]
    assert mistakes(no_kind) == [(1, "类型", "MISSING_COLUMN")]


def test_not_more_mistakes_are_listed_than_a_person_reads() -> None:
    parsed = people(*(lin(工号=f"9{n}", 手机="x") for n in range(700)))

    assert len(parsed.errors) == 501
    assert (parsed.errors[-1].code, parsed.errors[-1].zh) == (
        "TOO_MANY_ERRORS",
        "错误过多，仅列出前 500 条。",
    )
