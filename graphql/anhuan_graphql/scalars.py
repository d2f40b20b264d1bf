"""Values on the wire: identities in one spelling, times with a zone, plain JSON for what a form or a rule says."""

from datetime import UTC, date, datetime
from typing import Any, NewType
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

from graphql import GraphQLError

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
Json = NewType("Json", object)
"""JSON as it stands in the database; the name keeps its meaning in types."""


def _uuid(value: Any) -> UUID:
    """Only the 36-character form: a second spelling of an id would be a second id to a cache."""
    if isinstance(value, str) and len(value) == 36:
        try:
            found = UUID(value)
        except ValueError:
            pass
        else:
            if str(found) == value.lower():
                return found
    raise GraphQLError("a UUID is written as 36 characters, such as 01890a5d-ac96-774b-bcce-b302099a8057")


def moment(value: str) -> datetime:
    """RFC 3339 with an offset, or a ValueError: a time without one could be meant in any zone. What no calendar of ours reaches is
    refused too, for at the ends of time a zone cannot be added, and what was kept there could never be shown again."""
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is not None and EARLIEST <= found < LATEST:
            return found.astimezone(UTC)
    except (TypeError, OverflowError):
        pass
    raise ValueError("a time is written with its offset, such as 2026-11-21T08:00:00+08:00")


def _moment(value: Any) -> datetime:
    try:
        return moment(value)
    except ValueError:
        raise GraphQLError("a time is written with its offset, such as 2026-11-21T08:00:00+08:00") from None


def _say_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError("a day is written as YYYY-MM-DD") from None


ALL: dict[object, ScalarDefinition] = {
    UUID: strawberry.scalar(
        name="UUID",
        description="An identity (RFC 9562), 36 characters. Things have the same id everywhere; clients make UUIDv7.",
        serialize=str,
        parse_value=_uuid,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment (RFC 3339); answers are in UTC, questions carry their offset.",
        serialize=_say_moment,
        parse_value=_moment,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day as YYYY-MM-DD.",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    Json: strawberry.scalar(
        name="JSON",
        description="JSON whose shape is told by a form or a rule.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
}
