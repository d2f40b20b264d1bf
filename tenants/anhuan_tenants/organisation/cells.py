"""The cells of an uploaded workbook. The file is a stranger's, so it is opened in a process of its own with little memory and time.

A workbook of some kilobytes can claim billions of cells or unpack to terabytes; the process that opens it then
dies instead of the program, and the file is refused.
"""

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from datetime import date, datetime
from typing import cast

from python_calamine import CalamineSheet, CalamineWorkbook

from anhuan_infra.errors import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
MOST_SIGNS = 20_000_000
_HEADING_ROWS = 30
_MEMORY = 1024 * 1024 * 1024
_CPU_SECONDS = 15
_WALL_SECONDS = 60

Cell = str
Sheets = dict[str, list[list[Cell]] | None]
"""Sheet name to rows of text; None for a sheet with more than can be taken, which may be one that nobody needs."""

DATE_MARK = "\ue000"
"""Stands before a cell that Excel keeps as a date or time; people do not type this sign."""


class NotAWorkbook(Refused):
    """The file is not a readable .xlsx workbook; save it as .xlsx without a password and try again."""

    code = "NOT_A_WORKBOOK"
    zh = "文件不是可读取的 .xlsx 工作簿，请另存为不带密码的 .xlsx 后重试。"


class WorkbookTooLarge(Refused):
    """The workbook is larger than can be taken: at most 20,000 rows and 10 MB."""

    code = "WORKBOOK_TOO_LARGE"
    zh = "工作簿过大：最多 20000 行、10 MB。"


def read(content: bytes) -> Sheets:
    """Every sheet as rows of text from its first row; refuses what is no workbook or is too large. Blocks: use a thread."""
    if len(content) > MOST_BYTES:
        raise WorkbookTooLarge(path="file")
    _measure(content)
    try:
        # Nothing of the environment but the way to the code: the file's reader needs no secrets.
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=content,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
            env={name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        )
    except subprocess.TimeoutExpired as late:
        raise WorkbookTooLarge(path="file") from late
    if done.returncode == 0:
        return cast("Sheets", json.loads(done.stdout))
    if done.returncode == _Exit.TOO_LARGE or done.returncode < 0:  # killed by a limit
        raise WorkbookTooLarge(path="file")
    raise NotAWorkbook(path="file")


class _Exit:
    TOO_LARGE = 3
    UNREADABLE = 4


def _measure(content: bytes) -> None:
    """Refuse by what the archive says of itself, before anything is unpacked; one that lies meets the memory limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as broken:
        raise NotAWorkbook(path="file") from broken
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookTooLarge(path="file")
    if any(part.flag_bits & 1 for part in parts):
        raise NotAWorkbook(path="file")


def _read_here(content: bytes) -> Sheets:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    if len(workbook.sheet_names) > MOST_SHEETS:
        raise OverflowError
    sheets = {name: _rows(workbook.get_sheet_by_name(name)) for name in workbook.sheet_names}
    if sum(len(cell) for rows in sheets.values() for row in rows or () for cell in row) > MOST_SIGNS:
        raise OverflowError
    return sheets


def _rows(sheet: CalamineSheet) -> list[list[Cell]] | None:
    if sheet.end is None:
        return []
    last_row, last_column = sheet.end
    if last_row >= MOST_ROWS + _HEADING_ROWS or last_column >= MOST_COLUMNS:
        return None
    return [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _text(value: object) -> Cell:
    if isinstance(value, float) and value.is_integer():
        # A phone number or work number that Excel keeps as a number.
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    return f"{DATE_MARK}{value.isoformat()}" if isinstance(value, date) else str(value)


def _main() -> int:
    """In the process of its own: the file comes in, JSON goes out, and the exit code says why not."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        json.dump(_read_here(sys.stdin.buffer.read()), sys.stdout)
    except (OverflowError, MemoryError):
        return _Exit.TOO_LARGE
    except BaseException:  # noqa: BLE001
        # The reader's own panics are no Exception.
        return _Exit.UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(_main())
