"""Trusted documents: asked by hash, kept for ever, checked against the schema of today, and no way around the limits."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from strawberry.schema import schema as strawberry_schema

from anhuan_graphql import documents, limits
from anhuan_graphql.documents import Documents
from anhuan_graphql.front import WEB, Front
from anhuan_infra.errors import Refused
from anhuan_infra.settings import BadSetting, Settings
from graphql import GraphQLError, parse, validate
from tests.support import shape
from tests.support.wire import Wire, open_wire

ME = "query Me { me { person { name } } }"
FIND = "query Find($first: Int) { hazards(first: $first) { edges { node { id } } } }"
OLD = "query Old { me { language } }"


def named(text: str) -> str:
    """The name of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def listed(*texts: str, **more: str) -> str:
    """As the build writes it."""
    return json.dumps({named(text): text for text in texts} | more)


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A build with three documents, and one that is not what its name says."""
    web = tmp_path / "anhuan_portal" / "web"
    web.mkdir(parents=True)
    (web / "documents.json").write_text(
        listed(ME, FIND, "query Two { me { gone } }", **{named("x"): "{ me { language } }"})
    )
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "released-documents.json").write_text(listed(OLD))
    return web


@pytest.fixture
async def built(settings: Settings, web: Path) -> AsyncIterator[Wire]:
    """The application over that build."""
    async with open_wire(settings, Front(web=web)) as opened:
        yield opened


async def asked(at: Wire, token: str | None, document: Any, **variables: Any) -> dict[str, Any]:
    """The answer to a document."""
    answer = await at.post({"id": document, "variables": variables}, token)
    said: dict[str, Any] = answer.json()
    return said


def code(said: Mapping[str, Any]) -> str:
    """Of the first error."""
    found: str = said["errors"][0]["extensions"]["code"]
    return found


async def test_a_document_is_answered_by_its_hash_the_first_time_and_the_next(built: Wire, lin: str) -> None:
    for _ in range(3):
        assert (await asked(built, lin, named(ME)))["data"]["me"]["person"]["name"] == "林小雨"
    assert code(await asked(built, None, named(ME))) == "NOT_SIGNED_IN"


async def test_documents_of_earlier_releases_are_answered(built: Wire, lin: str) -> None:
    assert (await asked(built, lin, named(OLD)))["data"] == {"me": {"language": "zh"}}


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("0" * 64, "DOCUMENT_UNKNOWN"),
        (named("x"), "DOCUMENT_UNKNOWN"),
        (named(ME).upper(), "BAD_INPUT"),
        ("", "BAD_INPUT"),
        (1, "BAD_INPUT"),
        ([named(ME)], "BAD_INPUT"),
        (named(ME) + "\n", "BAD_INPUT"),
    ],
)
async def test_what_is_no_document_is_named(built: Wire, lin: str, document: Any, expected: str) -> None:
    assert code(await asked(built, lin, document)) == expected


async def test_an_unknown_document_asks_to_reload_in_the_readers_language(built: Wire) -> None:
    body = {"id": "0" * 64}

    zh = (await built.post(body, **{"accept-language": "zh-CN"})).json()["errors"][0]["message"]
    en = (await built.post(body)).json()["errors"][0]["message"]

    assert (zh, en) == ("应用已更新，请刷新。", "The app was updated; reload it.")


async def test_the_limits_hold_for_documents_too(built: Wire, lin: str) -> None:
    """Also once the document has been found valid and is not validated again."""
    assert "errors" not in await asked(built, lin, named(FIND), first=2)
    assert code(await asked(built, lin, named(FIND), first=500)) == "BAD_INPUT"
    by_text = (await built.post({"query": FIND, "variables": {"first": "two"}}, lin)).json()
    assert code(await asked(built, lin, named(FIND), first="two")) == code(by_text)
    assert code(await asked(built, lin, named(FIND), first=2, more=["\x00"])) == "BAD_INPUT"
    assert "errors" not in await asked(built, lin, named(FIND), first=2)


async def test_a_document_that_never_passes_is_never_taken_for_valid(built: Wire, lin: str) -> None:
    for _ in range(2):
        assert code(await asked(built, lin, named("query Two { me { gone } }"))) == "BAD_REQUEST"


async def test_a_build_beside_the_running_server_is_known_and_the_old_one_goes_on(
    built: Wire, web: Path, lin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "LOOK", 0.0)
    new = "query New { me { can } }"
    assert code(await asked(built, lin, named(new))) == "DOCUMENT_UNKNOWN"

    (web / "documents.json").write_text(listed(new, ME))
    assert "errors" not in await asked(built, lin, named(new))
    (web / "documents.json").write_text("{half a fi")
    assert "errors" not in await asked(built, lin, named(new)), "known already"
    assert "errors" not in await asked(built, lin, named(OLD))


async def test_a_page_that_asks_several_things_at_once_is_answered_all_of_them(web: Path) -> None:
    fresh = Documents(web)
    found = await asyncio.gather(*(fresh.find(named(text)) for text in (ME, FIND, OLD)))

    assert [document.text for document in found] == [ME, FIND, OLD]


async def test_the_disk_is_looked_at_once_a_second_at_most(
    web: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Path] = []
    real = documents.files

    def counted(folder: Path) -> Iterator[Path]:
        looks.append(folder)
        return real(folder)

    monkeypatch.setattr(documents, "files", counted)
    known = Documents(web)

    for _ in range(50):
        with pytest.raises(documents.DocumentUnknown):
            await known.find("0" * 64)

    assert len(looks) == 1


async def test_texts_stay_possible_unless_the_operator_says_otherwise(
    settings: Settings, web: Path, built: Wire, lin: str
) -> None:
    assert (await built.ask(ME, lin))["data"]

    async with open_wire(settings, Front(web=web, only_trusted=True)) as closed:
        answer = await closed.post({"query": ME}, lin)
        assert (answer.status_code, code(answer.json())) == (400, "DOCUMENTS_ONLY")
        assert (await asked(closed, lin, named(ME)))["data"]


def test_the_setting_is_any_or_trusted() -> None:
    assert Front.from_env({}).only_trusted is False
    assert Front.from_env({"ANHUAN_DOCUMENTS": "any"}).only_trusted is False
    assert Front.from_env({"ANHUAN_DOCUMENTS": "trusted"}).only_trusted is True
    with pytest.raises(BadSetting):
        Front.from_env({"ANHUAN_DOCUMENTS": "some"})


def problems(texts: Mapping[str, str]) -> list[str]:
    """What is wrong with documents that phones still ask: what they break in the schema, or which limit they are over."""
    found: list[str] = []
    for name, text in texts.items():
        try:
            limits.check_text(text)
            document = parse(text, max_tokens=limits.TOKENS)
            limits.measure(shape.CORE, document, _Pages())
        except (GraphQLError, Refused) as problem:
            found.append(f"{name}: {problem}")
        else:
            found += [f"{name}: {problem.message}" for problem in validate(shape.CORE, document)]
    return found


class _Pages(dict[str, Any]):
    """Variables of which every number asks for a usual page."""

    def get(self, _name: str, _default: Any = None) -> Any:
        return limits.PAGE


def test_every_document_of_ours_can_still_be_asked() -> None:
    """A field that an old release asks for must stay, or its queued reports would never arrive."""
    texts = {named: text for path in documents.files(WEB) for named, text in documents.read(path).items()}

    assert problems(texts) == []


def test_a_document_that_the_schema_left_behind_is_found() -> None:
    """Positive control."""
    assert len(problems({"a": "{ gone }", "b": "{ me {", "c": "{ me { language } }"})) == 2


async def test_a_document_is_read_and_checked_once_and_a_text_each_time(
    built: Wire, lin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks: list[object] = []
    real = strawberry_schema.validate_document

    def counted(schema: Any, document: Any, rules: Any) -> Any:
        checks.append(document)
        return real(schema, document, rules)

    monkeypatch.setattr(strawberry_schema, "validate_document", counted)

    built.house.planner.forget()
    # Nothing that has a plan is looked at a second time, whoever wrote it; this one is never learnt.
    monkeypatch.setattr(built.house.planner, "learn", lambda *_: None)
    for _ in range(3):
        await asked(built, lin, named(ME))
    document = await built.house.documents.find(named(ME))
    assert (len(checks), document.is_valid) == (1, True)
    assert document.parsed is checks[0]

    for _ in range(3):
        await built.ask(ME, lin)
    assert len(checks) == 4
