"""Setting the demo group up: the company, its people by the workbook, outside parties, places, calendar, and who may sign in."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from anhuan_graphql.demo import outside, places, structure
from anhuan_graphql.demo.group import FOUNDER, SIGN_INS, group
from anhuan_graphql.demo.stage import Stage, named
from anhuan_infra.db.engine import Sessions
from anhuan_infra.errors import Refused
from anhuan_infra.settings import Settings
from anhuan_infra.work import open_work, system
from anhuan_platform.loops.service.opening import install_library
from anhuan_platform.notices import service as notices
from anhuan_platform.sites import service as sites
from anhuan_tenants.calendars import service as calendars
from anhuan_tenants.companies import directory
from anhuan_tenants.companies import service as companies
from anhuan_tenants.companies.models import Company
from anhuan_tenants.identity.models import Credential
from anhuan_tenants.identity.service import credentials
from anhuan_tenants.organisation import template
from anhuan_tenants.organisation.service import workbook as organisation
from anhuan_tenants.parties import service as parties

_BORN = datetime(2026, 1, 1, tzinfo=UTC)
"""The moment in the company's id; only so that it is the same at every load."""
_SIGNS = "bcdfghjkmnpqrstvwxz23456789"
"""Without vowels: a password may not contain anybody's account, and those have some."""
_SHIFTS = [["08:00", "12:00"], ["13:00", "17:00"]]
_THREE_SHIFTS = [["00:00", "24:00"]]


class CodeInUse(Refused):
    """Another company here already has the code {company}; the demo group needs it."""

    code = "DEMO_CODE_IN_USE"
    zh = "企业代码 {company} 已被其他企业使用，演示集团无法导入。"


class WorkbookRefused(Refused):
    """The demo's own workbook was not taken: {problems}."""

    code = "DEMO_WORKBOOK_REFUSED"
    zh = "演示工作簿未通过导入：{problems}。"


def password(settings: Settings) -> str:
    """The one password of all demo sign-ins: the same at every start, another in every installation."""
    drawn = "".join(_SIGNS[byte % len(_SIGNS)] for byte in settings.secrets.key("demo/password", 8))
    return f"Shan-{drawn[:4]}-{drawn[4:]}"


async def found(sessions: Sessions, settings: Settings) -> Stage:
    """The company: signed up now, or found as an earlier load left it."""
    company_id = named(settings, "company", _BORN)
    if await directory.company_of(sessions, settings.secrets, structure.CODE) is None:
        founder = next(one for one in SIGN_INS if one.account == FOUNDER)
        asked = companies.SignUp(
            id=company_id,
            code=structure.CODE,
            name=structure.NAME,
            founder=founder.name,
            account=FOUNDER,
            password=password(settings),
            email=f"{FOUNDER}@hengtai.example",
        )
        await companies.sign_up(sessions, settings, asked, after=(install_library,))
    elif await directory.company_of(sessions, settings.secrets, structure.CODE) != company_id:
        raise CodeInUse(company=structure.CODE)
    async with open_work(sessions, system(company_id)) as work:
        row = await work.session.get_one(Company, company_id)
        stage = Stage(sessions, settings, company_id, row.created_at)
    await stage.learn()
    return stage


async def bring_people(stage: Stage) -> int:
    """The units and the people by the workbook that a company fills in; how many people came. Outside parties come before theirs."""
    own = template.write(group().units, group().own)
    sent = template.write((), [person for person in group().people if person.party is not None])
    before = len(stage.people)
    await _import(stage, own)
    await stage.learn()
    for party in outside.PARTIES:
        async with stage.as_(FOUNDER) as work:
            given = parties.PartyGiven(
                stage.id(f"party/{party.code}"), party.code, party.name, party.kind, stage.units[party.unit]
            )
            await parties.add_party(work, given)
    await _import(stage, sent)
    await stage.learn()
    return len(stage.people) - before


async def _import(stage: Stage, workbook: bytes) -> None:
    async with stage.as_(FOUNDER) as work:
        outcome = await organisation.import_workbook(work, stage.settings, workbook, invite=False)
    if outcome.errors:
        raise WorkbookRefused(problems="; ".join(str(error) for error in outcome.errors[:3]))


async def mark_places(stage: Stage) -> None:
    """The areas and the machines, each with a label to scan."""
    for area in places.AREAS:
        async with stage.as_(FOUNDER) as work:
            await sites.add_area(
                work,
                sites.AreaGiven(
                    id=stage.id(f"area/{area.code}"),
                    code=area.code,
                    name=area.name,
                    unit_id=stage.units[area.unit],
                    risk=area.risk,
                    latitude=area.latitude,
                    longitude=area.longitude,
                    radius_m=area.radius_m,
                ),
            )
    async with stage.as_(FOUNDER) as work:
        for machine in places.MACHINES:
            await sites.add_asset(
                work,
                sites.AssetGiven(
                    id=stage.id(f"asset/{machine.code}"),
                    code=machine.code,
                    name=machine.name,
                    kind=machine.kind,
                    unit_id=stage.units[machine.unit],
                    area_id=stage.id(f"area/{machine.area}") if machine.area else None,
                ),
            )


async def set_calendars(stage: Stage) -> None:
    """Office hours from Monday to Saturday for the group; heat treatment works round the clock."""
    week = {str(day): _SHIFTS for day in range(6)} | {"6": []}
    round_the_clock = {str(day): _THREE_SHIFTS for day in range(7)}
    async with stage.as_(FOUNDER) as work:
        if await calendars.calendars(work):
            return
        for unit_id, name, shifts, rests in (
            (None, "常日班（六天）", week, True),
            (stage.units["b2-heat"], "热处理四班三运转", round_the_clock, False),
        ):
            await calendars.set_calendar(
                work,
                unit_id=unit_id,
                name=name,
                zone="Asia/Shanghai",
                shifts=shifts,
                exceptions={},
                uses_public_holidays=rests,
            )


async def set_wishes(stage: Stage) -> None:
    """Some people want quiet at night; grade A reaches them all the same."""
    for account, quiet in (
        ("lin", ("22:00", "06:00")),
        ("wu", ("23:00", "06:30")),
        ("gao", ("22:30", "07:00")),
    ):
        async with stage.as_(account) as work:
            if await notices.preferences(work) is None:
                await notices.set_preferences(work, quiet_from=quiet[0], quiet_to=quiet[1])


async def let_in(stage: Stage) -> list[str]:
    """Give the demo sign-ins their password the way a person gets one: activation code first; the accounts in order."""
    waiting = await _without_password(stage, [one.account for one in SIGN_INS])
    async with stage.as_(FOUNDER) as work:
        codes = await credentials.invite(work, stage.settings, [stage.people[account] for account in waiting])
    for account in waiting:
        await credentials.activate(
            stage.sessions,
            stage.settings,
            structure.CODE,
            account,
            codes[stage.people[account]],
            password(stage.settings),
        )
    return [one.account for one in SIGN_INS]


async def _without_password(stage: Stage, accounts: Sequence[str]) -> list[str]:
    async with stage.house() as work:
        rows = await work.session.scalars(select(Credential.id).where(Credential.password_hash.is_not(None)))
        done: set[UUID] = set(rows)
    return [account for account in accounts if stage.people[account] not in done]
