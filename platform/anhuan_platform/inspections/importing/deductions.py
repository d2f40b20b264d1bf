"""What a score sheet says of points: `5分`, `每处扣2分，扣完为止`, `一票否决`."""

import re
from collections.abc import Iterator
from typing import Any

_NUMBER = r"(\d+(?:\.\d+)?)"
_EACH = re.compile(
    rf"(?:每|一|1)\s*(?:发现)?\s*(?:一|1|有)?\s*(?:处|项|个|次|人|台|例|起)[^，。；,;]{{0,20}}?扣\s*{_NUMBER}\s*分"
)
_ANY = re.compile(rf"扣\s*{_NUMBER}\s*分")
_MOST = re.compile(rf"(?:最多扣|最高扣|扣分上限|上限)\s*{_NUMBER}\s*分?")
_VETO = re.compile("一票否决|否决项|直接判定?为?(?:红|不合格)")
_POINTS = re.compile(rf"^{_NUMBER}\s*分?$")


def worth(points: str) -> float | None:
    """The number of points in a cell; None where it says none."""
    found = _POINTS.match(points)
    return float(found[1]) if found else None


def priced(fields: dict[str, Any], points: str, deduction: str) -> Iterator[tuple[str, str, str]]:
    """Sets what the item is worth and costs; tells by code, zh and en what was guessed or not understood."""
    fields["points"] = worth(points)
    if points and fields["points"] is None:
        yield (
            "POINTS",
            f"分值“{points[:20]}”不是数字，已忽略",
            f"the points {points[:20]!a} are no number and are left out",
        )
    if not deduction:
        return
    guidance: dict[str, str] = fields.get("guidance") or {}
    fields["guidance"] = {**guidance, "zh": f"{guidance.get('zh', '')}\n{deduction}".strip()[:2000]}
    if _VETO.search(deduction):
        fields["veto"] = True
    if most := _MOST.search(deduction):
        fields["most_lost"] = float(most[1])
    found = _EACH.search(deduction) or _ANY.search(deduction)
    costs = [float(number) for number in _ANY.findall(_MOST.sub("", deduction))]
    if found:
        fields["lost"] = float(found[1])
        if len(set(costs)) > 1:
            yield (
                "DEDUCTIONS",
                f"有几种扣分，已取“{found[0][:30]}”，其余见说明",
                "several deductions; the first is taken, the others stand in the guidance",
            )
    elif not fields.get("veto") and not re.search("不得分|全扣|扣完|不合格", deduction):
        yield (
            "DEDUCTIONS",
            "看不懂扣分标准，按不合格不得分处理",
            "the deduction is not understood; not ok costs all points",
        )
