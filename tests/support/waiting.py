"""Waiting in tests for something that another process or task brings about."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable


async def until(seen: Callable[[], bool | Awaitable[bool]], seconds: float = 10.0) -> None:
    """Look again and again until it is so; a TimeoutError when it does not come."""
    async with asyncio.timeout(seconds):
        while True:
            found = seen()
            if await found if inspect.isawaitable(found) else found:
                return
            await asyncio.sleep(0.02)
