"""What the apps ask about people, places and notices: planned, and the same as in the ordinary way, byte for byte, for whoever asks."""

from typing import Any

import pytest
from sqlalchemy import update

from anhuan_graphql.planner.planner import READS
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service.opening import install_library
from anhuan_platform.notices.models import Attempt, Notice
from anhuan_tenants.companies import versions
from anhuan_tenants.organisation.models import Duty, Unit, UnitKind
from anhuan_tenants.parties.models import Party
from tests.support.app_documents import app_documents
from tests.support.people import a_company
from tests.support.posts import give_post
from tests.support.wire import Wire
from tests.support.world import World, a_world

PLANNED: list[tuple[str, dict[str, Any]]] = [
    ("WorkUnits", {}),
    ("WorkPeople", {}),
    ("WorkPeople", {"text": "wang"}),
    ("WorkPeople", {"text": "王_小%"}),
    ("WorkPeople", {"text": "lxy"}),
    ("WorkPeople", {"text": " L X Y "}),
    ("WorkPeople", {"text": ""}),
    ("WorkPeople", {"unit": "@workshop"}),
    ("WorkPeople", {"unit": "@unit", "text": "小"}),
    ("ConsoleOrganisation", {"closed": False}),
    ("ConsoleOrganisation", {"closed": True}),
    ("ConsoleUnits", {}),
    ("ConsolePeople", {"disabled": False, "first": 20}),
    ("ConsolePeople", {"disabled": True, "first": 2}),
    ("ConsolePeople", {"disabled": False, "party": "@party", "first": 20}),
    ("ConsoleFindPeople", {"text": "other-"}),
    ("ConsolePersonFull", {"id": "@person"}),
    ("ConsolePersonFull", {"id": "@outsider"}),
    ("ConsoleAreas", {}),
    ("ConsoleAreas", {"unit": "@unit"}),
    ("ConsoleAreas", {"unit": "@workshop"}),
    ("ConsoleAssets", {}),
    ("ConsoleAssets", {"unit": "@unit"}),
    ("FieldPlaces", {}),
    ("FieldLabel", {"label": "@area.label"}),
    ("FieldLabel", {"label": "@asset.label"}),
    ("FieldLabel", {"label": "nothing"}),
    ("WhoAmI", {}),
    ("WorkTasks", {}),
    ("WorkNotices", {}),
    ("WorkUnread", {}),
    ("ShellUnread", {}),
    ("ShellNotices", {}),
    ("ConsoleNotices", {"unread": False, "first": 20}),
    ("ConsoleNotices", {"unread": True, "first": 1}),
    ("ConsoleNoticeNow", {"id": "@told"}),
    ("ConsoleNoticeNow", {"id": "@case"}),
    ("ConsoleUndelivered", {}),
    ("WorkParties", {}),
    ("ConsoleParties", {"ended": False}),
    ("ConsoleParties", {"ended": True}),
    ("DoParties", {}),
    ("PortalFirm", {"id": "@party"}),
    ("LedgerViews", {}),
    ("BoardStages", {}),
    ("ConsoleLoops", {}),
    ("ConsoleChannels", {}),
    ("ConsolePreferences", {}),
    ("WorkPreferences", {}),
    ("ConsolePolicy", {}),
    ("ConsoleRoleNames", {}),
    ("ConsoleGrants", {"person": "@leader"}),
    ("ConsoleAbsences", {"person": "@all"}),
    ("ConsolePostKinds", {}),
    ("ConsoleSubscriptions", {}),
    ("ConsoleSessions", {}),
    ("FieldSessions", {}),
    ("ConsoleCalendars", {}),
    ("ConsoleStrictness", {}),
    ("ConsoleCompany", {}),
]
"""Operations of the apps, and with what they are asked; `@` names a thing of the company."""


def planned() -> float:
    """How many answers PostgreSQL has made by itself so far."""
    (family,) = READS.collect()
    return sum(
        one.value for one in family.samples if one.name.endswith("_total") and one.labels["way"] == "planned"
    )


@pytest.fixture(scope="module")
async def world(sessions: Sessions, settings: Settings) -> World:
    """A company with units that stand beneath one another, one of them closed, and people of its own and of another firm."""
    company = await a_company(sessions, settings, after=[install_library])
    found = await a_world(company, "PAGES")
    branch = await company.unit("第一分厂", UnitKind.BRANCH)
    workshop = await company.unit("冲压车间", UnitKind.WORKSHOP, branch)
    await company.unit("甲班", UnitKind.TEAM, workshop)
    await company.unit("丙班", UnitKind.TEAM, workshop)
    await company.unit("阿尔法车间", UnitKind.WORKSHOP, branch)
    old = await company.unit("旧车间", UnitKind.WORKSHOP, branch)
    leader = await company.person("林小雨", "team_leader", unit_no=workshop, phone="+8613800000001")
    await company.person("王_小%明", unit_no=branch, email="wang@example.com")
    outsider = await company.person("外来人", "contractor_worker", party_id=found.ids["party"])
    async with company.house() as work:
        await work.session.execute(update(Unit).where(Unit.no == old).values(closed_at=work.now))
        await give_post(work, leader, Duty.TEAM_LEADER, workshop)
        await give_post(work, leader, Duty.FITTER, branch)
        await give_post(work, outsider, Duty.OUTSIDE, 1)
        for code, name in (("z-1", "安装队"), ("a-1", "保洁公司"), ("b-2", "安装队")):
            work.session.add(Party(id=new_id(), code=code, name=name, kind="supplier", unit_no=branch))
        notice = Notice(
            id=new_id(), person_id=leader, kind="case.closed", key="PAGES-2", case_id=found.ids["case"],
            unit_no=1, facts={"title": "标题\u0007\"", "number": "HZ-1", "due_at": "2026-11-21T08:00:00+00:00"},
            undelivered_at=work.now, reach="undelivered",
        )  # fmt: skip
        work.session.add(Notice(person_id=leader, kind="a.newer.one", key="PAGES-3", facts={}, case_id=None))
        work.session.add(notice)
        await work.session.flush()
        for no in (1, 2):
            work.session.add(
                Attempt(
                    notice_id=notice.id, person_id=leader, channel="mail", no=no, round=1, address="w***@x",
                    state="refused", detail="550", started_at=work.now,
                )
            )  # fmt: skip
        await versions.policy_changed(work)
        numbers = dict(
            (await work.session.execute(Unit.__table__.select().with_only_columns(Unit.no, Unit.id))).all()
        )
    found.ids.update(
        {
            "all": found.person_id,
            "leader": leader,
            "outsider": outsider,
            "workshop": numbers[workshop],
            "told": notice.id,
        }
    )
    return found


@pytest.fixture(scope="module")
async def askers(wire: Wire, world: World) -> dict[str, str]:
    """Who may do nearly everything and has set everything up, a worker, a leader beneath, and somebody of another firm."""
    who = {"all": world.person_id, **{name: world.ids[name] for name in ("person", "leader", "outsider")}}
    tokens = {name: await wire.token_of(world.company.id, one) for name, one in who.items()}
    shifts = {str(day): [["08:00", "12:00"], ["13:00", "17:30"]] for day in range(6)}
    for given in ({}, {"unitId": str(world.ids["workshop"])}):
        await wire.done("setCalendar", "{ id }", tokens["all"], name="日历", zone="Asia/Shanghai", shifts=shifts, **given)  # fmt: skip
    config = {"corp_id": "ww1", "agent_id": "1", "secret": "geheim"}
    settings = [{"name": name, "value": value} for name, value in config.items()]
    for code, is_on in (("wecom", True), ("old", False)):
        await wire.done("setChannel", "{ code }", tokens["all"], code=code, kind="wecom_app", name="企业微信", settings=settings, isOn=is_on)  # fmt: skip
    await wire.done("addArea", "{ id }", tokens["all"], id=str(new_id()), code="W-1", name="冲压区", unitId=str(world.ids["workshop"]))  # fmt: skip
    own = [{"name": "wecom", "value": "lin"}]
    await wire.done("setPreferences", "{ channels }", tokens["leader"], channels=["wecom"], addresses=own, quietFrom="22:00", quietTo="06:00")  # fmt: skip
    await wire.done("setStrictness", "{ stayDays }", tokens["all"], stayDays=90)
    return tokens


async def meant(wire: Wire, world: World, token: str, given: dict[str, Any]) -> dict[str, Any]:
    """Variables with the things that `@` names."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if not isinstance(value, str) or not value.startswith("@"):
            found[name] = value
            continue
        thing, _, part = value[1:].partition(".")
        found[name] = str(world.ids[thing])
        if part:
            question = f"query($i: UUID!) {{ node(id: $i) {{ ... on {thing.title()} {{ {part} }} }} }}"
            found[name] = (await wire.data(question, token, i=found[name]))[part]
    return found


async def both(
    wire: Wire, token: str, text: str, variables: dict[str, Any], language: str = "zh"
) -> tuple[bytes, bytes, bool]:
    """The first answer, for which nothing is known yet, one that may be planned, and whether it was."""
    body = {"query": text, "variables": variables}
    wire.house.planner.forget()
    first = await wire.post(body, token, **{"accept-language": language})
    before = planned()
    again = await wire.post(body, token, **{"accept-language": language})
    return first.content, again.content, planned() > before


@pytest.mark.parametrize(("name", "given"), PLANNED)
async def test_what_the_apps_ask(
    wire: Wire, world: World, askers: dict[str, str], name: str, given: dict[str, Any]
) -> None:
    text = app_documents()[name]
    variables = await meant(wire, world, askers["all"], given)
    were_planned: list[bool] = []
    answers: list[bytes] = []
    for token in askers.values():
        first, again, was_planned = await both(wire, token, text, variables)
        assert again == first
        if b'"errors"' not in first:
            were_planned.append(was_planned)
            answers.append(first)

    assert were_planned
    assert all(were_planned)
    assert any(b'":"' in one or b"[" not in one for one in answers), "somebody sees something"
