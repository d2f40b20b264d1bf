"""A checklist as an XLSForm that other tools read, and that reads back here as the same list."""

import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec
import xlsxwriter

from anhuan_platform.inspections.checklist import Checklist, Choice, Item, Kind, Text, said
from anhuan_platform.inspections.importing import xpaths
from anhuan_platform.inspections.importing.cell import put
from anhuan_platform.inspections.importing.questions import ANHUAN
from anhuan_platform.inspections.importing.words import folded

_ZH, _EN = "Chinese (zh)", "English (en)"
_SURVEY = (
    "type", "name", f"label::{_ZH}", f"label::{_EN}", f"hint::{_ZH}", f"hint::{_EN}", "required", "relevant", "constraint",
    "appearance", ANHUAN,
)  # fmt: skip
_CHOICES = ("list_name", "name", f"label::{_ZH}", f"label::{_EN}")
_TYPES: dict[Kind, str] = {
    "text": "text", "number": "decimal", "meter": "decimal", "date": "date", "photo": "image", "signature": "image", "note": "note",
}  # fmt: skip
_VERDICTS = (("ok", "合格", "OK"), ("not_ok", "不合格", "Not OK"), ("na", "不适用", "N/A"))


def write(checklist: Checklist) -> bytes:
    """The .xlsx file. Nothing in it is a formula, whatever people call their items."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as workbook:
        for name, rows in (
            ("survey", _survey(checklist)),
            ("choices", _choices(checklist)),
            ("settings", _settings(checklist)),
        ):
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell:
                        put(sheet, number, place, cell)
            sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _settings(checklist: Checklist) -> Iterator[Sequence[str]]:
    yield ("form_title", "form_id", "default_language", ANHUAN)
    yield (said(checklist.name, checklist.code).zh, checklist.code, _ZH, _json(xpaths.head_of(checklist)))


def _survey(checklist: Checklist) -> Iterator[Sequence[str]]:
    yield _SURVEY
    for section in checklist.sections:
        show = xpaths.of(section.show, checklist.by_code)
        yield ("begin_group", section.code, *_labels(section.name), "", "", "", show, "", "", "")
        for item in section.items:
            yield _question(checklist, item)
        yield ("end_group",)


def _question(checklist: Checklist, item: Item) -> Sequence[str]:
    guidance = _labels(item.guidance) if item.guidance else ("", "")
    return (
        _type(item), item.code, *_labels(item.name), *guidance, "yes" if item.required and item.kind != "note" else "",
        xpaths.of(item.show, checklist.by_code), xpaths.bounds(item.takes), "signature" if item.kind == "signature" else "",
        _json(_own(item)),
    )  # fmt: skip


def _type(item: Item) -> str:
    if item.kind == "verdict":
        return "select_one verdict_na" if item.may_be_na else "select_one verdict"
    if item.kind in ("single", "multiple"):
        return f"select_{'one' if item.kind == 'single' else 'multiple'} {item.code}"
    return "integer" if item.whole else _TYPES[item.kind]


def _own(item: Item) -> dict[str, Any]:
    """What XLSForm has no word for; said in full, so that nothing rests on defaults that the two do not share."""
    plain = cast("dict[str, Any]", msgspec.to_builtins(item))
    more = {
        key: value
        for key, value in plain.items()
        if key not in ("code", "choices", "takes", "name", "guidance")
    }
    more |= {"required": item.required, "may_be_na": item.may_be_na}
    more |= {
        key: text
        for key, text in (("name", item.name), ("guidance", item.guidance))
        if text and not _is_plain(text)
    }
    choices = {choice.code: own for choice in item.choices if (own := _own_of_choice(choice))}
    return more | ({"choices": choices} if choices else {})


def _own_of_choice(choice: Choice) -> dict[str, Any]:
    plain = cast("dict[str, Any]", msgspec.to_builtins(choice))
    return {
        key: value
        for key, value in plain.items()
        if key != "code" and (key != "name" or not _is_plain(choice.name))
    }


def _is_plain(text: Text) -> bool:
    """Whether the words come back from a cell as they are."""
    return all(folded(words) == words for words in text.values())


def _choices(checklist: Checklist) -> Iterator[Sequence[str]]:
    yield _CHOICES
    for list_name, least in (("verdict", 2), ("verdict_na", 3)):
        for code, zh, en in _VERDICTS[:least]:
            yield (list_name, code, zh, en)
    for _, item in checklist.lines():
        for choice in item.choices:
            yield (item.code, choice.code, *_labels(choice.name))


def _labels(text: Text) -> tuple[str, str]:
    return folded(text.get("zh", "")), folded(text.get("en", ""))


def _json(plain: dict[str, Any]) -> str:
    """In signs that no reader of forms folds or takes for a reference."""
    written = json.dumps(plain, separators=(",", ":"))
    return written.replace("${", "\\u0024{").replace("  ", " \\u0020")
