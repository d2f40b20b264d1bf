"""A company that is told things, the outside world that takes them, and the hours between."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update

from anhuan_infra.db.engine import Sessions
from anhuan_infra.ids import new_id
from anhuan_infra.jobs.runner import Runner
from anhuan_platform.notices import channels, repository, service
from anhuan_platform.notices.models import Attempt, Notice
from anhuan_tenants.subscriptions.models import Subscription
from tests.support.people import Company
from tests.support.sink import Sink

HAZARD = {"number": "HZ-7", "title": "三号冲床防护罩缺失", "type": {"zh": "机械", "en": "Machine"}}
SIGNING = "whsec_U0VDUkVULXdlYmhvb2stc2VjcmV0LXRoYXQtaXMtbG9uZw=="
PASSWORD = "SECRET-signing-2"

_DUE = text("""
    select id from outbox where job = 'notices.deliver' and done_at is null and failed_at is null
    and due_at <= clock_timestamp() order by due_at
""")


@dataclass
class World:
    """One company with a worker who has a phone and an e-mail, and everything that a test does to it."""

    company: Company
    sink: Sink
    sessions: Sessions
    lin: UUID

    async def tell(
        self,
        *people: UUID,
        urgent: bool = False,
        kind: str = "hazard.reported",
        facts: Mapping[str, Any] = HAZARD,
        key: str | None = None,
    ) -> str:
        """Tell people (lin, if nobody is named) something; the key."""
        said = key or new_id().hex
        async with self.company.house() as work:
            await service.send(
                work,
                people=people or [self.lin],
                kind=kind,
                facts=facts,
                case_id=None,
                urgent=urgent,
                key=said,
            )
        return said

    async def carry(self) -> int:
        """Run every delivery that is due, until none is; how many."""
        count = 0
        while due := await self.due():
            for row in due:
                assert await self.run(row)
                count += 1
        return count

    async def run(self, row: UUID) -> bool:
        """Run one delivery."""
        return await Runner(self.sessions).run(self.company.id, row)

    async def now(self) -> datetime:
        """The database's clock."""
        async with self.company.house() as work:
            return work.now

    async def shown(self) -> list[channels.Shown]:
        """The company's channels, as its founder sees them."""
        async with self.company.work() as work:
            return await channels.listing(work)

    async def due(self) -> list[UUID]:
        """The deliveries that are due now."""
        async with self.company.house() as work:
            return list(await work.session.scalars(_DUE))

    async def pass_time(self, seconds: float) -> None:
        """What waits is that much nearer."""
        async with self.company.house() as work:
            await work.session.execute(
                text("update outbox set due_at = due_at - make_interval(secs => :s) where done_at is null"),
                {"s": seconds},
            )

    async def notice(self, key: str, person: UUID | None = None) -> Notice:
        """What a person (lin) was told under a key."""
        query = select(Notice).where(Notice.key == key, Notice.person_id == (person or self.lin))
        async with self.company.house() as work:
            return (await work.session.scalars(query)).one()

    async def attempts(self, notice: Notice) -> list[Attempt]:
        """Its tries, in order."""
        async with self.company.house() as work:
            return await repository.attempts(work, notice.id)

    async def tried(self, key: str, person: UUID | None = None) -> list[tuple[str, str]]:
        """Channel and outcome of each try."""
        tries = await self.attempts(await self.notice(key, person))
        return [(attempt.channel, attempt.state) for attempt in tries]

    async def set_up(self, code: str, kind: str, rank: int = 10, **settings: str) -> channels.Shown:
        """A channel of the company, as its founder would set it up."""
        async with self.company.work() as work:
            return await channels.set_channel(work, code, kind, name=code, settings=settings, rank=rank)

    async def email(self, rank: int = 10) -> str:
        """A mail server."""
        port = str(self.sink.smtp_port)
        await self.set_up(
            "mail",
            "email",
            rank,
            host=self.sink.smtp_host,
            port=port,
            security="none",
            sender="bot@anhuan.example",
        )
        return "mail"

    async def sms(self, rank: int = 20) -> str:
        """A carrier of text messages."""
        await self.set_up(
            "sms", "sms_aliyun", rank, access_key="ak-1", secret=PASSWORD, sign_name="安环", template="SMS_1",
            endpoint=self.sink.url,
        )  # fmt: skip
        return "sms"

    async def hook(self, rank: int = 30) -> str:
        """A system of the company."""
        await self.set_up("hook", "webhook", rank, secret=SIGNING, url=f"{self.sink.url}/hooks/1")
        return "hook"

    async def group(self, rank: int = 40) -> str:
        """A group at WeCom."""
        url = f"{self.sink.url}/cgi-bin/webhook/send?key=SECRET-token-1"
        await self.set_up("group", "wecom_robot", rank, url=url)
        return "group"

    async def remove(self, code: str) -> None:
        """Take a channel away, as its founder would."""
        async with self.company.work() as work:
            await channels.remove_channel(work, code)

    async def lapse(self) -> None:
        """The subscription of channels ran out."""
        async with self.company.house() as work:
            ago = work.now - (work.now - work.now.replace(year=work.now.year - 1))
            await work.session.execute(
                update(Subscription)
                .where(Subscription.module == "channels")
                .values(ends_at=ago, grace_ends_at=ago)
            )
