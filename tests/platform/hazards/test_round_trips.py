"""Each verb of the hazard loop goes to PostgreSQL as often as it must and no more; a statement more has to be meant."""

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work
from tests.support import verbs
from tests.support.plant import Plant, a_plant
from tests.support.trips import counting

BUDGETS = {
    "report": 15,
    "grade C": 16,
    "assign": 17,
    "progress": 8,
    "comment": 8,
    "invite": 7,
    "rectify": 18,
    "accept, first": 10,
    "accept, second": 10,
    "accept, last": 15,
    "verify, first": 9,
    "verify, last": 13,
    "grade A": 17,
    "stop work": 6,
    "resume work": 8,
    "assign A": 17,
    "control": 14,
    "authorise, first": 9,
    "authorise, last": 12,
    "rectify A": 18,
    "reject": 13,
    "assign again": 14,
    "hand over": 11,
    "grade higher": 14,
    "call off": 9,
}


async def test_no_verb_asks_more_often_than_it_must(sessions: Sessions, settings: Settings) -> None:
    plant = await a_plant(sessions, settings)
    needed: dict[str, int] = {}
    told: dict[str, str] = {}

    async def count(name: str, account: str, act: verbs.Act) -> None:
        actor = await plant.company.actor(plant.people[account])
        with counting(sessions) as trips:
            async with open_work(sessions, actor) as work:
                await act(work)
        needed[name], told[name] = len(trips), str(trips)

    await verbs.a_life(plant, _uncounted(plant))  # rights and definitions are read once per process
    await verbs.a_life(plant, count)

    over = [
        f"{name}: {needed[name]} of {most}\n{told[name]}"
        for name, most in BUDGETS.items()
        if needed[name] > most
    ]
    assert not over, "\n\n".join(over)
    assert needed.keys() == BUDGETS.keys()
    slack = {name: (needed[name], most) for name, most in BUDGETS.items() if needed[name] < most}
    assert not slack, f"the budgets can be made tighter: {slack}"


def _uncounted(plant: Plant) -> verbs.Run:
    async def run(_name: str, account: str, act: verbs.Act) -> None:
        async with plant.as_(account) as work:
            await act(work)

    return run
