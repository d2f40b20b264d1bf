"""Codes for what a file calls as it likes: the same name where it can be one, no code twice."""

import re
import unicodedata

from anhuan_platform.inspections.rehearsal import RESERVED

_LONGEST = 60


class Codes:
    """The codes of one list; items and sections share them."""

    def __init__(self) -> None:
        self.taken: set[str] = set(RESERVED)

    def give(self, name: str, otherwise: str) -> str:
        """A code after this name, or after the other one where nothing of it can be in a code."""
        plain = unicodedata.normalize("NFKC", name).casefold()
        code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
        if plain == name and re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
            code = name
        if not code or not re.search("[a-z]", code):
            code = f"{otherwise}_{code}" if code else otherwise
        code = (code if code[0].isalpha() else f"q_{code}")[:_LONGEST]
        free, number = code, 1
        while free in self.taken:
            number += 1
            free = f"{code[: _LONGEST - 6]}_{number}"
        self.taken.add(free)
        return free
