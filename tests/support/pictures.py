"""Pictures and files to send as evidence: drawn here, so that no test depends on anybody's photo."""

import io
import random
import struct
import zlib
from datetime import datetime

import pillow_heif
from PIL import ExifTags, Image, ImageDraw, ImageFilter

pillow_heif.register_heif_opener()


def a_scene(seed: int = 1, size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """Something like a workshop: walls, machines, pipes; another seed is clearly another place."""
    dice = random.Random(seed)
    drawn = (1200, 900)
    scene = Image.new("RGB", drawn, _colour(dice))
    draw = ImageDraw.Draw(scene)
    for _ in range(24):
        x, y = dice.randrange(drawn[0]), dice.randrange(drawn[1])
        wide, high = dice.randrange(40, drawn[0] // 2), dice.randrange(40, drawn[1] // 2)
        if dice.random() < 0.6:
            draw.rectangle((x, y, x + wide, y + high), fill=_colour(dice))
        else:
            draw.ellipse((x, y, x + wide, y + high), fill=_colour(dice))
    scene = scene.filter(ImageFilter.GaussianBlur(2))
    return scene if size == drawn else scene.resize(size)


def a_photo(
    seed: int = 1,
    *,
    size: tuple[int, int] = (1200, 900),
    taken: datetime | None = None,
    offset: str | None = "+08:00",
    place: tuple[float, float] | None = None,
    orientation: int | None = None,
    form: str = "JPEG",
    quality: int = 85,
) -> bytes:
    """A photo file as a phone writes it: `taken` is its wall clock, `place` degrees north and east."""
    block = Image.Exif()
    block[ExifTags.Base.Make] = "Anhuan"
    block[ExifTags.Base.Model] = "Drawn"
    if orientation is not None:
        block[ExifTags.Base.Orientation] = orientation
    if taken is not None:
        moment: dict[int, object] = {ExifTags.Base.DateTimeOriginal: taken.strftime("%Y:%m:%d %H:%M:%S")}
        if offset is not None:
            moment[ExifTags.Base.OffsetTimeOriginal] = offset
        block[ExifTags.IFD.Exif] = moment
    if place is not None:
        north, east = place
        block[ExifTags.IFD.GPSInfo] = {
            ExifTags.GPS.GPSLatitudeRef: "N" if north >= 0 else "S",
            ExifTags.GPS.GPSLatitude: _sexagesimal(abs(north)),
            ExifTags.GPS.GPSLongitudeRef: "E" if east >= 0 else "W",
            ExifTags.GPS.GPSLongitude: _sexagesimal(abs(east)),
        }
    return encoded(a_scene(seed, size), form, exif=block.tobytes(), quality=quality)


def encoded(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """The picture as a file of this Pillow format."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def a_png_bomb(side: int = 30_000) -> bytes:
    """A hundred kilobytes that unfold to side x side pixels, all of them white."""
    row = b"\x00" + b"\xff" * ((side + 7) // 8)
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(row * 100) for _ in range(side // 100)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def a_gif(frames: int) -> bytes:
    """An animation; its first frame is red, the others are blue."""
    red, blue = (Image.new("P", (64, 64), colour) for colour in (1, 2))
    for frame in (red, blue):
        frame.putpalette([0, 0, 0, 255, 0, 0, 0, 0, 255])
        frame.putpixel((0, 0), 0)
    others = [blue.copy() for _ in range(frames - 1)]
    for number, frame in enumerate(others):
        frame.putpixel((number % 64, number // 64 % 64), 0)
    return encoded(red, "GIF", save_all=True, append_images=others, duration=20)


def a_pdf() -> bytes:
    """The smallest PDF that readers open: one empty page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    out, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    index = len(out)
    out += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % index


def a_film(brand: bytes = b"isom", *, seconds: int = 7, made: int = 3_860_000_000) -> bytes:
    """The outline of a video: type, one movie header, some bytes of media; `made` counts seconds since 1904."""
    header = struct.pack(">IIIII", 0, made, made, 1000, seconds * 1000) + bytes(80)
    return (
        _box(b"ftyp", brand + bytes(4) + brand)
        + _box(b"moov", _box(b"mvhd", header))
        + _box(b"mdat", bytes(64))
    )


def _colour(dice: random.Random) -> tuple[int, int, int]:
    return dice.randrange(256), dice.randrange(256), dice.randrange(256)


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(degrees, 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 4)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + name + data
