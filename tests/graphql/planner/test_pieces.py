"""Values as PostgreSQL spells them are the bytes that Python's encoder would have written."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from anhuan_graphql.enums import CaseStatus
from anhuan_graphql.planner import pieces
from anhuan_graphql.planner.statement import Asking, Draft, as_text
from anhuan_graphql.scalars import ALL
from anhuan_infra.settings import Settings

LARGE = [
    1e15,
    -1e15,
    1000000000000000.5,
    -1234567890123456.2,
    9007199254740993.0,
    9999999999999998.0,
    1e16,
    1.5e16,
    -2e300,
    5e-324,
]
ASKING = Asking({}, None, "zh")


@pytest.fixture(scope="module")
def database(settings: Settings) -> Any:
    """A plain connection."""
    with psycopg.connect(settings.app_database_url, autocommit=True) as connection:
        yield connection


def spelled(database: Any, kind: type, value: Any, column: sa.types.TypeEngine[Any]) -> str:
    """A value that went in as a parameter, as its piece comes out."""
    draft = Draft()
    spell = pieces.of_type(kind)
    assert spell is not None
    plan = draft.plan(pieces.or_null(spell(draft.given(lambda _: value, column))))
    result = database.pgconn.exec_params(plan.statement.sql, plan.parameters(ASKING))
    assert result.ntuples == 1, result.error_message
    found: str = result.get_value(0, 0).decode()
    return found


def plainly(value: Any) -> str:
    """As the ordinary way writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_texts(database: Any, data: Path) -> None:
    strings: list[str] = json.loads((data / "naughty_strings" / "blns_first200.json").read_text())
    controls = [
        "".join(chr(sign) for sign in range(1, 160)),
        "\u2028\u2029\ufeff",
        "隐患\\\"'/",
        "",
        "\x010:{}\x02\x03",
    ]
    for text in [*strings, *controls]:
        if "\x00" in text:
            continue
        assert spelled(database, str, text, sa.Text()) == plainly(text)


@pytest.mark.parametrize(
    "value",
    [0.0, 1.0, -3.0, 121.4737, 31.230416, 1e-4, 0.1 + 0.2, 1e14, 123456.75, -0.5, 12.0, 99.999999999, *LARGE],
)
def test_numbers_with_a_point(database: Any, value: float) -> None:
    assert spelled(database, float, value, sa.Double()) == plainly(value)


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 11, 21, 8, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 8, 0, 59, 123456, tzinfo=UTC),
        datetime(2026, 2, 28, 23, 59, 59, 120000, tzinfo=UTC),
        datetime(1999, 12, 31, 0, 0, 0, 1, tzinfo=UTC),
    ],
)
def test_moments(database: Any, value: datetime) -> None:
    database.execute("set timezone = 'Asia/Shanghai'")
    try:
        said = spelled(database, datetime, value, sa.DateTime(timezone=True))
    finally:
        database.execute("set timezone = 'UTC'")
    serialize = ALL[datetime].serialize
    assert serialize is not None
    assert said == plainly(serialize(value))


def test_truth_numbers_and_what_is_missing(database: Any) -> None:
    assert spelled(database, bool, True, sa.Boolean()) == "true"
    assert spelled(database, bool, False, sa.Boolean()) == "false"
    assert spelled(database, int, -7, sa.Integer()) == "-7"
    for kind, column in (
        (bool, sa.Boolean()),
        (int, sa.Integer()),
        (str, sa.Text()),
        (CaseStatus, sa.Text()),
    ):
        assert spelled(database, kind, None, column) == "null"


def test_members_go_by_their_names(database: Any) -> None:
    for member in CaseStatus:
        assert spelled(database, CaseStatus, member.value, sa.Text()) == f'"{member.name}"'


def test_a_hole_is_never_made_of_what_people_wrote(database: Any) -> None:
    """Whatever stands in a text, its marks are escaped before they could be taken for ours."""
    text = f'{pieces.OPEN}0:{{"a":1}}{pieces.CLOSE}{pieces.ABSENT}'
    draft = Draft()
    value = draft.given(lambda _: text, sa.Text())
    plan = draft.plan(draft.hole(pieces.string(value), lambda _facts, _asking: b""))
    said: bytes = database.pgconn.exec_params(plan.statement.sql, plan.parameters(ASKING)).get_value(0, 0)

    (found,) = pieces.HOLE.finditer(said)
    assert json.loads(found[2]) == text
    assert said.count(pieces.OPEN.encode()) == said.count(pieces.CLOSE.encode()) == 1
    assert pieces.ABSENT.encode() not in said


def test_lists_are_sent_as_postgresql_reads_them(database: Any) -> None:
    odd = ['a"b', "c\\d", "", "NULL", "{x,y}", "e f"]
    said = database.pgconn.exec_params(b"select to_json($1::text[])::text", [as_text(odd)]).get_value(0, 0)
    assert json.loads(said) == odd
