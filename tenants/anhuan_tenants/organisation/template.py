"""The organisation workbook as people download it: empty to fill in, or filled with what the company has."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from anhuan_tenants.access import roles
from anhuan_tenants.organisation import columns
from anhuan_tenants.organisation.cells import MOST_ROWS
from anhuan_tenants.organisation.columns import Column, SheetPlan
from anhuan_tenants.organisation.models import Function
from anhuan_tenants.organisation.rows import PersonRow, PostRow, UnitRow

_GUIDE = (
    ("填写说明", "How to fill this in"),
    (
        "1. 先填“组织”，再填“岗位人员”；带 * 的列必填。",
        "Units first, then people; columns with * are required.",
    ),
    ("2. 一人多岗：同一工号写多行，第一行为主岗。", "Someone with several posts stands on several rows."),
    (
        "3. 编码、工号、手机请保持文本格式，以免丢失前面的 0。",
        "Keep codes, accounts and phones as text, or zeros are lost.",
    ),
    (
        "4. 可先试导入查看问题，再正式导入；同一文件重复导入不会重复新增。",
        "Try it dry first; twice the same file adds nothing twice.",
    ),
    ("5. 可调整列的顺序，不要改列名。", "Columns may change places, not their headings."),
)
_KIND_NAMES = {kind: zh for zh, kind in columns.KINDS.items()}
_FUNCTION_NAMES = {function: zh for zh, function in columns.FUNCTIONS.items()}
_DUTY_NAMES = {duty: zh for zh, duty in columns.DUTIES.items()}


def write(units: Iterable[UnitRow] = (), people: Iterable[PersonRow] = ()) -> bytes:
    """The .xlsx file. What is written into it reads back as the same units and people."""
    buffer = io.BytesIO()
    # A name that begins with = is a name, not a formula to be run on somebody's desk.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        _sheet(workbook, columns.UNITS, (_unit_cells(unit) for unit in units))
        _sheet(
            workbook,
            columns.PEOPLE,
            (_person_cells(person, post) for person in people for post in _rows_of(person)),
        )
        _guide(workbook)
    return buffer.getvalue()


def _sheet(workbook: Workbook, plan: SheetPlan, rows: Iterable[Sequence[str]]) -> None:
    sheet = workbook.add_worksheet(plan.name)
    text = workbook.add_format({"num_format": "@"})
    for place, column in enumerate(plan.columns):
        _heading(sheet, place, column, workbook.add_format(_heading_style(column)), text)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, cell, text)
    sheet.freeze_panes(1, 2)


def _heading(sheet: Worksheet, place: int, column: Column, style: Format, text: Format) -> None:
    # The whole column is text, so that Excel keeps leading zeros and makes no dates.
    sheet.set_column(place, place, column.width, text)
    sheet.write_string(0, place, f"{column.zh}*" if column.required else column.zh, style)
    sheet.write_comment(0, place, f"{column.en}\n{column.note}", {"x_scale": 2})
    if column.choices:
        sheet.data_validation(
            1,
            place,
            MOST_ROWS,
            place,
            {
                "validate": "list",
                "source": list(column.choices),
                # Several duties may be written into one cell, so Excel warns and does not forbid.
                "error_type": "warning",
                "error_title": column.zh,
                "error_message": column.note,
            },
        )


def _heading_style(column: Column) -> dict[str, object]:
    colour = "#B7410E" if column.required else "#3B4A54"
    return {"bold": True, "font_color": "#FFFFFF", "bg_color": colour, "border": 1, "num_format": "@"}


def _guide(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet(_GUIDE[0][0])
    bold = workbook.add_format({"bold": True, "font_size": 14})
    sheet.set_column(0, 1, 70)
    for number, line in enumerate(_GUIDE):
        for place, words in enumerate(line):
            sheet.write_string(number, place, words, bold if number == 0 else None)


def _unit_cells(unit: UnitRow) -> tuple[str, ...]:
    function = "" if unit.function is Function.NONE else _FUNCTION_NAMES[unit.function]
    return (unit.code, unit.name, unit.parent or "", _KIND_NAMES[unit.kind], function, unit.head or "")


def _rows_of(person: PersonRow) -> tuple[PostRow | None, ...]:
    """A row for each post; the first one says where the person belongs, so it may have to stand without a post."""
    home: list[PostRow | None] = [post for post in person.posts if post.unit == person.unit]
    away = [post for post in person.posts if post.unit != person.unit]
    return (*(home or [None]), *away)


def _person_cells(person: PersonRow, post: PostRow | None) -> tuple[str, ...]:
    reach = (person.account, person.name, person.phone or "", person.email or "")
    if post is None:
        return (*reach, person.unit, "", "", "", person.party or "")
    named = (roles.SHIPPED[code].zh if code in roles.SHIPPED else code for code in post.roles)
    duty, brought = _DUTY_NAMES[post.duty], "、".join(named)
    return (*reach, post.unit, post.name, duty, brought, person.party or "")
