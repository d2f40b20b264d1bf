"""Forms of a step: JSON Schema, checked here and on the phone alike. Companies write them, so they are bounded and stand alone."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

import jsonschema_rs

from anhuan_infra.errors import Words
from anhuan_platform.loops.errors import DefinitionInvalid, FormInvalid

MAX_BYTES = 32_000
MAX_DEPTH = 24
MAX_WEIGHT = 2_000
"""Nodes of a form with each reference counted as what it points at, so that a few definitions cannot multiply without end."""
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ELSEWHERE = ("$id", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$vocabulary")
_OWN = re.compile(r"#/\$defs/([A-Za-z0-9_-]{1,60})")
_PATTERNS = jsonschema_rs.RegexOptions(size_limit=1_000_000, dfa_size_limit=1_000_000)
"""The engine that runs in linear time; patterns that look back or around are no patterns there."""

_WRONG = MappingProxyType(
    {
        "additionalProperties": "表单中没有这一项",
        "const": "不是要求的值",
        "enum": "不在可选范围内",
        "maximum": "超过最大值",
        "maxItems": "选得太多",
        "maxLength": "填写过长",
        "minimum": "低于最小值",
        "minItems": "选得太少",
        "minLength": "填写过短",
        "multipleOf": "不是允许的倍数",
        "pattern": "格式不符",
        "required": "必填",
        "type": "填写的类型不符",
    }
)
"""What is wrong with an answer, by the word of JSON Schema that it does not meet; the validator itself speaks English."""


@lru_cache(maxsize=1024)
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(json.loads(schema), pattern_options=_PATTERNS, offline=True)
    except ValueError as problem:
        raise DefinitionInvalid(reason=f"form: {str(problem)[:200]}") from problem


def check_schema(schema: Mapping[str, Any]) -> None:
    """Refuse a form that is no JSON Schema, refers to anything outside its own `$defs` or in a circle, or is too large. Nothing is
    ever fetched for it, neither from the network nor from the disk."""
    root = dict(schema)
    _Walk(root).over(root)
    text = json.dumps(root, sort_keys=True)
    if len(text) > MAX_BYTES:
        raise DefinitionInvalid(reason=f"form: more than {MAX_BYTES} bytes")
    _validator(text)


def check(schema: Mapping[str, Any] | None, answers: Mapping[str, Any]) -> None:
    """Refuse answers that do not fit the form; the first wrong field is named."""
    for error in _errors(schema, answers):
        raise _refusal(error)


def check_askable(schema: Mapping[str, Any] | None, answers: Mapping[str, Any]) -> None:
    """Refuse a form that these answers, together with the further fields that it describes, could not fill."""
    described: Mapping[str, Any] = (schema or {}).get("properties", {})
    for error in _errors(schema, answers):
        refusal = _refusal(error)
        is_missing = isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required)
        if not is_missing or error.instance_path or refusal.path not in described:
            raise refusal


def _errors(
    schema: Mapping[str, Any] | None, answers: Mapping[str, Any]
) -> Iterator[jsonschema_rs.ValidationError]:
    if schema:
        yield from _validator(json.dumps(schema, sort_keys=True)).iter_errors(dict(answers))


def _refusal(error: jsonschema_rs.ValidationError) -> FormInvalid:
    """A field that is missing, or one too many, is no part of the place where that was found."""
    parts = [str(part) for part in error.instance_path]
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
        parts.append(error.kind.property)
    elif isinstance(error.kind, jsonschema_rs.ValidationErrorKind.AdditionalProperties):
        parts.append(error.kind.unexpected[0])
    reason = Words(_WRONG.get(error.kind.name, "不符合填写要求"), error.message[:200])
    return FormInvalid(path=".".join(parts) or "answers", reason=reason)


class _Walk:
    """A walk over everything that a validator may walk, counted, so that neither the check nor the form can run away."""

    def __init__(self, root: Mapping[str, object]) -> None:
        own = root.get("$defs")
        self._own: Mapping[str, object] = cast(Mapping[str, object], own) if isinstance(own, Mapping) else {}
        self._left = MAX_WEIGHT

    def over(self, node: object, inside: tuple[str, ...] = (), depth: int = 0) -> None:
        """Walk on from here; `inside` are the references that led here."""
        self._left -= 1
        if self._left < 0:
            raise DefinitionInvalid(reason="form: too large")
        if depth > MAX_DEPTH:
            raise DefinitionInvalid(reason=f"form: nested deeper than {MAX_DEPTH}")
        if isinstance(node, Mapping):
            for name, value in cast(Mapping[str, object], node).items():
                if name == "$ref" and isinstance(value, str):
                    self.over(self._referred(value, inside), (*inside, value), depth + 1)
                    continue
                if isinstance(value, str):
                    _stays_here(name, value)
                self.over(value, inside, depth + 1)
        elif isinstance(node, list):
            for value in cast(list[object], node):
                self.over(value, inside, depth + 1)

    def _referred(self, ref: str, inside: tuple[str, ...]) -> object:
        found = _OWN.fullmatch(ref)
        if found is None or found[1] not in self._own:
            raise DefinitionInvalid(reason=f"form: $ref {ref[:60]!r} must name one of the form's own $defs")
        if ref in inside:
            raise DefinitionInvalid(reason=f"form: $ref {ref[:60]!r} goes in a circle")
        return self._own[found[1]]


def _stays_here(name: str, value: str) -> None:
    if name in _ELSEWHERE or (name == "$schema" and value.rstrip("#") != _DIALECT):
        raise DefinitionInvalid(reason=f"form: {name} is not for forms")
