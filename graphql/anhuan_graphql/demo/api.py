"""The public API as a visitor's program uses it: HTTP, one token per person, files straight to the store; nothing of the inside."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import httpx

from anhuan_infra.ids import new_id

_EARLY = timedelta(minutes=1)
"""So long before its end an access token is renewed."""
_SAYS = "result {result} errors {{ code path message }}"


class Declined(Exception):
    """The API understood and declined; `code` is its stable word for why."""

    def __init__(self, code: str, message: str, doing: str = "") -> None:
        self.code, self.message = code, message
        super().__init__(f"{doing}{code}: {message}")


class Unexpected(Exception):
    """Something went otherwise than the day is written; the message is one line for the person who watches."""


@dataclass(frozen=True)
class Photo:
    """A photo of the day, ready to be sent."""

    name: str
    media_type: str
    content: bytes


@dataclass
class Visitor:
    """Somebody who is signed in."""

    client: httpx.AsyncClient
    account: str
    name: str
    what: str
    """What the person is here, in both languages."""
    person_id: str = ""
    tokens: dict[str, str] = field(default_factory=dict[str, str])
    """The pair of the session, with when the access token ends."""

    async def sign_in(self, company: str, password: str) -> None:
        """With company code, account and password, as at the door."""
        begun = await self.act(
            "signIn",
            "{ personId tokens { accessToken accessExpiresAt refreshToken } }",
            company=company,
            name=self.account,
            password=password,
        )
        self.person_id, self.tokens = begun["personId"], begun["tokens"]

    async def token(self) -> str:
        """An access token that still lives; renewed with the refresh token, which then is another."""
        ends = datetime.fromisoformat(self.tokens["accessExpiresAt"])
        if ends - datetime.now(UTC) < _EARLY:
            given = {"refreshToken": self.tokens["refreshToken"]}
            self.tokens = {}
            self.tokens = await self.act("refresh", "{ accessToken accessExpiresAt refreshToken }", **given)
        return self.tokens["accessToken"]

    async def ask(self, query: str, **variables: Any) -> Any:
        """What the one root field of a query answers."""
        headers = {"authorization": f"Bearer {await self.token()}"} if self.tokens else {}
        answer = await self.client.post(
            "/graphql", json={"query": query, "variables": variables}, headers=headers
        )
        said = _body(answer)
        for problem in said.get("errors", ()):
            raise Declined(problem.get("extensions", {}).get("code", "?"), problem["message"])
        return next(iter(said["data"].values()))

    async def act(self, name: str, result: str = "", /, **given: Any) -> Any:
        """One act; its result, or Declined with what the API said."""
        kind = f"{name[0].upper()}{name[1:]}Input"
        says = _SAYS.format(result=result)
        document = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {says} }} }}"
        answer = await self.ask(document, input={key: _plain(value) for key, value in given.items()})
        for problem in answer["errors"]:
            raise Declined(problem["code"], problem["message"], f"{self.account} {name}: ")
        return answer["result"]

    async def upload(self, photo: Photo) -> UUID:
        """Announce, send to the store, confirm; the file has been read back and judged when this returns."""
        evidence_id = new_id()
        ticket = await self.act(
            "requestUpload",
            "{ url fields }",
            id=evidence_id,
            name=photo.name,
            mediaType=photo.media_type,
            size=len(photo.content),
            sha256=hashlib.sha256(photo.content).hexdigest(),
        )
        async with httpx.AsyncClient(timeout=30, trust_env=False) as store:
            sent = await store.post(
                ticket["url"],
                data=ticket["fields"],
                files={"file": (photo.name, photo.content, photo.media_type)},
            )
        if sent.status_code >= 300:
            raise Unexpected(f"the store answered {sent.status_code} to an upload")
        await self.act("confirmUpload", "{ id status }", id=evidence_id)
        return evidence_id

    async def durable(self, evidence_id: UUID, patience: float = 30.0) -> dict[str, Any]:
        """The piece of evidence once the phone may let its copy go."""
        query = (
            "query($id: UUID!) { evidence(id: $id) { status width height takenAt flags { code message } } }"
        )
        found = await self.until(query, lambda one: one["status"] == "DURABLE", patience, id=str(evidence_id))
        return cast("dict[str, Any]", found)

    async def until(self, query: str, good: Callable[[Any], bool], patience: float, **variables: Any) -> Any:
        """Ask again until the answer is good; Unexpected when patience ends."""
        ends = asyncio.get_running_loop().time() + patience
        while True:
            found = await self.ask(query, **variables)
            if good(found):
                return found
            if asyncio.get_running_loop().time() > ends:
                raise Unexpected(f"waited {patience:.0f} s in vain; the last answer was {str(found)[:300]}")
            await asyncio.sleep(0.3)


def _body(answer: httpx.Response) -> dict[str, Any]:
    try:
        said = answer.json()
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise Unexpected(f"the API answered {answer.status_code} and no GraphQL")
    return cast("dict[str, Any]", said)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in cast("dict[str, Any]", value).items()}
    return value
