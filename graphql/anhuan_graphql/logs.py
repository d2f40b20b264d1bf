"""Logs as JSON lines on standard error: what happened and under which request, never who or what they wrote."""

import logging
import sys
from typing import Any

import structlog


def configure() -> None:
    """Send our own lines and those of libraries the same way; safe to call twice."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    render: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _place_of_failure,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=render))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for quiet in ("httpx", "httpcore", "botocore", "sqlalchemy", "strawberry.execution", "apprise"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _place_of_failure(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Of an exception its kind and where it arose; its text may quote what a person wrote, so it stays out."""
    given = event.pop("exc_info", None)
    problem = given[1] if isinstance(given, tuple) else given if isinstance(given, BaseException) else None
    if given is True:
        problem = sys.exc_info()[1]
    if problem is not None:
        event["problem"] = type(problem).__name__
        event["at"] = _frames(problem)
    return event


def _frames(problem: BaseException) -> list[str]:
    found: list[str] = []
    trace = problem.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rpartition('site-packages/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-12:]
