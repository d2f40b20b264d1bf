"""Whatever stands in a cell, the workbook is read to the end and each mistake is a sentence."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from anhuan_tenants.organisation import sheet
from anhuan_tenants.organisation.cells import DATE_MARK
from anhuan_tenants.organisation.columns import PEOPLE, UNITS
from anhuan_tenants.organisation.rows import Parsed

cell = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["HQ", "总部", "W1", "1001", "林小雨", "13800138000", "安全员", "", "=1+1", f"{DATE_MARK}2026-01-01"]
    ),
)


def read(unit_rows: list[list[str]], people_rows: list[list[str]]) -> Parsed:
    units, people = ([column.zh for column in plan.columns] for plan in (UNITS, PEOPLE))
    return sheet.understand({"组织": [units, *unit_rows], "岗位人员": [people, *people_rows]})


def check(parsed: Parsed) -> None:
    for error in (*parsed.errors, *parsed.notes):
        assert error.zh
        assert error.en
        assert json.dumps([error.zh, error.en], ensure_ascii=False).encode()
    codes = [unit.code for unit in parsed.units]
    assert all(unit.parent is None or unit.parent in codes[:at] for at, unit in enumerate(parsed.units))
    assert len({person.account.casefold() for person in parsed.people}) == len(parsed.people)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(cell, max_size=7), max_size=8),
    st.lists(st.lists(cell, max_size=10), max_size=8),
)
def test_any_cells_are_read_to_the_end(unit_rows: list[list[str]], people_rows: list[list[str]]) -> None:
    check(read(unit_rows, people_rows))


def test_naughty_strings_are_kept_as_names_or_refused_with_their_row(data: Path) -> None:
    strings: list[str] = json.loads(
        (data / "naughty_strings" / "blns_first200.json").read_text(encoding="utf-8")
    )
    as_names = [[f"N{at}", text, "", "", "HQ"] for at, text in enumerate(strings)]

    parsed = read([["HQ", "总部", "", "总部"]], as_names)

    check(parsed)
    check(read([[text] * 6 for text in strings], [[text] * 9 for text in strings]))
    refused, kept = {error.row for error in parsed.errors}, {person.row for person in parsed.people}
    assert refused.isdisjoint(kept)
    assert refused | kept == {at + 2 for at in range(len(strings))}
    assert len(kept) > 100
