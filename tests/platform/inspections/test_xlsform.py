"""XLSForm in and out: pyxform decides what is a form, what has no counterpart is named by row, and what goes out comes back the same."""

import io
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyxform.xls2xform import convert

from anhuan_platform.inspections import checklist as checklists
from anhuan_platform.inspections import library, reading
from anhuan_platform.inspections.checklist import Checklist, Choice, Item, Meter, Range, Suggestion
from anhuan_platform.inspections.errors import FormUnreadable
from anhuan_platform.inspections.importing import apart, xlsform, xlsform_out, xpaths
from anhuan_platform.inspections.importing.outcome import Imported
from anhuan_platform.inspections.importing.translated import Named, condition, span
from anhuan_platform.inspections.importing.xpath import NoCounterpart
from anhuan_tenants.organisation.cells import WorkbookTooLarge
from tests.support.checklists import a_list, a_section, an_item

KNOWN = {
    "a": Named("a", "single"),
    "N": Named("n", "number"),
    "t": Named("t", "text"),
    "m": Named("m", "multiple"),
}


def _form(*lines: str, choices: str = "") -> Imported:
    """A form written as a table of text, read in a process of its own as any."""
    table = (
        "| survey |\n"
        + "\n".join(f"| | {line} |" for line in lines)
        + ("\n| choices |\n" + choices if choices else "")
    )
    return xlsform.read(table.encode(), "md")


def _here(content: bytes) -> Imported:
    """The same without the process, which the other tests show; it costs a second each time."""
    with warnings.catch_warnings():
        told = apart._read_here(content, "xlsx")
    assert told.form is not None, told.refused
    return xlsform.understand(told.form)


def _forms(data: Path) -> list[Path]:
    folder = data / "xlsform_pyxform"
    return sorted(path for path in folder.rglob("*") if path.suffix[1:] in apart.TYPES)


def test_the_same_real_forms_are_taken_and_refused_as_by_pyxform(data: Path) -> None:
    """Every file of the set; those that are taken become lists without a fault of shape or condition."""
    forms = _forms(data)
    assert len(forms) >= 60
    taken = refused = 0
    for path in forms:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                convert(path, validate=False)
                wanted = True
            except Exception:  # noqa: BLE001
                wanted = False
            told = apart._read_here(path.read_bytes(), path.suffix[1:])
        assert (told.form is not None) == wanted, path.name
        if told.form is None:
            refused += 1
            assert told.refused, path.name
            continue
        taken += 1
        made = xlsform.understand(told.form)
        codes = {fault.code for fault in reading.look(checklists.write(made.checklist))[1]}
        assert codes <= {"NO_ITEMS"}, (path.name, codes)
    assert taken > 50
    assert refused > 5


def test_a_form_comes_in_through_a_process_of_its_own(data: Path) -> None:
    content = (data / "xlsform_pyxform" / "example_xls" / "yes_or_no_question.xlsx").read_bytes()

    made = xlsform.read(content, "xlsx")

    assert [item.kind for _, item in made.checklist.lines()] == ["single"]


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"not a workbook", "xlsx"),
        (b"PK\x03\x04rubbish", "xlsx"),
        (b"\xd0\xcf\x11\xe0rubbish", "xls"),
        (b"", "csv"),
        (b"x", "exe"),
    ],
)
def test_what_is_no_form_is_refused_in_both_languages(content: bytes, ending: str) -> None:
    with pytest.raises(FormUnreadable) as refused:
        xlsform.read(content, ending)

    assert "表单" in refused.value.message("zh")


def test_a_refusal_says_the_row() -> None:
    with pytest.raises(FormUnreadable, match=r"\[row : 3\]") as refused:
        _form("type | name | label", "text | a | A", "dragon | b | B")

    assert "第 3 行" in refused.value.message("zh")


def test_a_workbook_that_unpacks_to_more_than_can_be_taken_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)

    with pytest.raises(WorkbookTooLarge):
        xlsform.read(bomb.getvalue(), "xlsx")


def test_groups_become_sections_and_what_has_no_counterpart_is_named_by_its_row() -> None:
    made = _form(
        "type | name | label | required | relevant | constraint | calculation",
        "select_one yn | ok1 | Guard in place? | yes | | |",
        "begin group | Power | Power supply | | | |",
        "decimal | volts | Voltage | | ${ok1} = 'y' | . >= 10 and . < 42 |",
        "calculate | twice | | | | | ${volts} * 2",
        "integer | late | Count | | ${twice} > 3 | . mod 2 = 0 |",
        "end group | | | | | |",
        "begin repeat | many | Many | | | |",
        "text | inner | Inner | | | |",
        "end repeat | | | | | |",
        "geopoint | place | Where | | | |",
        choices="| | list_name | name | label |\n| | yn | y | Yes |\n| | yn | n | No |",
    )

    sections = made.checklist.sections
    assert [(section.name, [item.code for item in section.items]) for section in sections] == [
        ({"zh": "常规", "en": "General"}, ["ok1"]), ({"en": "Power supply"}, ["volts", "late"]),
    ]  # fmt: skip
    volts = made.checklist.by_code["volts"]
    assert (volts.show, volts.takes) == ("ok1 == 'y'", Range(10, 42, high_open=True))
    assert made.checklist.by_code["ok1"].required
    assert [(remark.row, remark.place, remark.code) for remark in made.remarks] == [
        (5, "twice", "TYPE"), (6, "late", "CONDITION"), (6, "late", "CONDITION"), (8, "many", "REPEAT"), (11, "place", "TYPE"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("xpath", "cel"),
    [
        ("${a} = 'x'", "a == 'x'"),
        ("selected(${a}, 'x')", "a == 'x'"),
        ("selected(${m}, 'x')", "(m != null && 'x' in m)"),
        ("${N} > 5 and not(${t} = '')", "((n != null && n > 5.0) && !(t == null))"),
        ("${N} = '5'", "n == 5.0"),
        ("/data/group/a != 'x'", "a != 'x'"),
        ("${N} + 1 div 2 >= 3", "(n != null && (n + (1.0 / 2.0)) >= 3.0)"),
        ("true()", "true"),
    ],
)
def test_conditions_are_translated(xpath: str, cel: str) -> None:
    assert condition(xpath, KNOWN) == cel


@pytest.mark.parametrize(
    "xpath",
    [
        "${gone} = 1",
        "pulldata('a', 'b')",
        "${N} mod 2 = 0",
        "${a",
        "((((",
        "1 +",
        "today() > ${t}",
        "(" * 3000,
        "-" * 3000,
        "not(" * 3000,
    ],
)
def test_what_cannot_be_translated_is_refused(xpath: str) -> None:
    with pytest.raises(NoCounterpart):
        condition(xpath, KNOWN)


def test_a_constraint_on_one_number_is_a_span() -> None:
    assert span("0 < . and . <= 1.5") == Range(0, 1.5, low_open=True)
    assert span(". > 1 or . < 0") is None
    assert span(". > 1 and . > 2") is None


def _whole() -> Checklist:
    choices = (Choice("good", {"zh": "好"}), Choice("bad", {"zh": "坏", "en": "Bad"}, bad=True, lost=2))
    return a_list(
        sections=(
            a_section("one", an_item("a", points=3, veto=True, clause="GB 1234 5.1", suggest=Suggestion("fire", "A"))),
            a_section(
                "two", an_item("b", "single", choices=choices, show="a != 'na'", points=2, required=False),
                an_item("c", "meter", meter=Meter(6), unit="kWh", limits=Range(high=10)),
                an_item("d", "number", takes=Range(0, 99.5, low_open=True), whole=True),
                an_item("e", "text", valid="value.matches('^[0-9]+$')", valid_says={"zh": "只填数字"}),
                an_item("f", "signature"), an_item("g", "date", expires=True), an_item("h", "photo"),
                an_item("odd", name={"zh": "“引号”  与 ${a}\n换行"}, guidance={"en": "Two  spaces"}), an_item("n", "note"),
                show="a == 'ok'", points=20, most_lost=9,
            ),
        ),
        cycle="shift",
    )  # fmt: skip


@pytest.mark.parametrize("checklist", [_whole(), *library.shipped()], ids=lambda one: one.code)
def test_what_goes_out_comes_back_the_same(checklist: Checklist) -> None:
    assert _here(xlsform_out.write(checklist)).checklist == reading.read(
        checklists.write(checklist) | {"version": 0}
    )


def _changed(content: bytes, sheet: str, cell: str, value: str) -> bytes:
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    workbook[sheet][cell] = value
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_what_somebody_changes_in_the_sheet_wins_over_what_the_list_said() -> None:
    checklist = a_list(an_item("a", name={"zh": "旧  名"}), an_item("b", show="a == 'ok'"))
    content = xlsform_out.write(checklist)

    renamed = _here(_changed(content, "survey", "C3", "新名")).checklist
    rested = _here(_changed(content, "survey", "H4", "${a} = 'na'")).checklist

    assert renamed.by_code["a"].name == {"zh": "新名"}
    assert rested.by_code["b"].show == "a == 'na'"


def test_nothing_that_goes_out_is_a_formula() -> None:
    evil = '=HYPERLINK("http://evil","x")'
    workbook = openpyxl.load_workbook(io.BytesIO(xlsform_out.write(a_list(an_item("a", name={"zh": evil})))))

    assert [
        cell.data_type
        for row in workbook["survey"].iter_rows()
        for cell in row
        if cell.value == evil.replace("  ", " ")
    ] == ["s"]


@pytest.mark.parametrize("own", ["{", "[1]", '{"kind": "dragon"}', '{"suggest": 7}'])
def test_a_spoilt_column_of_ours_is_named_and_left_out(own: str) -> None:
    form = apart.Form(
        tree={"children": [{"type": "text", "name": "a", "label": "A"}], "id_string": "x", "title": "X"},
        survey=[{"type": "text", "name": "a", "anhuan": own}], choices=[], warnings=[],
    )  # fmt: skip

    made = xlsform.understand(form)

    assert [remark.code for remark in made.remarks] == ["OWN_COLUMN"]
    assert made.checklist.by_code["a"].kind == "text"


def test_a_question_that_cannot_be_taken_is_named_and_the_others_come() -> None:
    slider = {"type": "range", "name": "s", "label": "S", "parameters": {"start": "a", "end": "b"}}
    spaced = {
        "type": "select one",
        "name": "c",
        "label": "C",
        "choices": [{"name": "two words", "label": "x"}],
    }
    deep = {
        "type": "text",
        "name": "d",
        "label": "D",
        "bind": {"relevant": "${e} = 'x'", "required": "${e} = 1"},
    }
    form = apart.Form(
        tree={"children": [slider, spaced, deep, {"type": "text", "name": "e", "label": {"French": "Où"}}], "id_string": "表单"},
        survey=[], choices=[], warnings=[],
    )  # fmt: skip

    made = xlsform.understand(form)

    assert [item.code for _, item in made.checklist.lines()] == ["s", "d", "e"]
    assert [remark.code for remark in made.remarks] == ["RANGE", "TYPE", "REQUIRED", "CONDITION"]
    assert made.checklist.by_code["e"].name == {"en": "Où"}
    assert made.checklist.code == "form"


def test_a_condition_that_xlsform_has_no_word_for_stays_in_our_column() -> None:
    items: dict[str, Item] = {"tools": an_item("tools", "multiple", choices=(Choice("x", {"zh": "锤"}),))}

    assert (
        xpaths.of("'x' in tools && !(tools == null)", items)
        == "selected(${tools}, 'x') and not(${tools} = '')"
    )
    assert xpaths.of("tools.exists(t, t == 'x')", items) == ""


def test_the_sheet_tells_of_the_list_as_a_whole(data: Path) -> None:
    head: dict[str, Any] = json.loads(json.dumps(xpaths.head_of(_whole())))

    assert xpaths.with_head(_whole(), {"list": {"cycle": "fortnight"}}) == _whole()
    assert head["list"]["cycle"] == "shift"
    assert head["sections"]["two"]["points"] == 20
