"""Opening one photo: its facts, its fingerprints, and the two clean pictures that people get to see.

Only ever called inside the cell (`cell.py`): the decoders below are the part that a hostile file attacks.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import IO

import pillow_heif
from PIL import (
    AvifImagePlugin,
    ExifTags,
    Image,
    ImageCms,
    ImageFile,
    MpoImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from anhuan_infra.evidence import exif, sniff
from anhuan_infra.evidence.errors import EvidenceTooManyPixels
from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.likeness import Likeness, likeness_of

# Imported though Pillow would find them by itself: the cell may open no file once it holds the photo.
PLUGINS = (AvifImagePlugin, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)

_FORMATS = {
    sniff.JPEG: "JPEG",
    sniff.PNG: "PNG",
    sniff.WEBP: "WEBP",
    sniff.HEIC: "HEIF",
    sniff.AVIF: "AVIF",
    sniff.GIF: "GIF",
}
_MOVING = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
_SRGB = ImageCms.createProfile("sRGB")
_STRIP = 256

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Limits:
    """What one file may cost; the picture limits hold before decoding, the others are the kernel's to enforce."""

    pixels: int = 60_000_000
    side: int = 16_384
    memory: int = 640 * 1024 * 1024
    """Bytes of address space for the process that opens the file."""
    cpu_seconds: int = 5
    wall_seconds: float = 5.0
    view_side: int = 2048
    thumbnail_side: int = 360


@dataclass(frozen=True)
class Photo:
    """A photo once opened. Sizes are those of the stored file, before it is turned upright."""

    width: int
    height: int
    moving: bool
    """The file holds several pictures; only the first was looked at and is shown."""
    capture: Capture
    pixel_digest: str
    """SHA-256 of the decoded pixels: equal for the same photo in another file with other metadata."""
    likeness: Likeness | None
    view: bytes
    thumbnail: bytes


def prepare() -> None:
    """Load every decoder, single-threaded and without extras, so that the cell needs neither files nor threads."""
    Image.preinit()
    pillow_heif.register_heif_opener(decode_threads=1, thumbnails=False, depth_images=False, aux_images=False)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    # Our own limit is checked first and says so in the user's language; Pillow's would warn or raise before it.
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    _rehearse()


def _rehearse() -> None:
    """Develop one small picture: whatever libraries load only when first used is in memory afterwards."""
    block = Image.Exif()
    block[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal: "2020:01:01 00:00:00"}
    block[ExifTags.Base.Orientation] = 6
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(_SRGB).tobytes()
    Image.linear_gradient("L").convert("RGB").save(out, "JPEG", exif=block, icc_profile=profile)
    develop(out, sniff.JPEG, Limits())


def develop(file: IO[bytes], kind: sniff.Kind, limits: Limits) -> Photo:
    """Open the photo; raises a refusal, or whatever the decoder raised, which means that the file is broken."""
    with Image.open(file, formats=(_FORMATS[kind],)) as picture:
        width, height = picture.size
        if width * height > limits.pixels or max(width, height) > limits.side:
            raise EvidenceTooManyPixels(width=width, height=height, pixels=limits.pixels, side=limits.side)
        picture.load()
        block = picture.getexif()
        capture, orientation = exif.read(block), exif.orientation_of(block)
        moving = picture.format in _MOVING and bool(getattr(picture, "is_animated", False))
        digest = _pixel_digest(picture)
        view = _for_eyes(picture, limits.view_side)
    if orientation in _UPRIGHT:
        view = view.transpose(_UPRIGHT[orientation])
    small = view.copy()
    small.thumbnail((limits.thumbnail_side, limits.thumbnail_side), Image.Resampling.LANCZOS)
    return Photo(width, height, moving, capture, digest, likeness_of(view), _jpeg(view), _jpeg(small))


def _pixel_digest(picture: Image.Image) -> str:
    """In strips, because a copy of the whole would double the memory."""
    digest = hashlib.sha256(f"anhuan-pixels-1 {picture.mode} {picture.width}x{picture.height}".encode())
    for top in range(0, picture.height, _STRIP):
        bottom = min(top + _STRIP, picture.height)
        digest.update(picture.crop((0, top, picture.width, bottom)).tobytes())
    return digest.hexdigest()


def _for_eyes(picture: Image.Image, side: int) -> Image.Image:
    """A reduced picture in sRGB on white, with nothing of the file left but what can be seen."""
    profile = picture.info.get("icc_profile")
    seen = picture
    if picture.mode.startswith("I"):
        # 16-bit grey: Pillow's own conversion would cut everything above 255 to white.
        seen = picture.convert("I").point(lambda level: level / 256).convert("L")
    elif picture.mode in {"1", "P", "PA"}:
        seen = picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    scale = max(seen.size) / side
    if scale > 1:
        size = (max(1, round(seen.width / scale)), max(1, round(seen.height / scale)))
        seen = seen.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if seen.mode in {"RGBA", "LA", "La", "RGBa"}:
        seen = seen.convert("RGBA")
        canvas = Image.new("RGB", seen.size, "white")
        canvas.paste(seen, mask=seen.getchannel("A"))
        seen = canvas
    elif seen.mode not in {"RGB", "L", "CMYK"}:
        seen = seen.convert("RGB")
    return _in_srgb(seen, profile)


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """Phones store wide colours; without their profile, which we strip, those would look faded."""
    if isinstance(profile, bytes) and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None
        if turned is not None:
            return _bare(turned)
    return _bare(picture.convert("RGB"))


def _bare(picture: Image.Image) -> Image.Image:
    """Only pixels: Pillow writes comments, profiles and EXIF that it finds in `info` into what it saves."""
    picture = picture if picture.mode == "RGB" else picture.convert("RGB")
    return Image.frombytes("RGB", picture.size, picture.tobytes())


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()
