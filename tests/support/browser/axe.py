"""Whether people who see, hear or move otherwise can use a page: axe-core's rules for WCAG 2.1 A and AA."""

from functools import cache
from typing import Any

from playwright.async_api import Page

from tests.support.database import ROOT

SCRIPT = ROOT / "portal" / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@cache
def _source() -> str:
    return SCRIPT.read_text()


async def violations(page: Page, within: str | None = None) -> list[str]:
    """What hinders somebody, a line each: the rule, what it asks, and where it is broken."""
    # Evaluated and not added as a script, since the page's content security policy rightly refuses foreign scripts.
    await page.evaluate(_source())
    found: list[dict[str, Any]] = await page.evaluate(
        """async ([rules, within]) => {
            const options = {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']};
            return (await axe.run(within ?? document, options)).violations;
        }""",
        [RULES, within],
    )
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {' '.join(node['target'])}: {node['html'][:160]}"
        f" | {'; '.join(check['message'] for check in node['any'])[:240]}"
        for rule in found
        for node in rule["nodes"]
    ]


async def check(page: Page, within: str | None = None) -> None:
    """None of it."""
    found = await violations(page, within)
    assert not found, "\n" + "\n".join(found)
