"""What an import has done, or would do."""

from dataclasses import dataclass, field

from anhuan_tenants.organisation.row_errors import RowError


@dataclass
class Counts:
    """How many of one kind were made, changed, and found as they are."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def note(self, *, is_new: bool, is_changed: bool) -> None:
        """Count one."""
        self.created += is_new
        self.updated += is_changed and not is_new
        self.unchanged += not is_changed and not is_new


@dataclass(frozen=True, slots=True)
class Activation:
    """The code with which a new person activates the account; it is shown in this answer and never again."""

    account: str
    name: str
    code: str


@dataclass
class ImportOutcome:
    """What came of a workbook. Sound rows are in, refused ones are in `errors` by sheet, row and column; a dry run has the same
    numbers and wrote nothing."""

    dry_run: bool
    units: Counts = field(default_factory=Counts)
    people: Counts = field(default_factory=Counts)
    posts: Counts = field(default_factory=Counts)
    parties: Counts = field(default_factory=Counts)
    ended: int = 0
    """Posts that people held and, by the sheet, no longer hold."""
    errors: tuple[RowError, ...] = ()
    notes: tuple[RowError, ...] = ()
    activations: tuple[Activation, ...] = ()

    @property
    def created(self) -> int:
        """Everything new."""
        return sum(counts.created for counts in self._all)

    @property
    def updated(self) -> int:
        """Everything changed."""
        return sum(counts.updated for counts in self._all)

    @property
    def unchanged(self) -> int:
        """Units and people that the sheet has as they are."""
        return self.units.unchanged + self.people.unchanged

    @property
    def _all(self) -> tuple[Counts, ...]:
        return self.units, self.people, self.posts, self.parties
