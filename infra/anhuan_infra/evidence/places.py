"""Places on the Earth, and the shifted coordinates that maps of mainland China show instead of the true ones.

Phones write WGS-84 into photos; Chinese map services (Amap, Tencent) give and take GCJ-02, which lies 100 to 700
metres away. A distance between the two means nothing, so every place says which of them it is in.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

_EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""
_AXIS = 6_378_245.0
"""Semi-major axis of the Krasovsky 1940 ellipsoid, on which GCJ-02 is defined."""
_FLATNESS = 0.00669342162296594323


class Datum(StrEnum):
    """Which coordinates the numbers are."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"


@dataclass(frozen=True)
class Place:
    """A point in degrees; north and east are positive."""

    latitude: float
    longitude: float
    datum: Datum = Datum.WGS84

    def as_wgs84(self) -> "Place":
        """The true position; within a metre when it comes from GCJ-02."""
        if self.datum is Datum.WGS84:
            return self
        guess = Place(self.latitude, self.longitude)
        for _ in range(4):
            shown = guess.as_gcj02()
            guess = Place(
                guess.latitude + self.latitude - shown.latitude,
                guess.longitude + self.longitude - shown.longitude,
            )
        return guess

    def as_gcj02(self) -> "Place":
        """The position as Chinese maps show it; outside China they show the true one."""
        if self.datum is Datum.GCJ02:
            return self
        if not (0.8293 <= self.latitude <= 55.8271 and 72.004 <= self.longitude <= 137.8347):
            return Place(self.latitude, self.longitude, Datum.GCJ02)
        north, east = _shift(self.longitude - 105.0, self.latitude - 35.0)
        radians = math.radians(self.latitude)
        bulge = 1 - _FLATNESS * math.sin(radians) ** 2
        per_degree_north = _AXIS * (1 - _FLATNESS) / bulge**1.5 * math.pi / 180
        per_degree_east = _AXIS / math.sqrt(bulge) * math.cos(radians) * math.pi / 180
        return Place(
            self.latitude + north / per_degree_north, self.longitude + east / per_degree_east, Datum.GCJ02
        )


def metres_between(one: Place, other: Place) -> float:
    """Distance along the surface, of the true positions of both."""
    one, other = one.as_wgs84(), other.as_wgs84()
    north = math.radians(other.latitude - one.latitude)
    east = math.radians(other.longitude - one.longitude)
    cosines = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    chord = math.sin(north / 2) ** 2 + cosines * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(math.sqrt(min(1.0, chord)))


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres north and east that GCJ-02 adds at x degrees east of 105° and y degrees north of 35°."""
    root = math.sqrt(abs(x))
    swing = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + swing
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + swing
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    return north, east
