"""Proofs that lie outside the database: the record by its stand-alone verifier, the evidence by its bytes."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra.record import export
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier import anhuan_verify
from anhuan_infra.settings import Settings
from anhuan_infra.stack import bucket
from anhuan_infra.work import system
from tests.support import oracle
from tests.support.journal import Journal


async def record(settings: Settings, tenant_id: UUID, folder: Path) -> list[str]:
    """What the verifier, run as an auditor runs it, has against the exported record and the heads kept outside."""
    keys = Keyring(settings.secrets.key(RECORD_KEY))
    async with await psycopg.AsyncConnection[Any].connect(settings.app_database_url) as eye:
        for name, value in system(tenant_id).context().items():
            await eye.execute("select set_config(%s, %s, false)", (name, value))
        lines = [line async for line in export.lines(eye, tenant_id, keys.publics)]
        row = await (await eye.execute("select count(*) from record_entries")).fetchone()
    exported, heads = folder / "record.jsonl", folder / "heads.jsonl"
    exported.write_bytes(b"".join(lines))
    heads.write_bytes(Anchors(settings.heads_dir).export(tenant_id))
    done = subprocess.run(  # noqa: ASYNC221 - nothing else runs meanwhile
        [sys.executable, "-I", "-S", anhuan_verify.__file__, str(exported), str(heads), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return [f"the record does not verify: {done.stdout[:2000]}{done.stderr[:500]}"]
    said = json.loads(done.stdout)
    entries = row[0] if row else 0
    if not said["entries"] == said["anchored"] == entries > 0:
        return [
            f"{entries} entries in the record, {said['entries']} sealed, {said['anchored']} anchored outside"
        ]
    return []


def evidence(settings: Settings, tenant_id: UUID, journal: Journal) -> list[str]:
    """Every photo whose receipt a phone has is stored, readable by its version, and the same to the last bit."""
    client = bucket.client(settings.s3_url)
    found: list[str] = []
    with oracle.opened(settings, tenant_id) as eye:
        rows = eye.execute("select id, status, object_key, version_id, sha256 from evidence").fetchall()
    held = {row[0]: row[1:] for row in rows}
    for told in journal.acked("photo"):
        status, key, version, digest = held.get(told.id, ("absent", "", "", ""))
        if status not in ("stored", "durable"):
            found.append(f"acknowledged photo {told.id} is {status}")
            continue
        body = client.get_object(Bucket=bucket.name(settings.s3_url), Key=key, VersionId=version)[
            "Body"
        ].read()
        if not hashlib.sha256(body).hexdigest() == digest == _sha256(Path(told.content["file"])):
            found.append(f"acknowledged photo {told.id} has other bytes")
    client.close()
    return found


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
