"""A scheduler that does nothing but seal, as fast as it can, until it is killed."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg

from anhuan_infra.record import sealer
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring


async def main(url: str, folder: str, seed: str) -> None:
    """Say READY, then seal for ever in small batches with a head each time."""
    ring, anchors = Keyring(bytes.fromhex(seed)), Anchors(Path(folder))
    async with await psycopg.AsyncConnection[Any].connect(url, autocommit=True) as connection:
        print("READY", flush=True)
        while True:
            await sealer.seal(connection, ring, anchors, head_every=timedelta(0), batch=3)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
