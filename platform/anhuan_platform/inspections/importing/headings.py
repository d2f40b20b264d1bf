"""What the columns of a plain checklist in Excel mean, by the headings that real ones have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anhuan_tenants.organisation.columns import plain

WITHIN = 30
_UNDERSTOOD: Mapping[str, tuple[str, ...]] = {
    "no": ("序号", "编号", "no", "no.", "号"),
    "section": (
        "检查分类", "分类", "类别", "检查类别", "项目类别", "检查单元", "检查部位", "部位", "区域", "检查区域", "一级指标", "类目", "section", "category",
    ),
    "project": ("检查项目", "项目", "检查项", "考评项目", "评估项目", "检查事项", "二级指标", "check point"),
    "name": ("检查内容", "内容", "检查要点", "考评内容", "评估内容", "隐患排查内容", "排查内容", "具体内容", "item", "check", "question"),
    "standard": ("检查标准", "标准", "标准要求", "检查要求", "要求", "检查方法", "检查方式", "合格标准", "说明", "guidance", "standard", "guidance"),
    "lost": ("扣分标准", "评分标准", "评分说明", "扣分说明", "评分细则", "考评办法", "评分方法", "评分方式", "deduction"),
    "points": ("分值", "标准分", "标准分值", "满分", "权重", "分数", "应得分", "points", "weight"),
    "clause": ("检查依据", "依据", "法规依据", "依据条款", "标准条款", "条款", "排查依据", "clause", "source"),
    "name_en": ("英文内容", "check in english"),
    "standard_en": ("英文标准", "guidance in english"),
    "own": ("anhuan",),
}  # fmt: skip
_TOLD: Mapping[str, tuple[str, str]] = {
    "no": ("序号", "number"), "section": ("检查分类", "section"), "name": ("检查内容", "item"), "standard": ("检查标准", "guidance"),
    "lost": ("扣分标准", "deduction"), "points": ("分值", "points"), "clause": ("检查依据", "clause"), "name_en": ("英文内容", "item in English"),
    "standard_en": ("英文标准", "guidance in English"), "own": ("anhuan", "anhuan"), "": ("不导入", "left out"),
}  # fmt: skip
_BY_HEADING = {plain(alias): field for field, aliases in _UNDERSTOOD.items() for alias in aliases}


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand, counted from 0, and what each column is taken for."""

    at: int
    places: Mapping[str, int]
    guess: tuple[tuple[str, str], ...]
    """Every heading with what it is taken for, in Chinese."""


def find(rows: Sequence[Sequence[str]]) -> Headings | None:
    """The row with the most headings that are understood, below any title; None where no column can be the items."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            field = _BY_HEADING.get(plain(cell[:100]))
            if field is not None:
                places.setdefault(field, place)
        if len(places) > len(best[1]):
            best = (at, places)
    at, places = best
    if "project" in places:
        # Beside a column of contents, 检查项目 is what they are grouped by; alone, it is the items themselves.
        taken_for = "section" if "name" in places and "section" not in places else "name"
        if taken_for not in places:
            places[taken_for] = places["project"]
        del places["project"]
    if "name" not in places and "standard" in places:
        places["name"] = places.pop("standard")
    if "name" not in places:
        return None
    fields = {place: field for field, place in places.items()}
    guess = tuple(
        (cell.strip()[:100], _TOLD[fields.get(place, "")][0])
        for place, cell in enumerate(rows[at])
        if cell.strip()
    )
    return Headings(at, places, guess)
