"""Which checklists are for which place: by the colour of an area, the work done there, the machine and the industry. Pure."""

from dataclasses import dataclass

from anhuan_platform.inspections.checklist import Fit

RISKS = ("major", "larger", "general", "low")


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of the place or machine that is to be inspected; what is unknown decides nothing."""

    risk: str | None = None
    trade: str | None = None
    asset: str | None = None
    industry: str | None = None
    """GB/T 4754 code of the company or site."""


def fits(fit: Fit, where: Situation) -> bool:
    """Whether a list is for this situation: what the list leaves open is for all."""
    return (
        (not fit.risks or where.risk is None or where.risk in fit.risks)
        and (not fit.trades or where.trade is None or where.trade in fit.trades)
        and (not fit.assets or where.asset is None or where.asset in fit.assets)
        and (
            not fit.industries
            or where.industry is None
            or any(_under(where.industry, code) for code in fit.industries)
        )
    )


def _under(industry: str, code: str) -> bool:
    """A list for a division is for its groups and classes; a place of which only the division is known takes the lists of all in it."""
    return industry.startswith(code) or code.startswith(industry)
