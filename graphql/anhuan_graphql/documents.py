"""Trusted documents: what our own apps ask, known by the SHA-256 of its text, so that no page needs to carry GraphQL.

The build writes `documents.json` beside the apps, and the checked-in `released-documents.json` keeps every document that was ever
released: a phone comes out of a drawer with the questions of the release that it was put away with.
"""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from anhuan_graphql import limits
from anhuan_graphql.errors import Malformed
from anhuan_infra.errors import BadInput, Refused, Words
from graphql import DocumentNode

log = structlog.get_logger("anhuan.wire")

LOOK = 1.0
"""Seconds between two looks whether a build has written other documents."""
_HASH = re.compile(r"[0-9a-f]{64}")


class DocumentUnknown(Refused):
    """The app was updated; reload it."""

    code = "DOCUMENT_UNKNOWN"
    zh = "应用已更新，请刷新。"


class DocumentsOnly(Refused):
    """This installation answers only the questions of its own apps; its operator can open it to others."""

    code = "DOCUMENTS_ONLY"
    zh = "本系统仅接受自带应用的请求；如需开放接口，请联系系统管理员。"


@dataclass
class Document:
    """One trusted text, with what was found out about it once."""

    text: str
    parsed: DocumentNode | None = None
    is_valid: bool = False
    """Whether it passed validation under the rules of this process."""


@dataclass(frozen=True)
class Question:
    """A readable request."""

    query: str
    variables: dict[str, Any]
    operation: str | None
    document: Document | None = None
    """The trusted document that it asks, where it names one."""


class Documents:
    """The trusted documents of an installation; what a build beside the running server adds is known within a second."""

    def __init__(self, web: Path, *, only_trusted: bool = False) -> None:
        self._web = web
        self._only_trusted = only_trusted
        self._known: dict[str, Document] = {}
        self._stamp: object = None
        self._looked = -LOOK
        self._looking = asyncio.Lock()

    async def question(self, body: Any) -> Question:
        """A question out of decoded JSON; every shape that is not one is named."""
        if isinstance(body, list):
            raise Malformed(reason="one operation a request, no lists")
        if not isinstance(body, dict):
            raise Malformed(reason="a JSON object is expected")
        variables, operation = body.get("variables"), body.get("operationName")
        if not isinstance(variables, dict | None):
            raise BadInput(path="variables", reason="an object is expected")
        if not isinstance(operation, str | None):
            raise BadInput(path="operationName", reason="text is expected")
        if (named := body.get("id")) is not None:
            document = await self.find(named)
            return Question(document.text, variables or {}, operation or None, document)
        query = body.get("query")
        if not isinstance(query, str):
            raise BadInput(path="query", reason="text is expected")
        if self._only_trusted:
            raise DocumentsOnly(path="query")
        limits.check_text(query)
        return Question(query, variables or {}, operation or None)

    async def find(self, named: Any) -> Document:
        """The document of this hash."""
        if not isinstance(named, str) or not _HASH.fullmatch(named):
            raise BadInput(
                path="id", reason=Words("应为 SHA-256，64 位十六进制", "SHA-256, 64 hexadecimal digits")
            )
        if named not in self._known:
            # A page asks several things at once: the others wait for the look that the first one takes.
            async with self._looking:
                if named not in self._known and time.monotonic() - self._looked >= LOOK:
                    await asyncio.to_thread(self._look)
                    self._looked = time.monotonic()
        found = self._known.get(named)
        if found is None:
            raise DocumentUnknown(path="id")
        return found

    def _look(self) -> None:
        paths = list(files(self._web))
        stamp = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in paths]
        if stamp != self._stamp:
            texts = {named: text for path in paths for named, text in read(path).items()}
            self._known = {named: self._known.get(named) or Document(text) for named, text in texts.items()}
            self._stamp = stamp


def files(web: Path) -> Iterator[Path]:
    """The lists of documents that are there; in a checkout the released ones lie with the sources."""
    sources = web.parent.parent / "web"
    for path in (
        web / "documents.json",
        web / "released-documents.json",
        sources / "released-documents.json",
    ):
        if path.is_file():
            yield path


def read(path: Path) -> Mapping[str, str]:
    """Hash to text. A text that is not what its hash says is left out, and a list that cannot be read is an empty one; both are logged."""
    try:
        listed: dict[str, Any] = dict(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as problem:
        log.warning("documents_unreadable", file=path.name, problem=type(problem).__name__)
        return {}
    found: dict[str, str] = {}
    for named, text in listed.items():
        if isinstance(text, str) and hashlib.sha256(text.encode(errors="replace")).hexdigest() == named:
            found[named] = text
        else:
            log.warning("document_is_not_its_hash", file=path.name, named=str(named)[:64])
    return found
