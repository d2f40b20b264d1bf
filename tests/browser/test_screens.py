"""Every screen of the three apps in every dress: nothing hinders anybody, nothing jumps, nothing sticks out, no error unseen."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.async_api import Page

from anhuan_infra.ids import new_id
from anhuan_tenants.parties.models import Party
from tests.browser.crew import a_worker
from tests.browser.house import House, Open
from tests.support.browser import axe
from tests.support.browser.window import DESK, PHONE, Language, Shape, Theme, Window
from tests.support.plant import Plant

MOST_SHIFT = 0.05
"""Of what is shown may jump while a screen settles: the layout-shift score."""
WATCH = """
window.__shift = 0;
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""
LOOK = """() => ({
    shift: window.__shift,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    title: document.title,
    words: document.body.innerText.trim().length,
})"""
FIELD = (
    "/",
    "/report",
    "/scan",
    "/reports",
    "/mine",
    "/guide",
    "/tasks",
    "/notices",
    "/notice-wishes",
    "/case/{case}",
    "/nowhere",
)
PORTAL = ("/", "/mine", "/tasks", "/notices", "/notice-wishes", "/case/{case}")
CONSOLE = (
    *(
        "",
        "board",
        "hazards",
        "case/{case}",
        "loops",
        "organisation",
        "people",
        "places",
        "parties",
        "import",
    ),
    *("policy", "notices", "channels", "settings", "nowhere"),
)


@dataclass(frozen=True)
class Dress:
    """How a window looks on a machine."""

    shape: Shape
    language: Language
    theme: Theme


ON_PHONES = [Dress(PHONE, language, theme) for language in ("zh", "en") for theme in ("light", "dark")]
ON_DESKS = [
    Dress(DESK, "zh", "light"),
    Dress(DESK, "en", "dark"),
    Dress(PHONE, "zh", "dark"),
    Dress(PHONE, "en", "light"),
]


def named(dress: Dress) -> str:
    """For the list of tests."""
    return f"{dress.shape.name}-{dress.language}-{dress.theme}"


@pytest.fixture(scope="session")
async def case(plant: Plant) -> UUID:
    """A company with something in every column, and one case that has been put right and waits for its check."""
    new, graded, assigned, done = [await plant.report() for _ in range(4)]
    for hazard in (graded, assigned, done):
        await plant.grade(hazard, "B")
    for hazard in (assigned, done):
        await plant.assign(hazard, "wei")
    await plant.rectify(done)
    await plant.grade(new, "A")
    return done


@pytest.fixture(scope="session")
async def outsider(plant: Plant) -> str:
    """Somebody of a maintenance firm."""
    async with plant.company.house() as work:
        firm = Party(
            id=new_id(),
            code="M-1",
            name="宏达设备维保有限公司",
            kind="maintenance",
            unit_no=plant.units["branch"],
        )
        work.session.add(firm)
    plant.people["outsider"] = await plant.company.person(
        "韩师傅", "contractor_worker", unit_no=plant.units["branch"], account="outsider", party_id=firm.id
    )
    return "outsider"


async def settled(page: Page) -> None:
    """Everything asked was answered, and no part is still busy."""
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")


async def problems_of(window: Window, path: str, name: str) -> list[str]:
    """What is wrong with one screen, a line each."""
    page = await window.context.new_page()
    try:
        await page.add_init_script(WATCH)
        await page.goto(window.url + path)
        await settled(page)
        await window.look(page, name)
        found = await axe.violations(page)
        told = await page.evaluate(LOOK)
    finally:
        await page.close()
    if told["shift"] > MOST_SHIFT:
        found.append(f"jumps by {told['shift']:.3f}")
    if told["wide"] > 0:
        found.append(f"sticks out by {told['wide']} px")
    if not told["title"] or told["words"] < 4:
        found.append(f"says nothing: {told}")
    wrong, window.wrong[:] = window.unexpected(), []
    return [f"{path}: {problem}" for problem in [*found, *wrong]]


async def look_through(
    window: Window, house: House, app: str, base: str, paths: tuple[str, ...], case: UUID
) -> None:
    """All screens of an app, one after the other; every problem of all of them is told at once."""
    # The plant's photos are rows without bytes in the store.
    window.expects(rf"404.*\({house.store.url}")
    found: list[str] = []
    for path in paths:
        name = f"{app}-{path.strip('/').replace('/{case}', '') or 'home'}"
        found += await problems_of(window, base + path.format(case=case), name)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("dress", ON_PHONES, ids=named)
async def test_field(opened: Open, house: House, case: UUID, dress: Dress) -> None:
    window = await opened("wei", dress.shape, dress.language, dress.theme)
    await look_through(window, house, "field", "/app", FIELD, case)


@pytest.mark.parametrize("dress", ON_PHONES[::3], ids=named)
async def test_portal(opened: Open, house: House, case: UUID, outsider: str, dress: Dress) -> None:
    window = await opened(outsider, dress.shape, dress.language, dress.theme)
    await look_through(window, house, "portal", "/portal", PORTAL, case)


@pytest.mark.parametrize("dress", ON_DESKS, ids=named)
async def test_console(opened: Open, house: House, case: UUID, dress: Dress) -> None:
    window = await opened("director", dress.shape, dress.language, dress.theme)
    await look_through(window, house, "console", "/console/", CONSOLE, case)


@pytest.mark.parametrize("dress", ON_PHONES[::3], ids=named)
@pytest.mark.parametrize("app", ["app", "portal", "console"])
async def test_the_door(opened: Open, house: House, app: str, dress: Dress) -> None:
    window = await opened(None, dress.shape, dress.language, dress.theme)
    window.expects("40[01]")

    assert await problems_of(window, f"/{app}/", f"{app}-door") == []


async def test_nobody_is_lost_in_an_empty_house(opened: Open, house: House, plant: Plant, case: UUID) -> None:
    window = await opened(await a_worker(plant))
    window.expects("40[0134]")

    found = [
        line
        for path in ("/", "/tasks", "/reports", f"/case/{case}")
        for line in await problems_of(
            window, f"/app{path}", f"field-empty-{path.strip('/').partition('/')[0] or 'home'}"
        )
    ]
    found += [
        line
        for path in ("", "policy", "organisation")
        for line in await problems_of(window, f"/console/{path}", f"console-denied-{path or 'home'}")
    ]
    assert not found, "\n" + "\n".join(found)
