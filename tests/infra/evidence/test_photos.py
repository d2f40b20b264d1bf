"""Real phone photos: their facts are read, and the pictures made of them are clean and upright."""

import io
import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from anhuan_infra.evidence import sniff
from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.inspector import Inspector
from tests.support import pictures


@pytest.fixture(scope="session")
def expected(data: Path) -> dict[str, Any]:
    """Facts of the real photos, by a reader that is not ours."""
    return json.loads((data / "exif_photos" / "expected.json").read_text())  # type: ignore[no-any-return]


async def test_the_facts_of_real_photos_are_read(
    inspector: Inspector, data: Path, expected: dict[str, Any]
) -> None:
    assert len(expected) >= 15

    for name, facts in expected.items():
        verdict = await inspector.inspect(data / "exif_photos" / name, "image/jpeg")

        capture = verdict.capture
        assert verdict.kind is sniff.JPEG
        assert [verdict.width, verdict.height] == facts["size"], name
        assert (capture.make or "", capture.model or "") == (facts["make"], facts["model"]), name
        taken = capture.local.strftime("%Y:%m:%d %H:%M:%S") if capture.local else ""
        assert taken == facts["datetime_original"], name
        if "lat" in facts:
            assert capture.latitude == pytest.approx(facts["lat"], abs=1e-5)
            assert capture.longitude == pytest.approx(facts["lon"], abs=1e-5)
        else:
            assert (capture.latitude, capture.longitude) == (None, None)


async def test_a_picture_is_shown_upright_whichever_way_the_phone_was_held(
    inspector: Inspector, data: Path
) -> None:
    turned = [
        await inspector.inspect(data / "exif_photos" / f"jpg__orientation__landscape_{way}.jpg")
        for way in range(1, 9)
    ]

    # The eight files show one scene: upright, and only upright, their fingerprints as stored agree.
    prints = [verdict.likeness.phash for verdict in turned if verdict.likeness]
    assert len(prints) == 8
    assert max((one ^ other).bit_count() for one, other in pairwise(prints)) <= 4
    for verdict in turned:
        assert _open(verdict.view).size == (600, 450)
        assert _open(verdict.thumbnail).size == (360, 270)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
async def test_time_and_place_are_kept_apart_and_never_served(
    inspector: Inspector, tmp_path: Path, form: str
) -> None:
    photo = tmp_path / "photo"
    taken = datetime(2026, 3, 5, 8, 30, 15)  # noqa: DTZ001
    photo.write_bytes(pictures.a_photo(3, taken=taken, place=(31.2304, -121.4737), form=form, orientation=6))

    verdict = await inspector.inspect(photo)

    assert verdict.capture.taken_at(UTC) == datetime(2026, 3, 5, 0, 30, 15, tzinfo=UTC)
    assert verdict.capture.latitude == pytest.approx(31.2304, abs=1e-5)
    assert verdict.capture.longitude == pytest.approx(-121.4737, abs=1e-5)
    assert verdict.capture.make == "Anhuan"
    for served in (verdict.view, verdict.thumbnail):
        picture = _open(served)
        assert picture.size[1] > picture.size[0], "held upright, so it must be shown upright"
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(picture.info)
        assert b"Drawn" not in (served or b"")


async def test_a_large_photo_is_served_small(inspector: Inspector, data: Path) -> None:
    verdict = await inspector.inspect(data / "exif_photos" / "jpg__mobile__jolla.jpg")

    assert (verdict.width, verdict.height) == (3264, 2448)
    assert _open(verdict.view).size == (2048, 1536)
    assert _open(verdict.thumbnail).size == (360, 270)
    assert len(verdict.view or b"") < verdict.size


async def test_new_metadata_around_the_same_pixels_is_the_same_picture(
    inspector: Inspector, tmp_path: Path
) -> None:
    scene = pictures.a_scene(4)
    for name, moment in (("one", 2020), ("two", 2026)):
        picture = pictures.encoded(scene, "PNG", exif=_dated(moment))
        (tmp_path / name).write_bytes(picture)

    one, two = [await inspector.inspect(tmp_path / name) for name in ("one", "two")]

    assert one.sha256 != two.sha256
    assert one.pixel_digest == two.pixel_digest
    assert (one.capture.local, two.capture.local) == (datetime(2020, 1, 1), datetime(2026, 1, 1))  # noqa: DTZ001


async def test_transparency_becomes_white_and_sixteen_bits_stay_grey(
    inspector: Inspector, tmp_path: Path
) -> None:
    (tmp_path / "clear.png").write_bytes(pictures.encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG"))
    grey = Image.new("I", (40, 40), 32768).convert("I;16")
    (tmp_path / "grey.png").write_bytes(pictures.encoded(grey, "PNG"))

    clear = await inspector.inspect(tmp_path / "clear.png")
    deep = await inspector.inspect(tmp_path / "grey.png")

    assert _open(clear.view).getpixel((20, 20)) == (255, 255, 255)
    assert _open(deep.view).getpixel((20, 20)) == pytest.approx((128, 128, 128), abs=2)
    assert clear.likeness is None, "an even picture is like every other even picture"


def test_a_camera_without_a_zone_is_understood_by_the_tenants_zone_or_by_its_position_fix() -> None:
    noon = datetime(2026, 5, 1, 12, 0, 3)  # noqa: DTZ001
    shanghai = ZoneInfo("Asia/Shanghai")
    fix = datetime(2026, 5, 1, 5, 0, 0, tzinfo=UTC)

    assert Capture(noon).taken_at(shanghai) == datetime(2026, 5, 1, 4, 0, 3, tzinfo=UTC)
    assert Capture(noon, gps_at=fix).taken_at(shanghai) == datetime(2026, 5, 1, 5, 0, 3, tzinfo=UTC)
    stale = fix.replace(minute=7)
    assert Capture(noon, gps_at=stale).taken_at(shanghai) == datetime(2026, 5, 1, 4, 0, 3, tzinfo=UTC)
    assert Capture().taken_at(shanghai) is None


def _open(served: bytes | None) -> Image.Image:
    picture = Image.open(io.BytesIO(served or b""))
    assert picture.format == "JPEG"
    return picture


def _dated(year: int) -> bytes:
    block = Image.Exif()
    block[0x8769] = {0x9003: f"{year}:01:01 00:00:00"}
    return block.tobytes()
