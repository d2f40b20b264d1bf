"""Broken and hostile files: each is refused with a reason, or opened safely, soon and in bounded memory."""

import io
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from anhuan_infra.errors import Refused
from anhuan_infra.evidence import sniff
from anhuan_infra.evidence.errors import (
    EvidenceBroken,
    EvidenceEmpty,
    EvidenceTimeout,
    EvidenceTooHeavy,
    EvidenceTooManyPixels,
    EvidenceTypeUnknown,
)
from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.picture import Limits
from tests.support import pictures

SOON = 5.0
MEMORY_KIB = Limits().memory // 1024


async def test_every_malformed_file_is_refused_or_opened_soon_and_in_bounded_memory(
    inspector: Inspector, data: Path
) -> None:
    files = sorted((data / "malformed_images").iterdir())
    assert len(files) >= 20
    ends: dict[str, str] = {}

    for file in files:
        started = time.monotonic()
        try:
            verdict = await inspector.inspect(file)
        except Refused as refused:
            assert refused.code.startswith("EVIDENCE_")
            ends[file.name] = refused.code
        else:
            assert verdict.peak_kib < MEMORY_KIB
            assert verdict.view is not None
            ends[file.name] = "opened"
        assert time.monotonic() - started < SOON, file.name

    assert ends["truncated_jpeg.jpg"] == ends["broken.png"] == "EVIDENCE_BROKEN"
    assert ends["truncated_exif_dpi.jpg"] == "opened", "broken metadata do not spoil a photo"
    assert {end for name, end in ends.items() if name.endswith(".bmp")} == {"EVIDENCE_TYPE_UNKNOWN"}


async def test_a_bomb_is_refused_before_it_unfolds(inspector: Inspector, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(pictures.a_png_bomb(30_000))
    assert bomb.stat().st_size < 500_000
    started = time.monotonic()

    with pytest.raises(EvidenceTooManyPixels) as refused:
        await inspector.inspect(bomb, "image/png")

    assert time.monotonic() - started < SOON
    assert refused.value.facts["width"] == 30_000


async def test_without_the_pixel_limit_the_next_walls_hold_and_without_them_the_bomb_would_go_off(
    tmp_path: Path,
) -> None:
    """The control of the test above: each guard is removed in turn, and its absence is seen."""
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(pictures.a_png_bomb(30_000))
    smaller = tmp_path / "smaller.png"
    smaller.write_bytes(pictures.a_png_bomb(10_000))
    blind = Limits(pixels=10**12, side=10**6)
    unbounded = replace(blind, memory=8 << 30, cpu_seconds=60, wall_seconds=60)

    with pytest.raises(EvidenceTooHeavy):
        await _judge(bomb, replace(blind, memory=300 << 20))
    with pytest.raises(EvidenceTimeout):
        await _judge(bomb, replace(unbounded, wall_seconds=0.2))
    with pytest.raises(EvidenceTimeout):
        await _judge(bomb, replace(unbounded, cpu_seconds=1))
    unfolded = await _judge(smaller, replace(unbounded, view_side=64))
    assert unfolded > 97_000, "100 million pixels stood in memory"


async def test_only_the_first_frame_of_an_animation_is_looked_at(
    inspector: Inspector, tmp_path: Path
) -> None:
    (tmp_path / "long.gif").write_bytes(pictures.a_gif(2_000))

    verdict = await inspector.inspect(tmp_path / "long.gif", "image/gif")

    assert verdict.moving
    red, green, _ = Image.open(io.BytesIO(verdict.view or b"")).convert("RGB").getpixel((32, 32))  # type: ignore[misc]
    assert (red > 200, green < 60) == (True, True)
    assert verdict.seconds < SOON


async def test_html_hidden_in_a_photo_does_not_survive_into_what_is_served(
    inspector: Inspector, tmp_path: Path
) -> None:
    script = b"<script>alert('x')</script>"
    photo = pictures.a_photo(5)
    comment = b"\xff\xfe" + (len(script) + 2).to_bytes(2) + script
    (tmp_path / "both.jpg").write_bytes(photo[:2] + comment + photo[2:] + b"<html>" + script)

    verdict = await inspector.inspect(tmp_path / "both.jpg", "image/jpeg")

    assert verdict.kind is sniff.JPEG
    for served in (verdict.view, verdict.thumbnail):
        assert b"script" not in (served or b"script")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF"])
async def test_a_file_cut_short_is_refused(inspector: Inspector, tmp_path: Path, form: str) -> None:
    photo = pictures.a_photo(6, size=(400, 300), form=form)
    for share in (0.1, 0.5, 0.9):
        (tmp_path / "cut").write_bytes(photo[: int(len(photo) * share)])

        with pytest.raises(EvidenceBroken):
            await inspector.inspect(tmp_path / "cut")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF"])
async def test_random_damage_never_does_more_than_spoil_the_file(
    inspector: Inspector, tmp_path: Path, form: str
) -> None:
    dice = random.Random(form)
    photo = pictures.a_photo(7, size=(320, 240), form=form)
    for _ in range(25):
        damaged = bytearray(photo)
        for _ in range(dice.choice((1, 4, 40))):
            damaged[dice.randrange(12, len(damaged))] = dice.randrange(256)
        (tmp_path / "damaged").write_bytes(damaged)

        try:
            verdict = await inspector.inspect(tmp_path / "damaged")
        except Refused as refused:
            assert refused.code.startswith("EVIDENCE_")
        else:
            assert verdict.peak_kib < MEMORY_KIB


async def test_nothing_and_scripts_are_refused(inspector: Inspector, tmp_path: Path) -> None:
    (tmp_path / "nothing").touch()
    (tmp_path / "script.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")

    with pytest.raises(EvidenceEmpty):
        await inspector.inspect(tmp_path / "nothing", "image/jpeg")
    with pytest.raises(EvidenceTypeUnknown):
        await inspector.inspect(tmp_path / "script.svg", "image/jpeg")


async def test_a_whole_pdf_is_taken_and_a_cut_one_refused(inspector: Inspector, tmp_path: Path) -> None:
    (tmp_path / "whole.pdf").write_bytes(pictures.a_pdf())
    (tmp_path / "cut.pdf").write_bytes(pictures.a_pdf()[:-20])

    verdict = await inspector.inspect(tmp_path / "whole.pdf", "application/pdf")

    assert (verdict.kind, verdict.view, verdict.width) == (sniff.PDF, None, None)
    with pytest.raises(EvidenceBroken):
        await inspector.inspect(tmp_path / "cut.pdf", "application/pdf")


async def test_a_film_tells_its_length_and_moment_and_a_cut_one_is_refused(
    inspector: Inspector, tmp_path: Path
) -> None:
    film = pictures.a_film(seconds=7, made=3_860_000_000)
    (tmp_path / "whole.mp4").write_bytes(film)
    verdict = await inspector.inspect(tmp_path / "whole.mp4", "video/mp4")

    assert verdict.film_seconds == 7
    assert verdict.capture.local is not None
    assert verdict.capture.local.isoformat() == "2026-04-25T22:13:20"
    assert verdict.capture.offset_seconds == 0
    looping = film[:20] + b"\x00\x00\x00\x00free" + film[20:]
    endless = film[:20] + b"\x00\x00\x00\x01free" + bytes(8) + film[20:]
    for broken in (film[:-1], film[:30], looping, endless, film.replace(b"moov", b"evil")):
        (tmp_path / "broken.mp4").write_bytes(broken)
        with pytest.raises(EvidenceBroken):
            await inspector.inspect(tmp_path / "broken.mp4", "video/mp4")


async def _judge(file: Path, limits: Limits) -> int:
    """The most memory in KiB that opening took, under these limits."""
    inspector = Inspector(limits)
    try:
        return (await inspector.inspect(file)).peak_kib
    finally:
        await inspector.close()
