"""A broken worker for the oracle to catch: neither its runner nor its effect looks whether the job was done before."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import text

from anhuan_graphql.worker import broker
from anhuan_infra.jobs import registry, runner
from anhuan_infra.work import Work

__all__ = ["broker"]

runner._TAKE = text(runner._TAKE.text.replace("and done_at is null", ""))

_escalate: Any = registry._jobs["loops.escalate"].function


async def _again(work: Work, escalation_id: UUID) -> None:
    await work.session.execute(
        text("update escalations set effected_at = null where id = :id"), {"id": escalation_id}
    )
    await _escalate(work, escalation_id)


registry._jobs["loops.escalate"] = replace(registry._jobs["loops.escalate"], function=_again)
