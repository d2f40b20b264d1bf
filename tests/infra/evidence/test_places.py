"""Distances and the shifted Chinese coordinates, against published figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anhuan_infra.evidence.places import Datum, Place, metres_between

CHINA = st.builds(Place, st.floats(19, 52), st.floats(75, 133))


@pytest.mark.parametrize(
    ("one", "other", "metres"),
    [
        (Place(0, 0), Place(0, 1), 111_195),
        (Place(0, 0), Place(90, 0), 10_007_557),
        (Place(31.0, 179.9995), Place(31.0, -179.9995), 95.3),
        (Place(39.9042, 116.4074), Place(31.2304, 121.4737), 1_067_300),
    ],
)
def test_distances_are_those_of_the_sphere(one: Place, other: Place, metres: float) -> None:
    assert metres_between(one, other) == pytest.approx(metres, rel=1e-3)
    assert metres_between(other, one) == pytest.approx(metres, rel=1e-3)


def test_tiananmen_is_shown_where_chinese_maps_show_it() -> None:
    """True position 39.907333 N 116.391083 E; Chinese maps show 39.908736 N 116.397327 E."""
    shown = Place(39.907333, 116.391083).as_gcj02()

    assert shown.latitude == pytest.approx(39.908736, abs=2e-5)
    assert shown.longitude == pytest.approx(116.397327, abs=2e-5)


@given(CHINA)
def test_there_and_back_is_the_same_place(place: Place) -> None:
    back = place.as_gcj02().as_wgs84()

    assert metres_between(place, back) < 0.5
    assert metres_between(place, place.as_gcj02()) < 0.5, "one place, in two ways of writing it"


@given(CHINA)
def test_in_china_maps_lie_by_some_hundred_metres(place: Place) -> None:
    shown = place.as_gcj02()

    assert 50 < metres_between(place, Place(shown.latitude, shown.longitude)) < 1_500


def test_elsewhere_maps_tell_the_truth() -> None:
    florence = Place(43.467448, 11.885127)

    assert florence.as_gcj02() == Place(43.467448, 11.885127, Datum.GCJ02)
