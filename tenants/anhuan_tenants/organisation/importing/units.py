"""Units of the sheet against those of the company; moves are tried on the tree in memory first."""

from dataclasses import dataclass, field
from uuid import UUID

from anhuan_infra import text
from anhuan_infra.ids import new_id
from anhuan_tenants.organisation import columns
from anhuan_tenants.organisation.importing.outcome import ImportOutcome
from anhuan_tenants.organisation.importing.state import State
from anhuan_tenants.organisation.models import Function, Unit
from anhuan_tenants.organisation.row_errors import RowError, row_error
from anhuan_tenants.organisation.rows import Parsed, UnitRow
from anhuan_tenants.organisation.rules import MOST_LEVELS


@dataclass(frozen=True, slots=True)
class Move:
    """A subtree that goes elsewhere, from path to path."""

    unit: Unit
    before: str
    after: str
    parent_id: UUID


@dataclass
class UnitPlan:
    """What is to be written of units, in this order."""

    created: list[Unit] = field(default_factory=list[Unit])
    changed: dict[UUID, tuple[Unit, dict[str, str]]] = field(
        default_factory=dict[UUID, tuple[Unit, dict[str, str]]]
    )
    moves: list[Move] = field(default_factory=list[Move])
    paths: dict[UUID, str] = field(default_factory=dict[UUID, str])
    """Where every unit stands after the moves."""


def plan(
    parsed: Parsed, state: State, first_no: int, outcome: ImportOutcome, errors: list[RowError]
) -> UnitPlan:
    """Compare; new units take numbers from `first_no` on and are found in the state from now on, as renamed codes are."""
    made = UnitPlan(paths={unit.id: unit.path for unit in state.units.values()})
    for row in parsed.units:
        unit = state.root if row.code == parsed.root else state.units.get(row.code.casefold())
        if unit is None:
            _add(row, state, made, first_no + len(made.created))
            outcome.units.note(is_new=True, is_changed=False)
            continue
        wanted = _wanted(row, unit)
        moved = _move(row, unit, state, made, errors)
        if wanted:
            made.changed[unit.id] = (unit, wanted)
        if "code" in wanted:
            state.units[wanted["code"].casefold()] = state.units.pop(unit.code.casefold())
        outcome.units.note(is_new=False, is_changed=bool(wanted) or moved)
    return made


def _add(row: UnitRow, state: State, made: UnitPlan, no: int) -> None:
    parent = state.units[row.parent.casefold()] if row.parent else state.root
    unit = Unit(
        id=new_id(),
        no=no,
        code=row.code,
        name=row.name,
        name_sort=text.sort_key(row.name),
        kind=row.kind,
        function=row.function,
        parent_id=parent.id,
        path=f"{made.paths[parent.id]}.u{no}",
    )
    made.paths[unit.id] = unit.path
    state.units[row.code.casefold()] = unit
    made.created.append(unit)


def _wanted(row: UnitRow, unit: Unit) -> dict[str, str]:
    """What is different; an empty function leaves what is there."""
    wanted = {"code": row.code, "name": row.name, "kind": row.kind.value}
    if row.function is not Function.NONE:
        wanted["function"] = row.function.value
    return {name: value for name, value in wanted.items() if str(getattr(unit, name)) != value}


def _move(row: UnitRow, unit: Unit, state: State, made: UnitPlan, errors: list[RowError]) -> bool:
    parent = state.units[row.parent.casefold()] if row.parent else None
    before = made.paths[unit.id]
    if parent is None or made.paths[parent.id] == before.rpartition(".")[0]:
        return False
    line = columns.UNITS.name, row.row, "上级编码"
    if unit.parent_id is None:
        errors.append(row_error(*line, "SECOND_ROOT", unit.code))
        return False
    if f"{made.paths[parent.id]}.".startswith(f"{before}."):
        errors.append(row_error(*line, "CYCLE", row.name))
        return False
    after = f"{made.paths[parent.id]}.u{unit.no}"
    under = {key: path for key, path in made.paths.items() if f"{path}.".startswith(f"{before}.")}
    deepest = max(path.count(".") for path in under.values()) - before.count(".")
    if after.count(".") + deepest + 1 > MOST_LEVELS:
        errors.append(row_error(*line, "TOO_DEEP", MOST_LEVELS))
        return False
    made.moves.append(Move(unit, before, after, parent.id))
    made.paths.update({key: after + path.removeprefix(before) for key, path in under.items()})
    return True
