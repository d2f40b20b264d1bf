"""Photos for a demonstration without a camera: drawn scenes of a workshop, as files that a phone could have written."""

import io
import random
from datetime import datetime

from PIL import ExifTags, Image, ImageDraw, ImageFilter

_WALLS = ((92, 104, 112), (120, 116, 104), (74, 88, 84), (134, 128, 122), (98, 92, 108))
_METAL = ((176, 68, 40), (44, 92, 140), (200, 168, 60), (58, 120, 72), (170, 174, 178), (60, 62, 68))


def photo(
    seed: str,
    taken: datetime,
    place: tuple[float, float] | None = None,
    size: tuple[int, int] = (800, 600),
) -> bytes:
    """A JPEG with capture time (of the zone that `taken` has) and, if given, degrees north and east; other seed, other scene."""
    block = Image.Exif()
    block[ExifTags.Base.Make] = "Anhuan"
    block[ExifTags.Base.Model] = "Drawn for the demo"
    offset = taken.strftime("%z")
    block[ExifTags.IFD.Exif] = {
        ExifTags.Base.DateTimeOriginal: taken.strftime("%Y:%m:%d %H:%M:%S"),
        ExifTags.Base.OffsetTimeOriginal: f"{offset[:3]}:{offset[3:]}",
    }
    if place is not None:
        north, east = place
        block[ExifTags.IFD.GPSInfo] = {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: _sexagesimal(north),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: _sexagesimal(east),
        }
    out = io.BytesIO()
    _scene(seed, size).save(out, "JPEG", quality=80, exif=block.tobytes())
    return out.getvalue()


def _scene(seed: str, size: tuple[int, int]) -> Image.Image:
    """A wall, a floor, and machines of several sizes with wheels and warning stripes."""
    dice = random.Random(seed)  # noqa: S311 - a drawing, no secret
    wide, high = size
    scene = Image.new("RGB", size, dice.choice(_WALLS))
    draw = ImageDraw.Draw(scene)
    horizon = high * dice.randrange(45, 70) // 100
    draw.rectangle((0, horizon, wide, high), fill=_near(dice, (70, 70, 72)))
    # Light and shade in large: two drawings must not look like one photo taken twice.
    for _ in range(3):
        x, y, shade = dice.randrange(wide), dice.randrange(high), dice.choice((15, 60, 190, 240))
        draw.ellipse(_around(x, y, dice.randrange(wide // 6, wide // 3)), fill=_near(dice, (shade,) * 3))
    for _ in range(dice.randrange(4, 8)):
        x = dice.randrange(-wide // 8, wide)
        broad, tall = dice.randrange(wide // 10, wide // 2), dice.randrange(high // 6, high * 2 // 3)
        top = horizon + dice.randrange(0, high // 4) - tall
        draw.rectangle((x, top, x + broad, top + tall), fill=_near(dice, dice.choice(_METAL)))
        radius = dice.randrange(12, max(14, broad // 3))
        middle = (x + dice.randrange(broad), top + dice.randrange(tall))
        draw.ellipse(_around(*middle, radius), fill=_near(dice, dice.choice(_METAL)))
        if dice.random() < 0.5:
            _stripes(draw, x, top + tall, broad)
    for _ in range(dice.randrange(2, 5)):
        height = dice.randrange(horizon)
        draw.line(
            (0, height, wide, height + dice.randrange(-80, 80)), fill=_near(dice, (180, 180, 176)), width=7
        )
    return scene.filter(ImageFilter.GaussianBlur(1))


def _stripes(draw: ImageDraw.ImageDraw, left: int, bottom: int, broad: int) -> None:
    for number, x in enumerate(range(left, left + broad, 16)):
        draw.rectangle((x, bottom - 14, x + 16, bottom), fill=(230, 190, 20) if number % 2 else (20, 20, 20))


def _around(x: int, y: int, radius: int) -> tuple[int, int, int, int]:
    return x - radius, y - radius, x + radius, y + radius


def _near(dice: random.Random, colour: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(min(255, max(0, part + dice.randrange(-30, 30))) for part in colour)


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(degrees, 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 4)
