"""A company in which the loop has gone every way that it can, with odd values in its rows: what two ways of reading are compared on."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import select

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.hazards.service import checking, dispatch, working
from anhuan_platform.loops.models import Case, LoopDefinition, Seat
from anhuan_platform.loops.service import seats, talk
from anhuan_platform.notices.models import Notice
from anhuan_tenants.parties.models import Party
from tests.support.plant import Plant, a_plant

_TABLES = ("hazards", "tasks", "evidence", "escalations", "people", "cases", "notices", "seats")
FAR = datetime(2031, 5, 6, 7, 8, 9, 123456, tzinfo=UTC)

# Every value takes each of its shapes somewhere: null, empty, whole, broken, with signs that JSON escapes.
_ODD = """
    update hazards set latitude = (array[31.230416, 31, null, 0.0001])[1 + k %% 4], longitude = (array[121.4737, -0.5, null])[1 + k %% 3],
        accuracy_m = (array[12.0, 0.1, null])[1 + k %% 3], place_note = (array['二层"东侧"' || chr(92) || chr(9) || '梯口', '', null])[1 + k %% 3],
        seen_at = (array['2026-03-04T05:06:07.1Z'::timestamptz, '2026-03-04T05:06:07.123456Z', null])[1 + k %% 3],
        recurrence_count = k %% 3,
        suggested_type = (array['{"type":"machine_guard","percent":87,"because":["防护罩"]}'::jsonb, null])[1 + k %% 2],
        test_result = (array['{"passed":true,"summary":"空载 10 分钟","value":1.50}'::jsonb, '{"b":[1,2.0,{"é":"\\u2028"}],"a":null}', null])[1 + k %% 3]
    from (select id as hazard_id, row_number() over (order by id) k from hazards where tenant_id = %(tenant)s) n
    where tenant_id = %(tenant)s and id = hazard_id;
    update tasks set note = (array['照办 🛠', null, chr(1) || '<b>'])[1 + k %% 3], answers = (array['{"说明":"一","n":0.10}'::jsonb, null])[1 + k %% 2]
    from (select id as task_id, row_number() over (order by id) k from tasks where tenant_id = %(tenant)s) n
    where tenant_id = %(tenant)s and id = task_id;
    update evidence set width = (array[4032, null])[1 + k %% 2], height = (array[3024, null])[1 + k %% 2],
        taken_at = (array['1999-12-31T23:59:59.5Z'::timestamptz, null])[1 + k %% 2], purpose = coalesce(purpose, (array['report', null])[1 + k %% 2]),
        locked_until = (array['2027-01-01T00:00:00Z'::timestamptz, null, null])[1 + k %% 3], size = (array[0, 1000, 9007199254740993])[1 + k %% 3]
    from (select id as evidence_id, row_number() over (order by id) k from evidence where tenant_id = %(tenant)s) n
    where tenant_id = %(tenant)s and id = evidence_id;
    insert into escalations (tenant_id, id, case_id, task_id, generation, rung, effect, due_at, fired_at, effected_at)
    select tenant_id, gen_random_uuid(), case_id, id, 1, r, '{"tell":["head"],"stop":null}', '2026-03-04T05:06:07Z', '2026-03-04T05:06:08.25Z',
        case when r = 1 then timestamptz '2026-03-04T05:06:09Z' end
    from tasks, generate_series(1, 2) r where tenant_id = %(tenant)s and round = 1 and step = 'rectify';
    update people set language = 'en' where tenant_id = %(tenant)s and account in ('wei', 'outside');
    update people set disabled_at = '2026-03-04T05:06:07Z' where tenant_id = %(tenant)s and account = 'other';
    update cases set due_at = (array['2031-05-06T07:08:09Z'::timestamptz, '2024-05-06T07:08:09.000001Z'])[1 + abs(hashtext(number)) %% 2]
    where tenant_id = %(tenant)s and due_at is not null;
"""  # fmt: skip


async def plenty(sessions: Sessions, settings: Settings) -> Plant:
    """One of everything, and of hazards one for each way through the loop."""
    plant = await a_plant(sessions, settings)
    firm = await _outsiders(plant)
    cases = await _cases(plant, firm)
    await _talk(plant, cases)
    await _told(plant, cases)
    await _plain(plant)
    _make_odd(settings, plant)
    return plant


async def a_neighbour(sessions: Sessions, settings: Settings) -> Plant:
    """Another company, whose things nobody of the first may find."""
    plant = await a_plant(sessions, settings)
    await plant.grade(await plant.report(), "C")
    await plant.report("fitter", text="邻厂的隐患")
    return plant


async def _outsiders(plant: Plant) -> UUID:
    """A firm with somebody who works here; another one whose time is over."""
    firm = Party(id=new_id(), code="P-1", name="安捷维保", kind="maintenance", unit_no=plant.units["branch"])
    async with plant.company.house() as work:
        gone = Party(
            id=new_id(), code="P-2", name='"旧"承包商', kind="contractor", unit_no=1, credit_code="91310000MA1FL0XX0X", ended_at=work.now
        )  # fmt: skip
        work.session.add_all([firm, gone])
    plant.people["outside"] = await plant.company.person(
        "万师傅", "contractor_worker", unit_no=plant.units["branch"], party_id=firm.id, account="outside",
        phone="13800000000",
    )  # fmt: skip
    return firm.id


async def _cases(plant: Plant, firm: UUID) -> list[UUID]:
    reported = await plant.report()
    graded = await plant.report(text='粉尘爆炸风险\n除尘器故障 \\ "停"', place_note="东门")
    await plant.grade(graded, "A")
    assigned = await plant.report("fitter", text="配电箱无漏电保护", asset_id=None, area_id=plant.area_id)
    await plant.grade(assigned, "C")
    await plant.assign(assigned, "tlead")
    async with plant.as_("fitter") as work:
        await working.add_progress(
            work,
            assigned,
            note_id=new_id(),
            note="已采购",
            percent=40,
            evidence=[await plant.photo("fitter")],
        )
    handed_in = await plant.report()
    await plant.grade(handed_in, "C")
    await plant.assign(handed_in, "tlead")
    await plant.rectify(handed_in)
    await plant.review(handed_in, "tlead", approve=False, comment="照片不清")
    await plant.rectify(handed_in)
    closed = await plant.report("tlead", text="栏杆松动", asset_id=None)
    await plant.grade(closed, "C")
    await plant.assign(closed, "tlead")
    await plant.rectify(closed)
    for _ in range(6):
        waiting = await plant.open_steps(closed)
        for account in [one for found in waiting.values() for one in found][:1]:
            await plant.review(closed, account)
    outside = await plant.report(text="吊篮钢丝绳断丝")
    await plant.grade(outside, "B")
    async with plant.as_("wei") as work:
        await dispatch.assign(work, outside, unit_id=None, person_id=None, party_id=firm, note="请当天到场")
    called_off = await plant.report("wei", text="误报")
    async with plant.as_("wei") as work:
        await checking.call_off(work, called_off, reason="现场核实无此问题", duplicate_of=None)
    return [reported, graded, assigned, handed_in, closed, outside, called_off]


async def _talk(plant: Plant, cases: list[UUID]) -> None:
    """Comments on more than a page, a seat handed over, somebody away."""
    for no in range(4):
        photo = [await plant.photo("wei")] if no % 2 else []
        async with plant.as_("wei") as work:
            await talk.comment(
                work, cases[no % 3], comment_id=new_id(), body=f"第{no}句：\n“看”\t<{no}>",
                mentions=[plant.people["fitter"]][: no % 2], evidence=photo,
            )  # fmt: skip
    async with plant.company.house() as work:
        seat = (await work.session.scalars(select(Seat).where(Seat.case_id == cases[0]))).first()
        assert seat is not None
        await seats.start_absence(
            work, absence_id=new_id(), person_id=plant.people["gm"], deputy_id=plant.people["director"],
            starts_at=FAR, ends_at=FAR + timedelta(days=2), reason="出差",
        )  # fmt: skip


async def _told(plant: Plant, cases: list[UUID]) -> None:
    async with plant.company.house() as work:
        for no, account in enumerate(("wei", "wei", "lin", "wei", "outside")):
            work.session.add(
                Notice(
                    id=new_id(),
                    person_id=plant.people[account],
                    kind="case.closed" if no % 2 else "hazard.reported",
                    facts={"title": f"冲床 {no}", "number": "HZ-7", "type": {"zh": "机械", "en": "Machine"}},
                    key=f"odd-{no}",
                    case_id=cases[no] if no % 2 else None,
                    read_at=work.now if no == 1 else None,
                    undelivered_at=work.now if no == 3 else None,
                )
            )


@contextmanager
def unguarded(settings: Settings, *tables: str) -> Generator[psycopg.Connection[Any]]:
    """A connection of the owner that is not held to the policies of these tables while it lasts."""
    with psycopg.connect(settings.database_url) as owner:
        for table in tables:
            owner.execute(f"alter table {table} no force row level security".encode())
        yield owner
        for table in tables:
            owner.execute(f"alter table {table} force row level security".encode())


async def _plain(plant: Plant) -> None:
    """A case without rules of its own."""
    async with plant.company.house() as work:
        definition = (await work.session.scalars(select(LoopDefinition.id).limit(1))).one()
        work.session.add(
            Case(
                id=new_id(), number="OT-1", kind="other", title="无规程", stage="report", definition_id=definition,
                unit_no=plant.units["team"], owner_id=plant.people["lin"], opened_at=work.now,
            )
        )  # fmt: skip


def _make_odd(settings: Settings, plant: Plant) -> None:
    with unguarded(settings, *_TABLES) as owner:
        for statement in _ODD.split(";\n"):
            if statement.strip():
                owner.execute(statement.encode(), {"tenant": plant.company.id})
