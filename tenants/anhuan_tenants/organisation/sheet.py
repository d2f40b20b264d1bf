"""The organisation workbook, read into rows and row-numbered mistakes; nothing is written, that is the import's business."""

from collections.abc import Iterator, Sequence

from anhuan_tenants.organisation import cells, columns, people_rows, unit_rows
from anhuan_tenants.organisation.columns import SheetPlan, plain, understood
from anhuan_tenants.organisation.row_errors import row_error
from anhuan_tenants.organisation.rows import Known, Line, Notebook, Parsed

_HEADINGS_WITHIN = 30
_NOTHING_KNOWN = Known()


def parse(content: bytes, known: Known = _NOTHING_KNOWN) -> Parsed:
    """Read a workbook. Refuses a file that is none; whatever is wrong inside is told by row. Blocks: call it in a thread."""
    return understand(cells.read(content), known)


def understand(sheets: cells.Sheets, known: Known = _NOTHING_KNOWN) -> Parsed:
    """Read the cells of a workbook; either sheet may be missing, not both."""
    notebook = Notebook()
    found = {plan.name: _named(sheets, plan) for plan in (columns.UNITS, columns.PEOPLE)}
    if all(rows is None for rows in found.values()):
        notebook.errors.append(row_error("", 0, "", "MISSING_SHEET"))
    units = unit_rows.read(_lines(columns.UNITS, found[columns.UNITS.name], notebook), known)
    people = people_rows.read(_lines(columns.PEOPLE, found[columns.PEOPLE.name], notebook), units, known)
    accepted = units.accepted()
    there = {code.casefold() for code in (*known.units, *(row.code for row in accepted))}
    staff = people.accepted(there)
    accounts = {account.casefold() for account in (*known.people, *(row.account for row in staff))}
    headed = unit_rows.check_heads(accepted, units, accounts)
    return Parsed(headed, staff, notebook.listed(), tuple(notebook.notes), units.root)


def _named(sheets: cells.Sheets, plan: SheetPlan) -> list[list[str]] | None:
    names = {plain(name) for name in (plan.name, *plan.aliases)}
    for name, rows in sheets.items():
        if plain(name) in names:
            if rows is None:
                raise cells.WorkbookTooLarge(path="file")
            return rows
    return None


def _lines(plan: SheetPlan, rows: Sequence[Sequence[str]] | None, notebook: Notebook) -> Iterator[Line]:
    """The filled lines under the headings, wherever those stand and in whatever order."""
    if rows is None:
        return
    at, places = _headings(plan, rows)
    missing = [column.zh for column in plan.columns if column.required and column.key not in places]
    for heading in missing:
        notebook.errors.append(row_error(plan.name, at + 1, heading, "MISSING_COLUMN", heading))
    if missing:
        return
    for number, row in enumerate(rows[at + 1 :], at + 2):
        line = {key: row[place] for key, place in places.items() if place < len(row)}
        if any(cell.strip() for cell in line.values()):
            yield Line(plan, number, line, notebook)


def _headings(plan: SheetPlan, rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The row with the most headings that are understood, below any title, and the place of each column in it."""
    keys = understood(plan)
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:_HEADINGS_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(row):
            key = keys.get(plain(cell[:100]))
            if key is not None:
                places.setdefault(key, place)
        if len(places) > len(best[1]):
            best = (at, places)
    return best
