"""What the door declines: every answer is JSON with a code, never a trace, never a 500, and it comes quickly."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from anhuan_graphql import limits
from anhuan_graphql.errors import TooMuch
from anhuan_graphql.schema import schema
from anhuan_infra.settings import Settings
from graphql import parse
from tests.support.wire import Wire, open_wire

WORDS_OF_A_TRACE = ("Traceback", ".py", "sqlalchemy", "psycopg", "site-packages", "line ")
BOOM = "\\ud800"


def codes(answer: Response) -> list[str]:
    """The codes of an answer that was declined as it should be."""
    assert answer.headers["content-type"].startswith("application/json"), answer.text
    assert answer.status_code < 500, answer.text
    assert not any(word in answer.text for word in WORDS_OF_A_TRACE), answer.text
    assert "Did you mean" not in answer.text
    said = answer.json()
    assert said.get("data") is None
    return [problem["extensions"]["code"] for problem in said["errors"]]


@pytest.fixture(scope="module")
async def production(settings: Settings) -> AsyncIterator[Wire]:
    """The same application as it runs in production."""
    async with open_wire(replace(settings, mode="production")) as opened:
        yield opened


TOO_MUCH = {
    "aliases": "{" + " ".join(f"a{i}: __typename" for i in range(101)) + "}",
    "aliases through fragments": "query{...A ...A} fragment A on Query{" + " ".join(f"a{i}: __typename" for i in range(9)) + "}",
    "fields over and over": "{" + " __typename" * 998 + "}",
    "directives": "{ __typename " + "@skip(if: false) " * 51 + "}",
    "depth": "{ organisation { parent " * 1 + "{ parent " * 12 + "{ id }" + "}" * 14,
    "characters": "{ __typename }" + " " * limits.CHARACTERS,
    "mutations": "mutation {" + " ".join(f'a{i}: signOut(input: {{}}) {{ result }}' for i in range(6)) + "}",
    "cost": "{ hazards(first: 100) { edges { node { tasks { seats { candidates { posts { unit { name } } } } } } } } }",
    "overviews": "{" + " ".join(f"a{i}: overview {{ reported }}" for i in range(4)) + "}",
    "proofs": "{" + " ".join(f'a{i}: caseVerification(id: "01890a5d-ac96-774b-bcce-b302099a8057") {{ state }}' for i in range(14)) + "}",
    "a list": "mutation { inviteToGroup(input: {caseId: \"x\", people: [" + ",".join(['"x"'] * 101) + "]}) { result { id } } }",
}  # fmt: skip


@pytest.mark.parametrize("what", TOO_MUCH)
async def test_too_much_at_once_is_declined(wire: Wire, what: str) -> None:
    began = time.perf_counter()
    answer = await wire.post({"query": TOO_MUCH[what]})

    assert codes(answer)[0] in ("LIMIT_EXCEEDED", "BAD_REQUEST")
    assert time.perf_counter() - began < 1.0


def test_each_limit_is_the_one_that_declines() -> None:
    """Just below every limit the same question is measured and passes, so it is this limit and no other that holds."""
    core = limits.core(schema)
    fine = "{" + " ".join(f"a{i}: __typename" for i in range(limits.ALIASES)) + "}"
    assert limits.measure(core, parse(fine), {}) == limits.ALIASES
    with pytest.raises(TooMuch, match="aliases"):
        limits.measure(core, parse(TOO_MUCH["aliases"]), {})
    with pytest.raises(TooMuch, match="depth"):
        limits.measure(core, parse(TOO_MUCH["depth"]), {})
    with pytest.raises(TooMuch, match="cost"):
        limits.measure(core, parse(TOO_MUCH["cost"]), {})
    with pytest.raises(TooMuch, match="directives"):
        limits.measure(core, parse(TOO_MUCH["directives"]), {})
    three = "{" + " ".join(f"a{i}: overview {{ reported }}" for i in range(3)) + "}"
    assert limits.measure(core, parse(three), {}) == 3 * (limits.DEAR["overview"] + 2)
    for dear in ("overviews", "proofs"):
        with pytest.raises(TooMuch, match="cost"):
            limits.measure(core, parse(TOO_MUCH[dear]), {})
    assert core.query_type and limits.DEAR.keys() <= core.query_type.fields.keys()


MALFORMED: dict[str, tuple[Any, dict[str, str]]] = {
    "no json": ("{", {}),
    "nothing": ("", {}),
    "a list of operations": ([{"query": "{ __typename }"}] * 10, {}),
    "a string": ('"{ __typename }"', {}),
    "null": ("null", {}),
    "no query": ({"variables": {}}, {}),
    "a number as query": ({"query": 1}, {}),
    "variables as a list": ({"query": "{ __typename }", "variables": []}, {}),
    "operationName as an object": ({"query": "{ __typename }", "operationName": {}}, {}),
    "an operation that is not there": ({"query": "query A { __typename }", "operationName": "B"}, {}),
    "two operations and no name": ({"query": "query A { __typename } query B { me { language } }"}, {}),
    "empty query": ({"query": ""}, {}),
    "only a fragment": ({"query": "fragment A on Query { __typename }"}, {}),
    "a fragment in itself": ({"query": "{...A} fragment A on Query{...A}"}, {}),
    "fragments in a ring": ({"query": "{...A} fragment A on Query{...B} fragment B on Query{...A}"}, {}),
    "nested JSON": ("[" * 200_000, {}),
    "nested variables": ('{"query":"{ __typename }","variables":' + '{"a":' * 900 + "1" + "}" * 901, {}),
    "nested selections": ({"query": "{a" * 490 + "}" * 490}, {}),
    "nested values": ({"query": "{ hazards(filter: " + "[" * 480 + "]" * 480 + ") { totalCount } }"}, {}),
    "NaN": ('{"query":"{ __typename }","variables":{"a":NaN}}', {}),
    "a number without end": ('{"query":"query($a: Float) { __typename }","variables":{"a":1e999}}', {}),
    "five thousand digits": ('{"query":"{ __typename }","variables":{"a":' + "9" * 5_000 + "}}", {}),
    "half a surrogate": ('{"query":"query($a: String) { __typename }","variables":{"a":"' + BOOM + '"}}', {}),
    "half a surrogate as a name": ('{"query":"{ __typename }","variables":{"' + BOOM + '":1}}', {}),
    "NUL": ({"query": "query($a: String) { __typename }", "variables": {"a": "a\x00b"}}, {}),
    "NUL as a literal": ({"query": '{ guessType(text: "\\u0000") { percent } }'}, {}),
    "half a surrogate as a literal": ({"query": '{ guessType(text: "\\ud800") { percent } }'}, {}),
    "ten thousand values": ({"query": "{ __typename }", "variables": {str(i): i for i in range(10_000)}}, {}),
    "invalid UTF-8": (b'{"query":"{ \xff }"}', {}),
    "a form": ("query={__typename}", {"content-type": "application/x-www-form-urlencoded"}),
    "a multipart form": ("--a--", {"content-type": "multipart/form-data; boundary=a"}),
    "text": ("{ __typename }", {"content-type": "text/plain"}),
    "an unknown field": ({"query": "{ hazrds { id } }"}, {}),
    "an unknown argument": ({"query": "{ hazards(frist: 1) { totalCount } }"}, {}),
    "an unknown type": ({"query": "query($a: Hazrd) { __typename }"}, {}),
    "a subscription": ({"query": "subscription { changes { topic } }"}, {}),
}  # fmt: skip


@pytest.mark.parametrize("what", MALFORMED)
async def test_what_cannot_be_read_is_declined_with_a_code(wire: Wire, what: str) -> None:
    body, headers = MALFORMED[what]

    answer = await wire.post(body, **headers)

    assert set(codes(answer)) <= {"BAD_REQUEST", "BAD_INPUT", "LIMIT_EXCEEDED"}


async def test_ten_megabytes_are_declined_before_they_are_read(wire: Wire) -> None:
    answer = await wire.post(
        {"query": "query($a: String) { __typename }", "variables": {"a": "字" * 3_500_000}}
    )

    assert answer.status_code == 413
    assert codes(answer) == ["LIMIT_EXCEEDED"]


async def test_get_answers_no_question(production: Wire) -> None:
    for query in ("{ __typename }", "mutation { signOut(input: {}) { result } }"):
        answer = await production.client.get("/graphql", params={"query": query})
        assert answer.status_code == 405
        assert codes(answer) == ["BAD_REQUEST"]


async def test_graphiql_and_introspection_are_for_developers(wire: Wire, production: Wire) -> None:
    question = {"query": "{ __schema { types { name } } }"}
    page = await wire.client.get("/graphql", headers={"accept": "text/html"})
    assert "graphiql" in page.text.lower()
    assert (await wire.post(question)).json()["data"]["__schema"]["types"]

    assert (await production.client.get("/graphql", headers={"accept": "text/html"})).status_code == 405
    assert set(codes(await production.post(question))) == {"BAD_REQUEST"}
    assert (await production.post({"query": "{ __typename }"})).json() == {"data": {"__typename": "Query"}}


async def test_of_several_operations_the_named_one_is_answered(wire: Wire) -> None:
    query = "query A { a: __typename } query B { b: __typename }"

    assert (await wire.post({"query": query, "operationName": "B"})).json() == {"data": {"b": "Query"}}


async def test_a_ring_of_introspection_is_bounded(wire: Wire) -> None:
    ring = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"

    assert codes(await wire.post({"query": ring})) == ["BAD_REQUEST"]


async def test_no_answer_carries_timings_or_extensions(wire: Wire) -> None:
    answer = await wire.post({"query": "{ __typename }", "extensions": {"tracing": True}})

    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_known_attacks_are_declined(wire: Wire, data: Path) -> None:
    attacks = json.loads((data / "graphql_attacks" / "graphql_armor_test_queries.json").read_text())
    assert len(attacks) >= 30

    for attack in attacks:
        assert codes(await wire.post({"query": attack["query"]})), attack


async def test_an_attack_that_is_let_through_would_be_seen(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Positive control: with the limit on aliases lifted, the same hundred aliases are answered."""
    monkeypatch.setattr(limits, "ALIASES", 1_000)

    answer = await wire.post({"query": TOO_MUCH["aliases"]})

    assert len(answer.json()["data"]) == 101
