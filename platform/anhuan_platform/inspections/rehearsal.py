"""Trying a condition of a checklist on every kind of answer that it may meet, before a round gets there."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice, product
from typing import Any

from anhuan_infra.errors import Words
from anhuan_platform.inspections import conditions
from anhuan_platform.inspections.checklist import Item
from anhuan_platform.inspections.errors import Fault

MOST_RUNS = 200
"""Of one condition; beyond it only a part of the combinations is tried, in a fixed order."""
RESERVED = frozenset(
    [
        "value",
        "as",
        "break",
        "const",
        "continue",
        "else",
        "false",
        "for",
        "function",
        "if",
        "import",
        "in",
        "let",
        "loop",
        "null",
        "package",
        "namespace",
        "return",
        "true",
        "var",
        "void",
        "while",
        "size",
        "has",
        "int",
        "uint",
        "double",
        "string",
        "bool",
        "bytes",
        "list",
        "map",
        "type",
        "dyn",
        "matches",
        "contains",
        "startswith",
        "endswith",
        "timestamp",
        "duration",
    ]
)
_A_DAY = date(2026, 5, 1).isoformat()


def faults(
    place: str, row: int, source: str | None, before: Mapping[str, Item], own: Item | None = None
) -> Iterator[Fault]:
    """What is wrong with a condition that may read the items before it, and `value` where it is about an item's own answer."""
    if source is None:
        return
    shown = source if len(source) <= 60 else f"{source[:60]}…"
    try:
        names = conditions.reads(source)
    except conditions.Unsound as problem:
        yield Fault(place, row, "CONDITION", Words(f"条件 {shown} 写法有误", f"condition {shown}: {problem}"))
        return
    values: list[tuple[Any, ...]] = []
    for name in names:
        item = own if name == "value" else before.get(name)
        if item is None:
            reason = Words(
                f"条件 {shown} 引用了后面的或不存在的检查项 {name}",
                f"condition {shown} reads {name}, which is no item before it",
            )
            yield Fault(place, row, "CONDITION_READS", reason)
            return
        values.append(_values(item))
        if not values[-1]:
            reason = Words(
                f"条件 {shown} 不能引用照片、签名或说明（{name}）",
                f"condition {shown} reads {name}, which has no value",
            )
            yield Fault(place, row, "CONDITION_READS", reason)
            return
    for combination in islice(product(*values), MOST_RUNS):
        facts = dict(zip(names, combination, strict=True))
        if conditions.fails(source, facts):
            reason = Words(
                f"条件 {shown} 的结果不是“是”或“否”，请检查答案的类型",
                f"condition {shown} is neither true nor false when {facts}",
            )
            yield Fault(place, row, "CONDITION_TYPE", reason)
            return


def _values(item: Item) -> tuple[Any, ...]:
    """Answers of each sort that the item may have."""
    match item.kind:
        case "verdict":
            return ("not_ok", "ok", "na")
        case "number" | "meter":
            ends = [end for span in (item.limits, item.takes) if span for end in (span.low, span.high)]
            return tuple(dict.fromkeys((1.0, 0.0, *(float(end) for end in ends if end is not None))))
        case "single":
            return tuple(choice.code for choice in item.choices)
        case "multiple":
            codes = [choice.code for choice in item.choices]
            return (codes[:1], codes)
        case "text":
            return ("文字", "")
        case "date":
            return (_A_DAY,)
        case _:
            return ()
