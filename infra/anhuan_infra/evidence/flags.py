"""What a person should look at twice. A flag states facts; it never says that somebody cheated, and blocks nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from anhuan_infra.evidence.exif import Capture
from anhuan_infra.evidence.likeness import Likeness
from anhuan_infra.evidence.places import Place, metres_between


class FlagCode(StrEnum):
    """Stable names, alphabetised; the first word says what is compared."""

    AFTER_IS_BEFORE = "AFTER_IS_BEFORE"
    AFTER_LOOKS_LIKE_BEFORE = "AFTER_LOOKS_LIKE_BEFORE"
    CAPTURED_FAR_AWAY = "CAPTURED_FAR_AWAY"
    CAPTURED_IN_FUTURE = "CAPTURED_IN_FUTURE"
    CAPTURED_LONG_BEFORE = "CAPTURED_LONG_BEFORE"
    CAPTURE_TIME_UNKNOWN = "CAPTURE_TIME_UNKNOWN"
    LOOKS_USED_BEFORE = "LOOKS_USED_BEFORE"
    USED_BEFORE = "USED_BEFORE"


@dataclass(frozen=True)
class Flag:
    """One thing to look at, with the facts behind it (JSON values only, so that they can be stored)."""

    code: FlagCode
    facts: dict[str, str | int | float] = field(default_factory=dict[str, str | int | float])

    _en: ClassVar[dict[FlagCode, str]] = {
        FlagCode.AFTER_IS_BEFORE: "The photo after the work is the same photo as the one before it.",
        FlagCode.AFTER_LOOKS_LIKE_BEFORE: "The photo after the work looks like the one before it.",
        FlagCode.CAPTURED_FAR_AWAY: "Taken {metres} m from the place (allowed: {radius} m).",
        FlagCode.CAPTURED_IN_FUTURE: "The camera's time is {hours} h after the upload; its clock may be wrong.",
        FlagCode.CAPTURED_LONG_BEFORE: "Taken {hours} h before it was handed in.",
        FlagCode.CAPTURE_TIME_UNKNOWN: "The file does not say when it was taken.",
        FlagCode.LOOKS_USED_BEFORE: "Looks like a photo that was handed in earlier.",
        FlagCode.USED_BEFORE: "This very photo was handed in earlier.",
    }
    _zh: ClassVar[dict[FlagCode, str]] = {
        FlagCode.AFTER_IS_BEFORE: "整改后照片与整改前照片是同一张。",
        FlagCode.AFTER_LOOKS_LIKE_BEFORE: "整改后照片与整改前照片相似。",
        FlagCode.CAPTURED_FAR_AWAY: "拍摄地点距该位置 {metres} 米（允许 {radius} 米）。",
        FlagCode.CAPTURED_IN_FUTURE: "拍摄时间晚于上传时间 {hours} 小时，相机时钟可能不准。",
        FlagCode.CAPTURED_LONG_BEFORE: "拍摄于提交前 {hours} 小时。",
        FlagCode.CAPTURE_TIME_UNKNOWN: "文件未记录拍摄时间。",
        FlagCode.LOOKS_USED_BEFORE: "与以前提交过的照片相似。",
        FlagCode.USED_BEFORE: "这张照片以前提交过。",
    }

    def message(self, language: str) -> str:
        """The sentence for a person; language is `zh…` or English."""
        return (self._zh if language.startswith("zh") else self._en)[self.code].format_map(self.facts)


@dataclass(frozen=True)
class Print:
    """By what one photo is known again; enough to compare, and all of it can be kept in the database."""

    id: UUID
    sha256: str
    pixel_digest: str | None = None
    phash: int | None = None
    dhash: int | None = None


@dataclass(frozen=True)
class Leeway:
    """How much is ordinary; a tenant may set its own."""

    age: timedelta = timedelta(hours=24)
    clock: timedelta = timedelta(minutes=10)
    radius: float = 300.0
    """Metres from the asset's or area's point; plants are large and phones err by 50 m between steel halls."""


def compare_with_earlier(photo: Print, likeness: Likeness | None, earlier: Iterable[Print]) -> list[Flag]:
    """One flag at most for each earlier photo: the same one, or one that looks alike. Itself is left out."""
    return _compare(photo, likeness, earlier, FlagCode.USED_BEFORE, FlagCode.LOOKS_USED_BEFORE)


def compare_with_before(after: Print, likeness: Likeness | None, before: Iterable[Print]) -> list[Flag]:
    """The same for the photos of the state before the work, where even likeness deserves a look."""
    return _compare(after, likeness, before, FlagCode.AFTER_IS_BEFORE, FlagCode.AFTER_LOOKS_LIKE_BEFORE)


def check_moment(capture: Capture, handed_in: datetime, zone: tzinfo, leeway: Leeway) -> list[Flag]:
    """Compare with the moment at which the person acted, which offline may be long before the upload."""
    taken = capture.taken_at(zone)
    if taken is None:
        return [Flag(FlagCode.CAPTURE_TIME_UNKNOWN)]
    age = handed_in - taken
    if age < -leeway.clock:
        return [Flag(FlagCode.CAPTURED_IN_FUTURE, {"hours": _hours(-age), "taken_at": taken.isoformat()})]
    if age > leeway.age:
        return [Flag(FlagCode.CAPTURED_LONG_BEFORE, {"hours": _hours(age), "taken_at": taken.isoformat()})]
    return []


def check_place(capture: Capture, place: Place, leeway: Leeway) -> list[Flag]:
    """Nothing where the photo names no place: most phones do not, and saying so each time teaches to look away."""
    if capture.latitude is None or capture.longitude is None:
        return []
    apart = metres_between(Place(capture.latitude, capture.longitude), place)
    # A phone that admits to be unsure is not held to the metre.
    if apart - (capture.accuracy or 0) <= leeway.radius:
        return []
    return [Flag(FlagCode.CAPTURED_FAR_AWAY, {"metres": round(apart), "radius": round(leeway.radius)})]


def _compare(
    photo: Print, likeness: Likeness | None, others: Iterable[Print], same: FlagCode, alike: FlagCode
) -> list[Flag]:
    flags: list[Flag] = []
    for other in others:
        if other.id == photo.id:
            continue
        if other.sha256 == photo.sha256:
            flags.append(Flag(same, {"other": str(other.id), "by": "bytes"}))
        elif photo.pixel_digest is not None and other.pixel_digest == photo.pixel_digest:
            flags.append(Flag(same, {"other": str(other.id), "by": "pixels"}))
        elif likeness is not None and other.phash is not None and other.dhash is not None:
            waves, slopes = likeness.distance(other.phash, other.dhash)
            if likeness.is_near(other.phash, other.dhash):
                flags.append(Flag(alike, {"other": str(other.id), "phash_bits": waves, "dhash_bits": slopes}))
    return flags


def _hours(span: timedelta) -> float:
    return round(span.total_seconds() / 3600, 1)
