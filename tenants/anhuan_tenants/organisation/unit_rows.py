"""Lines of the sheet 组织 into units: every parent exists, one root, no cycle, and no team above a workshop."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from anhuan_tenants.organisation import cleaning, columns
from anhuan_tenants.organisation.columns import plain
from anhuan_tenants.organisation.models import Function, UnitKind
from anhuan_tenants.organisation.row_errors import Odd
from anhuan_tenants.organisation.rows import Known, Line, UnitRow
from anhuan_tenants.organisation.rules import MOST_LEVELS, may_stand_under

_KINDS = {plain(word): kind for word, kind in columns.KIND_ALIASES.items()}
_FUNCTIONS = {plain(word): function for word, function in columns.FUNCTION_ALIASES.items()}
_KIND_NAMES = {kind: zh for zh, kind in columns.KINDS.items()}


@dataclass
class Units:
    """The units of a sheet and of the company, found by code, or by a name that only one of them has."""

    known: Known
    rows: dict[str, tuple[Line, UnitRow]] = field(default_factory=dict[str, tuple[Line, UnitRow]])
    """By folded code."""
    codes: dict[str, str] = field(default_factory=dict[str, str])
    """Folded code to the code as it is written."""
    named: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    root: str | None = None
    """Code of the unit at the top, once it is known."""

    def __post_init__(self) -> None:
        self.root = self.known.root
        for code, (name, _) in self.known.units.items():
            self.learn(code, name)

    def adopt_root(self, code: str) -> None:
        """Take this row for the company's founding unit, whose provisional code is forgotten."""
        if self.root is not None and self.root.casefold() != code.casefold():
            self.codes.pop(self.root.casefold(), None)
            for codes in self.named.values():
                codes[:] = [known for known in codes if known != self.root]
        self.root = code

    def learn(self, code: str, name: str) -> None:
        """From now on the unit is found; one that the company has already keeps its code."""
        self.codes.setdefault(code.casefold(), code)
        codes = self.named.setdefault(name.casefold(), [])
        if self.codes[code.casefold()] not in codes:
            codes.append(self.codes[code.casefold()])

    def find(self, cell: str) -> str:
        """The code of the unit that a cell means."""
        word = cleaning.name(cell)
        code = self.codes.get("".join(word.split()).casefold())
        if code is not None:
            return code
        codes = self.named.get(word.casefold(), [])
        if len(codes) != 1:
            raise Odd("AMBIGUOUS_UNIT" if codes else "UNKNOWN_UNIT", word)
        return codes[0]

    def kind(self, code: str) -> UnitKind | None:
        """What the unit is, by the sheet or else as the company has it."""
        if code.casefold() in self.rows:
            return self.rows[code.casefold()][1].kind
        return self.known.units[code][1] if code in self.known.units else None

    def in_order(self) -> tuple[UnitRow, ...]:
        """Parents before their children; units whose parents run in a circle are left out, their mistake is noted."""
        placed: dict[str, UnitRow] = {}
        lost: set[str] = set()
        for folded in self.rows:
            way: dict[str, None] = {}
            while folded in self.rows and folded not in placed and folded not in lost and folded not in way:
                way[folded] = None
                folded = (self.rows[folded][1].parent or "").casefold()
            if folded in way or folded in lost:
                lost.update(way)
            else:
                placed.update((step, self.rows[step][1]) for step in reversed(way))
        return tuple(placed.values())

    def accepted(self) -> tuple[UnitRow, ...]:
        """The sound units, parents first; what stands under a refused one is refused too. A wrong head refuses nothing."""
        there = {code.casefold() for code in self.known.units}
        found: list[UnitRow] = []
        for row in self.in_order():
            line = self.rows[row.code.casefold()][0]
            if line.mistaken - {"head"}:
                continue
            if row.parent is not None and row.parent.casefold() not in there:
                line.wrong("parent", "UNIT_REFUSED", row.parent)
                continue
            there.add(row.code.casefold())
            found.append(row)
        return tuple(found)


def read(lines: Iterable[Line], known: Known) -> Units:
    """All units of the sheet; what is wrong with a line is noted there."""
    units = Units(known)
    first: dict[str, tuple[Line, str, str]] = {}
    for line in lines:
        code, name = line.take("code", cleaning.code), line.take("name", cleaning.name)
        if code is None or name is None:
            _read_rest(line, code or "", name or "")
        elif code.casefold() in first:
            line.wrong("code", "DUPLICATE_CODE", code, first[code.casefold()][0].number)
        elif code.casefold() in known.closed:
            line.wrong("code", "UNIT_CLOSED", code)
        else:
            first[code.casefold()] = (line, code, name)
            units.learn(code, name)
    if known.root_is_new:
        others = {code.casefold() for code in known.units} - {(known.root or "").casefold()}
        for line, code, _ in first.values():
            if _looks_like_root(line) and code.casefold() not in others:
                units.adopt_root(code)
                break
    for folded, (line, _, name) in first.items():
        units.rows[folded] = (line, _read_rest(line, units.codes[folded], name, units))
    _check_tree(units)
    return units


def _looks_like_root(line: Line) -> bool:
    kind = _KINDS.get(plain(line.cells.get("kind", "")[:100]))
    return kind is UnitKind.HQ and not line.cells.get("parent", "").strip()


def _read_rest(line: Line, code: str, name: str, units: Units | None = None) -> UnitRow:
    return UnitRow(
        line.number,
        code,
        name,
        line.take("kind", _kind) or UnitKind.DEPARTMENT,
        line.take("function", _function) or Function.NONE,
        line.take("parent", units.find if units else cleaning.name),
        line.take("head", cleaning.account),
    )


def _kind(cell: str) -> UnitKind:
    found = _KINDS.get(plain(cleaning.text(cell)))
    if found is None:
        raise Odd("UNKNOWN_KIND", cell)
    return found


def _function(cell: str) -> Function:
    found = _FUNCTIONS.get(plain(cleaning.text(cell)))
    if found is None:
        raise Odd("UNKNOWN_FUNCTION", cell)
    return found


def _check_tree(units: Units) -> None:
    depth: dict[str, int] = {}
    for row in units.in_order():
        depth[row.code] = 1 + depth.get(row.parent or "", 0)
    for line, row in units.rows.values():
        if row.code not in depth and line.is_sound:
            line.wrong("parent", "CYCLE", row.name)
        elif depth.get(row.code, 0) > MOST_LEVELS:
            line.wrong("parent", "TOO_DEEP", MOST_LEVELS)
        if row.parent is None and "parent" not in line.mistaken:
            if units.root is not None and units.root != row.code:
                line.wrong("parent", "SECOND_ROOT", units.root)
            units.root = units.root or row.code
        above = units.kind(row.parent) if row.parent else None
        if above is not None and line.is_sound and not may_stand_under(row.kind, above):
            line.wrong("kind", "KIND_ORDER", _KIND_NAMES[row.kind], _KIND_NAMES[above])


def check_heads(accepted: Iterable[UnitRow], units: Units, accounts: Collection[str]) -> tuple[UnitRow, ...]:
    """The units with those heads that are people of the sheet or of the company; `accounts` are folded."""
    found: list[UnitRow] = []
    for row in accepted:
        if row.head is not None and row.head.casefold() not in accounts:
            units.rows[row.code.casefold()][0].wrong("head", "UNKNOWN_HEAD", row.head)
            found.append(replace(row, head=None))
        else:
            found.append(row)
    return tuple(found)
