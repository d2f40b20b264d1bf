"""What a figure means, in words that stand beside it, and the span of time that it is of. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from anhuan_infra.errors import BadInput, Words

LONGEST = timedelta(days=1100)
USUAL = timedelta(days=30)
DAYS_AT_MOST = 62
"""Longer spans are counted by week, so that a chart stays readable."""


@dataclass(frozen=True)
class Span:
    """From (inclusive) until (exclusive), and the step in which things are counted along it: `day` or `week`."""

    start: datetime
    end: datetime
    step: str

    @classmethod
    def of(cls, start: datetime | None, end: datetime | None, now: datetime) -> "Span":
        """As asked; without an end it ends now, without a start it is 30 days long."""
        until = end or now
        since = start or until - USUAL
        if since >= until:
            raise BadInput(
                path="from", reason=Words("起始时间应早于截止时间", "it must be earlier than until")
            )
        if until - since > LONGEST:
            raise BadInput(
                path="from", reason=Words(f"最长 {LONGEST.days} 天", f"at most {LONGEST.days} days")
            )
        return cls(since, until, "day" if until - since <= timedelta(days=DAYS_AT_MOST) else "week")

    def marks(self, zone: str) -> list[date]:
        """Every day, or every Monday, on the company's calendar that the span touches."""
        first = self.start.astimezone(ZoneInfo(zone)).date()
        last = (self.end - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
        width = timedelta(days=1)
        if self.step == "week":
            first, width = first - timedelta(days=first.weekday()), timedelta(days=7)
        return [first + width * n for n in range((last - first) // width + 1)]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        """To one decimal; None of nothing, which is not zero."""
        return round(100 * self.numerator / self.denominator, 1) if self.denominator else None


_CLOSING = (
    "期内上报且未撤销的隐患中，截至数据时间已销号的比例。",
    "Of the hazards reported in the period and not called off, those closed by the time of the data.",
)
_ON_TIME = (
    "期内到期的整改任务中，在到期时间之前提交整改的比例；到期仍未提交的计为未按期，已取消的不计，退回重做的按新任务另计。",
    (
        "Of the rectifications that fell due in the period, those handed in before they were due; due and not handed in counts as late,"
        " cancelled ones do not count, work sent back counts anew."
    ),
)
_PARTICIPATION = (
    "所选单位及下级中（限您可查看全部隐患的单位）在册人员（不含相关方），期内至少上报过一条未撤销隐患的人数比例；匿名上报不计人。",
    (
        "Of the unit's own people, in units all of whose hazards you can see and without people of outside parties, those who reported at"
        " least one hazard in the period that was not called off; anonymous reports count for nobody."
    ),
)
_STAGES = (
    (
        "期内销号隐患各环节用时的中位数（自然时间）：定级=上报至首次定级，派发=上报至首次派发，整改=首次派发至最后一次提交整改，"
        "验收=最后一次提交整改至销号，闭环=上报至销号。"
    ),
    (
        "Medians, by the clock on the wall, of the hazards closed in the period. Grading: report to first grade. Dispatch: report to first"
        " assignment. Rectification: first assignment to the last hand-in. Review: last hand-in to closing. Closing: report to closing."
    ),
)
MEANINGS = MappingProxyType(
    {"closing": _CLOSING, "on_time": _ON_TIME, "participation": _PARTICIPATION, "stages": _STAGES}
)
"""How each figure is counted, in Chinese and in English."""


def meaning(figure: str, language: str) -> str:
    """The rule behind a figure in a reader's language."""
    zh, en = MEANINGS[figure]
    return zh if language.startswith("zh") else en
