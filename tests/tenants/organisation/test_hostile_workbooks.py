"""Workbooks that are none, or that are made to hurt: refused within seconds, and nothing but the file's reader dies."""

import io
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from anhuan_tenants.organisation import cells, sheet, template


def repacked(content: bytes, part: str, become: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with one part replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, become if name == part else old.read(name))
    return buffer.getvalue()


def sheet_xml(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'.encode()
    )


FIRST_SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    """Eighty megabytes of spaces, packed into eighty kilobytes."""
    return repacked(template.write(), FIRST_SHEET, sheet_xml(" " * (cells.MOST_UNPACKED + 1)))


def bomb_that_lies() -> bytes:
    """Its directory says that the sheet unpacks to a hundred bytes."""
    content = bomb()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(FIRST_SHEET).file_size.to_bytes(4, "little")
    return content.replace(size, (100).to_bytes(4, "little"))


def opposite_corners() -> bytes:
    """Two cells that claim the seventeen billion between them."""
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return repacked(template.write(), FIRST_SHEET, sheet_xml(corners))


def repeated_giant() -> bytes:
    """One text of a megabyte, shown in a hundred thousand cells."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (space, b"x" * 1_000_000)
    shown = "".join(f'<row r="{n}">{10 * SHARED}</row>' for n in range(1, 10_001))
    return repacked(
        repacked(template.write(), "xl/sharedStrings.xml", strings), FIRST_SHEET, sheet_xml(shown)
    )


SHARED = '<c t="s"><v>0</v></c>'


def too_many_bytes() -> bytes:
    """More than an upload may have."""
    return b"PK\x03\x04" + bytes(cells.MOST_BYTES)


@pytest.mark.parametrize("made", [bomb, bomb_that_lies, opposite_corners, repeated_giant, too_many_bytes])
def test_a_workbook_larger_than_can_be_taken_is_refused_quickly(made: Callable[[], bytes]) -> None:
    content = made()
    start = time.monotonic()

    with pytest.raises((cells.WorkbookTooLarge, cells.NotAWorkbook)):
        sheet.parse(content)

    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"account,name\n1001,lin\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        template.write()[:3000],
        repacked(template.write(), "xl/workbook.xml", b"<workbook"),
        repacked(template.write(), FIRST_SHEET, b"\x00\xff" * 500),
    ],
    ids=[
        "nothing",
        "start only",
        "csv",
        "old xls or password",
        "cut off",
        "no workbook part",
        "broken sheet",
    ],
)
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(cells.NotAWorkbook):
        sheet.parse(content)


def test_one_row_more_than_can_be_taken_is_refused_and_another_huge_sheet_does_not_matter() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("组织").write_row(0, 0, ["编码", "名称", "类型"])
        book.add_worksheet("数据").write(30_000, 0, "x")
    harmless = sheet.parse(buffer.getvalue())
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("组织").write(30_000, 0, "x")

    assert harmless.errors == ()
    with pytest.raises(cells.WorkbookTooLarge):
        sheet.parse(buffer.getvalue())


def test_the_process_that_opens_the_file_gets_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = tmp_path / "python"
    spy.write_text(f"#!/bin/sh\nenv > {tmp_path}/env\nexit 4\n")
    spy.chmod(0o700)
    monkeypatch.setenv("ANHUAN_SECRET", "0123")
    monkeypatch.setattr(sys, "executable", str(spy))

    with pytest.raises(cells.NotAWorkbook):
        sheet.parse(template.write())

    seen = (tmp_path / "env").read_text()
    assert "PATH=" in seen
    assert "ANHUAN" not in seen
