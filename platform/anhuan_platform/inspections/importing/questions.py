"""One question of an XLSForm as an item: its type, choices, conditions and limits, and what of it has no counterpart."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

import msgspec

from anhuan_platform.inspections import rehearsal
from anhuan_platform.inspections.checklist import Choice, Item, Kind, Range
from anhuan_platform.inspections.importing.translated import Known, Named, condition, span
from anhuan_platform.inspections.importing.words import same, text_of
from anhuan_platform.inspections.importing.xpath import NoCounterpart
from anhuan_platform.loops.conditions import MAX_LENGTH

KINDS: Mapping[str, Kind] = {
    "note": "note", "text": "text", "string": "text", "integer": "number", "int": "number", "decimal": "number",
    "range": "number", "select one": "single", "select all that apply": "multiple", "select1": "single",
    "select_one": "single", "select_multiple": "multiple", "photo": "photo", "image": "photo", "date": "date",
    "barcode": "text", "time": "text", "acknowledge": "single", "trigger": "single", "email": "text", "url": "text",
}  # fmt: skip
WHOLE = ("integer", "int")
ANHUAN = "anhuan"
"""The column in which an exported list keeps what XLSForm has no word for."""
_CLOCK = "value.matches('^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9].*)?$')"
_KNOWN = {
    "type", "name", "label", "hint", "guidance_hint", "bind", "parameters", "itemset", "list_name", "choices",
    "choice_filter", "control", "children", "columns", "sms_field",
}  # fmt: skip
_BIND = {"relevant", "constraint", "jr:constraintMsg", "required", "jr:requiredMsg", "readonly", "type"}
_VERDICTS = ({"ok", "not_ok"}, {"ok", "not_ok", "na"})
Tell = Callable[[str, str, str], None]
"""Says what was left out: code, zh, en."""


def item_of(
    question: Mapping[str, Any], code: str, kind: Kind, known: Known, before: Mapping[str, Item], tell: Tell
) -> Item:
    """The item; what cannot be kept is told."""
    bind = cast("Mapping[str, Any]", question.get("bind") or {})
    control = cast("Mapping[str, Any]", question.get("control") or {})
    fields: dict[str, Any] = {"code": code, "kind": kind, "required": _is_required(bind, tell)}
    name = text_of(question.get("label")) or text_of(question.get("hint")) or {"en": code}
    fields["name"] = name
    if guidance := _guidance(question):
        fields["guidance"] = guidance
    if kind == "photo" and str(control.get("appearance", "")).split(" ")[0] in ("signature", "draw"):
        fields["kind"] = "signature"
    if kind == "note":
        fields["required"] = False
    if kind in ("single", "multiple"):
        _choose(question, fields, known, before, tell)
    if question["type"] in WHOLE:
        fields["whole"] = True
    if question["type"] == "time":
        fields["valid"] = _CLOCK
        tell("KEPT_AS_TEXT", "时间题按文本填写", "a time is kept as text")
    if question["type"] == "range":
        fields["takes"] = _between(cast("Mapping[str, Any]", question.get("parameters") or {}), tell)
    if show := _condition(bind.get("relevant"), known, before, None, tell):
        fields["show"] = show
    _limit(bind, fields, known, before, tell)
    _rest(question, bind, control, tell)
    return msgspec.convert(fields, type=Item)


def own_words(item: Item, cell: object, xpath: object, to_xpath: Callable[[str], str], tell: Tell) -> Item:
    """The item with what an exported list says of it beside XLSForm's columns; a changed `relevant` wins over the condition kept there."""
    try:
        more = json.loads(str(cell))
        if not isinstance(more, dict):
            raise TypeError
        extra = cast("dict[str, Any]", more)
        if "show" in extra and to_xpath(str(extra["show"])) != str(xpath or ""):
            del extra["show"]
        for key, now in (("name", item.name), ("guidance", item.guidance)):
            if key in extra and not same(extra[key], now or {}):
                # Somebody wrote something else into the sheet.
                del extra[key]
        choices = extra.pop("choices", None)
        plain = cast("dict[str, Any]", msgspec.to_builtins(item)) | extra
        if isinstance(choices, dict):
            by_code = cast("dict[str, dict[str, Any]]", choices)
            plain["choices"] = [
                choice | by_code.get(choice["code"], {}) for choice in plain.get("choices", ())
            ]
        return msgspec.convert(plain, type=Item)
    except (ValueError, TypeError, AttributeError, RecursionError, msgspec.ValidationError):
        tell(
            "OWN_COLUMN", "“anhuan”列内容无法识别，已忽略", "the column anhuan cannot be read and is left out"
        )
        return item


def _is_required(bind: Mapping[str, Any], tell: Tell) -> bool:
    said = str(bind.get("required", "")).strip().casefold()
    if said not in ("", "yes", "no", "true", "false", "true()", "false()"):
        tell(
            "REQUIRED",
            "按条件必填没有对应，已改为选填",
            "required under a condition has no counterpart; it is optional now",
        )
    return said in ("yes", "true", "true()")


def _guidance(question: Mapping[str, Any]) -> Any:
    hint, more = text_of(question.get("hint")), text_of(question.get("guidance_hint"))
    if not hint or not more:
        return hint or more
    return {
        language: "\n".join(part for part in (hint.get(language), more.get(language)) if part)[:2000]
        for language in dict.fromkeys((*hint, *more))
    }


def _choose(
    question: Mapping[str, Any], fields: dict[str, Any], known: Known, before: Mapping[str, Item], tell: Tell
) -> None:
    if question["type"] in ("acknowledge", "trigger"):
        fields["choices"] = [{"code": "ok", "name": {"zh": "已确认", "en": "Confirmed"}}]
        return
    choices = cast("list[dict[str, Any]]", question.get("choices") or [])
    codes = {str(choice.get("name", "")) for choice in choices}
    if fields["kind"] == "single" and codes in _VERDICTS:
        fields |= {"kind": "verdict", "may_be_na": "na" in codes}
        return
    merged: dict[str, dict[str, Any]] = {}
    for choice in choices:
        code = str(choice.get("name", "")).strip()
        plain: dict[str, Any] = {"code": code, "name": text_of(choice.get("label")) or {"en": code}}
        if question.get("choice_filter"):
            row = {
                column: str(value) for column, value in choice.items() if isinstance(value, str | int | float)
            }
            if show := _condition(question["choice_filter"], known, before, None, tell, row):
                plain["show"] = show
        if code in merged:
            # One choice under two filters is one choice that shows under either, or always where that is too long to say.
            shows = [one["show"] for one in (merged[code], plain) if "show" in one]
            merged[code].pop("show", None)
            either = " || ".join(shows)
            if len(shows) == 2 and len(either) <= MAX_LENGTH:
                merged[code]["show"] = either
            continue
        merged[code] = plain
    fields["choices"] = msgspec.to_builtins(msgspec.convert(list(merged.values()), type=tuple[Choice, ...]))


def _between(parameters: Mapping[str, Any], tell: Tell) -> dict[str, float] | None:
    """What a slider takes; XLSForm's own ends where the form names none."""
    ends = {"low": parameters.get("start", 0), "high": parameters.get("end", 10)}
    try:
        return {side: float(end) for side, end in ends.items()}
    except ValueError:
        tell(
            "RANGE",
            "滑块的两端不是数字，已去掉范围",
            "the ends of the slider are no numbers and are left out",
        )
        return None


def _limit(
    bind: Mapping[str, Any], fields: dict[str, Any], known: Known, before: Mapping[str, Item], tell: Tell
) -> None:
    source = bind.get("constraint")
    if not source:
        return
    found: Range | None = span(str(source)) if fields["kind"] == "number" else None
    if found is not None:
        fields["takes"] = msgspec.to_builtins(found)
        return
    own = msgspec.convert({name: value for name, value in fields.items() if name != "valid"}, type=Item)
    if valid := _condition(source, known, before, own, tell):
        fields["valid"] = valid
        if says := text_of(bind.get("jr:constraintMsg")):
            fields["valid_says"] = says


def _condition(
    source: object,
    known: Known,
    before: Mapping[str, Item],
    own: Item | None,
    tell: Tell,
    row: Mapping[str, str] | None = None,
) -> str | None:
    """The condition in our words; None, and told, where it has no counterpart or would not hold water."""
    if not source:
        return None
    shown = " ".join(str(source).split())[:80]
    try:
        made = condition(str(source), known, Named("value", own.kind) if own else None, row)
        if not any(rehearsal.faults("", 0, made, before, own)):
            return made
        what = shown
    except NoCounterpart as problem:
        what = str(problem)[:40]
    tell(
        "CONDITION",
        f"条件没有对应，已去掉：{shown}（{what}）",
        f"the condition has no counterpart and is left out: {shown} ({what})",
    )
    return None


def _rest(
    question: Mapping[str, Any], bind: Mapping[str, Any], control: Mapping[str, Any], tell: Tell
) -> None:
    """What else the form says of the question, for nobody here to hear."""
    left = [name for name in question if name not in _KNOWN]
    left += [name for name in bind if name not in _BIND and not name.startswith("jr:")]
    left += [
        name
        for name in control
        if name != "appearance" or str(control[name]).split(" ")[0] not in ("signature", "draw")
    ]
    left += (
        ["readonly"]
        if str(bind.get("readonly", "")) in ("yes", "true()", "true") and question["type"] != "note"
        else []
    )
    left += [f"parameters.{name}" for name in question.get("parameters") or {} if question["type"] != "range"]
    if question["type"] == "barcode":
        left.append("barcode")
    if left:
        names = ", ".join(dict.fromkeys(left))[:120]
        tell("LEFT_OUT", f"没有对应、未导入：{names}", f"without counterpart, left out: {names}")
