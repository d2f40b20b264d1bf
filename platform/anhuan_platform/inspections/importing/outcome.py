"""What an import made of a file: the list, and by row what was left out or guessed."""

from dataclasses import dataclass

from anhuan_infra.errors import Words
from anhuan_platform.inspections.checklist import Checklist


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of the file that did not become a part of the list, or became one by a guess."""

    row: int
    """As Excel counts it; 0 for the whole file."""
    place: str
    code: str
    reason: Words


@dataclass(frozen=True, slots=True)
class Imported:
    """The list is a proposal: the person looks at it, with the remarks beside it, before it becomes a draft."""

    checklist: Checklist
    remarks: tuple[Remark, ...]
    columns: tuple[tuple[str, str], ...] = ()
    """Of a plain sheet, what each heading was taken for: heading, field."""
