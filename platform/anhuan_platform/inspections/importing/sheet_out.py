"""A checklist as a plain Excel sheet that people read and change, and that reads back here as the same list."""

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec
import xlsxwriter

from anhuan_platform.inspections.checklist import Checklist, Item, Section, said
from anhuan_platform.inspections.importing import xpaths
from anhuan_platform.inspections.importing.cell import put
from anhuan_platform.inspections.importing.sheet import HEAD_SHEET

_HEADINGS = (
    ("序号", 6), ("检查分类", 18), ("检查内容", 50), ("英文内容", 40), ("检查标准", 40), ("英文标准", 40), ("检查依据", 24), ("分值", 8), ("anhuan", 4),
)  # fmt: skip


def write(checklist: Checklist) -> bytes:
    """The .xlsx file. Nothing in it is a formula, whatever people call their items."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as workbook:
        sheet = workbook.add_worksheet("检查表")
        bold = workbook.add_format({"bold": True, "bg_color": "#3B4A54", "font_color": "#FFFFFF"})
        text = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        put(
            sheet,
            0,
            0,
            said(checklist.name, checklist.code).zh,
            workbook.add_format({"bold": True, "font_size": 14}),
        )
        for place, (heading, width) in enumerate(_HEADINGS):
            sheet.set_column(place, place, width)
            put(sheet, 1, place, heading, bold)
        for number, row in enumerate(_rows(checklist), 2):
            for place, cell in enumerate(row):
                if cell:
                    put(sheet, number, place, cell, text)
        sheet.freeze_panes(2, 3)
        head = xpaths.head_of(checklist) | {"code": checklist.code}
        put(workbook.add_worksheet(HEAD_SHEET), 0, 0, json.dumps(head, ensure_ascii=False))
    return buffer.getvalue()


def _rows(checklist: Checklist) -> Iterator[Sequence[str]]:
    for number, (section, item) in enumerate(checklist.lines(), 1):
        guidance = item.guidance or {}
        yield (
            str(number), said(section.name).zh, item.name.get("zh", ""), item.name.get("en", ""), guidance.get("zh", ""),
            guidance.get("en", ""), item.clause, _figure(item.points), _own(section, item),
        )  # fmt: skip


def _figure(points: float | None) -> str:
    return "" if points is None else f"{points:.10f}".rstrip("0").rstrip(".")


def _own(section: Section, item: Item) -> str:
    plain = cast("dict[str, Any]", msgspec.to_builtins(item))
    return json.dumps({**plain, "section": section.code}, ensure_ascii=False, separators=(",", ":"))
