"""Photos that are none, or too much, or broken: each is declined in words that help, and the report goes on."""

import io
from pathlib import Path

import pillow_heif
import pytest

from tests.browser import ledger
from tests.browser.crew import a_worker
from tests.browser.field import Field
from tests.browser.house import Open
from tests.support.pictures import a_pdf, a_photo, a_png_bomb, a_scene
from tests.support.plant import Plant


def _heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(a_scene(3, (640, 480))).save(out, quality=60)
    return out.getvalue()


BAD = {
    "empty.jpg": (b"", "这张照片是空文件，请重拍"),
    "paper.pdf": (a_pdf(), "这不是照片，请选择图片"),
    "words.jpg": ("这不是照片".encode() * 100, "这不是照片，请选择图片"),
    "bomb.png": (a_png_bomb(), "请重拍"),
    "cut.jpg": (a_photo(4)[:200], "照片已损坏，打不开，请重拍"),
    "apple.heic": (_heic(), "本机打不开 HEIC 照片"),
}


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_photo_is_declined_in_words(
    opened: Open, plant: Plant, tmp_path: Path, name: str
) -> None:
    content, words = BAD[name]
    bad, good = tmp_path / name, tmp_path / "good.jpg"
    bad.write_bytes(content)
    good.write_bytes(a_photo(5))
    account = await a_worker(plant)
    field = Field(await (await opened(account)).open("/app/"))
    await field.snap(bad)
    await field.says(words)
    await field.add(good)
    await field.photos_are(1)
    await field.submit("现场环境")
    await field.says("照片已归档")

    assert len(await ledger.reported_by(plant, account)) == 1
    assert len(await ledger.photos_of(plant, account)) == 1
