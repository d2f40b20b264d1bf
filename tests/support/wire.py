"""The API as a client meets it: the whole application in this process, asked over HTTP, with people who hold real tokens."""

import json
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx import Response
from litestar.testing import AsyncTestClient

from anhuan_graphql.app import build_app
from anhuan_graphql.front import Front
from anhuan_graphql.house import House
from anhuan_infra.ids import new_id
from anhuan_infra.settings import Settings
from anhuan_infra.work import Actor, open_work, system
from anhuan_tenants.identity import tokens
from anhuan_tenants.identity.models import SignIn


@dataclass
class Wire:
    """Asks questions; `as_` is the access token of who asks."""

    client: AsyncTestClient[Any]
    house: House

    async def post(self, body: Any, token: str | None = None, **headers: str) -> Response:
        """Any body, as it is; text and bytes are sent unchanged."""
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        sent = {"content-type": "application/json", "accept-language": "en", **headers}
        if token is not None:
            sent["authorization"] = f"Bearer {fresh(token)}"
        found: Response = await self.client.post("/graphql", content=content, headers=sent)
        return found

    async def ask(self, query: str, token: str | None = None, /, **variables: Any) -> dict[str, Any]:
        """The whole answer to a readable question."""
        answer = await self.post({"query": query, "variables": variables}, token)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    async def data(self, query: str, token: str | None = None, /, **variables: Any) -> Any:
        """What the first field answers, of a question that must succeed."""
        said = await self.ask(query, token, **variables)
        assert "errors" not in said, said["errors"]
        return next(iter(said["data"].values()))

    async def act(self, name: str, result: str, token: str | None, /, **given: Any) -> dict[str, Any]:
        """One mutation: its result and errors."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ result {result} errors {{ code path message }} }} }}"
        found: dict[str, Any] = await self.data(query, token, input=given)
        return found

    async def done(self, name: str, result: str, token: str | None, /, **given: Any) -> Any:
        """The result of a mutation that must succeed."""
        found = await self.act(name, result, token, **given)
        assert not found["errors"], found["errors"]
        return found["result"]

    async def token(self, actor: Actor) -> str:
        """An access token of a session begun for this person, without a password."""
        assert actor.person_id is not None
        return await self.token_of(actor.tenant_id, actor.person_id)

    async def token_of(self, tenant_id: UUID, person_id: UUID) -> str:
        """The same, by ids."""
        session_id = new_id()
        async with open_work(self.house.sessions, system(tenant_id)) as work:
            work.session.add(
                SignIn(
                    id=session_id,
                    person_id=person_id,
                    refresh_hash=session_id.bytes,
                    expires_at=work.now + timedelta(days=1),
                    source={},
                )
            )
        issued = _Issued(self.house, tenant_id, person_id, session_id)
        token = issued.token()
        _ISSUED[token] = issued
        return token


@dataclass
class _Issued:
    """Whose session a token of a fixture stands for, and when its newest was made."""

    house: House
    tenant_id: UUID
    person_id: UUID
    session_id: UUID
    newest: str = ""
    made: float = 0.0

    def token(self) -> str:
        """One that lasts for half its life at least."""
        if not self.newest or time.monotonic() - self.made > tokens.LIFE.total_seconds() / 2:
            self.made = time.monotonic()
            secrets = self.house.settings.secrets
            self.newest = tokens.issue(secrets, self.tenant_id, self.person_id, self.session_id)[0]
        return self.newest


_ISSUED: dict[str, _Issued] = {}


def fresh(token: str) -> str:
    """A token of the same session that has not run out: a token lives ten minutes, a fixture as long as the whole run."""
    issued = _ISSUED.get(token)
    return token if issued is None else issued.token()


@asynccontextmanager
async def open_wire(settings: Settings, front: Front | None = None) -> AsyncGenerator[Wire]:
    """The application, started and stopped."""
    async with AsyncTestClient(build_app(settings, front or Front())) as client:
        yield Wire(client, client.app.state.house)
