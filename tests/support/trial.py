"""A trial: one installation under load, its faults, its recovery, and the judgement over what it acknowledged."""

import json
import time
from pathlib import Path
from typing import Any

from tests.support import oracle, proofs
from tests.support.hurry import Hurry, release
from tests.support.installation import Installation, names
from tests.support.journal import Journal
from tests.support.phones import Crowd, Phone, send_again
from tests.support.pictures import a_photo
from tests.support.site import OFFICER, Site, a_site

SETTLE = 60.0
"""Seconds that the product has to finish what was begun; a lost message alone costs it up to 15."""


class Trial:
    """Built on a running installation; keeps its journal and photos beside the installation's folder."""

    def __init__(self, installation: Installation, site: Site, folder: Path) -> None:
        self.installation = installation
        self.site = site
        self.journal = Journal(folder / "journal.jsonl")
        self._folder = folder
        self._photos = folder / "photos"
        self._photos.mkdir()
        for number in range(5):
            (self._photos / f"{number}.jpg").write_bytes(a_photo(number, size=(320, 240)))
        url = installation.url
        self._reporters = [site.phone(url, account) for account in site.reporters]
        self._officer = site.phone(url, OFFICER)
        self._load: tuple[Crowd, Hurry] | None = None
        self.hurried = 0

    @classmethod
    async def begin(cls, installation: Installation, folder: Path, reporters: int = 5) -> "Trial":
        """Sign a company up on a running installation."""
        return cls(installation, await a_site(installation.settings, installation.url, reporters), folder)

    @property
    def phones(self) -> list[Phone]:
        """Everybody's."""
        return [*self._reporters, self._officer]

    def load(self, seed: int) -> None:
        """Reports, photos and grades stream in, and deadlines fall due, until `unload`."""
        crowd = Crowd(self.journal, self._reporters, self._officer, self._photos, seed)
        hurry = Hurry(self.installation.settings.clock_database_url, seed)
        crowd.begin()
        hurry.begin()
        self._load = crowd, hurry

    def unload(self) -> None:
        """Each phone finishes or gives up what it is about; nothing that was sent may have been refused."""
        assert self._load is not None, "load() comes first"
        crowd, hurry = self._load
        crowd.end()
        hurry.end()
        self.hurried += hurry.moved
        assert crowd.declined == []

    def recover(self) -> dict[str, float]:
        """Start again in the same folder and send again what was not answered; how many seconds each took."""
        started = self.installation.start()
        for phone in self.phones:
            phone.url = self.installation.url
        return {"started": started, "first accepted": started + self.resend()}

    def resend(self) -> float:
        """Have every phone send again what was not answered, until it is; the seconds until the first answer."""
        return send_again(self.journal, self.phones)

    def settle(self) -> float:
        """Wait until nothing is about to happen any more; the seconds that took."""
        began, settings = time.monotonic(), self.installation.settings
        with oracle.opened(settings, self.site.tenant_id) as eye:
            while left := oracle.unfinished(eye, self.site.tenant_id):
                assert time.monotonic() - began < SETTLE, (
                    f"still waiting: {left}\n{self.installation.printed}"
                )
                release(settings.clock_database_url)
                time.sleep(0.3)
        return time.monotonic() - began

    async def judge(self) -> list[str]:
        """Everything that is not as it was promised."""
        settings, tenant = self.installation.settings, self.site.tenant_id
        with oracle.opened(settings, tenant) as eye:
            found = oracle.complaints(eye, tenant, self.journal)
        found += await proofs.record(settings, tenant, self._folder)
        return found + proofs.evidence(settings, tenant, self.journal)

    def figures(self) -> oracle.Figures:
        """How much was at stake."""
        with oracle.opened(self.installation.settings, self.site.tenant_id) as eye:
            return oracle.figures(eye, self.site.tenant_id)

    def report(self, **facts: Any) -> None:
        """One line for whoever reads the output: the seed above all."""
        counted = self.figures()
        said = facts | self.journal.sums() | {"deadlines hurried": self.hurried}
        said |= {"escalations": counted.escalations, "cancelled deadlines": counted.cancelled}
        said |= {"late p50": round(counted.late(0.5), 2), "late p99": round(counted.late(0.99), 2)}
        print(json.dumps(said, ensure_ascii=False))

    def end(self) -> None:
        """Stop the product in order; nothing of it may be left."""
        self.journal.close()
        for phone in self.phones:
            phone.close()
        self.installation.stop()
        assert names(self.installation.members()) == []
