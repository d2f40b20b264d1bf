"""PostgreSQL's ltree as a column type: a path of labels joined by dots, read and written as text."""

from typing import Any

from sqlalchemy import Boolean, cast
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import UserDefinedType


class Ltree(UserDefinedType[str]):
    """A path such as `u1.u4.u17`; labels are ours (unit numbers), so Chinese names never meet the label grammar."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """The type's name in DDL."""
        return "LTREE"

    def bind_expression(self, bindvalue: Any) -> ColumnElement[str]:
        """Bound values are cast, since a driver sends text."""
        return cast(bindvalue, self)


def under(path: Any, node: str) -> ColumnElement[bool]:
    """True for the node itself and everything beneath it; for administration, not for hot paths (`<@` is not leakproof)."""
    found: ColumnElement[bool] = path.op("<@", return_type=Boolean())(node)
    return found
