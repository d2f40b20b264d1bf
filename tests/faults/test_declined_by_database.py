"""What the database declines inside a block that sees everything arrives as it was said, so that it can be told apart."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from anhuan_infra.db.engine import Sessions
from anhuan_infra.settings import Settings
from tests.support.people import a_company

_HOLD = text("select 1 from companies for update")


async def test_a_lock_that_is_not_to_be_had_is_not_hidden_by_what_comes_after_it(
    sessions: Sessions, settings: Settings
) -> None:
    company = await a_company(sessions, settings)

    async with company.house() as holder:
        await holder.session.execute(_HOLD)
        with pytest.raises(OperationalError) as refused:
            async with company.work() as work:
                await work.session.execute(text("set local lock_timeout = '50ms'"))
                async with work.seeing_all():
                    await work.session.execute(_HOLD)

    assert getattr(refused.value.orig, "sqlstate", None) == "55P03"


async def test_sight_narrows_again_after_a_refusal_that_the_caller_survives(
    sessions: Sessions, settings: Settings
) -> None:
    company = await a_company(sessions, settings)
    lin = await company.person("林小雨", "worker")

    async with company.work(lin) as work:
        before = await work.session.scalar(text("select current_setting('app.see_case', true)"))
        with pytest.raises(ValueError, match="refused"):
            async with work.seeing_all():
                raise ValueError("refused")
        after = await work.session.scalar(text("select current_setting('app.see_case', true)"))

    assert before == after != "all"
