"""What the other tests here stand on: faults happen as planned, errors are seen, a killed browser remembers what it stored."""

import hashlib
from pathlib import Path

import pytest
from playwright.async_api import Browser, Playwright

from anhuan_infra.ids import new_id
from tests.browser.house import House, Open
from tests.support.browser import axe
from tests.support.browser.faulty import Answered, Cut, Late, Lost, operation_of
from tests.support.browser.profile import Profile
from tests.support.browser.window import Window, window
from tests.support.plant import Plant

ASK = """async ([query, input]) => {
    const began = performance.now();
    try {
        const answer = await fetch('/graphql', {
            method: 'POST',
            headers: {'content-type': 'application/json'},
            body: JSON.stringify({query, variables: {input}}),
        });
        const said = answer.headers.get('content-type').includes('json') ? await answer.json() : null;
        return {status: answer.status, said, ms: performance.now() - began};
    } catch (problem) {
        return {status: 0, said: String(problem), ms: performance.now() - began};
    }
}"""
REPORT = "mutation R($input: ReportHazardInput!) { reportHazard(input: $input) { result { id number } errors { code } } }"
ME = "query Who { me { person { name } } }"


async def test_a_window_is_signed_in_as_the_person_it_was_opened_for(phone: Window, desk: Window) -> None:
    of_lin, of_wei = await phone.empty(), await desk.empty()

    assert (await of_lin.evaluate(ASK, [ME, None]))["said"]["data"]["me"]["person"]["name"] == "林小雨"
    assert (await of_wei.evaluate(ASK, [ME, None]))["said"]["data"]["me"]["person"]["name"] == "魏建国"
    assert await of_lin.evaluate("document.cookie") == ""


async def test_a_phone_is_a_phone(phone: Window) -> None:
    page = await phone.empty()
    told = await page.evaluate(
        "() => [navigator.language, navigator.maxTouchPoints > 0, /Mobile/.test(navigator.userAgent), screen.width,"
        " Intl.DateTimeFormat().resolvedOptions().timeZone, isSecureContext]"
    )

    assert told == ["zh-CN", True, True, 360, "Asia/Shanghai", True]


async def test_what_the_server_did_and_nobody_was_told_is_done(phone: Window, house: House) -> None:
    phone.expects("net::ERR_")
    page = await phone.empty()
    told = {"id": str(new_id()), "description": "行车钢丝绳断丝"}
    # A browser sends once more by itself when a connection that it kept breaks; both answers are lost.
    house.web.plan(Lost(), to="reportHazard", times=2)

    lost = await page.evaluate(ASK, [REPORT, told])
    again = await page.evaluate(ASK, [REPORT, told])
    other = await page.evaluate(ASK, [REPORT, {**told, "id": str(new_id())}])

    assert lost["status"] == 0
    sent = [seen for seen in house.web.seen if seen.operation == "reportHazard"]
    assert all(seen.status == 200 for seen in sent)
    assert any(isinstance(seen.fault, Lost) for seen in sent)
    first, second = (one["said"]["data"]["reportHazard"]["result"] for one in (again, other))
    assert first["id"] == told["id"]
    assert first["number"] != second["number"]


async def test_what_never_arrived_is_not_done(phone: Window, house: House) -> None:
    phone.expects("net::ERR_|50[03]")
    page = await phone.empty()
    house.web.plan(Answered(503), to="/graphql")
    refused = await page.evaluate(ASK, [ME, None])
    house.web.plan(Cut(), to="/graphql", times=2)
    cut = await page.evaluate(ASK, [ME, None])
    house.web.forget()
    house.web.plan(Late(0.7), to="me")
    late = await page.evaluate(ASK, [ME, None])

    assert (refused["status"], cut["status"], late["status"]) == (503, 0, 200)
    assert late["ms"] >= 700


async def test_a_tunnel_has_two_ends(phone: Window, house: House) -> None:
    phone.expects("net::ERR_")
    page = await phone.empty()
    house.out_of_reach()
    inside = await page.evaluate(ASK, [ME, None])
    house.back()
    outside = await page.evaluate(ASK, [ME, None])

    assert (inside["status"], outside["status"]) == (0, 200)


async def test_an_error_in_a_page_fails_its_test(browser: Browser, house: House) -> None:
    with pytest.raises(AssertionError, match=r"thrown: .*unheard"):
        async with window(browser, house.web.url) as opened:
            page = await opened.empty()
            async with page.expect_event("pageerror"):
                await page.evaluate("() => { setTimeout(() => { throw new Error('unheard'); }); }")


async def test_a_rejection_that_is_no_error_says_what_it_is(browser: Browser, house: House) -> None:
    with pytest.raises(AssertionError, match=r"rejected .*\"name\":\"Odd\".*\"keys\":\[\"code\",\"name\"\]"):
        async with window(browser, house.web.url) as opened:
            page = await opened.empty()
            async with page.expect_event("pageerror"):
                await page.evaluate("() => { setTimeout(() => Promise.reject({code: 7, name: 'Odd'})); }")


async def test_a_barrier_in_a_page_is_found(opened: Open) -> None:
    if not axe.SCRIPT.exists():
        pytest.fail(f"{axe.SCRIPT} is missing: run make web")
    page = await (await opened(None)).empty()
    await page.set_content(
        "<!doctype html><html lang=zh><title>表单</title><main><h1>表单</h1><input id=a></main></html>"
    )

    assert [found.partition(" ")[0] for found in await axe.violations(page)] == ["label"]


async def test_a_killed_browser_remembers_what_was_durable(
    playwright: Playwright, house: House, plant: Plant, tmp_path: Path
) -> None:
    keep = """value => new Promise((done, failed) => {
        const asked = indexedDB.open('kept', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('rows');
        asked.onerror = () => failed(asked.error);
        asked.onsuccess = () => {
            const work = asked.result.transaction('rows', value === null ? 'readonly' : 'readwrite', {durability: 'strict'});
            const rows = work.objectStore('rows');
            const read = value === null ? rows.get(1) : rows.put(value, 1);
            work.oncomplete = () => done(read.result);
        };
    })"""

    async with Profile(playwright, tmp_path / "profile", house.web.url) as profile:
        first = await profile.start()
        await first.sign_in(plant.company.code, "lin")
        page = await profile.dressed(first, await first.empty())
        assert await page.evaluate("() => [screen.width, navigator.language]") == [360, "zh-CN"]
        await page.evaluate(keep, "已保存到本机")
        await profile.kill()

        page = await (await profile.start()).empty()
        assert await page.evaluate(keep, None) == "已保存到本机"


def test_photos_are_files_of_their_own(photos: list[Path]) -> None:
    assert len({hashlib.sha256(file.read_bytes()).digest() for file in photos}) == len(photos) >= 3


@pytest.mark.parametrize(
    ("body", "operation"),
    [
        (b'{"query": "mutation A($i: I!) { act(input: $i) { result } }"}', "act"),
        (b'{"query": "{ me { person { name } } }"}', "me"),
        (b'{"query": "query Q { mine: hazards(first: 3) { edges { cursor } } }"}', "hazards"),
        (b"[]", None),
        (b"{broken", None),
        (b'{"id": "unknown"}', None),
    ],
)
def test_requests_are_known_by_what_they_ask(body: bytes, operation: str | None) -> None:
    assert operation_of(body) == operation


async def test_pages_are_kept_as_pictures(
    phone: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.browser.window.SCREENS", tmp_path)
    page = await phone.empty()
    await phone.look(page, "ground")

    assert (tmp_path / "ground-phone-zh-light.png").read_bytes().startswith(b"\x89PNG")
