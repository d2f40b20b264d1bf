"""Flags state what is odd, in both languages, and stay silent about what is ordinary."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from anhuan_infra.evidence import flags
from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.flags import Flag, FlagCode, Leeway, Print
from anhuan_infra.evidence.likeness import Likeness, likeness_of
from anhuan_infra.evidence.places import Datum, Place
from anhuan_infra.ids import new_id
from tests.support import pictures

SHANGHAI = ZoneInfo("Asia/Shanghai")
HANDED_IN = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""
GATE = Place(31.2304, 121.4737)


def a_print(seed: int, sha256: str = "", pixels: str | None = None) -> tuple[Print, Likeness]:
    """A photo as it would be stored; another seed is another scene."""
    likeness = likeness_of(pictures.a_scene(seed))
    assert likeness is not None
    own = new_id()
    return Print(own, sha256 or own.hex, pixels or own.hex, likeness.phash, likeness.dhash), likeness


def test_the_same_bytes_are_named_with_where_they_were_seen() -> None:
    earlier, _ = a_print(1, sha256="aa")
    photo, likeness = a_print(1, sha256="aa")

    found = flags.compare_with_earlier(photo, likeness, [earlier])

    assert found == [Flag(FlagCode.USED_BEFORE, {"other": str(earlier.id), "by": "bytes"})]


def test_the_same_pixels_in_another_file_are_the_same_photo() -> None:
    earlier, _ = a_print(1, pixels="bb")
    photo, likeness = a_print(2, pixels="bb")

    assert flags.compare_with_earlier(photo, likeness, [earlier])[0].facts["by"] == "pixels"


def test_a_lookalike_is_said_to_look_alike_and_no_more() -> None:
    earlier, _ = a_print(1)
    photo, likeness = a_print(1)

    (found,) = flags.compare_with_earlier(photo, likeness, [earlier])

    assert found.code is FlagCode.LOOKS_USED_BEFORE
    assert found.facts["phash_bits"] == 0


def test_other_photos_and_the_photo_itself_raise_nothing() -> None:
    photo, likeness = a_print(1)
    others = [a_print(seed)[0] for seed in range(2, 10)]

    assert flags.compare_with_earlier(photo, likeness, [photo, *others]) == []


def test_after_that_is_before_has_a_name_of_its_own() -> None:
    before, _ = a_print(1, sha256="aa")
    same, likeness = a_print(1, sha256="aa")
    alike, other_likeness = a_print(1)

    assert flags.compare_with_before(same, likeness, [before])[0].code is FlagCode.AFTER_IS_BEFORE
    found = flags.compare_with_before(alike, other_likeness, [before])
    assert found[0].code is FlagCode.AFTER_LOOKS_LIKE_BEFORE


@pytest.mark.parametrize(
    ("local", "code", "hours"),
    [
        (datetime(2026, 6, 1, 11, 59), None, None),  # noqa: DTZ001
        (datetime(2026, 5, 31, 12, 0), None, None),  # noqa: DTZ001
        (datetime(2026, 5, 31, 11, 59, 59), FlagCode.CAPTURED_LONG_BEFORE, 24.0),  # noqa: DTZ001
        (datetime(2026, 5, 1, 12, 0), FlagCode.CAPTURED_LONG_BEFORE, 744.0),  # noqa: DTZ001
        (datetime(2026, 6, 1, 12, 10), None, None),  # noqa: DTZ001
        (datetime(2026, 6, 1, 13, 0), FlagCode.CAPTURED_IN_FUTURE, 1.0),  # noqa: DTZ001
    ],
)
def test_the_moment_is_compared_in_the_tenants_zone(
    local: datetime, code: FlagCode | None, hours: float | None
) -> None:
    found = flags.check_moment(Capture(local), HANDED_IN, SHANGHAI, Leeway())

    assert [flag.code for flag in found] == ([code] if code else [])
    assert [flag.facts["hours"] for flag in found] == ([hours] if hours else [])


def test_the_cameras_own_offset_outranks_the_tenants_zone() -> None:
    local = datetime(2026, 6, 1, 4, 0)  # noqa: DTZ001

    assert flags.check_moment(Capture(local, offset_seconds=0), HANDED_IN, SHANGHAI, Leeway()) == []
    strict = Leeway(age=timedelta(hours=1))
    assert flags.check_moment(Capture(local), HANDED_IN, SHANGHAI, strict)[0].facts["hours"] == 8.0


def test_no_moment_at_all_is_said() -> None:
    (flag,) = flags.check_moment(Capture(), HANDED_IN, SHANGHAI, Leeway())

    assert flag.code is FlagCode.CAPTURE_TIME_UNKNOWN


def test_a_photo_from_elsewhere_tells_how_far() -> None:
    away = Capture(latitude=31.2404, longitude=121.4737)

    (flag,) = flags.check_place(away, GATE, Leeway())

    assert flag.facts == {"metres": 1112, "radius": 300}
    assert flag.message("en") == "Taken 1112 m from the place (allowed: 300 m)."
    assert flag.message("zh-CN") == "拍摄地点距该位置 1112 米（允许 300 米）。"


def test_near_unsure_or_silent_photos_raise_nothing() -> None:
    near = Capture(latitude=31.2305, longitude=121.4739)
    unsure = Capture(latitude=31.2404, longitude=121.4737, accuracy=900)

    for capture in (near, unsure, Capture()):
        assert flags.check_place(capture, GATE, Leeway()) == []


def test_a_place_picked_on_a_chinese_map_is_compared_with_its_true_position() -> None:
    photo = Capture(latitude=GATE.latitude, longitude=GATE.longitude)
    on_the_map = GATE.as_gcj02()

    assert flags.check_place(photo, on_the_map, Leeway(radius=20)) == []
    mistaken = Place(on_the_map.latitude, on_the_map.longitude, Datum.WGS84)
    assert flags.check_place(photo, mistaken, Leeway(radius=20))[0].code is FlagCode.CAPTURED_FAR_AWAY


def test_every_flag_has_a_sentence_in_both_languages() -> None:
    facts: dict[str, str | int | float] = {"metres": 1, "radius": 2, "hours": 3.5}
    for code in FlagCode:
        english, chinese = (Flag(code, facts).message(language) for language in ("en-US", "zh-CN"))

        assert english.isascii()
        assert not chinese.isascii()
        assert "{" not in english + chinese
