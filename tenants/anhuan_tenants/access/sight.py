"""Seeing the whole company for a moment, wherever one is called from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from anhuan_infra.work import Work


@asynccontextmanager
async def whole_company(work: Work) -> AsyncIterator[None]:
    """As `Work.seeing_all`, and harmless inside it: where sight is wide already it stays wide afterwards."""
    if await work.session.scalar(text("select current_setting('app.see_unit', true)")) == "all":
        yield
        return
    async with work.seeing_all():
        yield
