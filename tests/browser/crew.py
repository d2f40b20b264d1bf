"""People of a test's own, so that whatever arrives under their names is this test's."""

from sqlalchemy import update

from anhuan_infra.ids import new_id
from anhuan_tenants.identity.models import SignIn
from tests.support.plant import Plant


async def a_worker(plant: Plant) -> str:
    """A reporter of this test's own, so that whatever arrives under the name is this test's."""
    account = f"lin{new_id().hex[-8:]}"
    plant.people[account] = await plant.company.person(
        "林小雨", "worker", unit_no=plant.units["team"], account=account
    )
    return account


async def sign_out_from_afar(plant: Plant, account: str) -> None:
    """All of a person's sessions are gone at the server, as after weeks in a drawer; their browsers do not know yet."""
    async with plant.company.house() as work:
        mine = update(SignIn).where(SignIn.person_id == plant.people[account], SignIn.ended_at.is_(None))
        await work.session.execute(mine.values(ended_at=work.now, ended_why="expired"))
