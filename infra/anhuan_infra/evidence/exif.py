"""What a camera wrote about the moment and the place: hints that are easily forged, so never proof."""

import contextlib
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from PIL import ExifTags, Image

_QUARTER = 15 * 60
_LONGEST_TEXT = 64


@dataclass(frozen=True)
class Capture:
    """When, where and with what a picture says it was taken; everything may be absent."""

    local: datetime | None = None
    """The camera's wall clock, without a zone: what EXIF truly holds."""
    offset_seconds: int | None = None
    """How far the camera's clock stood from UTC, where the file says so."""
    gps_at: datetime | None = None
    """The time of the position fix, in UTC; it may be older than the picture."""
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    """Metres, where the device gave its own estimate."""
    datum: str | None = None
    make: str | None = None
    model: str | None = None

    def taken_at(self, zone: tzinfo) -> datetime | None:
        """The moment in UTC; `zone` is used only where the file names no offset and its position fix gives none."""
        if self.local is None:
            return None
        if self.offset_seconds is not None:
            zone = timezone(timedelta(seconds=self.offset_seconds))
        elif (offset := self._offset_by_fix()) is not None:
            zone = timezone(offset)
        return self.local.replace(tzinfo=zone).astimezone(UTC)

    def _offset_by_fix(self) -> timedelta | None:
        """Zones stand at whole quarters of an hour, so a fresh fix tells which one the camera kept."""
        if self.local is None or self.gps_at is None:
            return None
        apart = (self.local.replace(tzinfo=UTC) - self.gps_at).total_seconds()
        offset = round(apart / _QUARTER) * _QUARTER
        if abs(apart - offset) > 120 or not -12 * 3600 <= offset <= 14 * 3600:
            return None
        return timedelta(seconds=offset)


def read(exif: Image.Exif) -> Capture:
    """Whatever can be understood; a damaged or absurd value counts as absent and never refuses the picture."""
    own = _ifd(exif, ExifTags.IFD.Exif)
    gps = _ifd(exif, ExifTags.IFD.GPSInfo)
    local = _wall_clock(_text(own.get(ExifTags.Base.DateTimeOriginal)))
    offset = _offset(_text(own.get(ExifTags.Base.OffsetTimeOriginal)))
    if local is None:
        local = _wall_clock(_text(own.get(ExifTags.Base.DateTimeDigitized)))
        offset = _offset(_text(own.get(ExifTags.Base.OffsetTimeDigitized)))
    latitude = _angle(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "N", "S", 90)
    longitude = _angle(
        gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "E", "W", 180
    )
    # A half position, or the point off Africa that an empty field decodes to, is no position.
    known = latitude is not None and longitude is not None and (latitude, longitude) != (0, 0)
    return Capture(
        local=local,
        offset_seconds=offset,
        gps_at=_fix_time(gps),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        accuracy=_number(gps.get(ExifTags.GPS.GPSHPositioningError)) if known else None,
        datum=_text(gps.get(ExifTags.GPS.GPSMapDatum)),
        make=_text(exif.get(ExifTags.Base.Make)),
        model=_text(exif.get(ExifTags.Base.Model)),
    )


def orientation_of(exif: Image.Exif) -> int:
    """How the picture must be turned to stand upright (1-8); 1, as it is, where the file says nothing sensible."""
    value = exif.get(ExifTags.Base.Orientation)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _ifd(exif: Image.Exif, which: int) -> dict[int, Any]:
    # Pillow's parser of a hostile block may raise nearly anything; the picture itself is still good.
    with contextlib.suppress(Exception):
        return dict(exif.get_ifd(which))
    return {}


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    # A NUL or a lone surrogate would be refused by the database much later, far from its cause.
    text = "".join(letter for letter in value if letter.isprintable()).strip()
    return text[:_LONGEST_TEXT].strip() or None


def _wall_clock(text: str | None) -> datetime | None:
    with contextlib.suppress(ValueError):
        moment = datetime.strptime((text or "")[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the camera names no zone
        return moment if moment.year >= 1990 else None
    return None


def _offset(text: str | None) -> int | None:
    if text == "Z":
        return 0
    with contextlib.suppress(ValueError):
        offset = datetime.strptime(text or "", "%z").utcoffset()
        if offset is not None and abs(offset) <= timedelta(hours=14):
            return int(offset.total_seconds())
    return None


def _fix_time(gps: dict[int, Any]) -> datetime | None:
    day, clock = _text(gps.get(ExifTags.GPS.GPSDateStamp)), gps.get(ExifTags.GPS.GPSTimeStamp)
    parts = _numbers(clock)
    if day is None or len(parts) != 3 or not all(0 <= part < 60 for part in parts):
        return None
    with contextlib.suppress(ValueError, OverflowError):
        midnight = datetime.strptime(day, "%Y:%m:%d").replace(tzinfo=UTC)
        return midnight + timedelta(hours=parts[0], minutes=parts[1], seconds=int(parts[2]))
    return None


def _angle(value: object, reference: object, plus: str, minus: str, limit: int) -> float | None:
    parts = _numbers(value)
    sign = {plus: 1, minus: -1}.get((_text(reference) or "").upper()[:1])
    if len(parts) != 3 or sign is None:
        return None
    degrees = parts[0] + parts[1] / 60 + parts[2] / 3600
    return round(sign * degrees, 7) if 0 <= degrees <= limit else None


def _numbers(value: object) -> list[float]:
    if not isinstance(value, tuple | list):
        return []
    numbers = [_number(part) for part in value[:8]]
    return [number for number in numbers if number is not None] if None not in numbers else []


def _number(value: Any) -> float | None:
    with contextlib.suppress(TypeError, ValueError, ArithmeticError):
        number = float(value)
        return number if math.isfinite(number) and number >= 0 else None
    return None
