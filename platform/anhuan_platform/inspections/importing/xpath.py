"""Reading the expressions of XLSForm: the XPath of `relevant`, `constraint` and `choice_filter`, as a tree."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>\$\{\s*[^}\s]+\s*\}|(?:\.\./|/)[\w./-]+)
    |(?P<number>\d+(?:\.\d+)?|\.\d+)
    |(?P<text>'[^']*'|"[^"]*"|‘[^’]*’|“[^”]*”)
    |(?P<own>\.(?![\w.]))
    |(?P<sign><=|>=|!=|=|<|>|\+|-|\*|\(|\)|,|\|)
    |(?P<word>[^\W\d][\w:-]*)
    )""",
    re.VERBOSE,
)
_DEEPEST = 40
_COMPARED = ("=", "!=", "<", "<=", ">", ">=")


class NoCounterpart(Exception):
    """The expression uses something that checklists do not have; the text is what it is."""


@dataclass(frozen=True, slots=True)
class Node:
    """One place of the tree: `or`, `and`, a comparison, an arithmetic sign, `ref`, `own`, `number`, `text`, `word` or a function's name."""

    what: str
    value: str = ""
    parts: tuple["Node", ...] = ()


def parse(source: str) -> Node:
    """The tree of an expression; refuses what is no XPath that forms use."""
    reader = _Reader(source)
    tree = reader.either(0)
    if reader.left():
        raise NoCounterpart(reader.left())
    return tree


class _Reader:
    """Goes through the tokens once, from the weakest operator to the strongest."""

    def __init__(self, source: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        at = 0
        text = source.strip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None or found.lastgroup is None:
                raise NoCounterpart(text[at : at + 30])
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0

    def left(self) -> str:
        """What has not been read."""
        return " ".join(value for _, value in self.tokens[self.at :])[:40]

    def either(self, depth: int) -> Node:
        """Parts joined by `or`."""
        if depth > _DEEPEST:
            raise NoCounterpart("((…))")
        return self._joined("or", lambda: self._joined("and", lambda: self._compared(depth)))

    def _joined(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._take("word", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Node(word, parts=tuple(parts))

    def _compared(self, depth: int) -> Node:
        left = self._summed(depth)
        for sign in _COMPARED:
            if self._take("sign", sign):
                return Node(sign, parts=(left, self._summed(depth)))
        return left

    def _summed(self, depth: int) -> Node:
        left = self._multiplied(depth)
        while sign := self._one_of("+", "-"):
            left = Node(sign, parts=(left, self._multiplied(depth)))
        return left

    def _multiplied(self, depth: int) -> Node:
        left = self._single(depth)
        while sign := (self._one_of("*") or (self._take("word", "div") and "/")):
            left = Node(str(sign), parts=(left, self._single(depth)))
        return left

    def _single(self, depth: int) -> Node:
        if self.at >= len(self.tokens) or depth > _DEEPEST:
            raise NoCounterpart("…")
        kind, value = self.tokens[self.at]
        self.at += 1
        match kind, value:
            case "ref", _:
                return Node("ref", value.strip("${} ").rsplit("/", 1)[-1])
            case "number", _:
                return Node("number", value if value[0] != "." else f"0{value}")
            case "text", _:
                return Node("text", value[1:-1])
            case "own", _:
                return Node("own")
            case "sign", "-":
                number = self._single(depth + 1)
                if number.what != "number":
                    raise NoCounterpart("-")
                return Node("number", f"-{number.value}")
            case "sign", "(":
                inside = self.either(depth + 1)
                self._expect(")")
                return inside
            case "word", _ if self._take("sign", "("):
                return Node(value, parts=self._arguments(depth))
            case "word", _:
                return Node("word", value)
            case _:
                raise NoCounterpart(value)

    def _arguments(self, depth: int) -> tuple[Node, ...]:
        if self._take("sign", ")"):
            return ()
        parts = [self.either(depth + 1)]
        while self._take("sign", ","):
            parts.append(self.either(depth + 1))
        self._expect(")")
        return tuple(parts)

    def _take(self, kind: str, value: str) -> bool:
        is_next = self.at < len(self.tokens) and self.tokens[self.at] == (kind, value)
        self.at += is_next
        return is_next

    def _one_of(self, *signs: str) -> str:
        return next((sign for sign in signs if self._take("sign", sign)), "")

    def _expect(self, sign: str) -> None:
        if not self._take("sign", sign):
            raise NoCounterpart(self.left() or "…")
