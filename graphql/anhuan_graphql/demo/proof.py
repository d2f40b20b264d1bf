"""How the day ends: the record exported and judged by the stand-alone verifier, and what everyone was told."""

import asyncio
import json
import os
import sys
import tempfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from anhuan_graphql.demo.api import Unexpected, Visitor
from anhuan_graphql.demo.day import Day
from anhuan_infra.record import anchors
from anhuan_infra.record.chain import Head
from anhuan_infra.record.verifier import anhuan_verify

HEAD = "{ recordHead { size chainHash signedAt keyId signature } }"
_SEALED = "query($id: UUID!) { case(id: $id) { number timeline(first: 100) { edges { node { act seq } } } } }"
_TOLD = "{ notices(first: 100) { edges { node { kind reach isUrgent createdAt } } } }"


async def head(day: Day) -> dict[str, Any] | None:
    """The newest signed head, as the auditor notes it down; nobody can shorten the record behind it unseen."""
    found: dict[str, Any] | None = await day["wen"].ask(HEAD)
    return found


async def prove(day: Day, noted: list[dict[str, Any]], heads: Path | None) -> None:
    """Wait until every act of the closed cases is sealed, take the record away, and have it judged by a program that shares no
    code with us: against the heads noted during the day and, on this machine, against the server's anchors."""
    day.heading("存证：导出并独立验证操作记录", "the record, exported and verified")
    wen = day["wen"]
    last = 0
    for case_id in day.closed:
        found = await wen.until(_SEALED, lambda case: all(_numbers(case)), 30, id=case_id)
        last = max([last, *map(int, _numbers(found))])
        acts = len(_numbers(found))
        await day.tell(
            None, f"{found['number']} 共 {acts} 条记录，均已封存", f"all {acts} entries are sealed"
        )
    noted.append(await wen.until(HEAD, lambda one: one is not None and int(one["size"]) >= last, 30))
    with tempfile.TemporaryDirectory(prefix="anhuan-demo-") as folder:
        record, kept = Path(folder) / "record.jsonl", Path(folder) / "anchors.heads.jsonl"
        # Anchors first: what is anchored later than the export cannot be in it.
        anchored = _of_server(heads, day.company_id)
        if anchored is not None:
            kept.write_bytes(anchored)
        await _export(wen, record)
        await _judge(day, record, kept if anchored is not None else None, last)
        _compare(day.company_id, noted, record)
        await day.tell(
            wen,
            f"自存的 {len(noted)} 份签名均在导出中",
            "the heads noted during the day stand in it unchanged",
        )


def _numbers(case: dict[str, Any]) -> list[str]:
    """The place of each entry in the chain; empty text where it is not sealed yet."""
    return [edge["node"]["seq"] or "" for edge in case["timeline"]["edges"]]


def _of_server(heads: Path | None, company_id: str) -> bytes | None:
    if heads is None or not os.access(heads, os.R_OK | os.X_OK):
        return None
    return anchors.Anchors(heads).export(UUID(company_id)) or None


async def _export(wen: Visitor, record: Path) -> None:
    headers = {"authorization": f"Bearer {await wen.token()}"}
    async with wen.client.stream("GET", "/record.jsonl", headers=headers) as answer:
        if answer.status_code != 200:
            raise Unexpected(f"the export of the record answered {answer.status_code}")
        with record.open("wb") as file:
            async for piece in answer.aiter_bytes():
                file.write(piece)


def _compare(company_id: str, noted: list[dict[str, Any]], record: Path) -> None:
    """Every head that was noted must stand in the export, byte for byte: a record rewritten since would have others."""
    for one in noted:
        signed = Head(
            UUID(company_id),
            int(one["size"]),
            bytes.fromhex(one["chainHash"]),
            datetime.fromisoformat(one["signedAt"]),
            one["keyId"],
            bytes.fromhex(one["signature"]),
        ).line()
        with record.open("rb") as file:
            if not any(line.rstrip(b"\n") == signed for line in file):
                raise Unexpected(f"the head noted at entry {one['size']} is not in the exported record")


async def _judge(day: Day, record: Path, against: Path | None, last: int) -> None:
    words = [str(record), str(against)] if against else [str(record), "--without-anchors"]
    judge = await asyncio.create_subprocess_exec(
        sys.executable,
        str(anhuan_verify.__file__),
        "--json",
        *words,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await judge.communicate()
    if judge.returncode != 0:
        raise Unexpected(f"the verifier found the record changed: {(out or error).decode()[:500]}")
    result = json.loads(out)
    if result["entries"] < last:
        raise Unexpected(f"the export holds {result['entries']} entries, but {last} were sealed")
    zh, en = ("与存证比对", "against the anchors") if against else ("未取得存证", "without the anchors")
    await day.tell(
        None,
        f"独立程序验证通过：{result['entries']} 条记录完整（{zh}）",
        f"the stand-alone verifier finds {result['entries']} entries whole, {en}",
    )


async def notices(day: Day, since: datetime, expected: dict[str, set[str]]) -> None:
    """Who was told what today, and that it reached them; `expected` are kinds that a person must have got."""
    day.heading("通知", "notices")
    reached: Counter[str] = Counter()
    for visitor in day.visitors.values():
        wanted = expected.get(visitor.account, set())
        today = await _today(visitor, since, wanted)
        reached.update(str(one["reach"]) for one in today)
        kinds = Counter(str(one["kind"]) for one in today)
        if today:
            told = "、".join(f"{kind} ×{count}" for kind, count in sorted(kinds.items()))
            await day.tell(visitor, f"收到 {len(today)} 条：{told}", f"was told {len(today)} things")
    if reached["UNDELIVERED"]:
        raise Unexpected(f"{reached['UNDELIVERED']} notices reached nobody")
    total = ", ".join(f"{reach} {count}" for reach, count in sorted(reached.items()))
    await day.tell(
        None, f"今日通知合计：{total}", "all of them stand in the app; APP means that no channel is set up"
    )


async def _today(visitor: Visitor, since: datetime, wanted: set[str]) -> list[dict[str, Any]]:
    """What this person was told since then; what must be among it may take some seconds to come."""

    def told(found: Any) -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = [edge["node"] for edge in found["edges"]]
        return [one for one in nodes if datetime.fromisoformat(one["createdAt"]) >= since]

    try:
        found = await visitor.until(
            _TOLD, lambda found: wanted <= {str(one["kind"]) for one in told(found)}, 20
        )
    except Unexpected:
        missing = wanted - {str(one["kind"]) for one in told(await visitor.ask(_TOLD))}
        raise Unexpected(f"{visitor.account} should have been told of {sorted(missing)}") from None
    return told(found)
