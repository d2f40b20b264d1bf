"""JSON as SQL: pieces of text that PostgreSQL joins into an answer, spelled byte for byte as Python's own encoder spells it.

A piece is an SQL expression of type text that is never null. What only Python can finish stands in the answer as a hole: a mark, its
payload, an end mark. Both marks are control characters, which JSON text never carries unescaped, so a hole cannot be forged.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

Piece = sa.ColumnElement[str]
OPEN, CLOSE = "\x01", "\x02"
ABSENT = "\x03"
"""Stands where the schema allows no null and there is no row: the ordinary way is asked, which knows how to say so."""
HOLE = re.compile(rb"\x01(\d+):([^\x02]*)\x02")
NULL = "null"
_SIXTEEN: sa.ColumnElement[int] = sa.literal_column("16", sa.Integer())


class Joined(sa.ColumnElement[str]):
    """Pieces one after the other."""

    inherit_cache = False
    type = sa.Text()

    def __init__(self, parts: Sequence[Piece]) -> None:
        self.parts = parts


@compiles(Joined)
def _say_joined(element: Joined, compiler: SQLCompiler, **options: Any) -> str:
    return "(" + " || ".join(compiler.process(part, **options) for part in element.parts) + ")"


def literal(text: str) -> Piece:
    """Text that is the same in every answer."""
    return sa.literal_column("'" + text.replace("'", "''") + "'", sa.Text())


def joined(parts: Iterable[Piece | str]) -> Piece:
    """Pieces and constant text, constants melted together."""
    found: list[Piece] = []
    kept = ""
    for part in parts:
        if isinstance(part, str):
            kept += part
            continue
        if kept:
            found.append(literal(kept))
            kept = ""
        found.append(part)
    if kept or not found:
        found.append(literal(kept))
    return found[0] if len(found) == 1 else Joined(found)


def or_null(piece: Piece) -> Piece:
    """The piece, or JSON's null where SQL has none."""
    return sa.func.coalesce(piece, literal(NULL))


def or_absent(piece: Piece) -> Piece:
    """The piece, or the mark that says that what must be there is not."""
    return sa.func.coalesce(piece, literal(ABSENT))


def hole(number: int, payload: Piece) -> Piece:
    """What Python finishes; the payload is JSON."""
    return joined([f"{OPEN}{number}:", payload, CLOSE])


def string(value: sa.ColumnElement[Any]) -> Piece:
    """A text as JSON; null stays SQL's null."""
    return sa.func.to_json(value).cast(sa.Text())


def moment(value: sa.ColumnElement[Any]) -> Piece:
    """A time in UTC with six digits of a second, or none where they are all zero."""
    spelled = sa.func.to_char(value.op("at time zone")(literal("UTC")), literal('YYYY-MM-DD"T"HH24:MI:SS.US'))
    return joined(['"', sa.func.replace(spelled, literal(".000000"), literal("")), 'Z"'])


def number(value: sa.ColumnElement[Any]) -> Piece:
    """A float as Python writes it: whole numbers with a point, and powers of ten from the sixteenth on; PostgreSQL has them one digit
    earlier."""
    text, size = value.cast(sa.Text()), sa.func.abs(value)
    is_whole = sa.and_(value == sa.func.trunc(value), size < sa.literal_column("1e15"))
    is_between = sa.and_(size >= sa.literal_column("1e15"), size < sa.literal_column("1e16"))
    digits = sa.func.replace(
        sa.func.split_part(text, literal("e"), sa.literal_column("1")), literal("."), literal("")
    )
    sign = sa.case((value < sa.literal_column("0"), literal("-")), else_=literal(""))
    plain = sa.func.ltrim(digits, literal("-"))
    whole = sa.func.rpad(sa.func.left(plain, _SIXTEEN), _SIXTEEN, literal("0"))
    rest = sa.func.nullif(sa.func.substr(plain, _SIXTEEN + sa.literal_column("1")), literal(""))
    spelled = joined([sign, whole, ".", sa.func.coalesce(rest, literal("0"))])
    return sa.case((is_whole, joined([text, ".0"])), (is_between, spelled), else_=text)


def one_of(value: sa.ColumnElement[Any], kind: type[Enum]) -> Piece:
    """An enumeration by the names that the wire uses; what is stored as no member of it is SQL's null."""
    return sa.case(*((value == literal(member.value), literal(f'"{member.name}"')) for member in kind))


def of_type(kind: object) -> Callable[[sa.ColumnElement[Any]], Piece] | None:
    """How values of a Python type are spelled; None for what is no plain value."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: one_of(value, kind)
    return _SPELLED.get(kind)


_SPELLED: dict[object, Callable[[sa.ColumnElement[Any]], Piece]] = {
    str: string,
    int: lambda value: value.cast(sa.Text()),
    float: number,
    bool: lambda value: sa.case((value, literal("true")), (~value, literal("false"))),
    UUID: lambda value: joined(['"', value.cast(sa.Text()), '"']),
    datetime: moment,
    date: lambda value: joined(['"', value.cast(sa.Text()), '"']),
}
