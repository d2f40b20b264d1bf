"""Entering over the wire: tokens, cookies, allowances, languages, and what holds from the next request on."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import pytest

from anhuan_graphql import limiter
from anhuan_graphql.errors import TooOften
from anhuan_graphql.front import Front
from anhuan_graphql.limiter import Allowance
from anhuan_infra.ids import new_id
from anhuan_infra.settings import BadSetting, Settings
from anhuan_tenants.access import service as access
from tests.support.people import PASSWORD, Cast
from tests.support.wire import Wire, open_wire

ME = "{ me { person { name } } }"


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "%00", "null", "x" * 10_000, "eyJhbGciOiJub25lIn0.e30."])
async def test_a_broken_token_is_nobody(wire: Wire, token: str) -> None:
    answer = await wire.post({"query": ME}, token)

    assert [problem["extensions"]["code"] for problem in answer.json()["errors"]] == ["NOT_SIGNED_IN"]


async def test_a_bad_token_does_not_become_nobody_at_an_open_door(wire: Wire) -> None:
    """Signing in must work with an old token still in the header."""
    said = await wire.act(
        "signIn", "{ personId }", "old.token.here", company="none-such", name="x", password="y"
    )

    assert said["errors"][0]["code"] == "SIGN_IN_REFUSED"


async def test_refreshing_rotates_and_signing_out_ends_it(wire: Wire, cast: Cast) -> None:
    begun = await wire.done(
        "signIn",
        "{ tokens { accessToken refreshToken } }",
        None,
        company=cast.a.code,
        name="lin",
        password=PASSWORD,
    )
    first = begun["tokens"]

    pair = await wire.done(
        "refresh", "{ accessToken refreshToken }", None, refreshToken=first["refreshToken"]
    )

    assert pair["refreshToken"] != first["refreshToken"]
    assert (await wire.data(ME, pair["accessToken"]))["person"]["name"] == "林小雨"
    assert await wire.done("signOut", "", pair["accessToken"]) is True
    assert (await wire.act("refresh", "{ accessToken }", None, refreshToken=pair["refreshToken"]))["errors"][
        0
    ]["code"] == "NOT_SIGNED_IN"
    assert (await wire.ask(ME, pair["accessToken"]))["errors"][0]["extensions"]["code"] == "NOT_SIGNED_IN"


async def test_a_role_taken_away_is_gone_with_the_next_request(wire: Wire, cast: Cast, lin: str) -> None:
    officer = await cast.a.person("临时安全员", "worker")
    token = await wire.token_of(cast.a.id, officer)
    hazard = str(new_id())
    await wire.done("reportHazard", "{ id }", lin, id=hazard, description="地面积水")
    query = "query($id: UUID!) { hazard(id: $id) { id } }"
    assert (await wire.ask(query, token, id=hazard))["errors"][0]["extensions"]["code"] == "NOT_FOUND"

    root = next(
        unit["id"]
        for unit in await wire.data("{ organisation { id path } }", token)
        if len(unit["path"]) == 1
    )
    async with cast.a.work() as work:
        await access.give_role(work, officer, "hq_safety_officer", UUID(root))
    assert (await wire.data(query, token, id=hazard))["id"] == hazard

    async with cast.a.work() as work:
        await access.take_role(work, officer, "hq_safety_officer", UUID(root))
    assert (await wire.ask(query, token, id=hazard))["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_too_many_sign_ins_of_one_account_are_stopped(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiter, "SIGN_IN_ACCOUNT", Allowance(f"test/{new_id()}", 3, 60))
    given = {"company": "none-such", "name": "nobody", "password": "wrong"}

    codes = [(await wire.act("signIn", "{ personId }", None, **given))["errors"][0]["code"] for _ in range(5)]

    assert codes == ["SIGN_IN_REFUSED"] * 3 + ["RATE_LIMITED"] * 2
    other = await wire.act("signIn", "{ personId }", None, **given | {"name": "somebody-else"})
    assert other["errors"][0]["code"] == "SIGN_IN_REFUSED"


async def test_an_allowance_holds_over_processes_and_comes_back(settings: Settings) -> None:
    first, second = limiter.Limiter(settings), limiter.Limiter(settings)
    allowance = Allowance(f"test/{new_id()}", 2, 1)

    await first.take(allowance, "x")
    await second.take(allowance, "x")
    with pytest.raises(TooOften):
        await first.take(allowance, "x")

    time.sleep(1.1)  # noqa: ASYNC251 - the store's clock is waited for
    await first.take(allowance, "x")
    await first.close()
    await second.close()


async def test_without_the_store_each_process_counts_for_itself(settings: Settings) -> None:
    alone = limiter.Limiter(replace(settings, broker_url="redis://127.0.0.1:1/0"))
    allowance = Allowance("alone", 2, 60)

    await alone.take(allowance, "x")
    await alone.take(allowance, "x")
    with pytest.raises(TooOften):
        await alone.take(allowance, "x")
    await alone.close()


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("en-GB,en;q=0.9,zh;q=0.1", "wrong"),
        ("zh-CN,en;q=0.5", "不正确"),
        ("fr", "不正确"),
        ("de,en;q=0.3", "wrong"),
        (";;;q=x,,", "不正确"),
    ],
)
async def test_strangers_are_answered_in_the_language_that_they_read(
    wire: Wire, header: str, words: str
) -> None:
    query = "mutation($i: SignInInput!) { signIn(input: $i) { errors { message } } }"
    given = {"company": "none-such", "name": str(new_id()), "password": "y"}

    answer = await wire.post({"query": query, "variables": {"i": given}}, **{"accept-language": header})

    assert words in answer.json()["data"]["signIn"]["errors"][0]["message"]


@pytest.fixture(scope="module")
async def behind_a_proxy(settings: Settings) -> AsyncIterator[Wire]:
    """The application where one proxy is trusted."""
    async with open_wire(settings, Front(proxies=1)) as opened:
        yield opened


async def test_forwarded_addresses_count_only_behind_a_trusted_proxy(
    wire: Wire, behind_a_proxy: Wire, cast: Cast
) -> None:
    query = "mutation($i: SignInInput!) { signIn(input: $i) { result { tokens { accessToken } } } }"
    given = {"company": cast.a.code, "name": "lin", "password": PASSWORD}
    seen = {}
    for name, at in (("direct", wire), ("proxied", behind_a_proxy)):
        answer = await at.post(
            {"query": query, "variables": {"i": given}}, **{"x-forwarded-for": "6.6.6.6, 203.0.113.7"}
        )
        token = answer.json()["data"]["signIn"]["result"]["tokens"]["accessToken"]
        sessions = await at.data("{ mySessions { address isThis } }", token)
        seen[name] = next(one["address"] for one in sessions if one["isThis"])

    assert seen["direct"] not in ("6.6.6.6", "203.0.113.7")
    assert seen["proxied"] == "203.0.113.7"


def test_the_front_refuses_settings_that_make_no_sense() -> None:
    assert Front.from_env({"ANHUAN_ALLOWED_ORIGINS": "https://a.example, http://b:8080"}).origins == {
        "https://a.example",
        "http://b:8080",
    }
    for wrong in (
        {"ANHUAN_TRUSTED_PROXIES": "all"},
        {"ANHUAN_TRUSTED_PROXIES": "-1"},
        {"ANHUAN_ALLOWED_ORIGINS": "*"},
    ):
        with pytest.raises(BadSetting):
            Front.from_env(wrong)
