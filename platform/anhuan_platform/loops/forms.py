"""Forms of a step: JSON Schema, checked here and on the phone alike."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from anhuan_platform.loops.errors import DefinitionInvalid, FormInvalid


@lru_cache(maxsize=1024)
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(json.loads(schema))
    except ValueError as problem:
        raise DefinitionInvalid(reason=f"form: {problem}") from problem


def check_schema(schema: Mapping[str, Any]) -> None:
    """Refuse a form that is no JSON Schema."""
    _validator(json.dumps(schema, sort_keys=True))


def check(schema: Mapping[str, Any] | None, answers: Mapping[str, Any]) -> None:
    """Refuse answers that do not fit the form; the first wrong field is named."""
    if not schema:
        return
    validator = _validator(json.dumps(schema, sort_keys=True))
    for error in validator.iter_errors(dict(answers)):
        path = ".".join(str(part) for part in error.instance_path)
        raise FormInvalid(path=path or "answers", reason=error.message[:200])
