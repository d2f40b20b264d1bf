"""Each verb of the hazard loop goes to PostgreSQL as often as it must and no more; a statement more has to be meant."""

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work
from tests.support import verbs
from tests.support.plant import Plant, a_plant
from tests.support.trips import counting

BUDGETS = {
    "report": 15,
    "grade C": 17,
    "assign": 18,
    "progress": 9,
    "comment": 9,
    "invite": 8,
    "rectify": 19,
    "accept, first": 11,
    "accept, second": 11,
    "accept, last": 16,
    "verify, first": 10,
    "verify, last": 14,
    "grade A": 18,
    "stop work": 7,
    "resume work": 9,
    "assign A": 18,
    "control": 15,
    "authorise, first": 10,
    "authorise, last": 13,
    "rectify A": 19,
    "reject": 14,
    "assign again": 15,
    "hand over": 12,
    "grade higher": 15,
    "call off": 10,
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
