"""Forms are written by companies: they stand alone, have a size, and cost linear time."""

import socket
from time import monotonic
from typing import Any

import pytest

from anhuan_platform.loops import forms
from anhuan_platform.loops.errors import DefinitionInvalid, FormInvalid


def _nested(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"not": schema}
    return schema


def _multiplying(levels: int) -> dict[str, Any]:
    named = {f"d{no}": {"allOf": [{"$ref": f"#/$defs/d{no + 1}"}] * 8} for no in range(levels)}
    return {"$ref": "#/$defs/d0", "$defs": named | {f"d{levels}": {"type": "string"}}}


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ({"$ref": "http://127.0.0.1:9/x"}, "own $defs"),
        ({"$ref": "file:///etc/hostname"}, "own $defs"),
        ({"properties": {"a": {"$ref": "b.json"}}}, "own $defs"),
        ({"$ref": "#/$defs/missing", "$defs": {"x": {}}}, "own $defs"),
        ({"$schema": "http://127.0.0.1:9/x"}, "$schema"),
        ({"$id": "http://127.0.0.1:9/x"}, "$id"),
        ({"$dynamicRef": "http://127.0.0.1:9/x#y"}, "$dynamicRef"),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}}, "circle"),
        (_nested(2_000), "deep"),
        (_multiplying(4), "large"),
        ({"properties": {f"p{no}": {} for no in range(5_000)}}, "large"),
        ({"pattern": r"^(a|a)*\1?b$"}, "regex"),
        ({"pattern": r"^(?=a)a+$"}, "regex"),
        ({"pattern": "^((((a{99}){99}){99}){99})$"}, "regex"),
    ],
)
def test_a_form_stands_alone_and_is_bounded(schema: dict[str, Any], why: str) -> None:
    started = monotonic()
    with pytest.raises(DefinitionInvalid) as refused:
        forms.check_schema(schema)

    assert why in str(refused.value)
    assert monotonic() - started < 1


def test_a_form_never_makes_us_ask_another_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"http://127.0.0.1:{other.getsockname()[1]}/latest/meta-data"
        other.settimeout(0.3)

        for schema in (
            {"$ref": address},
            {"$schema": address},
            {"$id": address, "properties": {"a": {"$ref": "b"}}},
        ):
            with pytest.raises(DefinitionInvalid):
                forms.check_schema(schema)

        with pytest.raises(TimeoutError):
            other.accept()


def test_a_pattern_costs_linear_time_and_own_definitions_work() -> None:
    schema = {
        "properties": {"a": {"$ref": "#/$defs/word"}},
        "$defs": {"word": {"type": "string", "pattern": "^(a+)+$"}},
    }
    forms.check_schema(schema)

    started = monotonic()
    with pytest.raises(FormInvalid):
        forms.check(schema, {"a": "a" * 100_000 + "b"})

    assert monotonic() - started < 1
    forms.check(schema, {"a": "aaaa"})


@pytest.mark.parametrize(
    ("schema", "answers", "path", "zh"),
    [
        ({"required": ["loto"], "properties": {"loto": {}}}, {}, "loto", "loto 填写有误：必填。"),
        ({"properties": {"cost": {"minimum": 0}}}, {"cost": -1}, "cost", "cost 填写有误：低于最小值。"),
        (
            {"properties": {"a": {}}, "additionalProperties": False},
            {"x": 1},
            "x",
            "x 填写有误：表单中没有这一项。",
        ),
        ({"properties": {"a": {"required": ["b"]}}}, {"a": {}}, "a.b", "a.b 填写有误：必填。"),
        ({"properties": {"a": {"not": {}}}}, {"a": 1}, "a", "a 填写有误：不符合填写要求。"),
    ],
)
def test_what_does_not_fit_is_named_and_said_in_the_readers_language(
    schema: dict[str, Any], answers: dict[str, Any], path: str, zh: str
) -> None:
    with pytest.raises(FormInvalid) as refused:
        forms.check(schema, answers)

    assert (refused.value.path, refused.value.message("zh")) == (path, zh)
    assert refused.value.message("en").isascii()
