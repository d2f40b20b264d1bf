"""Paper: a typst template and data become a PDF, in a process of its own that can be killed.

Data goes in as JSON through `sys.inputs` and pictures as files of a folder that is gone afterwards; nothing that people wrote ever
becomes markup. The process sees no secret, has a ceiling on memory, CPU and file size, and a time after which it is ended.
`python -m anhuan_infra.pdf FOLDER` is that process.
"""

import asyncio
import contextlib
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import anhuan_infra
from anhuan_infra import fonts
from anhuan_infra.errors import Refused

_TEMPLATE, _DATA, _OUT = "main.typ", "data.json", "out.pdf"
_WIDEST = 1100
"""Pixels of a picture's longer side on paper; enough for half a page at 300 dots an inch."""
_AT_ONCE = asyncio.Semaphore(2)


@dataclass(frozen=True)
class Limits:
    """What making one paper may cost."""

    seconds: float = 30.0
    cpu_seconds: int = 20
    memory: int = 3 * 2**30
    """Address space; threads and the mapped font take most of it and cost nothing."""
    file: int = 64 * 2**20


class PaperFailed(Refused):
    """The paper could not be made ({why}); try again, and report it if it stays so."""

    code = "PAPER_FAILED"
    zh = "文件生成失败（{why}），请重试；若仍失败请反馈。"


_USUAL = Limits()


async def render(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    at: datetime,
    limits: Limits = _USUAL,
) -> bytes:
    """The PDF (PDF/A-2b, the font inside); `pictures` are JPEG or SVG by file name, `at` is written into it as its time."""
    async with _AT_ONCE:
        with tempfile.TemporaryDirectory(prefix="anhuan-paper-") as name:
            folder = Path(name)
            await asyncio.to_thread(_lay_out, folder, template, data, pictures, at)
            await _compiled(folder, limits)
            return await asyncio.to_thread((folder / _OUT).read_bytes)


def _lay_out(
    folder: Path, template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], at: datetime
) -> None:
    (folder / _TEMPLATE).write_text(template, "utf-8")
    order = {"data": json.dumps(data, ensure_ascii=False), "at": int(at.timestamp())}
    (folder / _DATA).write_text(json.dumps(order), "utf-8")
    for name, content in pictures.items():
        if Path(name).name != name:
            raise ValueError("a picture's name is a name and no path")
        (folder / name).write_bytes(content)


async def _compiled(folder: Path, limits: Limits) -> None:
    env = {
        "PYTHONPATH": str(Path(anhuan_infra.__path__[0]).parent),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        # Threads are few and share their arenas, or their mere existence would fill the address space.
        "RAYON_NUM_THREADS": "2",
        "MALLOC_ARENA_MAX": "2",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, str(folder), json.dumps(vars(limits)),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        env=env, cwd="/", start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(limits.seconds):
            _, said = await process.communicate()
    except TimeoutError:
        raise PaperFailed(why="timeout") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode != 0:
        # Typst names the place in our own template, never what people wrote; the last line is what went wrong.
        why = said.decode(errors="replace").strip().rpartition("\n")[2][:200]
        raise PaperFailed(why=why or f"status {process.returncode}")


def main() -> None:
    """Make the paper of this folder, confined."""
    folder, limits = Path(sys.argv[1]), Limits(**json.loads(sys.argv[2]))
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file),
    ):
        resource.setrlimit(what, (most, most))
    order = json.loads((folder / _DATA).read_text("utf-8"))
    for picture in folder.glob("*.jpg"):
        _shrink(picture)
    # Imported under the limits, and only here: the library is large.
    import typst

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FILE.parent)]
    )
    typst.compile(
        str(folder / _TEMPLATE),
        output=str(folder / _OUT),
        root=str(folder),
        font_paths=found,
        ignore_system_fonts=True,
        sys_inputs={"data": order["data"], "font": fonts.FAMILY},
        pdf_standards="a-2b",
        timestamp=order["at"],
    )


def _shrink(picture: Path) -> None:
    """As many pixels as paper can show."""
    from PIL import Image

    with Image.open(picture) as image:
        image.draft("RGB", (_WIDEST, _WIDEST))
        image.thumbnail((_WIDEST, _WIDEST))
        image.convert("RGB").save(picture, "JPEG", quality=82)


if __name__ == "__main__":
    main()
