"""What happens to a notice after it is stored: it is carried outside the app."""

import asyncio
from datetime import timedelta
from uuid import UUID

from anhuan_infra.jobs.registry import job
from anhuan_infra.jobs.works import Works
from anhuan_infra.notify.channel import Outcome
from anhuan_platform.notices import carrying, delivery
from anhuan_platform.notices.delivery import Try, Wave

MOST_WAVES = 6
"""Waves in one job, each of ten seconds at most, so that the job ends well before its lease; then another goes on."""


@job("notices.deliver", queue="notices", outside=True)
async def deliver(works: Works, notice_id: UUID) -> None:
    """Try the person's channels one after another until one has it. Each try is written down before and after the call;
    a worker that dies in between is followed by another, so people are told at least once, under the same key."""
    made: list[tuple[Try, Outcome]] = []
    asked = timedelta()
    wave = Wave()
    for number in range(MOST_WAVES + 1):
        async with works.open() as work:
            await delivery.note(work, made)
            is_long = number == MOST_WAVES
            wave = Wave(again=work.now) if is_long else await delivery.begin(work, notice_id)
        if not wave.tries:
            break
        outcomes = await asyncio.gather(*(carrying.carry(work.tenant_id, one) for one in wave.tries))
        made = list(zip(wave.tries, outcomes, strict=True))
        asked = max([asked, *(o.retry_after for o in outcomes if o.retry_after)])
    async with works.finish() as work:
        await delivery.conclude(work, notice_id, wave.again, asked)
