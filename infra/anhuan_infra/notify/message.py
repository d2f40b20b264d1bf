"""What is to be said, and how it is made to fit a channel without saying something else there."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_ELLIPSIS = "…"
# No IM platform documents a way to escape its markup. The full-width twin of a sign reads the same and does nothing.
_INERT = str.maketrans("<>[]`*_#~&", "＜＞［］｀＊＿＃～＆")


class Urgency(StrEnum):
    """How much it matters that it is read at once."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    """Grade A (重大、A 级): nobody's quiet hours hold it back."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say to one address, already in the reader's language."""

    title: str
    body: str
    url: str | None
    """Where the reader can act: a page of our own product, never text that somebody typed."""
    key: str
    """The same for every attempt of one notice, so that a receiver can drop the second; travels where the channel can carry it."""
    urgency: Urgency = Urgency.ORDINARY

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError("a message key is 1-64 letters, digits, dots, dashes or underscores")
        if self.url is not None and not (
            self.url.startswith(("https://", "http://")) and self.url.isprintable()
        ):
            raise ValueError("the url of a message is a http(s) address")

    @property
    def is_urgent(self) -> bool:
        """True for what goes through quiet hours."""
        return self.urgency is Urgency.URGENT


def plain(text: str) -> str:
    """The text without what only deceives or breaks: controls, direction overrides, lone surrogates. Newlines stay."""
    whole = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign
        for sign in whole
        if sign in "\n\t"
        or (unicodedata.category(sign) != "Cc" and unicodedata.bidirectional(sign) not in _BIDI)
    )


def one_line(text: str) -> str:
    """The plain text on one line: for titles, subjects and template parameters."""
    return " ".join(plain(text).split())


def inert(text: str) -> str:
    """The plain text with every sign of markup made harmless: nobody mentions @all or hides a link by a hazard's title."""
    return plain(text).translate(_INERT).replace("@", "＠")


def clip(text: str, limit: int) -> str:
    """The text in at most `limit` bytes of UTF-8, cut between characters and marked with an ellipsis."""
    raw = text.encode()
    if len(raw) <= limit:
        return text
    room = limit - len(_ELLIPSIS.encode())
    if room < 0:
        return ""
    return raw[:room].decode(errors="ignore") + _ELLIPSIS


def clip_signs(text: str, limit: int) -> str:
    """The text in at most `limit` characters, which is how SMS templates count."""
    return text if len(text) <= limit else text[: max(limit - 1, 0)] + _ELLIPSIS[:limit]


def fit(head: str, body: str, tail: str, limit: int) -> str:
    """Head, body and tail in `limit` bytes: the body gives way first, then the head; the tail (link, mention) last."""
    tail = clip(tail, limit)
    head = clip(head, limit - len(tail.encode()))
    return head + clip(body, limit - len((head + tail).encode())) + tail


def link(url: str) -> str:
    """The address with everything encoded that could end a markdown link early."""
    return quote(url, safe="%/:=&?~#+!$,;@-._")
