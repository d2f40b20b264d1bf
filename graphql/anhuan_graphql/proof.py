"""Proving companies' records from the command line: each is exported and handed to the verifier that shares no code with us."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import psycopg

from anhuan_graphql.scheduler import RECORD_KEY
from anhuan_infra.record import export
from anhuan_infra.record.anchors import Anchors
from anhuan_infra.record.keys import Keyring
from anhuan_infra.record.verifier import anhuan_verify
from anhuan_infra.settings import Settings

_SAID = {
    "none": ("there is no company {code}", "没有企业 {code}"),
    "whole": ("{code}: the record is whole", "{code}：记录完整，未被改动"),
    "broken": ("{code}: THE RECORD WAS CHANGED", "{code}：记录已被改动"),
    "wrote": ("{code}: written to {file}", "{code}：已导出到 {file}"),
}


async def verify(settings: Settings, codes: Sequence[str], language: str) -> int:
    """Check the records of these companies, or of all; 1 when any was changed, 2 when one is not there."""
    companies = await _companies(settings)
    worst = 0
    for code in codes or sorted(companies):
        if code not in companies:
            _say("none", language, code=code)
            return 2
        with tempfile.TemporaryDirectory(prefix="anhuan-verify-") as folder:
            file = Path(folder) / "record.jsonl"
            await _write(settings, companies[code], file)
            found = _check(file, Anchors(settings.heads_dir).path(companies[code]), language)
        _say("broken" if found else "whole", language, code=code)
        worst = max(worst, found)
    return worst


async def export_one(settings: Settings, code: str, file: Path, language: str) -> int:
    """Write one company's record; it is checked with `anhuan_verify.py` and the heads kept elsewhere."""
    companies = await _companies(settings)
    if code not in companies:
        _say("none", language, code=code)
        return 2
    await _write(settings, companies[code], file)
    _say("wrote", language, code=code, file=file)
    return 0


async def _companies(settings: Settings) -> dict[str, UUID]:
    async with await psycopg.AsyncConnection.connect(settings.clock_database_url) as connection:
        cursor = await connection.execute("select code, tenant_id from companies")
        return dict(await cursor.fetchall())


async def _write(settings: Settings, tenant_id: UUID, file: Path) -> None:
    publics = Keyring(settings.secrets.key(RECORD_KEY)).publics
    context = {"app.tenant_id": str(tenant_id), "app.see_record": "all", "app.see_case": "all"}
    async with await psycopg.AsyncConnection.connect(
        settings.app_database_url, autocommit=True
    ) as connection:
        for name, value in context.items():
            await connection.execute("select set_config(%s, %s, false)", (name, value))
        with file.open("wb") as out:
            async for line in export.lines(connection, tenant_id, publics):
                out.write(line)


def _check(record: Path, anchors: Path, language: str) -> int:
    """The verifier's own verdict and words; without anchors nothing speaks against a record cut short, so that is said."""
    words = [
        str(record),
        *([str(anchors)] if anchors.exists() else ["--without-anchors"]),
        "--lang",
        language,
    ]
    return anhuan_verify.main(words)


def _say(what: str, language: str, **facts: object) -> None:
    print(_SAID[what][language == "zh"].format(**facts))
