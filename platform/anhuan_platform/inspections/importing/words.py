"""Words of a form in the two languages of a checklist."""

import re
from collections.abc import Mapping
from typing import Any, Literal, cast

from anhuan_platform.inspections.checklist import Text

_HAN = re.compile("[\u4e00-\u9fff]")
_LONGEST = 2000
_QUOTES = str.maketrans("“”‘’", "\"\"''")


def text_of(value: object) -> Text | None:
    """A label as pyxform tells it, one text or one by language; a language that is neither Chinese nor English stands for what is
    missing. None where there are no words."""
    if isinstance(value, Mapping):
        labels = {str(name): str(said) for name, said in cast("Mapping[object, object]", value).items()}
    else:
        labels = {"default": str(value)} if value is not None else {}
    found: dict[Literal["zh", "en"], str] = {}
    others: list[str] = []
    for name, said in labels.items():
        shown = said.strip()[:_LONGEST]
        language = language_of(name)
        if not shown:
            continue
        if language is None:
            others.append(shown)
        else:
            found.setdefault(language, shown)
    for shown in others:
        found.setdefault("zh" if _HAN.search(shown) else "en", shown)
    return found or None


def folded(words: str) -> str:
    """Words as readers of forms give them back: one space for many, straight quotation marks, no reference to another question."""
    return " ".join(words.translate(_QUOTES).replace("${", "$ {").split())


def same(one: Mapping[Any, str], other: Mapping[Any, str]) -> bool:
    """Whether two texts are one but for that."""
    return {name: folded(said) for name, said in one.items()} == {
        name: folded(said) for name, said in other.items()
    }


def language_of(name: str) -> Literal["zh", "en"] | None:
    """The language that a column is in, by what forms call it: `English (en)`, `中文`, `zh-CN`."""
    plain = name.casefold()
    if re.search(r"中文|汉语|简体|chinese|mandarin|\bzh\b", plain):
        return "zh"
    return "en" if re.search(r"英文|英语|english|\ben\b", plain) else None
