"""The list of hazards as an Excel file: written row by row in little memory, text stays text, and a page says what it is of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, Literal
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format

from anhuan_platform.printing import words

MOST_ROWS = 50_000
_WOULD_RUN = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet takes for a formula; such a cell is marked as text for good."""
Cell = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class Line:
    """One hazard with its names found out."""

    number: str
    title: str
    status: str
    stage: str
    grade: str | None
    is_statutory: bool
    type: tuple[str, str]
    unit: str
    area: str | None
    asset: str | None
    place: str | None
    description: str
    reporter: str | None
    opened_at: datetime
    graded_by: str | None
    graded_at: datetime | None
    responsible_unit: str | None
    responsible: str | None
    party: str | None
    due_at: datetime | None
    due_rule: str | None
    hours_late: float | None
    closed_at: datetime | None
    hours_to_close: float | None
    rounds: int
    level: int
    recurrences: int
    link: str


@dataclass(frozen=True)
class Column:
    """A column: its code, heading, width, and how a line fills it."""

    code: str
    zh: str
    en: str
    width: int
    of: Callable[[Line, str], Cell]
    kind: Literal["text", "moment", "number"] = "text"


def _named(table: words.Words, name: str) -> Callable[[Line, str], Cell]:
    def cell(line: Line, language: str) -> Cell:
        value = getattr(line, name)
        return None if value is None else words.word(table, value, language)

    return cell


def _plain(name: str) -> Callable[[Line, str], Cell]:
    def cell(line: Line, _language: str) -> Cell:
        value: Cell = getattr(line, name)
        return value

    return cell


def _statutory(line: Line, language: str) -> Cell:
    return ("是" if language == "zh" else "yes") if line.is_statutory else None


def _type(line: Line, language: str) -> Cell:
    return line.type[0 if language == "zh" else 1]


COLUMNS = (
    Column("number", "编号", "Number", 16, _plain("number")),
    Column("title", "标题", "Title", 30, _plain("title")),
    Column("status", "状态", "Status", 9, _named(words.STATUS, "status")),
    Column("stage", "当前环节", "Stage", 12, _plain("stage")),
    Column("grade", "等级", "Grade", 9, _named(words.GRADES, "grade")),
    Column("statutory", "法定重大隐患", "Statutory major", 12, _statutory),
    Column("type", "类别", "Kind", 14, _type),
    Column("unit", "发生单位", "Unit", 24, _plain("unit")),
    Column("area", "区域", "Area", 16, _plain("area")),
    Column("asset", "设备", "Machine", 16, _plain("asset")),
    Column("place", "位置说明", "Place", 20, _plain("place")),
    Column("description", "隐患描述", "Description", 50, _plain("description")),
    Column("reporter", "上报人", "Reported by", 11, _plain("reporter")),
    Column("openedAt", "上报时间", "Reported at", 17, _plain("opened_at"), "moment"),
    Column("gradedBy", "定级人", "Graded by", 11, _plain("graded_by")),
    Column("gradedAt", "定级时间", "Graded at", 17, _plain("graded_at"), "moment"),
    Column("responsibleUnit", "责任单位", "Responsible unit", 24, _plain("responsible_unit")),
    Column("responsible", "责任人", "Responsible", 11, _plain("responsible")),
    Column("party", "相关方", "Outside party", 20, _plain("party")),
    Column("dueAt", "当前期限", "Due", 17, _plain("due_at"), "moment"),
    Column("dueRule", "期限依据", "Rule of the limit", 20, _named(words.RULES, "due_rule")),
    Column("hoursLate", "已超期（小时）", "Hours late", 13, _plain("hours_late"), "number"),
    Column("closedAt", "结束时间", "Ended at", 17, _plain("closed_at"), "moment"),
    Column("hoursToClose", "闭环用时（小时）", "Hours to close", 14, _plain("hours_to_close"), "number"),
    Column("rounds", "退回次数", "Times sent back", 10, _plain("rounds"), "number"),
    Column("level", "升级层级", "Escalation", 10, _plain("level"), "number"),
    Column("recurrences", "复发次数", "Recurrences", 10, _plain("recurrences"), "number"),
    Column("link", "链接", "Link", 40, _plain("link")),
)
BY_CODE = {column.code: column for column in COLUMNS}


class Sheet:
    """An Excel file being written into `out`; rows in their order, then the page that says what they are."""

    def __init__(
        self, out: IO[bytes], folder: str, columns: Sequence[Column], language: str, zone: str
    ) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book: Any = xlsxwriter.Workbook(out, options)
        self._columns, self._language, self._zone = columns, language, ZoneInfo(zone)
        self._text = self._format(valign="top")
        self._guarded = self._format(valign="top", quote_prefix=True)
        self._moment = self._format(valign="top", num_format="yyyy-mm-dd hh:mm")
        self._number = self._format(valign="top", num_format="0.#")
        self._page: Any = self._book.add_worksheet("隐患清单" if language == "zh" else "Hazards")
        self.rows = 0
        self._headings()

    def add(self, lines: Iterable[Line]) -> None:
        """Write these below those before."""
        for line in lines:
            self.rows += 1
            for place, column in enumerate(self._columns):
                self._write(self._page, self.rows, place, column.of(line, self._language))

    def explain(self, facts: Sequence[tuple[str, str]]) -> None:
        """The second page: what the first is of, as names and values."""
        page: Any = self._book.add_worksheet("口径" if self._language == "zh" else "About")
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 100)
        name = self._format(bold=True, valign="top")
        value = self._format(text_wrap=True, valign="top", quote_prefix=True)
        for row, (label, said) in enumerate(facts):
            page.write_string(row, 0, label, name)
            page.write_string(row, 1, said, value)

    def close(self) -> None:
        """Finish the file; nothing can be added any more."""
        self._page.autofilter(0, 0, max(self.rows, 1), len(self._columns) - 1)
        self._book.close()

    def _headings(self) -> None:
        style = self._format(
            bold=True, font_color="#FFFFFF", bg_color="#1F3A5F", border=1, text_wrap=True, valign="vcenter"
        )
        for place, column in enumerate(self._columns):
            self._page.set_column(place, place, column.width)
            self._page.write_string(0, place, column.zh if self._language == "zh" else column.en, style)
        self._page.freeze_panes(1, 1)

    def _write(self, page: Any, row: int, place: int, value: Cell) -> None:
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            # A cell knows no zone: it shows the company's clock, and the second page says which that is.
            page.write_datetime(row, place, value.astimezone(self._zone).replace(tzinfo=None), self._moment)
        elif isinstance(value, int | float):
            page.write_number(row, place, value, self._number)
        else:
            page.write_string(
                row, place, value, self._guarded if value.startswith(_WOULD_RUN) else self._text
            )

    def _format(self, **style: Any) -> Format:
        made: Format = self._book.add_format(style)
        return made
