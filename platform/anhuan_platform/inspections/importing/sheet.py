"""A plain checklist in Excel, as companies have them: columns are guessed and the guess is shown, rows that cannot be taken are named."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import msgspec

from anhuan_infra.errors import Words
from anhuan_platform.inspections.checklist import Checklist, Item, Level, Scoring, Section
from anhuan_platform.inspections.errors import FormUnreadable
from anhuan_platform.inspections.importing import deductions, headings, xpaths
from anhuan_platform.inspections.importing.codes import Codes
from anhuan_platform.inspections.importing.headings import Headings
from anhuan_platform.inspections.importing.outcome import Imported, Remark
from anhuan_tenants.organisation import cells

HEAD_SHEET = "anhuan"
_NOT_ITEMS = re.compile(
    r"^\s*(合计|总计|小计|总分|得分|检查人|受检|被检查|签字|签名|备注|注[:：]|检查日期|检查时间|total\b)",
    re.IGNORECASE,
)
_PASS = (
    Level("passed", {"zh": "合格", "en": "Passed"}, 60),
    Level("failed", {"zh": "不合格", "en": "Failed"}, 0),
)
_MOST_ITEMS = 1000
_LONGEST = 2000


def read(content: bytes) -> Imported:
    """The list that a workbook holds. Refuses a file that is none, and one without a column of items. Blocks: use a thread."""
    return understand(cells.read(content))


def understand(sheets: cells.Sheets) -> Imported:
    """The list, of cells that are read: the sheet whose headings are understood best."""
    found = [
        (name, rows, heads)
        for name, rows in sheets.items()
        if rows and (heads := headings.find(rows)) is not None
    ]
    if not found:
        raise FormUnreadable(
            path="file",
            reason=Words(
                "找不到“检查内容”或“检查项目”列", "there is no column of items, such as 检查内容 or Item"
            ),
        )
    name, rows, heads = max(found, key=lambda one: len(one[2].places))
    sheet = _Sheet(rows, heads)
    sections = tuple(sheet.sections())
    if not sections:
        raise FormUnreadable(path="file", reason=Words("没有可以导入的检查项", "no row can become an item"))
    title = next((cell.strip() for row in rows[: heads.at] for cell in row if cell.strip()), name)[:200]
    scored = any(item.points for section in sections for item in section.items) or any(
        one.points for one in sections
    )
    has_veto = any(item.veto for section in sections for item in section.items)
    scoring = Scoring(by="points" if scored else "none", levels=_PASS if has_veto else ())
    checklist = Checklist(
        code=sheet.codes.give(title, "list"),
        version=0,
        name={"zh": title},
        sections=sections,
        scoring=scoring,
    )
    return Imported(
        _with_head(checklist, sheets.get(HEAD_SHEET)),
        tuple(sorted(sheet.remarks, key=lambda one: one.row)),
        heads.guess,
    )


def _with_head(checklist: Checklist, rows: Sequence[Sequence[str]] | None) -> Checklist:
    """What an exported list says of itself on a sheet of its own."""
    try:
        said = json.loads(rows[0][0]) if rows and rows[0] else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        return checklist
    head = cast("dict[str, Any]", said)
    code = head.get("code")
    named = msgspec.structs.replace(checklist, code=code) if isinstance(code, str) else checklist
    return xpaths.with_head(named, head)


class _Sheet:
    def __init__(self, rows: Sequence[Sequence[str]], heads: Headings) -> None:
        self.rows, self.heads = rows, heads
        self.codes = Codes()
        self.remarks: list[Remark] = []
        self.priced: set[int] = set()
        """Rows whose cell of points is filled."""

    def sections(self) -> Iterator[Section]:
        """The sections in order; a row without one belongs to that above it, as merged cells have it."""
        grouped: dict[tuple[str, str], list[tuple[int, Item]]] = {}
        current = ""
        taken = 0
        for number, row in enumerate(self.rows[self.heads.at + 1 :], self.heads.at + 2):
            line = {
                field: row[place].strip() if place < len(row) else ""
                for field, place in self.heads.places.items()
            }
            current = line.get("section") or current
            if not any(line.get(field) for field in ("name", "name_en", "points", "lost", "standard")):
                continue
            if line.get("points"):
                self.priced.add(number)
            item = self._item(number, line, taken)
            if item is not None:
                taken += 1
                grouped.setdefault((current, str(self._own(number).get("section", ""))), []).append(
                    (number, item)
                )
        shared = self._shared(grouped)
        for number, ((name, own), lines) in enumerate(grouped.items(), 1):
            is_shared = shared and len(lines) > 1
            points = lines[0][1].points if is_shared else None
            items = tuple(
                _without_points(item) if is_shared else self._worth(row, item) for row, item in lines
            )
            code = self.codes.give(own, f"section{number}")
            yield Section(code=code, name={"zh": name or "检查内容"}, items=items, points=points)

    def _shared(self, grouped: Mapping[tuple[str, str], list[tuple[int, Item]]]) -> bool:
        """Whether points stand once for a whole section, as merged cells have it, and not with each item."""
        several = [lines for lines in grouped.values() if len(lines) > 1]
        first = all(
            lines[0][0] in self.priced
            and lines[0][1].points
            and not self.priced.intersection(row for row, _ in lines[1:])
            for lines in several
        )
        if not several or not first or self._own(several[0][0][0]):
            return False
        self.remarks.append(
            Remark(
                0,
                "",
                "POINTS_SHARED",
                Words(
                    "分值按分类计（合并单元格），扣完为止",
                    "points are taken as the section's, as merged cells have them",
                ),
            )
        )
        return True

    def _worth(self, row: int, item: Item) -> Item:
        """An item that costs something is worth what it can cost, or nothing could ever be lost."""
        if not item.lost or item.points or self._own(row):
            return item
        words = Words("没有分值，按扣分上限计", "it has no points; it is taken to be worth what it can cost")
        self.remarks.append(Remark(row, item.name.get("zh", "")[:60], "POINTS_MISSING", words))
        return msgspec.structs.replace(item, points=item.most_lost or item.lost)

    def _item(self, number: int, line: Mapping[str, str], taken: int) -> Item | None:
        name = line.get("name") or line.get("name_en", "")
        for is_so, code, zh, en in (
            (bool(_NOT_ITEMS.match(name)) and not self._own(number), "NOT_AN_ITEM", "合计、签字等行不是检查项，未导入", "a total or signature is no item; left out"),
            (not name, "NAME_EMPTY", "检查内容为空，未导入", "the item is empty; left out"),
            (any(cell.startswith("=") for cell in line.values()), "FORMULA", "内容以“=”开头，像未计算的公式，未导入", "it begins with = like a formula; left out"),
            (any(cells.DATE_MARK in cell for cell in line.values()), "DATE_CELL", "单元格被存成日期，请改为文本，未导入", "a cell is a date; make it text; left out"),
            (any(len(cell) > _LONGEST for cell in line.values()), "TOO_LONG", f"超过 {_LONGEST} 字，未导入", f"more than {_LONGEST} characters; left out"),
            (taken >= _MOST_ITEMS, "TOO_MANY", f"最多 {_MOST_ITEMS} 项，未导入", f"more than {_MOST_ITEMS} items; left out"),
        ):  # fmt: skip
            if is_so:
                self.remarks.append(Remark(number, name[:60], code, Words(zh, en)))
                return None
        fields: dict[str, Any] = {"kind": "verdict", "name": {"zh": name}}
        own = self._own(number)
        fields |= {key: value for key, value in own.items() if key != "section"}
        fields["name"] = _text(line.get("name", ""), line.get("name_en", ""), own.get("name"))
        guidance = _text(line.get("standard", ""), line.get("standard_en", ""), own.get("guidance"))
        # What somebody emptied in the sheet is empty.
        fields |= {"guidance": guidance or None, "clause": line.get("clause", "")[:200]}
        if own:
            fields["points"] = deductions.worth(line.get("points", ""))
        else:
            for code, zh, en in deductions.priced(fields, line.get("points", ""), line.get("lost", "")):
                self.remarks.append(Remark(number, name[:60], code, Words(zh, en)))
        wanted = str(own.get("code") or "")
        fields["code"] = (
            self.codes.give(wanted, f"item{taken + 1}") if wanted else self.codes.give("", f"item{taken + 1}")
        )
        try:
            return msgspec.convert(fields, type=Item)
        except msgspec.ValidationError:
            self.remarks.append(
                Remark(
                    number,
                    name[:60],
                    "OWN_COLUMN",
                    Words("“anhuan”列内容无法识别，未导入", "the column anhuan cannot be read; left out"),
                )
            )
            return None

    def _own(self, number: int) -> dict[str, Any]:
        """What an exported row says of itself beside the columns that people read."""
        place = self.heads.places.get("own")
        row = self.rows[number - 1]
        try:
            said = json.loads(row[place]) if place is not None and place < len(row) and row[place] else {}
        except (ValueError, RecursionError):
            return {"kind": None}
        return cast("dict[str, Any]", said) if isinstance(said, dict) else {"kind": None}


def _text(zh: str, en: str, own: object) -> dict[str, str]:
    """Words of the cells; as they were written where the cells only lost what a sheet does not keep."""
    words = {language: said for language, said in (("zh", zh), ("en", en)) if said}
    if isinstance(own, dict):
        exact = cast("dict[str, str]", own)
        if {key: str(said).strip() for key, said in exact.items()} == words:
            return exact
    return words


def _without_points(item: Item) -> Item:
    return msgspec.structs.replace(item, points=None)
