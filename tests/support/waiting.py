"""Waiting in tests for something that another process or task brings about."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable


async def until(seen: Callable[[], bool | Awaitable[bool]], seconds: float = 60.0) -> None:
    """Look again and again until it is so; a TimeoutError when it does not come. Long, for a busy machine: what comes costs no wait."""
    async with asyncio.timeout(seconds):
        while True:
            found = seen()
            if await found if inspect.isawaitable(found) else found:
                return
            await asyncio.sleep(0.02)
