"""The sheet by itself: hostile text in any column, moments on another clock, and what nothing at all looks like."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from anhuan_platform.printing import words
from anhuan_platform.printing.sheet import BY_CODE, COLUMNS, Line, Sheet

AT = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)


def a_line(**changes: Any) -> Line:
    """A hazard of which little is known."""
    usual: dict[str, Any] = {
        "number": "HZ-2026-00001", "title": "防护罩缺失", "status": "open", "stage": "待定级", "grade": None, "is_statutory": False,
        "type": ("机械防护", "Machine guarding"), "unit": "甲班", "area": None, "asset": None, "place": None, "description": "",
        "reporter": None, "opened_at": AT, "graded_by": None, "graded_at": None, "responsible_unit": None, "responsible": None,
        "party": None, "due_at": None, "due_rule": None, "hours_late": None, "closed_at": None, "hours_to_close": None,
        "rounds": 0, "level": 0, "recurrences": 0, "link": "https://anhuan.example/c/1",
    }  # fmt: skip
    return Line(**(usual | changes))


def written(
    tmp_path: Path, *lines: Line, language: str = "zh", zone: str = "Asia/Shanghai", columns: Any = COLUMNS
) -> Any:
    """The file, read again."""
    out = io.BytesIO()
    sheet = Sheet(out, str(tmp_path), columns, language, zone)
    sheet.add(lines)
    sheet.explain([("企业", "=1+1")])
    sheet.close()
    return openpyxl.load_workbook(out)


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "  =1", "😀=1", "\x01x", "ا=1"]
)
def test_hostile_text_stays_text_in_every_column(tmp_path: Path, text: str) -> None:
    line = a_line(number=text, title=text, stage=text, unit=text, area=text, asset=text, place=text, description=text,
                  reporter=text, responsible=text, party=text, due_rule=text, link=text, type=(text, text))  # fmt: skip
    book = written(tmp_path, line)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    kept = [cell for cell in cells if str(cell.value).endswith(text.strip()[-1])]
    assert len(kept) >= 13
    if text[0] in "=+-@\t\r":
        assert all(cell.quotePrefix for cell in cells if cell.row == 2 and cell.column_letter in "AB")


def test_moments_are_the_companys_and_dates_to_excel(tmp_path: Path) -> None:
    for zone, shown in (
        ("Asia/Shanghai", "2026-11-22 00:30:00"),
        ("UTC", "2026-11-21 16:30:00"),
    ):
        book = written(tmp_path, a_line(), zone=zone, columns=[BY_CODE["openedAt"]])
        assert book.worksheets[0]["A2"].value.isoformat(" ") == shown
        assert book.worksheets[0]["A2"].is_date


def test_what_is_not_known_is_blank_and_not_zero(tmp_path: Path) -> None:
    book = written(tmp_path, a_line())
    row = {cell.column: cell.value for cell in book.worksheets[0][2]}

    blank = {column.code for place, column in enumerate(COLUMNS, 1) if row.get(place) is None}
    assert blank == {
        "grade", "statutory", "area", "asset", "place", "description", "reporter", "gradedBy", "gradedAt", "responsibleUnit",
        "responsible", "party", "dueAt", "dueRule", "hoursLate", "closedAt", "hoursToClose",
    }  # fmt: skip


def test_every_heading_and_word_is_there_in_both_languages(tmp_path: Path) -> None:
    line = a_line(status="closed", grade="A", is_statutory=True, due_rule="grade.A")
    zh, en = (written(tmp_path, line, language=one).worksheets[0] for one in ("zh", "en"))

    assert [cell.value for cell in zh[1]] == [column.zh for column in COLUMNS]
    assert [cell.value for cell in en[1]] == [column.en for column in COLUMNS]
    assert (zh["E2"].value, en["E2"].value) == ("A 重大", "A grave")
    assert (zh["C2"].value, en["C2"].value) == ("已销号", "Closed")
    assert words.word(words.RULES, "our.own.rule", "zh") == "our.own.rule"
