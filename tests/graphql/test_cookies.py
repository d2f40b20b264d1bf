"""The session of a browser: in cookies alone, turned and ended there, on a phone that passes from hand to hand."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from anhuan_graphql import limiter
from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from tests.support.people import PASSWORD, Cast
from tests.support.posts import a_cast_at_work
from tests.support.server import Server, running
from tests.support.wire import Wire, fresh, open_wire

ME = "{ me { person { name } } }"
SIGN_IN = """mutation($i: SignInInput!) { signIn(input: $i) { result { personId tokens {
    accessToken refreshToken accessExpiresAt refreshExpiresAt } } errors { code } } }"""
REFRESH = """mutation($i: RefreshInput!) { refresh(input: $i) { result {
    accessToken refreshToken accessExpiresAt refreshExpiresAt } errors { code message } } }"""
SIGN_OUT = "mutation { signOut(input: {}) { result errors { code } } }"
REPORT = "mutation($i: ReportHazardInput!) { reportHazard(input: $i) { result { id } errors { code } } }"


@dataclass
class Browser:
    """Keeps cookies as a browser does: by name and path, until their end."""

    wire: Wire
    jar: dict[str, Morsel[str]] = field(default_factory=dict[str, "Morsel[str]"])

    async def ask(self, query: str, given: Any = None, **headers: str) -> dict[str, Any]:
        """A request of the page."""
        self.wire.client.cookies.clear()  # a jar that all tests share
        kept = "; ".join(f"{name}={morsel.value}" for name, morsel in self.jar.items())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.wire.post(
            {"query": query, "variables": {"i": given} if given is not None else {}}, cookie=kept, **named
        )
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.jar[name] = morsel
                if morsel["max-age"] == "0":
                    del self.jar[name]
        said: dict[str, Any] = answer.json()
        return said

    async def sign_in(self, cast: Cast, name: str) -> dict[str, Any]:
        """Begin a session that the browser keeps."""
        given = {"company": cast.a.code, "name": name, "password": PASSWORD, "cookie": True}
        found: dict[str, Any] = (await self.ask(SIGN_IN, given))["data"]["signIn"]["result"]
        return found

    async def who(self, **headers: str) -> str:
        """The name of who is signed in, or the code of the refusal."""
        said = await self.ask(ME, **headers)
        if "errors" in said:
            code: str = said["errors"][0]["extensions"]["code"]
            return code
        name: str = said["data"]["me"]["person"]["name"]
        return name


@pytest.fixture(scope="module")
async def cast(sessions: Sessions, settings: Settings) -> Cast:
    """Companies of this file's own: it ends all sessions of its people, which other files go on using of theirs."""
    return await a_cast_at_work(sessions, settings)


@pytest.fixture(scope="module")
async def lin(wire: Wire, cast: Cast) -> str:
    """The access token of this file's own worker."""
    return await wire.token(cast.lin)


@pytest.fixture(scope="module")
async def wei(wire: Wire, cast: Cast) -> str:
    """The access token of this file's own safety officer."""
    return await wire.token(cast.wei)


@pytest.fixture
def browser(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """An empty one, whose people sign in more often than anybody would."""
    monkeypatch.setattr(limiter, "SIGN_IN_ACCOUNT", limiter.Allowance(f"test/{new_id()}", 1_000, 60))
    return Browser(wire)


async def test_no_token_is_ever_in_reach_of_a_script(browser: Browser, cast: Cast) -> None:
    begun = await browser.sign_in(cast, "lin")
    turned = (await browser.ask(REFRESH, {"cookie": True}))["data"]["refresh"]["result"]

    for tokens in (begun["tokens"], turned):
        assert (tokens["accessToken"], tokens["refreshToken"]) == (None, None)
        assert tokens["accessExpiresAt"] < tokens["refreshExpiresAt"]
    assert set(browser.jar) == {"anhuan_access", "anhuan_refresh"}
    for morsel in browser.jar.values():
        assert morsel["httponly"]
        assert morsel["samesite"].lower() == "strict"
        assert not morsel["secure"], "the test's address is plain http"
    access, refresh = browser.jar["anhuan_access"], browser.jar["anhuan_refresh"]
    assert (access["path"], refresh["path"]) == ("/", "/graphql")
    assert 500 < int(access["max-age"]) <= 600
    assert int(refresh["max-age"]) > 29 * 86_400


async def test_a_browser_that_stays_keeps_its_cookie_for_as_long_and_says_so_among_the_sessions(
    browser: Browser, cast: Cast
) -> None:
    given = {"company": cast.a.code, "name": "lin", "password": PASSWORD, "cookie": True, "stay": True}
    assert (await browser.ask(SIGN_IN, given))["data"]["signIn"]["errors"] == []
    assert 179 * 86_400 < int(browser.jar["anhuan_refresh"]["max-age"]) <= 180 * 86_400
    assert int(browser.jar["anhuan_access"]["max-age"]) <= 600

    await browser.ask(REFRESH, {"cookie": True})
    sessions = (await browser.ask("{ mySessions { stays isThis } }"))["data"]["mySessions"]
    assert [one["stays"] for one in sessions if one["isThis"]] == [True]
    assert 179 * 86_400 < int(browser.jar["anhuan_refresh"]["max-age"]) <= 180 * 86_400

    await browser.ask(SIGN_OUT)
    assert browser.jar == {}


async def test_who_signs_in_over_a_session_ends_it_and_no_other(browser: Browser, cast: Cast) -> None:
    """Lin laid the phone down without a word and Wei took it; what Lin has open elsewhere stays."""
    await browser.sign_in(cast, "lin")
    left, other = dict(browser.jar), Browser(browser.wire)
    await other.sign_in(cast, "lin")

    await browser.sign_in(cast, "wei")

    assert await browser.who() == "魏建国"
    assert await other.who() == "林小雨"
    browser.jar = left
    assert await browser.who() == "NOT_SIGNED_IN"
    wrong = {"company": cast.a.code, "name": "wei", "password": "wrong", "cookie": True}
    assert (await other.ask(SIGN_IN, wrong))["data"]["signIn"]["result"] is None
    assert await other.who() == "林小雨", "a password that is wrong ends nothing"


async def test_over_https_cookies_go_over_https_alone(settings: Settings, cast: Cast) -> None:
    async with open_wire(replace(settings, public_url="https://anhuan.example")) as opened:
        browser = Browser(opened)
        await browser.sign_in(cast, "lin")

    assert all(morsel["secure"] for morsel in browser.jar.values())


async def test_programs_go_on_getting_their_tokens(wire: Wire, cast: Cast) -> None:
    given = {"company": cast.a.code, "name": "lin", "password": PASSWORD}

    answer = await wire.post({"query": SIGN_IN, "variables": {"i": given}})

    assert "set-cookie" not in answer.headers
    assert answer.json()["data"]["signIn"]["result"]["tokens"]["refreshToken"]


async def test_a_session_in_cookies_lives_turns_and_ends(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast, "lin")
    first = browser.jar["anhuan_refresh"].value
    assert await browser.who() == "林小雨"

    del browser.jar["anhuan_access"]  # its ten minutes are over
    assert await browser.who() == "NOT_SIGNED_IN"
    await browser.ask(REFRESH, {"cookie": True})
    assert browser.jar["anhuan_refresh"].value != first
    assert await browser.who() == "林小雨"

    kept = dict(browser.jar)
    assert (await browser.ask(SIGN_OUT))["data"]["signOut"]["result"] is True
    assert browser.jar == {}
    browser.jar = kept
    assert await browser.who() == "NOT_SIGNED_IN"
    said = (await browser.ask(REFRESH, {"cookie": True}))["data"]["refresh"]
    assert (said["result"], said["errors"][0]["code"]) == (None, "NOT_SIGNED_IN")


@pytest.mark.parametrize("everywhere", [False, True])
async def test_who_lays_the_phone_down_is_signed_out_although_the_access_token_ran_out(
    browser: Browser, cast: Cast, everywhere: bool
) -> None:
    await browser.sign_in(cast, "lin")
    other = Browser(browser.wire)
    await other.sign_in(cast, "lin")
    kept = dict(browser.jar)
    del browser.jar["anhuan_access"]

    query = f"mutation {{ signOut(input: {{ everywhere: {str(everywhere).lower()} }}) {{ result errors {{ code }} }} }}"
    assert (await browser.ask(query))["data"]["signOut"] == {"result": True, "errors": []}

    assert browser.jar == {}
    browser.jar = kept
    assert await browser.who() == "NOT_SIGNED_IN", "the access token stopped working at once"
    assert (await browser.ask(REFRESH, {"cookie": True}))["data"]["refresh"]["result"] is None
    assert await other.who() == ("NOT_SIGNED_IN" if everywhere else "林小雨")
    again = (await browser.ask(SIGN_OUT))["data"]["signOut"]
    assert ([one["code"] for one in again["errors"]], browser.jar) == (["NOT_SIGNED_IN"], {})


async def test_an_old_copy_ends_its_own_session_at_most(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast, "lin")
    other, thief = Browser(browser.wire), Browser(browser.wire, dict(browser.jar))
    await other.sign_in(cast, "lin")
    del thief.jar["anhuan_access"]
    for _ in range(2):
        await browser.ask(REFRESH, {"cookie": True})

    await thief.ask("mutation { signOut(input: { everywhere: true }) { result errors { code } } }")

    assert await browser.who() == "NOT_SIGNED_IN"
    assert await other.who() == "林小雨"


async def test_the_refresh_cookie_counts_only_where_it_is_asked_for(browser: Browser, cast: Cast) -> None:
    """And only for pages of our own origin."""
    await browser.sign_in(cast, "lin")

    plain = await browser.ask(REFRESH, {})
    elsewhere = await browser.ask(REFRESH, {"cookie": True}, origin="https://evil.example")

    for said in (plain, elsewhere):
        assert said["data"]["refresh"]["errors"][0]["code"] == "NOT_SIGNED_IN"
    assert await browser.who(origin="https://evil.example") == "NOT_SIGNED_IN"
    assert await browser.who(origin="http://testserver.local") == "林小雨"


async def test_a_queued_report_of_lins_is_never_done_as_wei(browser: Browser, cast: Cast, wei: str) -> None:
    lin = (await browser.sign_in(cast, "lin"))["personId"]
    browser.jar.clear()
    await browser.sign_in(cast, "wei")
    queued = {"id": str(new_id()), "description": "林小雨在离线时写下的"}

    refused = await browser.ask(REPORT, queued, x_person=lin)

    assert refused["data"]["reportHazard"]["result"] is None
    assert refused["data"]["reportHazard"]["errors"][0]["code"] == "OTHER_PERSON"
    seen = await browser.wire.ask("query($i: UUID!) { hazard(id: $i) { id } }", wei, i=queued["id"])
    assert seen["errors"][0]["extensions"]["code"] == "NOT_FOUND", "nothing was done"

    browser.jar.clear()
    await browser.sign_in(cast, "lin")
    done = await browser.ask(REPORT, queued, x_person=lin)
    assert done["data"]["reportHazard"] == {"result": {"id": queued["id"]}, "errors": []}


async def test_a_page_of_somebody_else_is_told_so_at_every_door(browser: Browser, cast: Cast) -> None:
    lin = (await browser.sign_in(cast, "lin"))["personId"]
    wei = str(new_id())
    kept = browser.jar["anhuan_refresh"].value

    assert await browser.who(x_person=lin) == "林小雨"
    for meant in (wei, "", "x", lin + "0", "%00"):
        expected = "林小雨" if meant == "" else "OTHER_PERSON"
        assert await browser.who(x_person=meant) == expected, meant
    said = (await browser.ask(REFRESH, {"cookie": True}, x_person=wei))["data"]["refresh"]
    assert said["errors"][0]["code"] == "OTHER_PERSON"
    assert browser.jar["anhuan_refresh"].value == kept
    assert (await browser.ask(SIGN_OUT, x_person=wei))["data"]["signOut"]["errors"][0]["code"] == (
        "OTHER_PERSON"
    )
    assert await browser.who(x_person=lin) == "林小雨"
    begun = await browser.sign_in(cast, "wei")
    assert begun["personId"] != lin, "signing in is open to whoever holds the phone"


async def test_it_is_said_in_both_languages(browser: Browser, cast: Cast) -> None:
    await browser.sign_in(cast, "lin")

    said = [
        (await browser.ask(REFRESH, {"cookie": True}, x_person=str(new_id()), accept_language=language))[
            "data"
        ]["refresh"]["errors"][0]["message"]
        for language in ("zh-CN", "en")
    ]

    assert said == [
        "本设备当前登录的是另一个人，未执行任何操作。",
        "Somebody else is signed in on this device now; nothing was done.",
    ]


@pytest.fixture(scope="module")
def server(env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real one."""
    with running(env, tmp_path_factory.mktemp("server") / "log") as started:
        yield started


@pytest.fixture
async def page(server: Server, cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    """A page of the server's own origin, signed in as wei."""
    origin = {"origin": server.url, "accept-language": "en"}
    async with httpx.AsyncClient(base_url=server.url, headers=origin) as client:
        given = {"company": cast.a.code, "name": "wei", "password": PASSWORD, "cookie": True}
        answer = await client.post("/graphql", json={"query": SIGN_IN, "variables": {"i": given}})
        assert answer.json()["data"]["signIn"]["errors"] == []
        yield client


async def test_live_changes_come_by_cookie_to_a_page_of_ours_alone(
    server: Server, page: httpx.AsyncClient, lin: str
) -> None:
    cookie = {"Cookie": f"anhuan_access={page.cookies['anhuan_access']}"}
    ours = Subprotocol("graphql-transport-ws")

    async with connect(
        server.live, subprotocols=[ours], origin=Origin(server.url), additional_headers=cookie
    ) as live:
        await live.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await asyncio.wait_for(live.recv(), 5))["type"] == "connection_ack"
        query = "subscription { changes { topic caseId } }"
        await live.send(json.dumps({"id": "1", "type": "subscribe", "payload": {"query": query}}))
        await asyncio.sleep(0.3)  # nothing says that a subscription stands
        hazard = str(new_id())
        given = {"id": hazard, "description": "行车限位失灵"}
        bearer = {"authorization": f"Bearer {fresh(lin)}"}
        async with httpx.AsyncClient() as phone:
            reported = await phone.post(
                f"{server.url}/graphql", json={"query": REPORT, "variables": {"i": given}}, headers=bearer
            )
        assert reported.json()["data"]["reportHazard"]["errors"] == []
        said = json.loads(await asyncio.wait_for(live.recv(), 5))
    assert said["payload"]["data"]["changes"] == {"topic": "case", "caseId": hazard}

    with pytest.raises((InvalidStatus, ConnectionClosed)):
        async with connect(
            server.live, subprotocols=[ours], origin=Origin("https://evil.example"), additional_headers=cookie
        ) as live:
            await live.send(json.dumps({"type": "connection_init"}))
            await live.recv()
