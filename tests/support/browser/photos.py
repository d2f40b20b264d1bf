"""Photos to send: real ones with what cameras write into them where the real data is, else pictures drawn here."""

import os
from datetime import datetime
from pathlib import Path

from tests.support.database import ROOT
from tests.support.pictures import a_photo

CAMERA = (4000, 3000)
"""Twelve megapixels, as a phone takes them."""


def photos(folder: Path) -> list[Path]:
    """At least three files, written into the folder unless real ones exist; no two are alike."""
    data = Path(os.environ.get("ANHUAN_TEST_DATA") or ROOT.parent / "shared" / "data") / "exif_photos"
    real = sorted(data.glob("jpg__*.jpg"))
    return real if len(real) >= 3 else drawn(folder)


def drawn(folder: Path, number: int = 3) -> list[Path]:
    """Pictures of the size that phones take, taken a moment ago at the press."""
    files: list[Path] = []
    for seed in range(1, number + 1):
        file = folder / f"photo-{seed}.jpg"
        taken = datetime(2026, 11, 21, 10, seed)  # noqa: DTZ001 - a camera's wall clock
        file.write_bytes(a_photo(seed, size=CAMERA, taken=taken, place=(31.2304, 121.4737)))
        files.append(file)
    return files
