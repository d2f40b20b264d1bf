"""The shipped checklists (检查表库): one file for each, in Chinese and English, read once and held to the same rules as anybody's."""

import json
from functools import cache
from importlib.resources import files

from anhuan_platform.inspections import reading
from anhuan_platform.inspections.checklist import Checklist


@cache
def shipped() -> tuple[Checklist, ...]:
    """Every shipped list, by code."""
    lists = [file for file in files(__name__).iterdir() if file.name.endswith(".json")]
    read = (reading.read(json.loads(file.read_text("utf-8"))) for file in lists)
    return tuple(sorted(read, key=lambda one: one.code))
