"""A photo's way: announced over the wire, sent straight to the store, confirmed, looked at; and what is refused on it."""

import asyncio
import hashlib
from typing import Any

import httpx
import pytest

from anhuan_infra.ids import new_id
from tests.support.pictures import a_photo
from tests.support.wire import Wire

TICKET = "{ url fields expiresAt evidence { id status } }"
SEEN = "{ id status mediaType width height flags { code message } viewUrl thumbnailUrl downloadUrl uploadedBy { name } }"


async def announced(wire: Wire, token: str, content: bytes, **changes: Any) -> dict[str, Any]:
    """A ticket for these bytes."""
    given = {
        "id": str(new_id()),
        "name": "现场.jpg",
        "mediaType": "image/jpeg",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    said: dict[str, Any] = await wire.done("requestUpload", TICKET, token, **given | changes)
    return said


async def sent(ticket: dict[str, Any], content: bytes) -> int:
    """The form, as a phone posts it."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(ticket["url"], data=ticket["fields"], files={"file": ("x", content)})
    return answer.status_code


async def test_a_photo_goes_straight_to_the_store_and_is_seen_without_its_secrets(
    wire: Wire, lin: str
) -> None:
    content = a_photo()
    ticket = await announced(wire, lin, content)
    assert await sent(ticket, content) == 204

    said = await wire.done("confirmUpload", SEEN, lin, id=ticket["evidence"]["id"])

    assert (said["status"], said["mediaType"]) in (("STORED", "image/jpeg"), ("DURABLE", "image/jpeg"))
    assert said["uploadedBy"]["name"] == "林小雨"
    assert said["downloadUrl"] is None
    async with httpx.AsyncClient() as client:
        view = await client.get(said["viewUrl"])
    assert view.status_code == 200
    assert view.content[:2] == b"\xff\xd8"
    assert b"Exif" not in view.content[:4_000]


async def test_the_same_announcement_gives_a_form_for_the_same_file(wire: Wire, lin: str) -> None:
    content = a_photo()
    evidence = str(new_id())
    first = await announced(wire, lin, content, id=evidence)
    again = await announced(wire, lin, content, id=evidence)
    assert first["fields"]["key"] == again["fields"]["key"]

    other = a_photo() + b"x"
    said = await wire.act(
        "requestUpload", TICKET, lin,
        id=evidence, name="现场.jpg", mediaType="image/jpeg", size=len(other), sha256=hashlib.sha256(other).hexdigest(),
    )  # fmt: skip
    assert said["errors"][0]["code"] == "CONFLICT"


async def test_what_was_not_sent_cannot_be_confirmed(wire: Wire, lin: str, wei: str) -> None:
    ticket = await announced(wire, lin, a_photo())

    said = await wire.act("confirmUpload", SEEN, lin, id=ticket["evidence"]["id"])
    assert said["errors"][0]["code"].startswith("EVIDENCE_")
    other = await wire.act("confirmUpload", SEEN, wei, id=ticket["evidence"]["id"])
    assert other["errors"][0]["code"] == "NOT_FOUND", "confirming is for who announced it"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"sha256": "z" * 64}, "sha256"),
        ({"sha256": ""}, "sha256"),
        ({"size": 0}, None),
        ({"size": 2_000_000_000}, None),
        ({"mediaType": "text/html"}, None),
        ({"mediaType": "image/svg+xml"}, None),
    ],
)
async def test_what_makes_no_sense_is_refused_at_the_announcement(
    wire: Wire, lin: str, changes: dict[str, Any], path: str | None
) -> None:
    given: dict[str, Any] = {
        "id": str(new_id()),
        "name": "x.jpg",
        "mediaType": "image/jpeg",
        "size": 10,
        "sha256": "0" * 64,
    }

    said = await wire.act("requestUpload", TICKET, lin, **given | changes)

    assert said["result"] is None
    assert said["errors"][0]["code"]
    assert path is None or said["errors"][0]["path"] == path


CASE = "{ evidence { id status refusal } missingEvidence { id name status } }"


async def evidence_of(wire: Wire, token: str, hazard: str) -> dict[str, Any]:
    """What a case has, and what it still waits for."""
    query = f"query($i: UUID!) {{ hazard(id: $i) {CASE} }}"
    found: dict[str, Any] = await wire.data(query, token, i=hazard)
    return found


async def test_the_photo_may_come_before_the_report_or_after_it(wire: Wire, lin: str, wei: str) -> None:
    """A phone announces its photos, and then both orders end alike; until the photo is there, who decides sees that it is not."""
    for photo_first in (True, False):
        content, hazard = a_photo(), str(new_id())
        ticket = await announced(wire, lin, content)
        evidence = ticket["evidence"]["id"]
        if photo_first:
            assert await sent(ticket, content) == 204
            await wire.done("confirmUpload", SEEN, lin, id=evidence)
        await wire.done("reportHazard", "{ id }", lin, id=hazard, description="护栏缺失", evidence=[evidence])
        if not photo_first:
            waiting = await evidence_of(wire, wei, hazard)
            assert waiting["missingEvidence"] == [{"id": evidence, "name": "现场.jpg", "status": "REQUESTED"}]
            assert await sent(ticket, content) == 204
            await wire.done("confirmUpload", SEEN, lin, id=evidence)

        said = await evidence_of(wire, wei, hazard)
        assert said["missingEvidence"] == []
        assert [one["id"] for one in said["evidence"]] == [evidence]
        assert said["evidence"][0]["status"] in ("STORED", "DURABLE")


async def test_report_and_photo_at_the_same_moment_end_alike(wire: Wire, lin: str, wei: str) -> None:
    for _ in range(3):
        content, hazard = a_photo(), str(new_id())
        ticket = await announced(wire, lin, content)
        evidence = ticket["evidence"]["id"]
        assert await sent(ticket, content) == 204

        await asyncio.gather(
            wire.done("reportHazard", "{ id }", lin, id=hazard, description="护栏缺失", evidence=[evidence]),
            wire.done("confirmUpload", SEEN, lin, id=evidence),
        )

        said = await evidence_of(wire, wei, hazard)
        assert said["missingEvidence"] == []
        assert [one["id"] for one in said["evidence"]] == [evidence]


async def test_a_refused_photo_says_why_each_time_and_does_not_hold_the_report_up(
    wire: Wire, lin: str, wei: str
) -> None:
    broken, hazard = b"\xff\xd8\xff" + b"x" * 5_000, str(new_id())
    ticket = await announced(wire, lin, broken)
    evidence = ticket["evidence"]["id"]
    await wire.done("reportHazard", "{ id }", lin, id=hazard, description="护栏缺失", evidence=[evidence])
    assert await sent(ticket, broken) == 204

    first = await wire.act("confirmUpload", "{ status refusal }", lin, id=evidence)
    again = await wire.act("confirmUpload", "{ status refusal }", lin, id=evidence)

    code = first["errors"][0]["code"]
    assert code.startswith("EVIDENCE_")
    assert again == {"result": {"status": "REFUSED", "refusal": code}, "errors": []}
    asked = await announced(wire, lin, broken, id=evidence)
    assert (asked["url"], asked["evidence"]["status"]) == (None, "REFUSED")
    said = await evidence_of(wire, wei, hazard)
    assert said == {
        "evidence": [{"id": evidence, "status": "REFUSED", "refusal": code}],
        "missingEvidence": [],
    }


async def test_a_report_that_names_a_refused_photo_can_be_sent_without_it_under_its_own_id(
    wire: Wire, lin: str
) -> None:
    broken, hazard = b"\xff\xd8\xff" + b"y" * 5_000, str(new_id())
    ticket = await announced(wire, lin, broken)
    evidence = ticket["evidence"]["id"]
    await sent(ticket, broken)
    await wire.act("confirmUpload", "{ status }", lin, id=evidence)
    given = {"id": hazard, "description": "护栏缺失"}

    refused = await wire.act("reportHazard", "{ id }", lin, **given, evidence=[evidence])
    taken = await wire.done("reportHazard", "{ id }", lin, **given)

    assert [(one["code"], one["path"]) for one in refused["errors"]] == [("EVIDENCE_REFUSED", "evidence")]
    assert taken == {"id": hazard}
