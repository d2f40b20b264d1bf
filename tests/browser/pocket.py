"""A phone that was made ready on another day, dies in the pocket and is started again."""

import time

from tests.browser.field import OF_THE_NETWORK, Field
from tests.support.browser.profile import Profile
from tests.support.browser.window import Window
from tests.support.plant import Plant


async def begin(profile: Profile, plant: Plant, account: str) -> tuple[Window, Field]:
    """The one visit with network, on another day: come in, and wait until the phone says that it can do without."""
    field = Field(await profile.open(await profile.start(), "/app/"))
    await field.sign_in(plant.company.code, account)
    await field.is_ready()
    await profile.quit()
    window = await profile.start()
    window.expects(OF_THE_NETWORK)
    field = Field(await profile.open(window, "/app/"))
    await field.is_ready()
    return window, field


async def dies_and_comes_back(
    profile: Profile, *, offline: bool, at: str = "/app/"
) -> tuple[Window, Field, float]:
    """SIGKILL, and the seconds from the address to what the next start shows first."""
    await profile.kill()
    window = await profile.start()
    window.expects(OF_THE_NETWORK)
    await window.context.set_offline(offline)
    began = time.perf_counter()
    field = Field(await profile.open(window, at))
    await (
        field.page.get_by_role("heading", level=1).or_(field.page.get_by_text("随手拍隐患")).first.wait_for()
    )
    return window, field, time.perf_counter() - began
