"""The day that `anhuan demo drive` plays: who takes part, what is told on the screen, photos, and what every scene needs."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from anhuan_graphql.demo import pictures
from anhuan_graphql.demo.api import Declined, Photo, Unexpected, Visitor
from anhuan_graphql.demo.group import SIGN_INS
from anhuan_graphql.demo.listening import Screen
from anhuan_infra.ids import new_id

PACE = 1.5
"""Seconds between two steps when somebody watches."""
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".heic": "image/heic",
}
CASE = """query($id: UUID!) { hazard(id: $id) {
    id number title status stage stageName grade level dueAt dueRule round recurrenceCount
    type { code nameZh nameEn } guess { percent because type { nameZh nameEn } } similar { caseId number percent }
    stopOrders { reason cause liftedAt }
    escalations { rung dueAt firedAt effectedAt effect }
    tasks(open: true) { id step stepName dueAt dueRule { rule } seats { id no status candidates { account name } } }
} }"""


@dataclass
class Day:
    """Everyone who is signed in, and what happened so far."""

    url: str
    visitors: dict[str, Visitor]
    photos: "Album"
    screen: Screen
    """The safety officer's screen."""
    is_fast: bool
    company_id: str
    zone: ZoneInfo
    """The company's own, in which it reads times."""
    machines: dict[str, str] = field(default_factory=dict[str, str])
    """Ids by code."""
    began: float = field(default_factory=time.monotonic)
    closed: list[str] = field(default_factory=list[str])
    """Ids of the cases that were closed today, in order."""

    def __getitem__(self, account: str) -> Visitor:
        return self.visitors[account]

    def seated(self, task: dict[str, Any]) -> list[Visitor]:
        """Those of us for whom this task waits, seat by seat."""
        found: list[Visitor] = []
        for seat in task["seats"]:
            ours = [one["account"] for one in seat["candidates"] if one["account"] in self.visitors]
            free = [self[account] for account in ours if self[account] not in found]
            if seat["status"] == "OPEN" and free:
                found.append(free[0])
        return found

    def clock(self, moment: str) -> str:
        """A moment of the API on the company's clock."""
        return f"{datetime.fromisoformat(moment).astimezone(self.zone):%H:%M:%S}"

    def heading(self, zh: str, en: str) -> None:
        """A scene begins."""
        print(f"\n── {zh} · {en}", flush=True)

    async def tell(self, who: Visitor | None, zh: str, en: str) -> None:
        """One step, in plain words."""
        name = f"{who.name}（{who.what}）" if who else "系统 system"
        print(f"{time.monotonic() - self.began:6.1f} s  {name}: {zh} · {en}", flush=True)
        if not self.is_fast:
            await asyncio.sleep(PACE)

    async def look(self, case_id: str, account: str = "ding") -> dict[str, Any]:
        """The case as it stands; by default as the safety director sees it."""
        found: dict[str, Any] = await self[account].ask(CASE, id=case_id)
        return found

    async def photo(self, who: Visitor, wait: bool = False) -> UUID:
        """A photo of this person, sent; one that the product refuses is said and the next is taken."""
        while True:
            photo = self.photos.next()
            try:
                evidence_id = await who.upload(photo)
            except Declined as refusal:
                await self.tell(
                    who, f"照片 {photo.name} 被拒收", f"the photo {photo.name} is refused: {refusal}"
                )
                continue
            if wait:
                found = await who.durable(evidence_id)
                flags = ", ".join(flag["code"] for flag in found["flags"])
                await self.tell(
                    who,
                    f"照片 {photo.name} 已安全保存，手机可删除" + (f"；请人工留意：{flags}" if flags else ""),
                    f"{found['width']}×{found['height']} is durable, the phone may let go"
                    + (f"; for a human to look at: {flags}" if flags else ""),
                )
            return evidence_id

    async def report(
        self, who: Visitor, text: str, machine: str, position: tuple[float, float] | None = None
    ) -> dict[str, Any]:
        """A report with a photo; kind and place come from the words and the machine's label."""
        photo = await self.photo(who, wait=True)
        case_id = new_id()
        given: dict[str, Any] = {"description": text, "assetId": self.machines[machine], "evidence": [photo]}
        if position is not None:
            given["position"] = {"latitude": position[0], "longitude": position[1], "accuracyM": 8.0}
        await who.act("reportHazard", "{ id }", id=case_id, **given)
        found = await self.look(str(case_id), who.account)
        guess = found["guess"]
        await self.tell(who, f"上报隐患 {found['number']}「{text}」，附照片", "reports a hazard with a photo")
        if guess:
            kind, percent = guess["type"], guess["percent"]
            await self.tell(
                None,
                f"按描述建议类型：{kind['nameZh']}（把握 {percent}%，依据 {'、'.join(guess['because'])}）",
                f"suggests {kind['nameEn']} with {percent} % confidence",
            )
        return found

    async def waits_for(self, case_id: str, step: str, *accounts: str) -> dict[str, Any]:
        """The open task of this step, which must wait for these people and nobody else (none named: for anybody)."""
        found = await self.look(case_id)
        task = next((one for one in found["tasks"] if one["step"] == step), None)
        if task is None:
            steps = [one["step"] for one in found["tasks"]]
            raise Unexpected(
                f"{found['number']} should wait at {step}, but waits at {steps or found['status']}"
            )
        seated = {
            person["account"]
            for seat in task["seats"]
            if seat["status"] == "OPEN"
            for person in seat["candidates"]
        }
        if accounts and not set(accounts) <= seated:
            raise Unexpected(f"{found['number']} {step} should wait for {accounts}, but waits for {seated}")
        return dict(task)

    async def must_decline(self, code: str, doing: Any) -> str:
        """Something that the product must decline with this code; its words."""
        try:
            await doing
        except Declined as refusal:
            if refusal.code == code:
                return refusal.message
            raise
        raise Unexpected(f"this should have been declined with {code}")


class Album:
    """The photos of the day: given ones first, each once, then drawn ones."""

    def __init__(self, folder: Path | None) -> None:
        files = sorted(folder.rglob("*")) if folder else []
        self._given = [file for file in files if file.suffix.lower() in _TYPES]
        if folder is not None and not self._given:
            raise Unexpected(f"no photos in {folder}")
        self._drawn = (f"{new_id()}" for _ in itertools.count())
        self._next: Iterator[Photo] = self._photos()

    def next(self) -> Photo:
        """One more."""
        return next(self._next)

    def _photos(self) -> Iterator[Photo]:
        for file in self._given:
            yield Photo(file.name, _TYPES[file.suffix.lower()], file.read_bytes())
        for number, seed in enumerate(self._drawn, 1):
            yield Photo(f"现场{number}.jpg", "image/jpeg", pictures.photo(seed, datetime.now().astimezone()))


def read_sign_ins(file: Path) -> tuple[str, list[dict[str, str]]]:
    """The address and the sign-ins that the load wrote down."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return str(kept["url"]), list(kept["sign_ins"])
    except (OSError, ValueError, KeyError) as problem:
        raise Unexpected(
            f"no demo sign-ins in {file} ({type(problem).__name__}); start the program with `make up` first"
        ) from problem


async def arrive(client: httpx.AsyncClient, entries: Sequence[dict[str, str]]) -> dict[str, Visitor]:
    """Everybody signs in, a few at a time."""
    known = {one.account: one for one in SIGN_INS}
    free = asyncio.Semaphore(3)

    async def come(entry: dict[str, str]) -> Visitor:
        one = known[entry["account"]]
        visitor = Visitor(client, one.account, one.name, f"{one.zh} {one.en}")
        async with free:
            await visitor.sign_in(entry["tenant"], entry["password"])
        return visitor

    found = await asyncio.gather(*(come(entry) for entry in entries if entry["account"] in known))
    return {visitor.account: visitor for visitor in found}
