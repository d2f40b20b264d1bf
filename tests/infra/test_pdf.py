"""Paper is made in a process that can be ended, out of data that is never markup, with one font and no other."""

import io
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
import typst
from PIL import Image

from anhuan_infra import fonts, pdf
from anhuan_infra.pdf import Limits, PaperFailed

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
PLAIN = """
#let data = json(bytes(sys.inputs.data))
#set text(font: sys.inputs.font, fallback: false)
#data.text
"""
LONG = "#for a in range(9000) { for b in range(9000) { let x = calc.sin(a * b) } }"


def _text(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


async def test_what_goes_in_as_data_comes_out_as_it_was() -> None:
    said = '#read("/etc/passwd") *a* $b$ 隐患 "引号" \\ {{x}}'

    assert said in _text(await pdf.render(PLAIN, {"text": said}, {}, AT))


async def test_the_same_data_makes_the_same_paper() -> None:
    first, second = [await pdf.render(PLAIN, {"text": "隐患"}, {}, AT) for _ in range(2)]

    assert first == second


async def test_a_paper_that_takes_too_long_is_ended() -> None:
    began = time.monotonic()

    with pytest.raises(PaperFailed, match="timeout"):
        await pdf.render(LONG, {}, {}, AT, Limits(seconds=1.5))
    assert time.monotonic() - began < 8


@pytest.mark.parametrize(
    "template",
    ["#let x = range(1, 200000000).map(n => (n, n))", LONG],
    ids=["memory", "time of the processor"],
)
async def test_a_paper_that_takes_too_much_is_ended(template: str) -> None:
    with pytest.raises(PaperFailed):
        await pdf.render(template, {}, {}, AT, Limits(seconds=20, cpu_seconds=3, memory=2**30))


@pytest.mark.parametrize("path", ["/etc/hostname", "../../etc/hostname", "https://example.com/x"])
async def test_a_template_reads_nothing_but_its_own_folder(path: str) -> None:
    with pytest.raises(PaperFailed):
        await pdf.render(f'#read("{path}")', {}, {}, AT)


@pytest.mark.parametrize("name", ["../x.jpg", "/tmp/x.jpg", "a/b.jpg"])
async def test_a_picture_stays_in_the_folder(name: str) -> None:
    with pytest.raises(ValueError, match="no path"):
        await pdf.render(PLAIN, {"text": ""}, {name: b""}, AT)


async def test_a_picture_is_made_as_small_as_paper_needs() -> None:
    out = io.BytesIO()
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(out, "JPEG", quality=95)
    made = await pdf.render('#image("p.jpg")', {}, {"p.jpg": out.getvalue()}, AT)
    (picture,) = pypdf.PdfReader(io.BytesIO(made)).pages[0].images

    assert picture.image is not None
    assert max(picture.image.size) == 1100
    assert len(made) < len(out.getvalue()) / 4


async def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    await pdf.render(PLAIN, {"text": "x"}, {}, AT)
    with pytest.raises(PaperFailed):
        await pdf.render("#wrong(", {}, {}, AT)

    assert os.listdir(tmp_path) == []  # noqa: PTH208 - pathlib's way is held to block


def test_the_font_is_the_one_that_typst_takes() -> None:
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FILE.parent)]
    )

    assert [font.index for font in found.fonts() if font.family == fonts.FAMILY] == [fonts.FACE]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("隐患（A）1.5 m³ ≤ ℃ ① 𠮷", "隐患（A）1.5 m³ ≤ ℃ ① 𠮷"),
        ("a\tb\nc", "a b\nc"),
        ("火🔥", "火[U+1F525]"),
        ("家👨\u200d👩\ufe0f", "家[U+1F468 U+1F469]"),
        ("🔥🔥🔥🔥🔥", "[5 个无法打印的字符]"),
        ("零\u200b宽", "零宽"),
        ("", ""),
    ],
)
def test_what_the_font_lacks_is_named(text: str, printed: str) -> None:
    assert fonts.printable(text, "zh") == printed
    assert all(sign == "\n" or fonts.shows(sign) for sign in printed)
