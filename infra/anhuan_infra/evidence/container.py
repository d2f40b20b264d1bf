"""PDF and video: whether the file is whole, read from its outline; the content itself is never interpreted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import IO

from anhuan_infra.evidence.errors import EvidenceBroken

_MOST_BOXES = 100_000
_TAIL = 4096
_MAC_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Film:
    """What a video says about itself; the moment is as forgeable as a photo's."""

    seconds: float | None
    taken_at: datetime | None


@dataclass(frozen=True)
class _Box:
    name: bytes
    start: int
    end: int


def check_pdf(file: IO[bytes]) -> None:
    """Refuse a PDF without its end: the index of a PDF stands last, so a cut one cannot be opened by anybody."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise EvidenceBroken


def read_film(file: IO[bytes]) -> Film:
    """Duration and moment of a video whose boxes are all there; a cut video is refused."""
    size = file.seek(0, 2)
    boxes = {box.name: box for box in _boxes(file, 0, size)}
    if b"moov" not in boxes or b"mdat" not in boxes:
        raise EvidenceBroken
    header = next((box for box in _inside(file, boxes[b"moov"]) if box.name == b"mvhd"), None)
    if header is None:
        raise EvidenceBroken
    file.seek(header.start)
    return _film(file.read(min(header.end - header.start, 64)))


def _inside(file: IO[bytes], box: _Box) -> Iterator[_Box]:
    return _boxes(file, box.start, box.end)


def _boxes(file: IO[bytes], at: int, end: int) -> Iterator[_Box]:
    """Boxes laid end to end; one that reaches beyond its parent means that the file was cut."""
    for _ in range(_MOST_BOXES):
        if at == end:
            return
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            raise EvidenceBroken
        length, start = int.from_bytes(head[:4]), at + 8
        if length == 1:
            length, start = int.from_bytes(head[8:16]), at + 16
        elif length == 0:
            length = end - at
        if length < start - at or at + length > end:
            raise EvidenceBroken
        yield _Box(head[4:8], start, at + length)
        at += length
    raise EvidenceBroken


def _film(header: bytes) -> Film:
    wide = header[:1] == b"\x01"
    step, after = (8, 20) if wide else (4, 12)
    if len(header) < after + 4 + step:
        raise EvidenceBroken
    made = int.from_bytes(header[4 : 4 + step])
    ticks = int.from_bytes(header[after : after + 4])
    length = int.from_bytes(header[after + 4 : after + 4 + step])
    # A length of all ones means "not known", as browsers write while they are still recording.
    known = ticks > 0 and 0 < length < (1 << 8 * step) - 1
    return Film(round(length / ticks, 3) if known else None, _moment(made))


def _moment(made: int) -> datetime | None:
    try:
        moment = _MAC_EPOCH + timedelta(seconds=made)
    except OverflowError:
        return None
    return moment if moment.year >= 1990 else None
