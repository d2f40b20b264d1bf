"""XLSForm's expressions as conditions of a checklist: what was not answered compares as in XPath, where nothing is greater than it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from anhuan_platform.inspections.checklist import Range
from anhuan_platform.inspections.importing.xpath import NoCounterpart, Node, parse

_ORDERED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NUMBERS = ("number", "meter")


@dataclass(frozen=True, slots=True)
class Named:
    """An item that expressions may speak of: its code in the checklist, and its kind."""

    code: str
    kind: str


Known = Mapping[str, Named]
"""Items by the name that the form gives them."""


def condition(
    source: str, known: Known, own: Named | None = None, row: Mapping[str, str] | None = None
) -> str:
    """The same in CEL; refuses what has no counterpart. `own` is the item whose constraint it is, `row` the columns of a choice."""
    return _Cel(known, own, row or {}).truth(parse(source))


def span(source: str) -> Range | None:
    """The span of numbers that a constraint stands for; None where it is something else."""
    try:
        parts = list(_ends(parse(source)))
    except NoCounterpart:
        return None
    found: dict[str, float | bool] = {}
    for sign, number in parts:
        side = "low" if sign in (">", ">=") else "high"
        if side in found:
            return None
        found |= {side: number, f"{side}_open": sign in ("<", ">")}
    return Range(
        low=found.get("low"), high=found.get("high"),
        low_open=bool(found.get("low_open")), high_open=bool(found.get("high_open")),
    )  # fmt: skip


def _ends(node: Node) -> Iterator[tuple[str, float]]:
    if node.what == "and":
        for part in node.parts:
            yield from _ends(part)
        return
    if node.what in _ORDERED and len(node.parts) == 2:
        left, right = node.parts
        if left.what == "own" and right.what == "number":
            yield node.what, float(right.value)
            return
        if left.what == "number" and right.what == "own":
            yield _ORDERED[node.what], float(left.value)
            return
    raise NoCounterpart(node.what)


class _Cel:
    def __init__(self, known: Known, own: Named | None, row: Mapping[str, str]) -> None:
        self.known, self.own, self.row = known, own, row

    def truth(self, node: Node) -> str:
        """A part that is true or false."""
        match node.what, node.parts:
            case "or" | "and", parts:
                return (
                    "("
                    + (" || " if node.what == "or" else " && ").join(self.truth(part) for part in parts)
                    + ")"
                )
            case "not", (part,):
                return f"!({self.truth(part)})"
            case "true" | "false", ():
                return node.what
            case "=" | "!=", (left, right):
                return self._equal(node.what, left, right)
            case "<" | "<=" | ">" | ">=", (left, right):
                body = f"{self._figure(left)} {node.what} {self._figure(right)}"
                return self._guarded(body, node)
            case "selected", (chosen, choice):
                return self._selected(chosen, self._text(choice))
            case "regex", (text, pattern) if pattern.what == "text":
                return self._guarded(
                    f"{self._value(text)}.matches({json.dumps(f'^(?:{pattern.value})$', ensure_ascii=False)})",
                    text,
                )
            case _:
                raise NoCounterpart(node.what)

    def _equal(self, sign: str, left: Node, right: Node) -> str:
        if right.what in ("ref", "own") and left.what not in ("ref", "own"):
            left, right = right, left
        is_not = "!" if sign == "!=" else ""
        if left.what == "word" and right.what == "word":
            raise NoCounterpart(left.value)
        if left.what not in ("ref", "own"):
            if self._is_figure(left):
                return self._guarded(
                    f"{self._figure(left)} {'==' if sign == '=' else '!='} {self._figure(right)}",
                    Node(sign, parts=(left, right)),
                )
            raise NoCounterpart(left.value or left.what)
        item = self._item(left)
        if right.what == "text" and right.value == "":
            return f"{item.code} {'!=' if is_not else '=='} null"
        if item.kind == "multiple":
            return f"{is_not}{self._selected(left, self._text(right))}"
        if item.kind in _NUMBERS:
            return f"{item.code} {'!=' if is_not else '=='} {self._figure(right)}"
        if right.what in ("ref", "own"):
            return f"{item.code} {'!=' if is_not else '=='} {self._item(right).code}"
        return f"{item.code} {'!=' if is_not else '=='} {_quoted(self._text(right))}"

    def _selected(self, chosen: Node, choice: str) -> str:
        item = self._item(chosen)
        if item.kind in ("single", "verdict"):
            return f"{item.code} == {_quoted(choice)}"
        if item.kind == "multiple":
            return f"({item.code} != null && {_quoted(choice)} in {item.code})"
        raise NoCounterpart("selected")

    def _is_figure(self, node: Node) -> bool:
        return node.what in ("number", "+", "-", "*", "/", "string-length", "count-selected", "number")

    def _figure(self, node: Node) -> str:
        """A part that is a number, or text that is ordered as days are."""
        match node.what, node.parts:
            case "number", ():
                return node.value if "." in node.value else f"{node.value}.0"
            case "text", () if _is_number(node.value):
                return f"{float(node.value)}"
            case "+" | "-" | "*" | "/", (left, right):
                return f"({self._figure(left)} {node.what} {self._figure(right)})"
            case "string-length" | "count-selected", parts if len(parts) <= 1:
                return f"double(size({self._value(parts[0] if parts else Node('own'))}))"
            case ("number" | "int", (part,)):
                return self._figure(part)
            case "ref" | "own", _ if self._item(node).kind in (*_NUMBERS, "date"):
                return self._item(node).code
            case "date", (part,) if part.what == "text":
                return _quoted(part.value)
            case _:
                raise NoCounterpart(node.value or node.what)

    def _value(self, node: Node) -> str:
        return self._item(node).code

    def _text(self, node: Node) -> str:
        if node.what in ("text", "number"):
            return node.value
        if node.what == "word" and node.value in self.row:
            return self.row[node.value]
        raise NoCounterpart(node.value or node.what)

    def _item(self, node: Node) -> Named:
        if node.what == "own" and self.own is not None:
            return Named("value", self.own.kind)
        found = self.known.get(node.value) if node.what == "ref" else None
        if found is None:
            raise NoCounterpart(f"${{{node.value}}}" if node.what == "ref" else node.value or node.what)
        return found

    def _guarded(self, body: str, node: Node) -> str:
        """Nothing is greater or less than what was not answered."""
        codes = dict.fromkeys(code for code in self._read(node) if code != "value")
        return "(" + "".join(f"{code} != null && " for code in codes) + f"{body})"

    def _read(self, node: Node) -> Iterator[str]:
        if node.what in ("ref", "own"):
            yield self._item(node).code
        for part in node.parts:
            yield from self._read(part)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
