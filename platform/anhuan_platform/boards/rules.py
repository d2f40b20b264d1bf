"""What a view may hold: a filter as the board takes it, an order, columns, and how the screen shows it. Pure."""

import json
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from anhuan_infra.errors import Words
from anhuan_platform.boards.errors import ViewUnfit, ViewUnknownList

MOST_BYTES = 8_192
MOST_VIEWS = 50
"""Of one person and one list."""

_MOMENT = {"type": "string", "format": "date-time", "maxLength": 40}
_ID = {"type": "string", "format": "uuid"}
_CODE = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_.]{0,39}$"}

_HAZARDS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "filter": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "status": {"enum": ["OPEN", "CLOSED", "CANCELLED"]},
                "stage": _CODE,
                "grades": {"type": "array", "items": {"enum": ["A", "B", "C"]}, "maxItems": 3, "uniqueItems": True},
                "unit": _ID,
                "overdue": {"type": "boolean"},
                "mine": {"type": "boolean"},
                "reported": {"type": "boolean"},
                "type": _CODE,
                "text": {"type": "string", "minLength": 1, "maxLength": 200},
                "area": _ID,
                "asset": _ID,
                "openedFrom": _MOMENT,
                "openedUntil": _MOMENT,
            },
        },
        # A span that moves with the day, such as the last 30 days; the screen turns it into openedFrom.
        "lastDays": {"type": "integer", "minimum": 1, "maximum": 1100},
        "order": {"enum": ["DUE", "OPENED"]},
        "columns": {"type": "array", "items": _CODE, "maxItems": 40, "uniqueItems": True},
        # The screen's own affair, such as widths and density.
        "show": {"type": "object"},
    },
}  # fmt: skip
_BODIES = {"hazards": jsonschema_rs.Draft202012Validator(_HAZARDS, validate_formats=True, offline=True)}
TARGETS = frozenset(_BODIES)
"""The lists that can have views."""


def check_target(target: str) -> str:
    """The list that is meant, or a refusal that names those there are."""
    if target not in _BODIES:
        raise ViewUnknownList(path="target", given=target[:40], known=", ".join(_BODIES))
    return target


def check_body(target: str, body: object) -> dict[str, Any]:
    """The body of a view, or a refusal that names what does not fit."""
    size = len(json.dumps(body, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        raise ViewUnfit(
            path="body",
            reason=Words(f"{size} 字节，上限 {MOST_BYTES}", f"{size} bytes, at most {MOST_BYTES}"),
        )
    if not isinstance(body, Mapping):
        raise ViewUnfit(path="body", reason=Words("应为对象", "an object is expected"))
    for error in _BODIES[check_target(target)].iter_errors(dict(body)):
        place = ".".join(["body", *(str(part) for part in error.instance_path)])
        raise ViewUnfit(path=place, reason=error.message[:200])
    return dict(body)
