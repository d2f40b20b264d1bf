"""The server judges a form as the phone does: portal/web/packages/forms/test judges the same schemas and values there."""

import json
from pathlib import Path
from typing import Any

import pytest

from anhuan_platform.loops import forms
from anhuan_platform.loops.errors import FormInvalid

_FIXTURE = Path(__file__).parents[2] / "portal/web/packages/forms/test/conformity.json"
_FORMS: list[dict[str, Any]] = json.loads(_FIXTURE.read_text("utf-8"))


@pytest.mark.parametrize("judged", _FORMS, ids=lambda one: one["form"])
def test_the_server_judges_as_the_phone_does(judged: dict[str, Any]) -> None:
    forms.check_schema(judged["schema"])

    for one in judged["values"]:
        assert _fits(judged["schema"], one["value"]) is one["fits"], one["value"]


def test_the_fixture_has_both_sides_of_every_form() -> None:
    verdicts = [{one["fits"] for one in judged["values"]} for judged in _FORMS if judged["schema"]]

    assert all(found == {True, False} for found in verdicts)
    assert len(verdicts) > 20


def _fits(schema: dict[str, Any], value: dict[str, Any]) -> bool:
    try:
        forms.check(schema, value)
    except FormInvalid:
        return False
    return True
