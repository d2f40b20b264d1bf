"""How what went wrong is said on the wire: a stable code, the field, a sentence in the person's language; never a trace."""

import re
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from anhuan_infra.errors import BadInput, Refused
from anhuan_infra.ids import new_id
from graphql import GraphQLError, GraphQLSyntaxError

log = structlog.get_logger("anhuan.wire")

_HINT = re.compile(r"\s*Did you mean .*\?", re.DOTALL)
_AT = re.compile(r" at '(?P<path>[^']{1,200})'")
_VARIABLE = re.compile(r"^Variable '\$(?P<name>\w+)'")
_LONGEST = 300
"""Characters of a parser's own sentence that are passed on; it may quote what was sent."""


class Malformed(Refused):
    """The request cannot be read: {reason}."""

    code = "BAD_REQUEST"
    zh = "请求无法解析：{reason}。"


class TooMuch(Refused):
    """The request asks for too much at once: {what} is {value}, at most {most} is allowed."""

    code = "LIMIT_EXCEEDED"
    zh = "单次请求过大：{what} 为 {value}，上限 {most}。"


class TooOften(Refused):
    """Too many attempts; wait {seconds} s and try again."""

    code = "RATE_LIMITED"
    zh = "尝试次数过多，请 {seconds} 秒后再试。"


class BadCursor(Refused):
    """This cursor does not belong to this list; start again from its beginning."""

    code = "BAD_CURSOR"
    zh = "翻页标记不属于当前列表，请从第一页重新开始。"


class Internal(Refused):
    """Something went wrong on our side; report number {id} and we can find it."""

    code = "INTERNAL"
    zh = "系统内部出错，请提供编号 {id} 以便查找。"


def spoken(problem: GraphQLError, language: str) -> dict[str, Any]:
    """One GraphQL error as it leaves the house: message, path in the answer, code, and the field that is meant."""
    refusal = _refusal(problem)
    said: dict[str, Any] = {"message": refusal.message(language)}
    if problem.path:
        said["path"] = problem.path
    if problem.locations and not isinstance(refusal, Internal):
        said["locations"] = [{"line": at.line, "column": at.column} for at in problem.locations]
    return said | {"extensions": marks(refusal)}


def marks(refusal: Refused) -> dict[str, Any]:
    """What a program needs to know of a refusal."""
    found: dict[str, Any] = {"code": refusal.code}
    if refusal.path:
        found["path"] = refusal.path
    if isinstance(refusal, Internal):
        found["id"] = str(refusal.facts["id"])
    return found


def body(refusal: Refused, language: str) -> dict[str, Any]:
    """A whole answer that holds only this refusal, for what fails before GraphQL begins."""
    return {"data": None, "errors": [{"message": refusal.message(language), "extensions": marks(refusal)}]}


def masked(problem: BaseException) -> Internal:
    """A number in place of what happened; the log has both. Only the kind of failure is logged, not its values."""
    refusal = Internal(id=new_id())
    log.error("internal_error", id=str(refusal.facts["id"]), exc_info=problem)
    return refusal


def _refusal(problem: GraphQLError) -> Refused:
    origin: Exception | None = problem.original_error
    while isinstance(origin, GraphQLError):
        problem, origin = origin, origin.original_error
    if isinstance(origin, Refused):
        return origin
    if origin is None or isinstance(problem, GraphQLSyntaxError):
        return _unreadable(problem)
    if isinstance(origin, RecursionError):
        return TooMuch(what="nesting", value="∞", most="…")
    return of_database(origin) or masked(origin)


def _unreadable(problem: GraphQLError) -> Refused:
    """What the parser, the validation or the coercion of values had against it, without suggestions."""
    reason = _HINT.sub("", problem.message)[:_LONGEST].rstrip(".")
    if variable := _VARIABLE.match(problem.message):
        at = _AT.search(problem.message)
        return BadInput(path=at["path"] if at else variable["name"], reason=reason)
    return Malformed(reason=reason)


class Unavailable(Refused):
    """A part of the system is not reachable right now; nothing was changed, try again in a moment."""

    code = "UNAVAILABLE"
    zh = "系统部分服务暂不可用，未做任何更改，请稍后再试。"


class TryAgain(Refused):
    """Somebody else is changing the same thing; nothing was changed, try again."""

    code = "TRY_AGAIN"
    zh = "其他人正在修改同一内容，未做任何更改，请重试。"


class Impossible(Refused):
    """What you sent contradicts what is stored ({rule}); nothing was changed."""

    code = "CONTRADICTION"
    zh = "提交内容与已有数据矛盾（{rule}），未做任何更改。"


def of_database(problem: Exception) -> Refused | None:
    """A refusal for what the database itself declined; None where the fault is ours.

    The services check first; this net is for two people acting in the same moment. A row of another company and one that
    does not exist break the same key, so neither the code nor the rule tells them apart.
    """
    if isinstance(problem, TimeoutError | OperationalError | PoolTimeout):
        state = getattr(getattr(problem, "orig", None), "sqlstate", None) or ""
        return TryAgain() if state in _CROWDED else Unavailable()
    if isinstance(problem, IntegrityError):
        rule = getattr(getattr(problem.orig, "diag", None), "constraint_name", None)
        return Impossible(rule=rule or "?")
    return None


_CROWDED = {"40001", "40P01", "55P03", "57014"}
"""Serialization failure, deadlock, lock not to be had, statement too slow."""
