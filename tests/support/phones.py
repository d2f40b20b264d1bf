"""Phones: clients of the public API that write everything into their journal, give up on nothing and send it again."""

import hashlib
import random
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from anhuan_infra.ids import new_id
from tests.support.journal import Journal, Told
from tests.support.people import PASSWORD

PATIENCE = 8.0
"""Seconds that a phone waits for an answer."""
_PLACES = ("冲压线", "喷涂房", "锅炉间", "配电室", "行车轨道", "危化品库", "空压站", "打磨台")
_FAULTS = ("防护罩缺失", "地面油污", "电缆破损", "灭火器过期", "护栏松动", "联锁失效", "通道堵塞", "标识脱落")


class Unanswered(Exception):
    """The product did not say that it was done; whether it was is not known."""


class Declined(Exception):
    """The product understood and refused: with these inputs a defect of the product or of the test."""


@dataclass
class Phone:
    """One person's client. It keeps no state but its token: what it wants is in the journal."""

    url: str
    company: str
    account: str
    token: str = ""

    def __post_init__(self) -> None:
        # Proxies of the machine are none of the product's business.
        self._client = httpx.Client(timeout=PATIENCE, trust_env=False)

    def close(self) -> None:
        """Give its connections back."""
        self._client.close()

    def sign_in(self) -> None:
        """Begin a session, as often as it takes."""
        given = {"company": self.company, "name": self.account, "password": PASSWORD}
        self.token = self.act("signIn", "{ tokens { accessToken } }", **given)["tokens"]["accessToken"]

    def act(self, name: str, result: str, /, **given: Any) -> Any:
        """One mutation; its result, or Unanswered or Declined."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ result {result} errors {{ code path message }} }} }}"
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            answer = self._client.post(
                f"{self.url}/graphql",
                json={"query": query, "variables": {"input": given}},
                headers=headers,
            )
            said = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise Unanswered(type(problem).__name__) from problem
        if said.get("errors") or not said.get("data"):
            raise Unanswered(str(said.get("errors"))[:300])
        payload = said["data"][name]
        if payload["errors"]:
            codes = {problem["code"] for problem in payload["errors"]}
            if codes <= {"UNAVAILABLE", "TRY_AGAIN"}:
                raise Unanswered(str(codes))
            raise Declined(f"{name} {given.get('id', '')}: {payload['errors']}")
        return payload["result"]

    def carry_out(self, journal: Journal, told: Told) -> None:
        """Try what was intended, from its beginning; the journal hears of each step that was acknowledged."""
        if told.kind == "report":
            self.act("reportHazard", "{ id }", id=str(told.id), **told.content)
        elif told.kind == "grade":
            self.act("gradeHazard", "{ id }", hazardId=told.content["hazard"], grade=told.content["grade"])
        else:
            self._upload(journal, told)
        journal.acknowledged(told.id)

    def _upload(self, journal: Journal, told: Told) -> None:
        content = Path(told.content["file"]).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        announced = {
            "id": str(told.id),
            "name": "photo.jpg",
            "mediaType": "image/jpeg",
            "size": len(content),
            "sha256": digest,
        }
        ticket = self.act("requestUpload", "{ url fields }", **announced)
        # The store said once that it has the file: it is not sent a second time, so a lost object would show.
        if ticket["url"] and "sent" not in told.acks:
            try:
                answer = self._client.post(ticket["url"], data=ticket["fields"], files={"file": content})
            except httpx.HTTPError as problem:
                raise Unanswered(type(problem).__name__) from problem
            if answer.status_code != 204:
                raise Unanswered(f"S3 {answer.status_code} {answer.text[:200]}")
            journal.acknowledged(told.id, "sent")
            told.acks.append("sent")
        self.act("confirmUpload", "{ id }", id=str(told.id))


class Crowd:
    """Phones that report without pause, each from a thread of its own, and a safety officer who grades what was accepted."""

    def __init__(
        self, journal: Journal, phones: list[Phone], officer: Phone, photos: Path, seed: int
    ) -> None:
        self._journal = journal
        self._photos = photos
        self._stop = threading.Event()
        self.declined: list[str] = []
        self._accepted: list[UUID] = []
        self._threads = [
            threading.Thread(
                target=self._report, args=(phone, random.Random(seed * 100 + number)), daemon=True
            )
            for number, phone in enumerate(phones)
        ]
        dice = random.Random(seed * 100 + 99)
        self._threads.append(threading.Thread(target=self._grade, args=(officer, dice), daemon=True))

    def begin(self) -> None:
        """All at once."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each finish what it is about."""
        self._stop.set()
        for thread in self._threads:
            thread.join(3 * PATIENCE)
            assert not thread.is_alive(), "a phone hangs"

    def _report(self, phone: Phone, dice: random.Random) -> None:
        while not self._stop.wait(dice.uniform(0.0, 0.15)):
            evidence: list[str] = []
            if dice.random() < 0.15:
                evidence = self._photo(phone, dice)
            report = {"type": "other", "description": _story(dice), "evidence": evidence}
            told = self._intend(phone, "report", report)
            if self._try(phone, told):
                self._accepted.append(told.id)

    def _photo(self, phone: Phone, dice: random.Random) -> list[str]:
        file = dice.choice(sorted(self._photos.iterdir()))
        told = self._intend(phone, "photo", {"file": str(file)})
        return [str(told.id)] if self._try(phone, told) else []

    def _grade(self, phone: Phone, dice: random.Random) -> None:
        while not self._stop.wait(0.15):
            if self._accepted:
                hazard = self._accepted.pop(dice.randrange(len(self._accepted)))
                self._try(phone, self._intend(phone, "grade", {"hazard": str(hazard), "grade": "C"}))

    def _intend(self, phone: Phone, kind: str, content: dict[str, Any]) -> Told:
        told = Told(phone.account, kind, new_id(), content)
        self._journal.intend(told)
        return told

    def _try(self, phone: Phone, told: Told) -> bool:
        try:
            phone.carry_out(self._journal, told)
        except Unanswered:
            # Left in the journal like a phone in a drawer; a short rest, since refused connections come at once.
            self._stop.wait(0.2)
            return False
        except Declined as refusal:
            self.declined.append(str(refusal))
            return False
        return True


def send_again(journal: Journal, phones: list[Phone], seconds: float = 180.0) -> float:
    """Have each phone send what was not answered until it is; the seconds until the first answer."""
    began = time.monotonic()
    first, why = 0.0, ""
    by_account = {phone.account: phone for phone in phones}
    waiting = journal.unanswered()
    many = len(waiting)
    # A report may name a photo that was never confirmed; photos first, as a phone does it.
    waiting.sort(key=lambda told: told.kind != "photo")
    while waiting:
        assert time.monotonic() - began < seconds, (
            f"still unanswered, {len(waiting)} of {many}, {why}: {waiting[:3]}"
        )
        left: list[Told] = []
        for told in waiting:
            try:
                by_account[told.by].carry_out(journal, told)
                first = first or time.monotonic() - began
            except Unanswered as problem:
                why = str(problem)
                left.append(told)
                time.sleep(0.1)
        waiting = left
    return first


def _story(dice: random.Random) -> str:
    return f"{dice.choice(_PLACES)}{dice.choice(_FAULTS)}，编号 {dice.randrange(10**9):09}"
