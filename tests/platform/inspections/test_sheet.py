"""Plain checklists in Excel: columns guessed as real ones have them, deductions understood, rows refused by number, out and in the same."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections import library, reading
from anhuan_platform.inspections.checklist import Checklist, Choice
from anhuan_platform.inspections.errors import FormUnreadable
from anhuan_platform.inspections.importing import sheet, sheet_out
from anhuan_platform.inspections.importing.cell import CellTooLong
from anhuan_platform.inspections.importing.outcome import Imported
from anhuan_tenants.organisation.cells import NotAWorkbook
from tests.support.checklists import a_list, a_section, an_item


def _read(*rows: Sequence[str]) -> Imported:
    return sheet.understand({"Sheet1": [list(row) for row in rows]})


def test_a_sheet_as_companies_have_it() -> None:
    made = _read(
        ("车间安全检查表", "", "", "", "", ""),
        ("序号", "检查项目", "检查内容", "检查标准", "扣分标准", "分值"),
        ("1", "消防", "灭火器压力正常", "指针在绿区", "每处扣2分，最多扣6分", "10"),
        ("2", "", "消防通道畅通", "", "不符合不得分", "5分"),
        ("3", "电气", "无裸露带电体", "", "一票否决", "5"),
        ("", "合计", "合计", "", "", "20"),
    )

    checklist = made.checklist
    assert checklist.name == {"zh": "车间安全检查表"}
    assert [section.name["zh"] for section in checklist.sections] == ["消防", "电气"]
    fire, lane, wires = (item for _, item in checklist.lines())
    assert (fire.points, fire.lost, fire.most_lost, fire.guidance) == (
        10,
        2,
        6,
        {"zh": "指针在绿区\n每处扣2分，最多扣6分"},
    )
    assert (lane.points, lane.lost) == (5, None)
    assert wires.veto and checklist.scoring.levels[-1].code == "failed"
    assert [(remark.row, remark.code) for remark in made.remarks] == [(6, "NOT_AN_ITEM")]
    assert ("检查项目", "检查分类") in made.columns
    assert reading.look(checklists.write(checklist))[1] == ()


def test_a_column_of_projects_alone_is_the_items() -> None:
    made = _read(("序号", "检查项目", "检查结果"), ("1", "安全出口畅通", ""), ("2", "应急灯完好", ""))

    assert [item.name["zh"] for _, item in made.checklist.lines()] == ["安全出口畅通", "应急灯完好"]
    assert ("检查结果", "不导入") in made.columns
    assert made.checklist.scoring.by == "none"


def test_points_of_merged_cells_are_the_sections() -> None:
    made = _read(
        ("类别", "检查内容", "分值", "扣分标准"),
        ("设备", "防护罩完好", "20", "每处扣5分"), ("", "急停有效", "", "每处扣5分"), ("", "接地可靠", "", "扣10分"),
    )  # fmt: skip

    (section,) = made.checklist.sections
    assert section.points == 20
    assert [(item.points, item.lost) for item in section.items] == [(None, 5), (None, 5), (None, 10)]
    assert "POINTS_SHARED" in [remark.code for remark in made.remarks]
    assert reading.look(checklists.write(made.checklist))[1] == ()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("", "3"), "NAME_EMPTY"),
        (("=1+1", "3"), "FORMULA"),
        (("\ue0002026-01-01", "3"), "DATE_CELL"),
        (("字" * 2001, "3"), "TOO_LONG"),
        (("检查人签字：", "x"), "NOT_AN_ITEM"),
        (("防护罩完好", "若干"), "POINTS"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_by_its_number(row: tuple[str, str], code: str) -> None:
    made = _read(("检查内容", "分值"), ("急停有效", "5"), ("", ""), row)

    assert [(remark.row, remark.code) for remark in made.remarks] == [(4, code)]
    assert "急停有效" in [item.name["zh"] for _, item in made.checklist.lines()]


def test_what_is_guessed_of_deductions_is_said() -> None:
    made = _read(
        ("检查内容", "扣分标准"), ("甲", "无记录扣5分，记录不全每处扣1分"), ("乙", "酌情扣分"), ("丙", "每处扣0.5分"),
    )  # fmt: skip

    one, _, three = (item for _, item in made.checklist.lines())
    assert (one.lost, three.lost, three.points) == (1, 0.5, 0.5)
    assert [(remark.row, remark.code) for remark in made.remarks] == [
        (2, "DEDUCTIONS"), (2, "POINTS_MISSING"), (3, "DEDUCTIONS"), (4, "POINTS_MISSING"),
    ]  # fmt: skip


def test_a_workbook_without_items_is_refused() -> None:
    for rows in ([("姓名", "电话")], [("序号", "检查内容")], [("检查内容",), ("合计",)]):
        with pytest.raises(FormUnreadable):
            _read(*rows)
    with pytest.raises(NotAWorkbook):
        sheet.read(b"no workbook")


def test_real_lists_come_in_whole(data: Path) -> None:
    for path in sorted((data / "zh_checklists").glob("*.json")):
        real = json.loads(path.read_text())
        if "sections" not in real or not isinstance(real["sections"][0]["items"][0], str):
            continue
        rows = [(part["name"], item) for part in real["sections"] for item in part["items"]]
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer) as workbook:
            page = workbook.add_worksheet()
            page.write_row(0, 0, [real["title"]])
            page.write_row(1, 0, ["检查类别", "检查内容", "检查结果"])
            for number, row in enumerate(rows, 2):
                page.write_row(number, 0, row)

        made = sheet.read(buffer.getvalue())

        assert made.checklist.name == {"zh": real["title"]}
        assert [(section.name["zh"], item.name["zh"]) for section, item in made.checklist.lines()] == rows
        assert made.remarks == ()


ODD = a_list(
    sections=(
        a_section(
            "one",
            an_item("a", name={"en": "English only"}, points=0.5),
            an_item("b", guidance={"zh": " 前后空格 "}),
            points=20,
        ),
        a_section("two", an_item("c", name={"zh": "多行\n“引号”"}, clause="GB 1 2"), show="a == 'ok'"),
    )
)


@pytest.mark.parametrize("checklist", [ODD, *library.shipped()], ids=lambda one: one.code)
def test_what_goes_out_comes_back_the_same(checklist: Checklist) -> None:
    made = sheet.read(sheet_out.write(checklist))

    assert made.checklist == reading.read(checklists.write(checklist) | {"version": 0})
    assert made.remarks == ()


def test_what_somebody_changes_in_the_sheet_counts() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(sheet_out.write(a_list(an_item("a", points=2)))))
    workbook["检查表"]["C3"], workbook["检查表"]["H3"] = "新的内容", "7"
    out = io.BytesIO()
    workbook.save(out)

    item = sheet.read(out.getvalue()).checklist.by_code["a"]

    assert (item.name["zh"], item.points) == ("新的内容", 7)


def test_nothing_that_goes_out_is_a_formula() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(sheet_out.write(a_list(an_item("a", name={"zh": "=1+1"})))))

    assert workbook["检查表"]["C3"].data_type == "s"


def test_an_item_that_no_cell_can_hold_is_not_cut_off() -> None:
    choices = tuple(Choice(f"c{no}", {"zh": "字" * 200}) for no in range(400))

    with pytest.raises(CellTooLong):
        sheet_out.write(a_list(an_item("a", "single", choices=choices)))
