"""A file is what its bytes say."""

import pytest

from anhuan_infra.evidence import sniff
from anhuan_infra.evidence.errors import (
    EvidenceEmpty,
    EvidenceTooLarge,
    EvidenceTypeMismatch,
    EvidenceTypeUnknown,
)
from tests.support import pictures

FILES = {
    sniff.JPEG: pictures.a_photo(size=(64, 48)),
    sniff.PNG: pictures.a_photo(size=(64, 48), form="PNG"),
    sniff.WEBP: pictures.a_photo(size=(64, 48), form="WEBP"),
    sniff.HEIC: pictures.a_photo(size=(64, 48), form="HEIF"),
    sniff.AVIF: pictures.a_photo(size=(64, 48), form="AVIF"),
    sniff.GIF: pictures.a_gif(2),
    sniff.PDF: pictures.a_pdf(),
    sniff.MP4: pictures.a_film(),
    sniff.QUICKTIME: pictures.a_film(b"qt  "),
}

STRANGERS = {
    "svg with a script": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!doctype html><script>alert(1)</script>",
    "html before a jpeg": b"<html>" + FILES[sniff.JPEG],
    "bmp": b"BM" + bytes(60),
    "tiff": b"II*\x00" + bytes(60),
    "zip": b"PK\x03\x04" + bytes(60),
    "elf": b"\x7fELF" + bytes(60),
    "one byte": b"\xff",
    "start of a jpeg": b"\xff\xd8",
    "unknown brand": b"\x00\x00\x00\x14ftypevil\x00\x00\x00\x00evil",
    "brand box too short": b"\x00\x00\x00\x08ftyp",
    "brand box too long": b"\xff\xff\xff\xf0ftypisom" + bytes(20),
}


def test_every_accepted_kind_has_a_sample_here() -> None:
    assert set(FILES) == set(sniff.KINDS)


@pytest.mark.parametrize("kind", sniff.KINDS, ids=lambda kind: kind.media_type)
def test_an_accepted_kind_is_told_by_its_bytes(kind: sniff.Kind) -> None:
    assert sniff.kind_of(FILES[kind][: sniff.HEAD]) is kind


@pytest.mark.parametrize("name", STRANGERS)
def test_anything_else_is_refused(name: str) -> None:
    with pytest.raises(EvidenceTypeUnknown):
        sniff.kind_of(STRANGERS[name])


def test_no_bytes_are_no_evidence() -> None:
    with pytest.raises(EvidenceEmpty):
        sniff.check(b"", 0, "image/jpeg")


@pytest.mark.parametrize("kind", sniff.KINDS, ids=lambda kind: kind.media_type)
def test_an_announcement_that_lies_is_refused(kind: sniff.Kind) -> None:
    for other in sniff.KINDS:
        if other is kind:
            assert sniff.check(FILES[kind], 100, other.media_type) is kind
            continue
        with pytest.raises(EvidenceTypeMismatch) as refused:
            sniff.check(FILES[kind], 100, other.media_type)
        assert refused.value.facts == {"declared": other.name, "type": kind.name}


@pytest.mark.parametrize(
    ("announced", "kind"),
    [
        ("image/jpg", sniff.JPEG),
        ("IMAGE/JPEG; charset=binary", sniff.JPEG),
        ("image/heif", sniff.HEIC),
        ("image/heic", sniff.HEIC),
    ],
)
def test_other_names_of_a_kind_are_understood(announced: str, kind: sniff.Kind) -> None:
    assert sniff.named(announced) is kind


@pytest.mark.parametrize("announced", ["", "image/svg+xml", "text/html", "image", "image/jpeg\x00", "图片"])
def test_announcing_something_unaccepted_is_refused_before_any_upload(announced: str) -> None:
    with pytest.raises(EvidenceTypeUnknown):
        sniff.named(announced)


def test_the_limit_is_the_last_size_that_is_taken() -> None:
    sniff.check_size(sniff.JPEG, sniff.JPEG.max_bytes)

    with pytest.raises(EvidenceTooLarge) as refused:
        sniff.check_size(sniff.JPEG, sniff.JPEG.max_bytes + 1)

    assert str(sniff.JPEG.max_bytes) in refused.value.message("zh")
