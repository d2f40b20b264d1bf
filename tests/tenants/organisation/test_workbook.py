"""Real workbooks: the template comes back as it went out, messy files are understood."""

import io
from datetime import datetime

import openpyxl
import xlsxwriter

from anhuan_tenants.organisation import sheet, template
from anhuan_tenants.organisation.models import Duty, Function, UnitKind
from anhuan_tenants.organisation.rows import Parsed, PersonRow, PostRow, UnitRow

DAY = datetime(2026, 3, 1)  # noqa: DTZ001 - a cell knows no zone
UNITS = (
    UnitRow(2, "HQ", "华东金属集团（总部）", UnitKind.HQ, Function.NONE, None, "0001"),
    UnitRow(3, "0012", "一分厂", UnitKind.BRANCH, Function.NONE, "HQ", None),
    UnitRow(4, "D-1", "设备科", UnitKind.DEPARTMENT, Function.EQUIPMENT, "0012", None),
)
PEOPLE = (
    PersonRow(
        2,
        "0001",
        "卫东",
        "13800138000",
        "wei@x.cn",
        "HQ",
        None,
        (PostRow("HQ", "总经理", Duty.GENERAL_MANAGER, ()),),
    ),
    PersonRow(
        3,
        "0002",
        "林小雨",
        None,
        None,
        "D-1",
        None,
        (
            PostRow("D-1", "机修", Duty.FITTER, ("fitter",)),
            PostRow("0012", "安全员", Duty.SAFETY_OFFICER, ()),
        ),
    ),
    PersonRow(
        5,
        "W-9",
        "Sara Óg",
        "+353861234567",
        None,
        "D-1",
        "宏达公司",
        (PostRow("D-1", "焊工", Duty.OUTSIDE, ()),),
    ),
)


def test_what_the_template_is_filled_with_reads_back_the_same() -> None:
    parsed = sheet.parse(template.write(UNITS, PEOPLE))

    assert parsed.errors == parsed.notes == ()
    assert parsed.units == UNITS
    assert parsed.people == PEOPLE


def test_the_empty_template_is_valid_and_says_what_each_column_wants() -> None:
    empty = template.write()

    book = openpyxl.load_workbook(io.BytesIO(empty))

    assert sheet.parse(empty) == Parsed((), (), (), ())
    assert book.sheetnames == ["组织", "岗位人员", "填写说明"]
    heading = book["岗位人员"]["A1"]
    assert heading.value == "工号*"
    assert "一人多岗写多行" in heading.comment.text
    assert book["组织"].column_dimensions["A"].width > 10
    lists = {
        str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["组织"].data_validations.dataValidation
    }
    assert lists["D2"] == '"总部,分厂,车间,班组,部门"'


def messy() -> bytes:
    """As such files come: title merged over the columns, remarks in headings, shuffled columns, blanks, numbers, wide letters."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        units = book.add_worksheet(" 组织架构 ")
        units.merge_range(0, 0, 0, 6, "华东金属集团 组织架构一览表（2026年）")
        for column, heading in enumerate(["序号", "组织 名称", "组织编码＊", "类型（必填）", "上级组织编码"]):
            units.write(2, column, heading)
        units.write_row(3, 0, [1, "华东集团 ", "ＨＱ", "集团"])
        units.write_row(6, 0, [2, "　冲压车间", 12, " 车 间", "hq"])
        people = book.add_worksheet("人员")
        people.write_row(0, 0, ["联系电话", "员工姓名", "工号", "所属部门", "岗位名称", "职责"])
        people.write_row(1, 0, [13800138000.0, "张　三", 10023.0, 12, "冲压\n班长", "班长"])
        people.write_row(3, 0, ["139-0013 9000", "欧阳 修\u200b", "１００２４", "冲压车间", "", ""])
        people.write_row(4, 0, ["", "", "", "   ", "\u3000", ""])
        people.write_row(5, 0, ["+86 0512-65432100", "Mary Ann Lee", "10025", "12.0", "", "操作工"])
        # What Excel makes of a formatted column: empty cells far below.
        people.write_blank(60_000, 3, None, book.add_format({"bold": True}))
    return buffer.getvalue()


def test_a_messy_workbook_is_understood() -> None:
    parsed = sheet.parse(messy())

    assert [(error.row, error.column, error.code) for error in parsed.errors] == [
        (6, "所属组织编码", "UNKNOWN_UNIT")
    ]
    assert [(unit.row, unit.code, unit.name, unit.parent) for unit in parsed.units] == [
        (4, "HQ", "华东集团", None),
        (7, "12", "冲压车间", "HQ"),
    ]
    assert [(p.row, p.account, p.name, p.phone, p.unit) for p in parsed.people] == [
        (2, "10023", "张三", "13800138000", "12"),
        (4, "10024", "欧阳修", "13900139000", "12"),
    ]
    assert [post.name for post in parsed.people[0].posts] == ["冲压", "班长"]


def test_a_code_that_excel_made_a_date_is_told_as_such() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("组织")
        page.write_row(0, 0, ["编码", "名称", "类型"])
        page.write_datetime(1, 0, DAY, book.add_format({"num_format": "m-d"}))
        page.write_row(1, 1, ["三号一班", "总部"])

    parsed = sheet.parse(buffer.getvalue())

    assert [(error.row, error.code) for error in parsed.errors] == [(2, "DATE_CELL")]
    assert "2026-03-01" in parsed.errors[0].zh
