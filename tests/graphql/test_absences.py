"""Who may read when somebody is away, and that only what lasts or is to come is said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from anhuan_infra.ids import new_id
from tests.support.people import Cast
from tests.support.wire import Wire

ABSENCES = "query($id: UUID!) { absences(person: $id) { id startsAt reason deputy { name } } }"


@pytest.fixture(scope="module")
async def away(wire: Wire, cast: Cast) -> dict[str, Any]:
    """A fitter who is away from tomorrow on, and was to be away once more until that was called off."""
    person = await cast.a.person("请假的维修工", "fitter", unit_no=cast.workshop)
    token = await wire.token_of(cast.a.id, person)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    ids = [str(new_id()), str(new_id())]
    for no, one in enumerate(ids):
        await wire.done(
            "startAbsence", "", token, id=one, deputyId=str(cast.wei.person_id), reason="年休假",
            startsAt=(tomorrow + timedelta(days=no)).isoformat(), endsAt=(tomorrow + timedelta(days=9)).isoformat(),
        )  # fmt: skip
    await wire.done("endAbsence", "", token, id=ids[1])
    return {"person": str(person), "token": token, "id": ids[0]}


async def test_oneself_and_who_answers_for_the_duties_read_it(
    wire: Wire, wei: str, away: dict[str, Any]
) -> None:
    for token in (away["token"], wei):
        said = await wire.data(ABSENCES, token, id=away["person"])
        assert [(one["id"], one["reason"]) for one in said] == [(away["id"], "年休假")]
    assert (await wire.data(ABSENCES, wei, id=away["person"]))[0]["deputy"] is not None


async def test_nobody_else_does(wire: Wire, lin: str, away: dict[str, Any]) -> None:
    said = await wire.ask(ABSENCES, lin, id=away["person"])

    assert said["errors"][0]["extensions"]["code"] in ("FORBIDDEN", "NOT_FOUND")
