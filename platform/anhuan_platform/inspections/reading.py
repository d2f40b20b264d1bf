"""Reading a checklist that somebody wrote: its shape, part by part, so that every fault is said with its place and not only the first."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec

from anhuan_infra.errors import Words
from anhuan_platform.inspections import sound
from anhuan_platform.inspections.checklist import Checklist, Item, Section
from anhuan_platform.inspections.errors import ChecklistUnfit, Fault

MAX_BYTES = 1_000_000
MOST_FAULTS = 200

_FIELD = re.compile(r"`([^`]+)`")
_SAYINGS: tuple[tuple[str, str, str], ...] = (
    # pattern of the reader's message, zh, en
    (r"missing required field `(?P<what>\w+)`", "缺少“{what}”", "{what} is missing"),
    (r"contains unknown field `(?P<what>\w+)`", "没有“{what}”这一项", "there is no such thing as {what}"),
    (r"Invalid enum value '?(?P<what>[^']{1,40})'?", "“{what}”不在可选值内", "{what} is not one of the values"),
    (r"matching regex", "编码格式不符（小写字母开头，仅限字母、数字、下划线）", "not a code (a small letter first, then letters, digits, _)"),
    (r"of length <= (?P<what>\d+)", "过长，最多 {what}", "too long, at most {what}"),
    (r"of length >= (?P<what>\d+)", "过短，至少 {what}", "too short, at least {what}"),
    (r"(?P<what>(?:>=|<=|>|<) -?[\d.]+)", "数值应 {what}", "the number should be {what}"),
    (r"Expected `(?P<what>\w+)[^`]*`, got `\w+`", "类型不符，应为 {what}", "of the wrong type, {what} is expected"),
)  # fmt: skip


def read(body: object) -> Checklist:
    """The list, or a refusal with every fault in it."""
    checklist, faults = look(body)
    if checklist is None or faults:
        raise ChecklistUnfit(faults, path="body")
    return checklist


def look(body: object) -> tuple[Checklist | None, tuple[Fault, ...]]:
    """The list as far as it can be read, and everything that is wrong with it; None where its shape is wrong."""
    try:
        raw = msgspec.json.encode(body)
        plain = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError):
        return None, (_shapeless("无法作为文本保存", "it cannot be kept as text"),)
    if len(raw) > MAX_BYTES or b"\\u0000" in raw:
        return None, (
            _shapeless(
                f"超过 {MAX_BYTES} 字节，或含有非文本字符", f"more than {MAX_BYTES} bytes, or no text"
            ),
        )
    try:
        return _found(msgspec.convert(plain, type=Checklist))
    except msgspec.ValidationError as problem:
        faults = tuple(_parts(plain))[:MOST_FAULTS]
        return None, faults or (_fault("", 0, problem),)


def _found(checklist: Checklist) -> tuple[Checklist, tuple[Fault, ...]]:
    return checklist, tuple(sound.faults(checklist))[:MOST_FAULTS]


def _shapeless(zh: str, en: str) -> Fault:
    return Fault("", 0, "SHAPE", Words(zh, en))


def _parts(plain: object) -> Iterable[Fault]:
    """What is wrong with the shape: of the list without its sections, of each section without its items, of each item."""
    if not isinstance(plain, Mapping):
        yield _shapeless("应为对象", "an object is expected")
        return
    body = cast("dict[str, Any]", plain)
    stand_in = {"code": "x", "name": {"zh": "x"}, "items": []}
    yield from _try(body | {"sections": [stand_in]}, Checklist, str(body.get("code", "")), 0)
    sections = body.get("sections")
    if not isinstance(sections, list) or not sections:
        yield Fault("", 0, "NO_SECTIONS", Words("没有任何检查分类", "there are no sections"))
        return
    row = 0
    for section in cast("list[object]", sections):
        if not isinstance(section, dict):
            yield _shapeless("检查分类应为对象", "a section is an object")
            continue
        own = cast("dict[str, Any]", section)
        yield from _try(own | {"items": []}, Section, str(own.get("code", "")), 0)
        items = own.get("items")
        for item in cast("list[object]", items) if isinstance(items, list) else ():
            row += 1
            code = str(cast("dict[str, Any]", item).get("code", "")) if isinstance(item, dict) else ""
            yield from _try(item, Item, code, row)


def _try(plain: object, kind: type[Checklist | Section | Item], place: str, row: int) -> Iterable[Fault]:
    try:
        msgspec.convert(plain, type=kind)
    except msgspec.ValidationError as problem:
        yield _fault(place[:60], row, problem)


def _fault(place: str, row: int, problem: Exception) -> Fault:
    text = str(problem)
    at = (
        _FIELD.findall(text.rsplit(" - at ", 1)[1])[0].removeprefix("$").lstrip(".")
        if " - at " in text
        else ""
    )
    for pattern, zh, en in _SAYINGS:
        if found := re.search(pattern, text):
            what = found.groupdict().get("what", "")
            reason = Words(zh.format(what=what), en.format(what=what))
            break
    else:
        reason = Words("格式不符", "it has another shape than expected")
    if at:
        reason = Words(f"{at}：{reason.zh}", f"{at}: {reason.en}")
    return Fault(place, row, "SHAPE", reason)
