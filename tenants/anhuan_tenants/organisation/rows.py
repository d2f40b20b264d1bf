"""What a read organisation workbook holds, and how a line of it is read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from anhuan_tenants.access import roles
from anhuan_tenants.organisation import cleaning, columns
from anhuan_tenants.organisation.columns import Column, SheetPlan
from anhuan_tenants.organisation.models import Duty, Function, UnitKind
from anhuan_tenants.organisation.row_errors import Odd, RowError, row_error

MOST_ERRORS = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as the sheet has it; `parent` is a code."""

    row: int
    code: str
    name: str
    kind: UnitKind
    function: Function
    parent: str | None
    head: str | None
    """The account of its head."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post that a person holds in a unit; no roles means those of the duty."""

    unit: str
    name: str
    duty: Duty
    roles: tuple[str, ...]
    is_said: bool = True
    """False where the row says nothing of posts, and this is what a newcomer gets."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person, with all posts from all their rows; the first row's unit is where they belong."""

    row: int
    account: str
    name: str
    phone: str | None
    email: str | None
    unit: str
    party: str | None
    posts: tuple[PostRow, ...]
    is_whole: bool = True
    """False where a row of theirs was refused, so that it is not known which posts they are to hold."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the company has already, so that a sheet may speak of it."""

    units: Mapping[str, tuple[str, UnitKind]] = field(default_factory=dict[str, tuple[str, UnitKind]])
    """Code to name and kind."""
    root: str | None = None
    """Code of the unit at the top."""
    root_is_new: bool = False
    """Whether the unit at the top still has the code it was founded with, which a first workbook replaces by the company's own."""
    closed: Collection[str] = ()
    """Codes of units that are closed, folded."""
    people: Collection[str] = ()
    """Accounts."""
    roles: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({role.zh: role.code for role in roles.SHIPPED.values()})
    )
    """What a role is called to its code; codes themselves are always understood."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A workbook read: sound units parents first, sound people in order, and what is wrong with the rest."""

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    errors: tuple[RowError, ...]
    notes: tuple[RowError, ...]
    """What was left out without harm."""
    root: str | None = None
    """Code of the row that is the unit at the top."""


@dataclass
class Notebook:
    """Mistakes and notes as they are found."""

    errors: list[RowError] = field(default_factory=list[RowError])
    notes: list[RowError] = field(default_factory=list[RowError])

    def listed(self) -> tuple[RowError, ...]:
        """The mistakes in the order of the sheet, not more than a person will read."""
        found = sorted(self.errors, key=lambda error: (error.sheet != columns.UNITS.name, error.row))
        if len(found) > MOST_ERRORS:
            found[MOST_ERRORS:] = [row_error("", 0, "", "TOO_MANY_ERRORS", MOST_ERRORS)]
        return tuple(found)


@dataclass
class Line:
    """One filled row; reading a cell notes its mistake and answers nothing."""

    plan: SheetPlan
    number: int
    cells: Mapping[str, str]
    notebook: Notebook
    mistaken: set[str] = field(default_factory=set[str])
    """Keys of the columns with a mistake."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing wrong was found in the row so far."""
        return not self.mistaken

    def take(self, key: str, read: Callable[[str], T]) -> T | None:
        """The cell of this column, read; nothing when it is empty, wrong, or the column is not there."""
        column = self.column(key)
        try:
            if cleaning.text(self.cells.get(key, "")):
                return read(self.cells[key])
        except Odd as odd:
            self.wrong(key, odd.code, odd.value)
            return None
        if column.required:
            self.wrong(key, "REQUIRED", column.zh)
        return None

    def wrong(self, key: str, code: str, value: object = "", other: object = "") -> None:
        """Note a mistake in this column of the row."""
        self.mistaken.add(key)
        column = self.column(key).zh
        self.notebook.errors.append(row_error(self.plan.name, self.number, column, code, value, other))

    def column(self, key: str) -> Column:
        """The column of this key."""
        return next(column for column in self.plan.columns if column.key == key)
