"""What the apps ask of cases goes the planned way, and says what the ordinary way says, byte for byte, whoever asks."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from anhuan_graphql.planner.planner import READS
from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.settings import Settings
from anhuan_platform.loops.service import talk
from tests.support.app_documents import app_documents
from tests.support.full_case import a_full_case
from tests.support.plant import Plant, a_plant
from tests.support.wire import Wire

DOCUMENTS = app_documents()
PEOPLE = ("gm", "wei", "lin", "fitter", "other")


@pytest.fixture(scope="module")
async def plant(sessions: Sessions, settings: Settings) -> Plant:
    """A plant."""
    return await a_plant(sessions, settings)


@pytest.fixture(scope="module")
async def case_id(plant: Plant) -> UUID:
    """A case with some of everything."""
    return await a_full_case(plant)


@pytest.fixture
async def tokens(wire: Wire, plant: Plant) -> Mapping[str, str]:
    """Access tokens by account."""
    return {one: await wire.token_of(plant.company.id, plant.people[one]) for one in PEOPLE}


async def same(
    wire: Wire, token: str, question: str, variables: Mapping[str, Any], language: str = "zh"
) -> Any:
    """The answer, asked in the ordinary way, then planned; addresses are made anew each minute, so a second try may be needed."""
    body = {"query": question, "variables": dict(variables)}
    said = await _both(wire, token, body, language)
    if said[0] != said[1]:
        said = await _both(wire, token, body, language)
    assert said[1] == said[0], question
    found = json.loads(said[0])
    assert said[2] or "errors" in found, f"not planned: {question}"
    return found


def planned() -> float:
    """How many answers PostgreSQL has made by itself so far."""
    return sum(
        one.value
        for family in READS.collect()
        for one in family.samples
        if one.name.endswith("_total") and one.labels["way"] == "planned"
    )


async def _both(wire: Wire, token: str, body: Any, language: str) -> tuple[bytes, bytes, bool]:
    wire.house.planner.forget()
    first = await wire.post(body, token, **{"accept-language": language})
    before = planned()
    again = await wire.post(body, token, **{"accept-language": language})
    return first.content, again.content, planned() > before


def _asked(case_id: UUID, plant: Plant) -> Iterator[tuple[str, dict[str, Any]]]:
    one = {"id": str(case_id)}
    board = {"filter": {"status": "OPEN"}, "order": "DUE", "first": 20}
    for name in ("WorkCaseById", "ConsoleCase", "LedgerPreview", "BulkWhom"):
        yield name, one
    for name in ("ConsoleTalk", "ConsoleTimeline"):
        yield name, one | {"first": 2}
        yield name, one | {"first": 50, "after": None}
    for name in ("BoardColumn", "LedgerPage"):
        yield name, board
        yield name, board | {"order": "OPENED", "first": 1}
    yield "FieldMyReports", {"first": 5}
    yield "PortalCases", {}
    units = {"filter": {"unit": str(plant.unit_ids["branch"])}}
    yield "FieldPlaceHazards", units
    yield "BoardColumn", board | units
    yield "FieldPlaceHazards", {"filter": {"asset": str(plant.asset_id)}}
    yield "FieldPlaceHazards", {"filter": {"area": str(plant.area_id), "status": "OPEN"}}


@pytest.mark.parametrize("account", PEOPLE)
async def test_what_the_apps_ask_is_planned(
    wire: Wire, plant: Plant, case_id: UUID, tokens: Mapping[str, str], account: str
) -> None:
    seen = 0
    for no, (name, variables) in enumerate(_asked(case_id, plant), PEOPLE.index(account)):
        language = ("zh", "en")[no % 2]
        said = await same(wire, tokens[account], DOCUMENTS[name], variables, language)
        seen += "errors" not in said

    assert seen >= 8


async def test_pages_of_talk_and_record_are_turned(
    wire: Wire, case_id: UUID, tokens: Mapping[str, str]
) -> None:
    for name, part in (("ConsoleTalk", "comments"), ("ConsoleTimeline", "timeline")):
        after, seen, total = None, list[str](), 0
        for _ in range(20):
            variables = {"id": str(case_id), "first": 2, "after": after}
            said = await same(wire, tokens["wei"], DOCUMENTS[name], variables)
            page: dict[str, Any] = said["data"]["case"][part]
            total = page["totalCount"]
            seen += [edge["node"]["id"] for edge in page["edges"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert len(seen) == len(set(seen)) == total > 2
    for name in ("WorkCommentsAfter", "WorkTimelineAfter"):
        part = "comments" if name == "WorkCommentsAfter" else "timeline"
        question = f"query($id: UUID!) {{ case(id: $id) {{ {part}(first: 1) {{ edges {{ cursor }} }} }} }}"
        said = await same(wire, tokens["wei"], question, {"id": str(case_id)})
        (edge,) = said["data"]["case"][part]["edges"]
        await same(wire, tokens["wei"], DOCUMENTS[name], {"id": str(case_id), "after": edge["cursor"]})


async def test_a_cursor_of_another_list_is_refused_in_the_same_words(
    wire: Wire, plant: Plant, case_id: UUID, tokens: Mapping[str, str]
) -> None:
    question = (
        "query($id: UUID!, $n: Int, $a: String) { case(id: $id) { comments(first: $n, after: $a) "
        "{ edges { cursor node { body } } pageInfo { hasPreviousPage startCursor } } } }"
    )
    one = {"id": str(case_id)}
    token = tokens["wei"]
    good = (await same(wire, token, question, one | {"n": 1}))["data"]["case"]["comments"]["edges"][0][
        "cursor"
    ]
    other_case = await plant.report("lin", "另一处")
    async with plant.as_("lin") as work:
        await talk.comment(work, other_case, comment_id=new_id(), body="x", mentions=[], evidence=[])
    lines = "query($id: UUID!) { case(id: $id) { timeline(first: 1) { edges { cursor } } } }"
    of_lines = (await same(wire, token, lines, one))["data"]["case"]["timeline"]["edges"][0]["cursor"]
    assert "errors" not in await same(wire, token, question, one | {"a": good})
    odd: list[dict[str, Any]] = [
        {"id": str(other_case), "a": good},
        one | {"a": of_lines},
        one | {"a": good[:-2] + ("AA" if good[-2:] != "AA" else "BB")},
        one | {"a": ""},
        one | {"a": "nonsense"},
        one | {"a": "é"},
        one | {"n": 0},
        one | {"n": 101},
        one | {"n": 0, "a": "nonsense"},
        {"id": str(new_id()), "a": "nonsense", "n": 0},
    ]
    for variables in odd:
        wire.house.planner.forget()
        first = await wire.post({"query": question, "variables": variables}, token)
        for _ in range(2):
            await wire.post({"query": question, "variables": one | {"a": good, "n": 1}}, token)
        again = await wire.post({"query": question, "variables": variables}, token)
        assert again.content == first.content
        assert "errors" in json.loads(first.content), variables


TEXTS = (
    "防护罩",
    "冲床 ",
    "2号",
    "2",
    "%",
    "_/",
    "HZ",
    "HZ-20",
    "hz-1",
    "00001",
    "0042",
    "M-01",
    "DN50",
    "zz",
    " ",
)


async def test_cases_are_found_by_words_and_numbers(
    wire: Wire, case_id: UUID, tokens: Mapping[str, str]
) -> None:
    number = "query($id: UUID!) { case(id: $id) { number } }"
    said = await same(wire, tokens["wei"], number, {"id": str(case_id)})
    full: str = said["data"]["case"]["number"]
    finding = ("ShellSearch", "DoFindCases", "ConsoleFindCases", "WorkAlike")
    before, asked = planned(), 0
    for no, text in enumerate((*TEXTS, full, full[:-1], full[3:7], full.lower().replace("-", ""))):
        for account in ("wei", "lin", "other"):
            question = DOCUMENTS[finding[no % len(finding)]]
            variables = {"text": text}
            first, again, _ = await _both(
                wire, tokens[account], {"query": question, "variables": variables}, "zh"
            )
            assert again == first, text
            asked += 1
    assert planned() - before > asked / 2
    found = await same(wire, tokens["wei"], DOCUMENTS["ShellSearch"], {"text": full.lower()})
    assert [edge["node"]["id"] for edge in found["data"]["hazards"]["edges"]] == [str(case_id)]


async def test_the_record_is_read_by_whom_it_is_for(
    wire: Wire, settings: Settings, tmp_path: Path, plant: Plant, case_id: UUID, tokens: Mapping[str, str]
) -> None:
    async with await psycopg.AsyncConnection.connect(settings.clock_database_url, autocommit=True) as clock:
        ring = Keyring(settings.secrets.key(RECORD_KEY))
        await sealer.seal(clock, ring, Anchors(tmp_path), head_every=sealer.HEAD_EVERY * 0)
    filters: list[Any] = [
        None,
        {"case": str(case_id)},
        {"actor": str(plant.people["fitter"]), "until": "2190-01-01T00:00:00Z"},
        {"act": "case.commented", "since": "2020-01-01T00:00:00+08:00"},
    ]
    refused = 0
    for account in ("director", "gm", "lin"):
        token = tokens.get(account) or await wire.token_of(plant.company.id, plant.people[account])
        for asked in filters:
            said = await same(wire, token, DOCUMENTS["ConsoleRecord"], {"filter": asked, "first": 3})
            refused += "errors" in said
    assert 0 < refused < 3 * len(filters)
    heads = "{ recordHead { size chainHash signedAt keyId signature } }"
    told = [await same(wire, tokens[account], heads, {}) for account in ("gm", "lin")]
    assert ["errors" in one for one in told].count(True) == 1
    assert told[0]["data"]["recordHead"]["signature"]


async def test_a_piece_of_evidence(wire: Wire, plant: Plant, tokens: Mapping[str, str]) -> None:
    mine = await plant.photo("lin")
    for account, is_seen in (("lin", True), ("fitter", False)):
        said = await same(wire, tokens[account], DOCUMENTS["OutboxEvidence"], {"id": str(mine)})
        assert ("errors" not in said) == is_seen


SMALL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("{ hazardTypes { code nameEn } }", {}),
    ("{ instruments { code title sector holdsToday again: code __typename } }", {}),
    (
        "query($t: String!) { guessType(text: $t) { percent because type { nameZh } } }",
        {"t": "冲床防护罩缺失, 漏电"},
    ),
    ("query($t: String!) { guessType(text: $t) { percent because type { nameZh } } }", {"t": ""}),
)


@pytest.mark.parametrize(("question", "variables"), SMALL)
async def test_what_the_program_knows_by_itself(
    wire: Wire, tokens: Mapping[str, str], question: str, variables: Mapping[str, Any]
) -> None:
    assert "errors" not in await same(wire, tokens["lin"], question, variables)
