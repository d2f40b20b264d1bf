"""What a file is, told by its first bytes alone; names and announcements prove nothing."""

from dataclasses import dataclass
from enum import StrEnum

from anhuan_infra.errors import Words
from anhuan_infra.evidence.errors import (
    EvidenceEmpty,
    EvidenceTooLarge,
    EvidenceTypeMismatch,
    EvidenceTypeUnknown,
)

HEAD = 4096
"""How many leading bytes `kind_of` wants to see; fewer are enough for a short file."""

_MEGABYTE = 1024 * 1024


class Family(StrEnum):
    """What a person would call it; it decides how the file is examined."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"


@dataclass(frozen=True)
class Kind:
    """One accepted type: its media type, the other names it goes by, and the most bytes that are taken."""

    media_type: str
    family: Family
    max_bytes: int
    suffix: str
    aliases: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """As people call it: JPG, PDF."""
        return self.suffix.lstrip(".").upper()


JPEG = Kind("image/jpeg", Family.PHOTO, 25 * _MEGABYTE, ".jpg", frozenset({"image/jpg", "image/pjpeg"}))
PNG = Kind("image/png", Family.PHOTO, 25 * _MEGABYTE, ".png", frozenset({"image/x-png", "image/apng"}))
WEBP = Kind("image/webp", Family.PHOTO, 25 * _MEGABYTE, ".webp")
# Phones use the two names freely for the same container, so one stands for the other.
HEIC = Kind("image/heic", Family.PHOTO, 25 * _MEGABYTE, ".heic", frozenset({"image/heif"}))
AVIF = Kind("image/avif", Family.PHOTO, 25 * _MEGABYTE, ".avif")
GIF = Kind("image/gif", Family.PHOTO, 10 * _MEGABYTE, ".gif")
PDF = Kind("application/pdf", Family.DOCUMENT, 30 * _MEGABYTE, ".pdf", frozenset({"application/x-pdf"}))
MP4 = Kind("video/mp4", Family.VIDEO, 200 * _MEGABYTE, ".mp4", frozenset({"video/x-m4v", "video/3gpp"}))
QUICKTIME = Kind("video/quicktime", Family.VIDEO, 200 * _MEGABYTE, ".mov")

KINDS: tuple[Kind, ...] = (JPEG, PNG, WEBP, HEIC, AVIF, GIF, PDF, MP4, QUICKTIME)
"""Everything that is accepted; what is not here (SVG, BMP, TIFF, HTML, archives) is refused."""

_NAMES = {name: kind for kind in KINDS for name in (kind.media_type, *kind.aliases)}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
)

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
_STILL_BRANDS = frozenset({b"mif1", b"mif2", b"msf1"})
_MP4_BRANDS = frozenset(
    {b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"MSNV", b"isom"}
    | {b"iso%d" % digit for digit in range(2, 10)}
    | {b"3gp%d" % digit for digit in range(4, 8)}
)


def named(media_type: str) -> Kind:
    """The accepted kind that an announcement means; parameters and letter case do not matter."""
    kind = _NAMES.get(media_type.partition(";")[0].strip().lower())
    if kind is None:
        raise EvidenceTypeUnknown(types=accepted())
    return kind


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins with these bytes; anything else than an accepted kind is refused."""
    if not head:
        raise EvidenceEmpty
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    kind_in_boxes = _by_brand(head)
    if kind_in_boxes is None:
        raise EvidenceTypeUnknown(types=accepted())
    return kind_in_boxes


def check(head: bytes, size: int, declared: str | None) -> Kind:
    """The kind of the file, once it is neither empty, nor too large, nor announced as something else."""
    kind = kind_of(head)
    if declared is not None and named(declared) is not kind:
        raise EvidenceTypeMismatch(declared=named(declared).name, type=kind.name)
    check_size(kind, size)
    return kind


def check_size(kind: Kind, size: int) -> None:
    """Refuse a size that this kind may not have; asked before an upload and again of what arrived."""
    if size <= 0:
        raise EvidenceEmpty
    if size > kind.max_bytes:
        raise EvidenceTooLarge(size=size, limit=kind.max_bytes, type=kind.name)


def _by_brand(head: bytes) -> Kind | None:
    """ISO base media files name what they are in their first box: a major brand, then compatible ones."""
    if head[4:8] != b"ftyp":
        return None
    length = int.from_bytes(head[:4])
    if not 16 <= length <= HEAD or length % 4:
        return None
    box = head[:length]
    major, others = box[8:12], {box[at : at + 4] for at in range(16, len(box), 4)}
    if major == b"qt  ":
        return QUICKTIME
    if major in _AVIF_BRANDS or (major in _STILL_BRANDS and others & _AVIF_BRANDS):
        return AVIF
    if major in _HEIC_BRANDS or (major in _STILL_BRANDS and others & _HEIC_BRANDS):
        return HEIC
    return MP4 if major in _MP4_BRANDS else None


def accepted() -> Words:
    """The kinds that are taken, by the names that people know."""
    names = [kind.name for kind in KINDS]
    return Words("、".join(names), ", ".join(names))
