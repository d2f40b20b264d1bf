"""The ground on which one fault is tried: a company on the shared servers, its journal, and what finishes the work."""

import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from tests.faults import programs
from tests.support import hurry, oracle
from tests.support.journal import Journal, Told
from tests.support.phones import Phone
from tests.support.site import Site

PATIENCE = 45.0
"""Seconds for what must come."""


@dataclass
class Ground:
    """Settings and environment of the programs, a company, its journal, a folder for logs and a photo."""

    settings: Settings
    env: dict[str, str]
    site: Site
    journal: Journal
    folder: Path
    photo: Path

    def log(self, name: str) -> Path:
        """Where a program of this name writes."""
        return self.folder / f"{name}.log"

    def hurry(self) -> int:
        """Have every open deadline of every company fall due within a second and a half; how many were moved."""
        return hurry.once(self.settings.clock_database_url, (0.3, 1.5), 10_000)

    def pass_time(self) -> None:
        """Leave out the quarter of a minute after which a message counts as lost."""
        with psycopg.connect(self.settings.clock_database_url, autocommit=True) as clock:
            clock.execute("update outbox set sent_at = sent_at - interval '1 hour' where done_at is null")

    def finish(self) -> None:
        """The product's own worker and scheduler do what is left."""
        with (
            programs.worker(self.env, self.log("worker")),
            programs.scheduler(self.env, self.log("scheduler")),
        ):
            deadline = time.monotonic() + PATIENCE
            while left := self.unfinished():
                assert time.monotonic() < deadline, f"still waiting: {left}"
                self.pass_time()
                time.sleep(0.5)

    def intend(self, told: Told) -> Told:
        """Note it in the journal."""
        self.journal.intend(told)
        return told

    def a_report(self, phone: Phone) -> Told:
        """A report that this phone is about to send."""
        content = {"type": "other", "description": f"护栏松动 {new_id().hex}", "evidence": []}
        return self.intend(Told(phone.account, "report", new_id(), content))

    def a_photo(self, phone: Phone) -> Told:
        """A photo that this phone is about to send."""
        return self.intend(Told(phone.account, "photo", new_id(), {"file": str(self.photo)}))

    def phone(self, url: str) -> Phone:
        """The phone of one who reports."""
        return self.site.phone(url, self.site.reporters[0])

    def has_case(self, told: Told) -> bool:
        """Whether the database has it."""
        with oracle.opened(self.settings, self.site.tenant_id) as eye:
            return bool(eye.execute("select 1 from cases where id = %s", (told.id,)).fetchall())

    def complaints(self) -> list[str]:
        """What the oracle has against the company as it stands in the database."""
        with oracle.opened(self.settings, self.site.tenant_id) as eye:
            return oracle.complaints(eye, self.site.tenant_id, self.journal)

    def unfinished(self) -> str:
        """What the product is still about to do."""
        with oracle.opened(self.settings, self.site.tenant_id) as eye:
            return oracle.unfinished(eye, self.site.tenant_id)
