"""What a resolver may ask for: who is there, one read-only transaction to read in, one transaction per act to write in."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from anhuan_graphql.documents import Document
from anhuan_infra.errors import NotSignedIn
from anhuan_infra.work import Source, Work, open_work
from anhuan_tenants.identity.arrivals import Arrival
from anhuan_tenants.identity.entry import Member
from anhuan_tenants.identity.errors import OtherPerson
from graphql import DocumentNode

if TYPE_CHECKING:
    from anhuan_graphql.house import House

K = TypeVar("K")
V = TypeVar("V")


class RequestOver(Exception):
    """Told to a field that is still on its way when its answer has gone out."""


@dataclass
class Context:
    """One request. Fields of a query are resolved side by side, and one session serves one of them at a time, so they queue."""

    house: "House"
    source: Source
    token: str | None = None
    """The access token, as it came; whether it is good is asked of the database once per request."""
    refresh_token: str | None = None
    """The refresh token of a browser that keeps it in a cookie."""
    meant: str | None = None
    """The person whom the page that asks believes to be signed in; a phone passes from hand to hand, and its queue with it."""
    spoken: str = "zh"
    """What the client says it reads; a signed-in person's own setting goes before it."""
    is_live: bool = False
    """Whether it is a live connection, which lasts and therefore only subscribes."""
    document: Document | None = None
    """The trusted document that is asked, which was read and checked once for everybody."""
    checked: DocumentNode | None = None
    """The document, once it has been found to be good."""
    after_answer: list[Callable[[Any], None]] = field(default_factory=list[Callable[[Any], None]])
    """Done to the HTTP answer before it leaves, such as setting a cookie."""
    _actor: Member | None = None
    _known: bool = False
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _work: Work | None = None
    _is_over: bool = False
    _queue: asyncio.Lock = field(default_factory=asyncio.Lock)
    _arrival: asyncio.Lock = field(default_factory=asyncio.Lock)
    _loaders: dict[Any, DataLoader[Any, Any]] = field(default_factory=dict[Any, "DataLoader[Any, Any]"])

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        return self._actor.language if self._actor else self.spoken

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody was found to be there; no question to anybody."""
        return self._actor is not None

    async def actor(self) -> Member:
        """Who is signed in; refuses when nobody is. Asked of the database once, however many fields want to know."""
        async with self._arrival:
            if not self._known:
                found = await self.house.authenticate(self.token, self.source)
                if found is not None and self.meant is not None and self.meant_id() != found.person_id:
                    raise OtherPerson
                self._actor, self._known = found, True
        if self._actor is None:
            raise NotSignedIn
        return self._actor

    def arrival(self) -> Arrival | None:
        """Who was found to hold this token, for a read that asks for itself whether they still stand. Nobody where the page means
        somebody else, which the ordinary way says."""
        found = self.house.arrivals.get(self.token) if self.token else None
        if found is None or found.until <= monotonic():
            return None
        if self.meant is not None and self.meant != str(found.member.person_id):
            return None
        return found

    def in_use(self, arrival: Arrival) -> None:
        """An answer went to somebody who was known again."""
        if self.token:
            self.house.in_use(self.token, arrival)

    def meant_id(self) -> UUID | None:
        """Whom the page means; an id that is none is nobody's."""
        if self.meant is None:
            return None
        try:
            return UUID(self.meant)
        except ValueError:
            raise OtherPerson from None

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[Work]:
        """The request's read-only transaction, for one reader at a time; keep it short and never ask for it inside itself."""
        actor = await self.actor()
        async with self._queue:
            if self._is_over:
                # One field was refused, the answer has gone out; nobody would end what its neighbours begin now.
                raise RequestOver
            if self._work is None:
                self._work = await self._stack.enter_async_context(open_work(self.house.reads, actor))
            try:
                yield self._work
            except BaseException:
                # A failed statement spoils its transaction; the next field starts a new one.
                await self._end_reading()
                raise

    @asynccontextmanager
    async def acting(self) -> AsyncGenerator[Work]:
        """A transaction of its own for one act: committed on the way out, before its answer is made."""
        actor = await self.actor()
        await self.forget()
        async with open_work(self.house.sessions, actor, self.house.send) as work:
            yield work

    def loader(self, load: Callable[[Work, list[K]], Awaitable[list[V]]]) -> DataLoader[K, V]:
        """The request's loader of this kind: collects keys of one round of fields, reads them in one query, remembers."""
        found = self._loaders.get(load)
        if found is None:

            async def batch(keys: list[K]) -> list[V]:
                async with self.reading() as work:
                    return await load(work, keys)

            found = self._loaders[load] = DataLoader(load_fn=batch, max_batch_size=500)
        return found

    async def forget(self) -> None:
        """Drop what was read so far, so that nothing after an act is answered from before it."""
        async with self._queue:
            self._loaders.clear()
            await self._end_reading()

    async def close(self) -> None:
        """End the reading; the request is over, also for fields that were still on their way."""
        async with self._queue:
            self._is_over = True
            await self._end_reading()

    async def _end_reading(self) -> None:
        stack, self._stack, self._work = self._stack, AsyncExitStack(), None
        await stack.aclose()

    def again(self) -> "Context":
        """The same caller, asked anew: for each event of a subscription, so that a right taken away ends it."""
        return Context(self.house, self.source, self.token, meant=self.meant, spoken=self.spoken)


Info = strawberry.Info[Context, None]


def now() -> datetime:
    """The clock of this machine, for lifetimes of links only; deadlines go by the database's."""
    return datetime.now(UTC)
