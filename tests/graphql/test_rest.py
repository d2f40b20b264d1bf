"""The REST side: health that asks for real, metrics, labels that tell strangers nothing, files for who may."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from anhuan_graphql.front import Front
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_platform.sites import service as sites
from anhuan_platform.sites.models import Area
from anhuan_tenants.organisation.models import Unit
from tests.support.people import Cast
from tests.support.waiting import until
from tests.support.wire import Wire, fresh, open_wire

HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
async def area(cast: Cast) -> Area:
    """An area of company A, red."""
    async with cast.a.work() as work:
        unit = (await work.session.scalars(select(Unit).where(Unit.no == 1))).one()
        given = sites.AreaGiven(new_id(), f"R-{new_id().hex[-6:]}", "喷涂<b>车间</b>", unit.id, risk="major")
        return await sites.add_area(work, given)


def bearing(token: str, **more: str) -> dict[str, str]:
    """Headers of somebody signed in."""
    return {"authorization": f"Bearer {fresh(token)}", **more}


async def test_health_names_every_part(wire: Wire) -> None:
    async def is_well() -> bool:
        return (await wire.client.get("/health")).status_code == 200

    await until(is_well)
    answer = await wire.client.get("/health")
    said = answer.json()

    assert answer.status_code == 200, said
    assert said["ready"] is True
    assert set(said["parts"]) == {"database", "migrations", "live", "broker", "store", "mqtt", "scheduler"}
    for name, part in said["parts"].items():
        assert part["state"] in (("ok", "absent") if name == "scheduler" else ("ok",)), name
        assert 0 <= part["ms"] < 2_500


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("broker", {"broker_url": "redis://127.0.0.1:1/0"}),
        ("store", {"s3_url": "http://a:b@127.0.0.1:1/evidence"}),
        ("mqtt", {"mqtt_url": "mqtt://a:b@127.0.0.1:1"}),
    ],
)
async def test_a_part_that_is_away_is_named(settings: Settings, part: str, changed: dict[str, str]) -> None:
    """Positive control: health is not a constant."""
    async with open_wire(replace(settings, **changed)) as opened:  # type: ignore[arg-type]
        answer = await opened.client.get("/health")

    said = answer.json()
    assert answer.status_code == 503
    assert said["ready"] is False
    assert said["parts"][part]["state"] == "down"
    assert said["parts"]["database"]["state"] == "ok"
    assert "127.0.0.1" not in answer.text


async def test_metrics_count_by_route_and_name_nobody(wire: Wire, area: Area, lin: str) -> None:
    await wire.client.get(f"/q/{area.label}", headers=bearing(lin))
    await wire.data("{ me { language } }", lin)
    text = (await wire.client.get("/metrics")).text

    assert 'path="/graphql"' in text
    assert 'path="/q/{label}"' in text
    assert area.label not in text


async def test_every_answer_carries_strict_headers_and_a_number(wire: Wire) -> None:
    for path in ("/health", "/metrics", "/q/x", "/nowhere", "/openapi/openapi.json"):
        headers = (await wire.client.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert len(headers["x-request-id"]) == 36
        assert "server" not in headers or "granian" not in headers["server"]
    kept = await wire.client.get("/health", headers={"x-request-id": "abc-12345678"})
    assert kept.headers["x-request-id"] == "abc-12345678"
    replaced = await wire.client.get("/health", headers={"x-request-id": "a b\tc"})
    assert replaced.headers["x-request-id"] != "a b\tc"


async def test_addresses_that_do_not_exist_answer_plainly(wire: Wire) -> None:
    for path in ("/nowhere", "/.env", "/graphql/x", "/q", "/q/a/b", "/metrics/x"):
        answer = await wire.client.get(path)
        assert answer.status_code == 404, path
        assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert (await wire.client.delete("/graphql")).status_code == 405


async def test_the_rest_side_describes_itself(wire: Wire) -> None:
    said = (await wire.client.get("/openapi/openapi.json")).json()

    assert {"/health", "/q/{label}", "/organisation.xlsx", "/record.jsonl"} <= set(said["paths"])
    assert "/graphql" not in said["paths"]


async def test_a_label_leads_its_own_people_to_the_place(wire: Wire, area: Area, lin: str) -> None:
    said = (await wire.client.get(f"/q/{area.label}", headers=bearing(lin))).json()

    assert (said["kind"], said["id"], said["risk"]) == ("area", str(area.id), "major")
    assert said["name"] == "喷涂<b>车间</b>"


async def test_everyone_else_learns_nothing_from_a_label(wire: Wire, area: Area, lin: str, sara: str) -> None:
    async def told(label: str, token: str | None) -> tuple[int, str]:
        headers = {"accept": "application/json", "accept-language": "zh"} | (bearing(token) if token else {})
        answer = await wire.client.get(f"/q/{label}", headers=headers)
        return answer.status_code, answer.text.replace(label, "<label>")

    unknown = "A" * len(area.label)
    answers = {
        "unknown, signed out": await told(unknown, None),
        "known, signed out": await told(area.label, None),
        "known, a bad token": await told(area.label, "x.y.z"),
        "known, another company": await told(area.label, sara),
        "unknown, signed in": await told(unknown, lin),
        "too long": await told("A" * 500, lin),
        "Chinese": await told("隐患", lin),
        "NUL": await told("%00", lin),
    }

    assert len({answer[0] for answer in answers.values()}) == 1
    assert set(answers.values()) == {answers["unknown, signed out"]}
    assert answers["known, signed out"][0] == 404


async def test_a_browser_is_led_into_the_app_with_whatever_it_scanned(
    wire: Wire, area: Area, lin: str, sara: str
) -> None:
    async def led(label: str, token: str | None) -> tuple[int, str]:
        headers = bearing(token, **HTML) if token else HTML
        answer = await wire.client.get(f"/q/{label}", headers=headers, follow_redirects=False)
        return answer.status_code, answer.headers["location"]

    for token in (None, lin, sara, "x.y.z"):
        assert await led(area.label, token) == (302, f"/app/q/{area.label}")
    assert await led("A%22%3E%0D%0AX:%20y%3F%23%2e%2e", lin) == (302, "/app/q/A%22%3E%0D%0AX%3A%20y%3F%23..")


async def test_the_workbook_comes_empty_for_all_and_filled_for_who_may(
    wire: Wire, cast: Cast, lin: str
) -> None:
    blank = await wire.client.get("/organisation-template.xlsx")
    assert zipfile.ZipFile(io.BytesIO(blank.content)).testzip() is None

    founder = await wire.token_of(cast.a.id, cast.a.founder_id)
    filled = await wire.client.get("/organisation.xlsx", headers=bearing(founder))
    assert filled.status_code == 200
    assert filled.content[:2] == b"PK"
    assert (await wire.client.get("/organisation.xlsx")).status_code == 401
    assert (await wire.client.get("/organisation.xlsx", headers=bearing(lin))).status_code == 403


async def test_the_filled_workbook_imported_again_changes_nothing(wire: Wire, cast: Cast) -> None:
    import base64

    founder = await wire.token_of(cast.a.id, cast.a.founder_id)
    filled = await wire.client.get("/organisation.xlsx", headers=bearing(founder))

    said = await wire.done(
        "importOrganisation",
        "{ dryRun people { created updated unchanged } units { created updated } errors { sheet row column code message } }",
        founder,
        file=base64.b64encode(filled.content).decode(),
    )

    assert said["errors"] == []
    assert (said["people"]["created"], said["people"]["updated"]) == (0, 0)
    assert said["people"]["unchanged"] >= 3


@pytest.mark.parametrize("content", ["", "!!!", "UEsDBAo=", "aGVsbG8="])
async def test_a_file_that_is_no_workbook_is_refused_with_its_field(
    wire: Wire, cast: Cast, content: str
) -> None:
    founder = await wire.token_of(cast.a.id, cast.a.founder_id)

    said = await wire.act("importOrganisation", "{ dryRun }", founder, file=content)

    assert said["result"] is None
    assert said["errors"][0]["path"] == "file"


async def test_the_record_is_taken_away_by_who_may(wire: Wire, cast: Cast, lin: str) -> None:
    director = await cast.a.person("安全总监", "safety_director")
    token = await wire.token_of(cast.a.id, director)

    answer = await wire.client.get("/record.jsonl", headers=bearing(token))

    header = json.loads(answer.text.splitlines()[0])
    assert answer.status_code == 200
    assert header["tenant_id"] == str(cast.a.id)
    assert (await wire.client.get("/record.jsonl", headers=bearing(lin))).status_code == 403
    assert (await wire.client.get("/record.jsonl")).status_code == 401


@pytest.fixture(scope="module")
async def opened_to_a_page(settings: Settings) -> AsyncIterator[Wire]:
    """The application where one other origin may call."""
    async with open_wire(settings, Front(origins=frozenset({"https://app.example"}))) as opened:
        yield opened


async def test_other_pages_are_shut_out_unless_named(wire: Wire, opened_to_a_page: Wire) -> None:
    async def preflight(at: Wire, origin: str) -> Any:
        asked = {"origin": origin, "access-control-request-method": "POST"}
        return (await at.client.options("/graphql", headers=asked)).headers.get("access-control-allow-origin")

    assert await preflight(wire, "https://app.example") is None
    assert await preflight(opened_to_a_page, "https://evil.example") is None
    assert await preflight(opened_to_a_page, "https://app.example") == "https://app.example"


async def test_over_https_browsers_are_told_to_stay_there(settings: Settings) -> None:
    async with open_wire(replace(settings, public_url="https://anhuan.example")) as opened:
        assert "max-age" in (await opened.client.get("/health")).headers["strict-transport-security"]


async def test_the_address_itself_tells_programs_what_it_is(wire: Wire) -> None:
    plain = await wire.client.get("/", headers={"accept": "application/json"})

    assert plain.json() == {
        "name": "anhuan",
        "ready": True,
        "ways": {"graphql": "/graphql", "health": "/health", "openapi": "/openapi/openapi.json"},
    }
