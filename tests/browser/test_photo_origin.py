"""When and where a photo was taken outlives the phone's own re-encoding; what else a camera says of itself does not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import Field
from tests.browser.house import Open
from tests.support.pictures import a_photo
from tests.support.plant import Plant


async def test_a_photo_keeps_its_moment_and_its_place_alone(
    opened: Open, plant: Plant, tmp_path: Path
) -> None:
    moment = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=20)
    # A phone that is set to Tokyo: only its own word tells the hour.
    local = (moment + timedelta(hours=9)).replace(tzinfo=None)
    photo = tmp_path / "told.jpg"
    photo.write_bytes(a_photo(6, taken=local, offset="+09:00", place=(31.2304, 121.4737), orientation=6))

    taken, facts, flags = await _origin(opened, plant, photo)

    assert taken == moment
    assert facts == {
        "local": local.isoformat(),
        "offset_seconds": 9 * 3600,
        "latitude": 31.2304,
        "longitude": 121.4737,
    }
    assert flags == []


async def test_a_photo_that_says_nothing_is_not_given_a_moment(
    opened: Open, plant: Plant, tmp_path: Path
) -> None:
    photo = tmp_path / "silent.jpg"
    photo.write_bytes(a_photo(7))

    taken, facts, flags = await _origin(opened, plant, photo)

    assert taken is None
    assert facts == {}
    assert flags == ["CAPTURE_TIME_UNKNOWN"]


async def _origin(
    opened: Open, plant: Plant, photo: Path
) -> tuple[datetime | None, dict[str, object], list[str]]:
    account = await a_worker(plant)
    field = Field(await (await opened(account)).open("/app/"))
    await field.snap(photo)
    await field.photos_are(1)
    await field.submit("现场环境")
    await field.says("照片已归档")
    [sent] = await ledger.photos_of(plant, account)
    return await ledger.origin_of(plant, sent)
