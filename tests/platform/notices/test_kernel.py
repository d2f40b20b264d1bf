"""From a verb of the hazard loop to the people it concerns, through every job in between."""

import pytest
from sqlalchemy import select, text

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs.runner import Runner
from anhuan_infra.notify.wire import Wire
from anhuan_infra.settings import Settings
from anhuan_platform.notices import repository, service
from anhuan_platform.notices.models import Notice
from anhuan_tenants.organisation.models import Contact
from tests.platform.notices.world import World
from tests.support.people import Company
from tests.support.plant import Plant, a_plant
from tests.support.sink import Sink

_DUE = text(
    "select id from outbox where done_at is null and failed_at is null and due_at <= clock_timestamp()"
)


@pytest.fixture
async def plant(sessions: Sessions, settings: Settings, wire: Wire, sink: Sink) -> Plant:
    """A plant in which everybody has a mailbox, and a mail server."""
    plant = await a_plant(sessions, settings)
    async with plant.company.house() as work:
        for account, person in plant.people.items():
            contact = await work.session.get(Contact, (plant.company.id, person))
            assert contact is not None
            contact.email = f"{account}@plant.example"
    await World(plant.company, sink, sessions, plant.people["lin"]).email()
    return plant


async def _run_everything(company: Company) -> None:
    while True:
        async with company.house() as work:
            due = list(await work.session.scalars(_DUE))
        if not due:
            return
        for row in due:
            await Runner(company.sessions).run(company.id, row)


async def _told(plant: Plant, kind: str) -> set[str]:
    names = {person: account for account, person in plant.people.items()}
    async with plant.company.house() as work:
        people = await work.session.scalars(select(Notice.person_id).where(Notice.kind == kind))
        return {names[person] for person in people if person in names}


async def test_a_report_reaches_who_has_to_grade_it_with_the_page_of_the_case(
    plant: Plant, sink: Sink
) -> None:
    hazard_id = await plant.report()

    await _run_everything(plant.company)

    assert await _told(plant, "task.opened") == {"wei"}
    mails = {mail.address: mail.mail for mail in sink.deliveries if "轮到您" in mail.mail["Subject"]}
    assert set(mails) == {"wei@plant.example"}
    said = mails["wei@plant.example"]
    assert said["Subject"] == "轮到您：定级"
    assert f"{plant.company.settings.public_url}/c/{hazard_id}" in said.get_content()


async def test_grade_a_tells_the_leaders_at_once_and_as_urgent(plant: Plant, sink: Sink) -> None:
    hazard_id = await plant.report(text="粉尘爆炸风险，除尘器故障")
    await plant.grade(hazard_id, "A")

    await _run_everything(plant.company)

    assert {"leader", "director", "gm", "lin"} <= await _told(plant, "hazard.graded")
    assert "whead" in await _told(plant, "work.stopped")
    urgent = [seen.mail["Subject"] for seen in sink.deliveries if seen.mail["Importance"] == "high"]
    assert {"隐患已定级：A级"} <= set(urgent)
    assert any(subject.startswith("停工令") for subject in urgent)


async def test_a_safety_officer_sees_what_failed_in_their_own_branch_only(plant: Plant) -> None:
    elsewhere = await plant.company.unit("第二分厂")
    key = new_id().hex
    async with plant.company.house() as work:
        for unit in (plant.units["workshop"], elsewhere):
            common = {"kind": "task.opened", "facts": {}, "unit_no": unit, "undelivered_at": work.now}
            await repository.add(work, [common | {"person_id": plant.people["gm"], "key": f"{key}{unit}"}])

    async def units(account: str) -> set[int | None]:
        async with plant.as_(account) as work:
            return {n.unit_no for n in await service.undelivered(work) if n.key.startswith(key)}

    assert await units("wei") == {plant.units["workshop"]}
    assert await units("director") == {plant.units["workshop"], elsewhere}
    assert await units("lin") == set()
