"""Conditions of a checklist as XLSForm writes them, where it can."""

import re
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from anhuan_platform.inspections.checklist import Checklist, Item, Range, Section

_TOKEN = re.compile(
    r"""\s*(?:(?P<name>[A-Za-z_]\w*)|(?P<number>-?\d+(?:\.\d+)?)|(?P<text>'[^'\\"]*'|"[^"\\']*")|(?P<sign>&&|\|\||==|!=|<=|>=|[<>()!+*-]))"""
)
_SIGNS = {"&&": "and", "||": "or", "==": "="}


def of(cel: str | None, items: Mapping[str, Item], names: Mapping[str, str] | None = None) -> str:
    """The condition as XPath; empty where XLSForm has no word for it. `names` are what the form calls the items."""
    if not cel:
        return ""
    tokens: list[tuple[str, str]] = []
    at = 0
    text = cel.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            return ""
        tokens.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    out: list[str] = []
    while tokens:
        said = _next(tokens, items, names or {})
        if said is None:
            return ""
        out.append(said)
    return " ".join(out).replace("( ", "(").replace(" )", ")").replace("not (", "not(")


def _next(tokens: list[tuple[str, str]], items: Mapping[str, Item], names: Mapping[str, str]) -> str | None:
    """What the next tokens are in XPath, taken away; None where it has none."""
    kind, value = tokens.pop(0)
    if kind == "text" and tokens[:1] == [("name", "in")] and len(tokens) > 1 and tokens[1][1] in items:
        code = tokens[1][1]
        del tokens[:2]
        return f"selected(${{{names.get(code, code)}}}, {value})"
    match kind, value:
        case "name", "true" | "false":
            return f"{value}()"
        case "name", "null":
            return "''"
        case "name", _ if value in items:
            return f"${{{names.get(value, value)}}}"
        case "sign", "!":
            return "not" if tokens[:1] == [("sign", "(")] else None
        case "number" | "text", _:
            return value
        case "sign", _:
            return _SIGNS.get(value, value)
        case _:
            return None


def bounds(span: Range | None) -> str:
    """A span of numbers as a constraint."""
    if span is None:
        return ""
    ends: list[str] = []
    if span.low is not None:
        ends.append(f". {'>' if span.low_open else '>='} {_figure(span.low)}")
    if span.high is not None:
        ends.append(f". {'<' if span.high_open else '<='} {_figure(span.high)}")
    return " and ".join(ends)


def _figure(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.10f}".rstrip("0")


def head_of(checklist: Checklist) -> dict[str, Any]:
    """What XLSForm has no word for about the list and its sections."""
    plain = cast("dict[str, Any]", msgspec.to_builtins(checklist))
    sections = cast("list[dict[str, Any]]", list(plain.pop("sections")))
    own = {
        section["code"]: {key: section[key] for key in section if key not in ("code", "items")}
        for section in sections
    }
    del plain["code"], plain["version"]
    return {"list": plain, "sections": own}


def with_head(checklist: Checklist, head: Mapping[str, Any]) -> Checklist:
    """The list with what the file says of it beside XLSForm's own words; what does not fit is left alone."""
    try:
        plain = cast("dict[str, Any]", msgspec.to_builtins(checklist)) | dict(head.get("list") or {})
        own = cast("Mapping[str, Mapping[str, Any]]", head.get("sections") or {})
        sections = (
            msgspec.to_builtins(section) | dict(own.get(section.code) or {}) for section in checklist.sections
        )
        plain["sections"] = [
            msgspec.structs.replace(msgspec.convert(section | {"items": []}, type=Section), items=old.items)
            for section, old in zip(sections, checklist.sections, strict=True)
        ]
        made = msgspec.convert(
            {**plain, "code": checklist.code, "sections": [{"code": "x", "name": {"zh": "x"}, "items": []}]},
            type=Checklist,
        )
        return msgspec.structs.replace(made, sections=tuple(plain["sections"]))
    except (msgspec.ValidationError, TypeError, ValueError, AttributeError):
        return checklist
