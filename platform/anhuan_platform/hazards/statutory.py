"""The law's 重大事故隐患: decided by a clause of a criterion in force on the day of the finding, never by the company's grade.

An instrument holds from its day in force until it is repealed; which one applies depends on the sector. `seen` says how the entry was
confirmed: `text` may be shown as law, `secondary` needs a look at the official text first and is marked so.
"""

from dataclasses import dataclass
from datetime import date

from anhuan_infra.errors import Refused


class ClauseNotInForce(Refused):
    """{instrument} was not in force on {day}; choose a criterion that was."""

    code = "CLAUSE_NOT_IN_FORCE"
    zh = "{instrument} 在 {day} 不具效力，请选择发现当日有效的判定标准。"


class InstrumentUnknown(Refused):
    """{instrument} is not among the criteria this product knows; known are {known}."""

    code = "INSTRUMENT_UNKNOWN"
    zh = "未收录判定标准 {instrument}；可选：{known}。"


@dataclass(frozen=True)
class Instrument:
    """A criterion for major accident hazards (重大事故隐患判定标准)."""

    code: str
    title: str
    sector: str
    in_force: date
    ended: date | None
    seen: str

    def holds_on(self, day: date) -> bool:
        """Whether it was law on that day."""
        return self.in_force <= day and (self.ended is None or day < self.ended)


INSTRUMENTS: tuple[Instrument, ...] = (
    Instrument(
        "MEM-10", "工贸企业重大事故隐患判定标准（应急管理部令第10号）", "industry_trade", date(2023, 5, 15), None, "secondary"
    ),
    Instrument(
        "AJ3-2017-121", "化工和危险化学品生产经营单位重大生产安全事故隐患判定标准（安监总管三〔2017〕121号）",
        "chemical", date(2017, 11, 13), None, "secondary",
    ),
    Instrument(
        "AQ-3067-2026", "AQ 3067-2026 化工和危险化学品重大生产安全事故隐患判定准则", "chemical", date(2026, 9, 30), None, "secondary"
    ),
)  # fmt: skip


def clause(instrument: str, number: str, on: date) -> dict[str, str]:
    """What stands with the hazard: instrument, clause number, edition in force on that day; refuses one that did not hold."""
    found = next((one for one in INSTRUMENTS if one.code == instrument), None)
    if found is None:
        known = "、".join(one.code for one in INSTRUMENTS)
        raise InstrumentUnknown(path="statutory.instrument", instrument=instrument, known=known)
    if not found.holds_on(on):
        raise ClauseNotInForce(path="statutory.instrument", instrument=found.title, day=on.isoformat())
    return {
        "instrument": found.code,
        "title": found.title,
        "clause": number,
        "in_force": found.in_force.isoformat(),
        "found_on": on.isoformat(),
        "seen": found.seen,
    }
