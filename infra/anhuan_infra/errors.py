"""What can be declined: each refusal has a stable code, facts, and a sentence in English and Chinese.

The docstring of a refusal is its English message, so never run this program with `python -OO`.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Words:
    """A fact that is itself in words: whole in each language, so that no sentence mixes two."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """In a person's language."""
        return self.zh if language.startswith("zh") else self.en


class Refused(Exception):
    """The request was understood and declined."""

    code: ClassVar[str] = "REFUSED"
    zh: ClassVar[str] = "请求已收到，但不能执行。"

    def __init__(self, *, path: str | None = None, **facts: object) -> None:
        self.path = path
        self.facts = facts
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """The sentence for a person; language is `zh` or `en` (anything else reads English)."""
        text = self.zh if language.startswith("zh") else " ".join((self.__doc__ or "").split())
        facts = {
            name: fact.said(language) if isinstance(fact, Words) else fact
            for name, fact in self.facts.items()
        }
        return text.format_map(_Facts(facts))


class _Facts(dict[str, object]):
    """Facts for a message; a fact nobody gave shows as a dash and never breaks the answer."""

    def __missing__(self, key: str) -> str:
        return "—"


class NotFound(Refused):
    """There is no {kind} with id {id} that you can see."""

    code = "NOT_FOUND"
    zh = "找不到您可见的这条记录（{kind}：{id}）。"


class Forbidden(Refused):
    """Your roles do not include {act} here."""

    code = "FORBIDDEN"
    zh = "您的权限不包含此操作（{act}）。"


class NotSignedIn(Refused):
    """Sign in first; your session is missing, expired or was ended."""

    code = "NOT_SIGNED_IN"
    zh = "请先登录；登录已失效或已退出。"


class Conflict(Refused):
    """Something else is already stored under id {id}; what you sent now was not stored over it."""

    code = "CONFLICT"
    zh = "编号 {id} 已保存过不同的内容，本次内容未覆盖原内容。"


class BadInput(Refused):
    """{path} is not acceptable: {reason}."""

    code = "BAD_INPUT"
    zh = "{path} 填写有误：{reason}。"

    def message(self, language: str) -> str:
        """As every refusal, with the field's name among the facts."""
        self.facts["path"] = self.path or "input"
        return super().message(language)
