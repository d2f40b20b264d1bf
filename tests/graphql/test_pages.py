"""The web apps as files: what was built is served well, nothing else is served at all, and every browser is led to its app."""

import gzip
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from anhuan_graphql import shelf
from anhuan_graphql.front import Front
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_tenants.parties.models import Party, PartyKind
from tests.support.people import Cast
from tests.support.wire import Wire, open_wire

SHELL = "<!doctype html><title>现场</title>"
SCRIPT = "export const stop = '停工';\n" * 50
PHONE = {
    "accept": "text/html",
    "user-agent": "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/69.0 Mobile Safari/537.36",
}
DESK = {
    "accept": "text/html",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three built apps, with what an attacker would look for beside them."""
    web = tmp_path_factory.mktemp("built") / "web"
    (web.parent / "secret.txt").write_text("SECRET")
    for app in ("field", "portal", "console"):
        folder = web / app
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text(SHELL)
        script = folder / "assets" / "index-Ab12Cd34.js"
        script.write_text(SCRIPT)
        Path(f"{script}.gz").write_bytes(gzip.compress(SCRIPT.encode()))
        Path(f"{script}.br").write_bytes(b"brotli stands here")
        (folder / "assets" / "reader-9f8e7d6c.wasm").write_bytes(b"\0asm")
        (folder / "app.webmanifest").write_text("{}")
        (folder / "icon.svg").write_text("<svg/>")
        (folder / "sw.js").write_text("self;")
        (folder / "manifest.build.json").write_text("SECRET")
        (folder / "index.js.map").write_text("SECRET")
        (folder / ".env.json").write_text("SECRET")
        (folder / "link.txt").symlink_to(web.parent / "secret.txt")
        (folder / "up").symlink_to(web.parent)
    return web


@pytest.fixture(scope="module")
async def built(settings: Settings, web: Path) -> AsyncIterator[Wire]:
    """The application over that build."""
    async with open_wire(settings, Front(web=web)) as opened:
        yield opened


async def got(at: Wire, path: str, **headers: str) -> Any:
    """One answer, without going where it leads."""
    sent = {"accept-encoding": "identity"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return await at.client.get(path, headers=sent, follow_redirects=False)


@pytest.mark.parametrize("root", ["/app", "/portal", "/console"])
async def test_every_path_that_is_no_file_is_the_app_itself(built: Wire, root: str) -> None:
    for path in (f"{root}/", f"{root}/report", f"{root}/case/0196f0c4", f"{root}/q/A-1.2", f"{root}/a/b/c"):
        answer = await got(built, path)
        assert (answer.status_code, answer.text) == (200, SHELL), path
        assert answer.headers["content-type"].startswith("text/html")
        assert answer.headers["cache-control"] == "no-cache"


async def test_an_app_stands_below_its_slash(built: Wire) -> None:
    answer = await got(built, "/app")

    assert (answer.status_code, answer.headers["location"]) == (308, "/app/")


@pytest.mark.parametrize(
    ("name", "kind", "cache"),
    [
        ("assets/index-Ab12Cd34.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("assets/reader-9f8e7d6c.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("app.webmanifest", "application/manifest+json", "no-cache"),
        ("icon.svg", "image/svg+xml", "no-cache"),
        ("sw.js", "text/javascript; charset=utf-8", "no-cache"),
    ],
)
async def test_files_have_their_kind_and_are_kept_as_long_as_they_hold(
    built: Wire, name: str, kind: str, cache: str
) -> None:
    answer = await got(built, f"/app/{name}")

    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.headers["cache-control"] == cache
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers.get("service-worker-allowed") == ("/app/" if name == "sw.js" else None)


async def test_files_come_in_the_coding_that_is_asked_for(built: Wire) -> None:
    path = "/app/assets/index-Ab12Cd34.js"

    packed = await got(built, path, accept_encoding="gzip, deflate")
    plain = await got(built, path)
    refused = await got(built, path, accept_encoding="gzip;q=0")
    head = {**(await got(built, "/app/icon.svg", accept_encoding="gzip")).headers}

    assert (packed.headers["content-encoding"], packed.text) == ("gzip", SCRIPT)
    assert ("content-encoding" in plain.headers, plain.text) == (False, SCRIPT)
    assert "content-encoding" not in refused.headers
    assert "content-encoding" not in head, "no such file was written beside it"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] != plain.headers["etag"]


@pytest.mark.parametrize(
    ("accepted", "coding", "takes"),
    [
        ("gzip, deflate, br", "br", True),
        ("BR", "br", True),
        ("br;q=0.5", "br", True),
        ("br;q=0", "br", False),
        ("br; q=0.0", "br", False),
        ("broken", "br", False),
        ("", "gzip", False),
    ],
)
def test_codings_are_read_from_the_header(accepted: str, coding: str, takes: bool) -> None:
    assert shelf.takes(accepted, coding) is takes


async def test_what_is_known_already_is_not_sent_again(built: Wire) -> None:
    first = await got(built, "/app/")

    again = await got(built, "/app/", if_none_match=first.headers["etag"])
    other = await got(built, "/app/", if_none_match='"0"')

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/app/../secret.txt",
        "/app/%2e%2e/secret.txt",
        "/app/%2e%2e%2fsecret.txt",
        "/app/..%5csecret.txt",
        "/app/assets/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/app//etc/hosts.txt",
        "/app/%2fetc/hosts.txt",
        "/app/link.txt",
        "/app/up/secret.txt",
        "/app/secret.txt%00.js",
        "/app/%00",
        "/app/.env.json",
        "/app/manifest.build.json",
        "/app/index.js.map",
        "/app/assets/index-Ab12Cd34.js.gz",
        "/app/assets",
        "/app/assets/",
    ],
)
async def test_nothing_but_the_build_can_be_reached(built: Wire, path: str) -> None:
    answer = await got(built, path)

    assert "SECRET" not in answer.text
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or answer.text == SHELL


async def test_a_file_of_another_release_is_missing_and_no_page(built: Wire) -> None:
    for name in ("assets/index-00000000.js", "assets/gone", "old.js", "old.css"):
        assert (await got(built, f"/app/{name}")).status_code == 404, name


async def test_a_page_runs_only_its_own_code_and_speaks_only_to_us(built: Wire, settings: Settings) -> None:
    policies = {
        root: (await got(built, path)).headers["content-security-policy"]
        for root, path in (("field", "/app/"), ("console", "/console/"), ("worker", "/app/sw.js"))
    }
    store = settings.s3_url.split("@")[1].split("/")[0]

    for policy in policies.values():
        rules = dict(part.split(" ", 1) for part in policy.split("; "))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
        assert f"http://{store}" in rules["img-src"]
        assert rules["connect-src"].split()[:3] == [
            "'self'",
            "ws://testserver.local",
            "wss://testserver.local",
        ]
        assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
        assert "@" not in policy, "the store's keys stay with us"
    assert "style-src 'self';" in policies["field"]
    assert "style-src 'self' 'unsafe-inline'" in policies["console"]
    headers = (await got(built, "/app/")).headers
    assert headers["permissions-policy"] == "camera=(self), geolocation=(self), microphone=(self)"


async def test_phones_meet_the_store_by_its_public_name(settings: Settings, web: Path) -> None:
    async with open_wire(
        replace(settings, s3_public_url="https://files.example.cn"), Front(web=web)
    ) as opened:
        policy = (await got(opened, "/app/")).headers["content-security-policy"]

    assert "img-src 'self' blob: data: https://files.example.cn;" in policy


async def test_a_strange_host_writes_nothing_into_the_policy(built: Wire) -> None:
    policy = (await got(built, "/app/", host="x; script-src *")).headers["content-security-policy"]

    assert "script-src *" not in policy


async def test_a_build_beside_the_running_server_shows(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "LOOK", 0.0)
    async with open_wire(settings, Front(web=tmp_path)) as opened:
        before = await got(opened, "/app/", accept_language="zh")
        (tmp_path / "field").mkdir()
        (tmp_path / "field" / "index.html").write_text("one")
        first = await got(opened, "/app/")
        (tmp_path / "field" / "index.html").write_text("second")
        second = await got(opened, "/app/")

    assert before.status_code == 503
    assert before.headers["content-type"].startswith("text/html")
    assert "make web" in before.text
    assert "尚未构建" in before.text
    assert "not built yet" in before.text
    assert (first.text, second.text) == ("one", "second")


@pytest.mark.parametrize(
    ("path", "to"),
    [("/", "{root}/"), ("/c/0196f0c4-0000-7000-8000-000000000001", "{root}/case/0196f0c4-0000-7000-8000-000000000001")],
)  # fmt: skip
async def test_a_browser_is_led_to_the_app_of_its_device(built: Wire, path: str, to: str) -> None:
    for headers, root in (
        (PHONE, "/app"),
        (DESK, "/console"),
        (DESK | {"sec-ch-ua-mobile": "?1"}, "/app"),
        (PHONE | {"sec-ch-ua-mobile": "?0"}, "/console"),
    ):
        answer = await built.client.get(path, headers=headers, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (302, to.format(root=root)), headers
        assert answer.headers["cache-control"] == "no-store"


async def test_people_of_outside_parties_are_led_to_their_portal(
    built: Wire, cast: Cast, lin: str, party: str
) -> None:
    case = f"/c/{new_id()}"
    for token, root in ((party, "/portal"), (lin, "/app"), ("x.y.z", "/app")):
        built.client.cookies.clear()  # a jar that all tests share
        sent = PHONE | {"cookie": f"anhuan_access={token}"}
        answer = await built.client.get(case, headers=sent, follow_redirects=False)
        assert answer.headers["location"].startswith(f"{root}/case/"), root


@pytest.fixture(scope="module")
async def party(wire: Wire, cast: Cast) -> str:
    """The token of a person of a maintenance firm."""
    firm = new_id()
    async with cast.a.house() as work:
        work.session.add(
            Party(id=firm, code=f"p{firm.hex[-8:]}", name="维保公司", kind=PartyKind.MAINTENANCE, unit_no=1)
        )
    person = await cast.a.person("外协师傅", "worker", party_id=firm)
    return await wire.token_of(cast.a.id, person)


async def test_a_link_that_names_no_case_leads_nowhere(built: Wire) -> None:
    assert (await got(built, "/c/1")).status_code == 404
    assert (await got(built, "/c/%2e%2e%2fgraphql")).status_code == 404
