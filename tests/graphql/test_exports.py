"""The board as a sheet: what it holds, who may take it, what it does with text that wants to run, and that nothing is cut unsaid."""

import io
import json
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import select, text

from anhuan_graphql import exports, limiter
from anhuan_graphql.hazards.board import HazardFilter
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record.models import RecordEntry
from anhuan_infra.settings import Settings
from anhuan_platform.loops.models import Case
from anhuan_platform.printing import sheet
from tests.support.people import a_company
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire, fresh

RUNS = ('=HYPERLINK("http://evil","x")', "+1+1", "-2+3", "@SUM(1)", "=1+1 防护罩", "正常描述")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    return await a_plant(sessions, settings)


@pytest.fixture(scope="module")
async def reported(plant: Plant) -> list[UUID]:
    """Hazards whose descriptions would run, one graded B and sent out."""
    made = [await plant.report(text=one) for one in RUNS]
    await plant.grade(made[-1], "B")
    await plant.assign(made[-1], "wei")
    return made


async def _got(wire: Wire, plant: Plant, account: str, **query: Any) -> Any:
    token = await wire.token_of(plant.company.id, plant.people[account])
    return await wire.client.get(
        f"/hazards.xlsx?{urlencode(query, doseq=True)}", headers={"authorization": f"Bearer {fresh(token)}"}
    )


async def _rows(wire: Wire, plant: Plant, account: str, **query: Any) -> list[dict[str, Any]]:
    answer = await _got(wire, plant, account, **query)
    assert answer.status_code == 200, answer.text
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def _about(content: bytes) -> dict[str, str]:
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    return {str(row[0]): str(row[1]) for row in page.iter_rows(values_only=True)}


async def test_the_sheet_holds_what_the_board_shows(wire: Wire, plant: Plant, reported: list[UUID]) -> None:
    rows = await _rows(wire, plant, "wei")
    async with plant.as_("wei") as work:
        cases = {case.number: case for case in await work.session.scalars(select(Case))}

    assert {row["编号"] for row in rows} == set(cases)
    assert list(rows[0]) == [column.zh for column in sheet.COLUMNS]
    sent = next(row for row in rows if row["隐患描述"] == "正常描述")
    case = cases[sent["编号"]]
    assert (sent["等级"], sent["状态"], sent["当前环节"]) == ("B 较大", "办理中", "整改中")
    assert (sent["发生单位"], sent["设备"], sent["上报人"]) == (
        "第一分厂 / 冲压车间 / 甲班",
        "1号冲床",
        "林小雨",
    )
    assert (sent["责任单位"], sent["责任人"], sent["定级人"]) == ("第一分厂 / 设备科", "陈师傅", "魏建国")
    assert sent["链接"].endswith(f"/c/{case.id}")
    assert sent["上报时间"] == case.opened_at.astimezone(SHANGHAI).replace(tzinfo=None, microsecond=0) or abs(
        sent["上报时间"] - case.opened_at.astimezone(SHANGHAI).replace(tzinfo=None)
    ) < timedelta(seconds=1)


async def test_no_cell_is_a_formula_or_a_link(wire: Wire, plant: Plant, reported: list[UUID]) -> None:
    answer = await _got(wire, plant, "wei")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    told = {cell.value: cell for cell in cells if cell.value in RUNS}
    assert set(told) == set(RUNS)
    # The mark of a text that was typed with an apostrophe: it stays text when somebody edits the cell.
    assert {value: bool(cell.quotePrefix) for value, cell in told.items()} == {
        one: one != "正常描述" for one in RUNS
    }


async def test_the_heading_stays_and_can_be_filtered(wire: Wire, plant: Plant, reported: list[UUID]) -> None:
    book = openpyxl.load_workbook(io.BytesIO((await _got(wire, plant, "wei")).content))
    page = book.worksheets[0]

    assert page.freeze_panes == "B2"
    assert (
        page.auto_filter.ref
        == f"A1:{openpyxl.utils.get_column_letter(len(sheet.COLUMNS))}{len(reported) + 1}"
    )
    assert page["N2"].number_format == "yyyy-mm-dd hh:mm"
    assert isinstance(page["N2"].value, datetime)


async def test_the_filter_is_the_boards(wire: Wire, plant: Plant, reported: list[UUID]) -> None:
    unit = str(plant.unit_ids["other"])
    tomorrow = "2100-01-01T00:00:00+08:00"

    assert set(exports._FIELDS.values()) == {field.name for field in fields(HazardFilter)}
    assert [row["等级"] for row in await _rows(wire, plant, "wei", grade=["A", "B"])] == ["B 较大"]
    assert await _rows(wire, plant, "wei", unit=unit) == []
    assert await _rows(wire, plant, "wei", openedFrom=tomorrow) == []
    assert len(await _rows(wire, plant, "wei", status="OPEN", overdue="false", openedUntil=tomorrow)) == len(
        RUNS
    )
    assert [row["隐患描述"] for row in await _rows(wire, plant, "wei", text="正常")] == ["正常描述"]
    newest = [row["隐患描述"] for row in await _rows(wire, plant, "wei", order="OPENED")]
    assert newest == list(reversed(RUNS))
    assert list((await _rows(wire, plant, "wei", columns="number,dueAt"))[0]) == ["编号", "当前期限"]
    assert list((await _rows(wire, plant, "wei", columns="number,dueAt", lang="en"))[0]) == ["Number", "Due"]


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"tenant": "x"}, "tenant"),
        ({"status": "LOST"}, "status"),
        ({"grade": "Z"}, "grade"),
        ({"unit": "1"}, "unit"),
        ({"overdue": "maybe"}, "overdue"),
        ({"openedFrom": "2026-01-01T00:00:00"}, "openedFrom"),
        ({"columns": "number,password"}, "columns"),
        ({"lang": "fr"}, "lang"),
        ({"stage": ["a", "b"]}, "stage"),
        ({"type": "no_such"}, "type"),
        ({"stage": "\x00"}, "stage"),
        ({"text": "防护罩\x00"}, "text"),
        ({"openedFrom": "0001-01-01T00:00:00+23:59"}, "openedFrom"),
        ({"openedUntil": "9999-12-31T23:59:59-23:59"}, "openedUntil"),
    ],
)
async def test_what_is_not_understood_is_refused_and_never_left_out(
    wire: Wire, plant: Plant, query: dict[str, Any], path: str
) -> None:
    answer = await _got(wire, plant, "wei", **query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"] == {"code": "BAD_INPUT", "path": path}


async def test_a_unit_that_one_does_not_see_is_not_there(wire: Wire, plant: Plant, cast: Any) -> None:
    async with cast.b.house() as work:
        foreign = await work.session.scalar(text("select id from units where no = 1"))

    assert (await _got(wire, plant, "wei", unit=foreign)).status_code == 404


async def test_only_who_may_takes_it_away(
    wire: Wire, plant: Plant, reported: list[UUID], sessions: Sessions, settings: Settings
) -> None:
    assert (await wire.client.get("/hazards.xlsx")).status_code == 401
    for account in ("lin", "fitter", "tlead"):
        assert (await _got(wire, plant, account)).status_code == 403, account
    other = await a_company(sessions, settings)
    founder = await wire.token_of(other.id, await other.person("别处", "general_manager"))
    elsewhere = await wire.client.get("/hazards.xlsx", headers={"authorization": f"Bearer {founder}"})
    page = openpyxl.load_workbook(io.BytesIO(elsewhere.content)).worksheets[0]
    assert page.max_row == 1
    assert len(await _rows(wire, plant, "gm")) == len(RUNS)


async def test_what_is_seen_and_not_granted_is_left_out_and_said(
    wire: Wire, plant: Plant, reported: list[UUID]
) -> None:
    """The head of the other workshop has a part in one case here, so sees it; taking lists away is granted in their own unit only."""
    head = await plant.company.person("喷涂主任", "workshop_head", unit_no=plant.units["other"])
    async with plant.company.house() as work:
        case = await work.session.get_one(Case, (work.tenant_id, reported[0]))
        case.people = [*case.people, head]
    token = await wire.token_of(plant.company.id, head)
    answer = await wire.client.get("/hazards.xlsx", headers={"authorization": f"Bearer {fresh(token)}"})

    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row == 1
    assert "另有 1 条可查看但无导出权限" in _about(answer.content)["数据范围"]


async def test_the_second_page_says_what_the_first_is_of(
    wire: Wire, plant: Plant, reported: list[UUID]
) -> None:
    unit = str(plant.unit_ids["workshop"])
    answer = await _got(wire, plant, "wei", unit=unit, grade="B", overdue="false", text="正常")
    said = _about(answer.content)

    assert (said["企业"], said["导出人"], said["条数"]) == ("恒泰金属制品有限公司", "魏建国", "1")
    assert said["筛选条件"].splitlines() == [
        "等级: B 较大", "单位（含下级）: 第一分厂 / 冲压车间", "是否超期: 否", "关键字: 正常",
    ]  # fmt: skip
    assert "Asia/Shanghai" in said["数据时间"]
    assert "注意：未导全" not in said


async def test_a_list_that_is_too_long_is_cut_and_says_so(
    wire: Wire, plant: Plant, reported: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    answer = await _got(wire, plant, "wei")

    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row == 4
    assert "注意：未导全" in _about(answer.content)


async def test_taking_it_away_is_on_record(wire: Wire, plant: Plant, reported: list[UUID]) -> None:
    await _got(wire, plant, "wei", grade=["B", "C"], lang="en")
    async with plant.company.house() as work:
        query = (
            select(RecordEntry).where(RecordEntry.act == "hazard.exported").order_by(RecordEntry.id.desc())
        )
        entry = (await work.session.scalars(query)).first()

    assert entry is not None
    assert entry.actor_id == plant.people["wei"]
    assert json.loads(json.dumps(entry.body)) == {
        "count": 1, "query": {"grade": "B,C", "lang": "en"}, "language": "en",
    }  # fmt: skip


async def test_who_takes_away_without_end_is_asked_to_wait(
    wire: Wire, plant: Plant, reported: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each person for themselves: nobody waits behind them."""
    monkeypatch.setattr(limiter, "EXPORT_PERSON", limiter.Allowance(f"test/{new_id()}", 2, 60))

    answers = [await _got(wire, plant, "wei", columns="number") for _ in range(3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[-1].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert (await _got(wire, plant, "director", columns="number")).status_code == 200
