"""Fingerprints: copies of a photo are found, other photos are not, and the arithmetic is the well-known one."""

import io
import itertools
from collections.abc import Callable
from pathlib import Path

import imagehash
import pytest
from PIL import Image, ImageDraw, ImageEnhance

from anhuan_infra.evidence import likeness
from anhuan_infra.evidence.likeness import Likeness, likeness_of
from tests.support import pictures

Change = Callable[[Image.Image], Image.Image]


def _recompressed(photo: Image.Image) -> Image.Image:
    return Image.open(io.BytesIO(pictures.encoded(photo, "JPEG", quality=25)))


def _watermarked(photo: Image.Image) -> Image.Image:
    marked = photo.copy()
    wide, high = marked.size
    ImageDraw.Draw(marked).rectangle((wide * 0.6, high * 0.9, wide * 0.98, high * 0.97), fill="white")
    return marked


def _cropped(photo: Image.Image, share: float) -> Image.Image:
    wide, high = photo.size
    return photo.crop(
        (int(wide * share), int(high * share), int(wide * (1 - share)), int(high * (1 - share)))
    )


CHANGES: dict[str, Change] = {
    "recompressed": _recompressed,
    "sent by chat": lambda photo: _recompressed(photo.resize((photo.width // 2, photo.height // 2))),
    "brighter": lambda photo: ImageEnhance.Brightness(photo).enhance(1.25),
    "darker": lambda photo: ImageEnhance.Brightness(photo).enhance(0.75),
    "grey": lambda photo: photo.convert("L").convert("RGB"),
    "quarter turn": lambda photo: photo.transpose(Image.Transpose.ROTATE_90),
    "upside down": lambda photo: photo.transpose(Image.Transpose.ROTATE_180),
    "mirrored": lambda photo: photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
    "watermarked": _watermarked,
    "edges cut": lambda photo: _cropped(photo, 0.01),
}


@pytest.fixture(scope="session")
def photos(data: Path) -> list[Image.Image]:
    """Eight real photos of eight different things."""
    folder = data / "exif_photos"
    names = [*sorted(folder.glob("*gps*")), folder / "jpg__mobile__jolla.jpg"]
    names.append(folder / "jpg__orientation__landscape_1.jpg")
    return [Image.open(name).convert("RGB") for name in names]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_found(photos: list[Image.Image], change: str) -> None:
    for photo in photos:
        stored, copy = _like(photo), _like(CHANGES[change](photo))

        assert copy.is_near(stored.phash, stored.dhash), copy.distance(stored.phash, stored.dhash)


def test_other_photos_are_left_alone(photos: list[Image.Image]) -> None:
    drawn = [pictures.a_scene(seed) for seed in range(12)]

    for one, other in itertools.combinations(map(_like, photos + drawn), 2):
        assert not one.is_near(other.phash, other.dhash), one.distance(other.phash, other.dhash)


def test_a_second_photo_of_the_same_place_is_no_copy(photos: list[Image.Image]) -> None:
    """The photo after the work shows the place before it, from a step aside; that is how it should be."""
    for photo in photos:
        step = photo.width // 10
        one = _like(photo.crop((0, 0, photo.width - step, photo.height)))
        other = _like(photo.crop((step, 0, photo.width, photo.height)))

        assert not one.is_near(other.phash, other.dhash), one.distance(other.phash, other.dhash)


def test_the_fingerprints_are_those_of_the_well_known_library(photos: list[Image.Image]) -> None:
    for photo in photos:
        mine = _like(photo)

        assert mine.phash == int(str(imagehash.phash(photo)), 16)
        assert (mine.dhash ^ int(str(imagehash.dhash(photo)), 16)).bit_count() <= 2
        assert set(mine.phashes) == {int(str(imagehash.phash(turned)), 16) for turned in _all_turns(photo)}


def test_an_even_picture_has_no_likeness() -> None:
    assert likeness_of(Image.new("RGB", (100, 100), "black")) is None
    assert likeness_of(Image.effect_noise((1000, 1000), 4)) is None


def test_a_fingerprint_survives_the_database() -> None:
    for fingerprint in (0, 1, 1 << 63, (1 << 64) - 1, 0x8C97878782733379):
        stored = likeness.as_bigint(fingerprint)

        assert -(1 << 63) <= stored < 1 << 63
        assert likeness.from_bigint(stored) == fingerprint


def _like(photo: Image.Image) -> Likeness:
    found = likeness_of(photo)
    assert found is not None
    return found


def _all_turns(photo: Image.Image) -> list[Image.Image]:
    small = photo.convert("L").resize((32, 32), Image.Resampling.LANCZOS)
    return [small, *(small.transpose(turn) for turn in Image.Transpose)]
