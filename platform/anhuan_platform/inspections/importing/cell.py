"""Writing text into a cell of Excel: all of it or nothing, never a formula."""

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from anhuan_infra.errors import Refused


class CellTooLong(Refused):
    """An item is too large for a cell of Excel, which holds 32,767 characters; give it fewer choices or shorter words."""

    code = "CHECKLIST_CELL_TOO_LONG"
    zh = "有检查项超出单元格上限（32767 个字符），请减少选项或缩短文字。"


def put(sheet: Worksheet, row: int, place: int, text: str, style: Format | None = None) -> None:
    """The text as text; refuses what Excel would cut off without a word."""
    if sheet.write_string(row, place, text, style) != 0:
        raise CellTooLong()
