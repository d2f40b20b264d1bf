"""An XLSForm as a checklist: groups become sections, questions items; what has no counterpart is named by row, never dropped silently."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import msgspec

from anhuan_infra.errors import Words
from anhuan_platform.inspections import rehearsal
from anhuan_platform.inspections.checklist import Checklist, Item, Section, Text
from anhuan_platform.inspections.importing import apart, questions, xpaths
from anhuan_platform.inspections.importing.apart import Form
from anhuan_platform.inspections.importing.codes import Codes
from anhuan_platform.inspections.importing.outcome import Imported, Remark
from anhuan_platform.inspections.importing.questions import ANHUAN, KINDS
from anhuan_platform.inspections.importing.translated import Named, condition
from anhuan_platform.inspections.importing.words import text_of
from anhuan_platform.inspections.importing.xpath import NoCounterpart
from anhuan_platform.loops.conditions import MAX_LENGTH

_BY_ITSELF = frozenset(
    ["start", "end", "today", "deviceid", "username", "phonenumber", "phone number", "email", "simserial", "subscriberid", "device id",
     "get device id", "get phone number", "start time", "end time", "get today", "audit", "start-geopoint", "uri:deviceid"]
)  # fmt: skip
"""What forms ask the device for; a round keeps who, when, where and with which device by itself."""
_GENERAL: Text = {"zh": "常规", "en": "General"}
_MOST_ITEMS = 1000


def read(content: bytes, ending: str) -> Imported:
    """The list that a form stands for. Refuses what pyxform refuses and nothing else. Blocks: use a thread."""
    return understand(apart.read(content, ending))


def understand(form: Form) -> Imported:
    """The list, of a form that is read."""
    walk = _Walk(form)
    for part in walk.parts(form.tree, ()):
        walk.take(part)
    if not walk.items:
        # pyxform took it, so it is a form; somebody may still write the items here.
        nothing = Words("没有可以转换的检查项", "nothing in it can become an item")
        walk.remarks.append(Remark(0, "", "NOTHING_ASKED", nothing))
        walk.sections = [_Head(walk.codes.give("general", "general"), _GENERAL, None)]
    settings = form.tree
    code = walk.codes.give(str(settings.get("id_string", "")), "form")
    name = text_of(settings.get("title")) or {"en": code}
    sections = tuple(
        Section(code=head.code, name=head.name, items=tuple(head.items), show=head.show)
        for head in walk.sections
        if head.items or not walk.items
    )
    checklist = Checklist(code=code, version=0, name=name, sections=sections)
    return Imported(xpaths.with_head(checklist, form.head()), tuple(walk.remarks))


@dataclass
class _Head:
    """A section in the making."""

    code: str
    name: Text
    show: str | None
    items: list[Item] = field(default_factory=list[Item])


@dataclass(frozen=True)
class _Part:
    """A question with the groups that it stands in."""

    question: Mapping[str, Any]
    groups: tuple[Mapping[str, Any], ...]


class _Walk:
    def __init__(self, form: Form) -> None:
        self.codes = Codes()
        self.known: dict[str, Named] = {}
        self.items: dict[str, Item] = {}
        self.sections: list[_Head] = []
        self.remarks: list[Remark] = []
        self.path: tuple[str, ...] | None = None
        self.rows: dict[str, deque[tuple[int, Mapping[str, Any]]]] = defaultdict(deque)
        for row, line in enumerate(form.survey, 2):
            plain = {str(key).strip().casefold(): value for key, value in line.items()}
            self.rows[str(plain.get("name", "")).strip()].append((row, plain))

    def parts(self, group: Mapping[str, Any], groups: tuple[Mapping[str, Any], ...]) -> Iterator[_Part]:
        """Every question of the form in order; repeats and what is no question are named and left out."""
        for child in cast("list[Mapping[str, Any]]", group.get("children") or []):
            kind, name = str(child.get("type", "")), str(child.get("name", ""))
            if name == "meta" and kind == "group" and (child.get("control") or {}).get("bodyless"):
                continue
            if kind == "group":
                self._group_row(child)
                yield from self.parts(child, (*groups, child))
            elif kind in ("repeat", "loop"):
                row, _ = self._row(name)
                inside = sum(1 for _ in _below(child))
                self._tell(
                    row,
                    name,
                    "REPEAT",
                    f"重复分组没有对应，未导入（含 {inside} 题）",
                    f"a repeated group has no counterpart and is left out, with {inside} questions",
                )
            else:
                yield _Part(child, groups)

    def take(self, part: _Part) -> None:
        """One question becomes an item of the section that its groups stand for."""
        question = part.question
        kind, name = str(question.get("type", "")), str(question.get("name", ""))
        row, line = self._row(name)
        if kind in _BY_ITSELF:
            self._tell(
                row,
                name,
                "BY_ITSELF",
                "系统自动记录，无需填写",
                "kept by the product itself; nobody enters it",
            )
            return
        is_elsewhere = not question.get("choices") and kind.startswith("select")
        if kind not in KINDS or is_elsewhere or len(self.items) >= _MOST_ITEMS:
            self._tell(
                row,
                name,
                "TYPE",
                f"题型 {kind} 没有对应，未导入",
                f"the type {kind} has no counterpart and is left out",
            )
            return
        if len(question.get("choices") or ()) > 500:
            self._tell(row, name, "TYPE", "选项超过 500 个，未导入", "more than 500 choices; left out")
            return
        head = self._section(part.groups)

        def tell(code: str, zh: str, en: str) -> None:
            self._tell(row, name, code, zh, en)

        code = self.codes.give(name, f"q{len(self.items) + 1}")
        try:
            item = questions.item_of(question, code, KINDS[kind], self.known, self.items, tell)
        except msgspec.ValidationError as problem:
            tell(
                "TYPE",
                "题目或选项无法转换，未导入",
                f"the question or its choices cannot be taken: {str(problem)[:120]}",
            )
            return
        if line.get(ANHUAN):
            names = {one.code: given for given, one in self.known.items()}
            item = questions.own_words(
                item,
                line[ANHUAN],
                (question.get("bind") or {}).get("relevant"),
                lambda cel: xpaths.of(cel, self.items, names),
                tell,
            )
        self.items[item.code] = item
        self.known[name] = Named(item.code, item.kind)
        head.items.append(item)

    def _section(self, groups: tuple[Mapping[str, Any], ...]) -> _Head:
        """The section for these groups: the one that is being filled, or a new one where the groups are others."""
        path = tuple(str(group.get("name", "")) for group in groups)
        if path == self.path:
            return self.sections[-1]
        self.path = path
        labels = [text_of(group.get("label")) for group in groups]
        name = _joined([label for label in labels if label]) or _GENERAL
        code = self.codes.give(path[-1] if path else "general", f"section{len(self.sections) + 1}")
        shows = [show for group in groups if (show := self._shown(group))]
        self.sections.append(_Head(code, name, self._both(shows, path[-1]) if path else None))
        return self.sections[-1]

    def _both(self, shows: list[str], name: str) -> str | None:
        """The conditions of groups in one another, as one."""
        both = " && ".join(shows)
        if len(both) <= MAX_LENGTH:
            return both or None
        self._tell(
            0,
            name,
            "CONDITION",
            "分组的条件过长，已去掉",
            "the condition of the group is too long and is left out",
        )
        return None

    def _shown(self, group: Mapping[str, Any]) -> str | None:
        source = (group.get("bind") or {}).get("relevant")
        if not source:
            return None
        try:
            made = condition(str(source), self.known)
            if not any(rehearsal.faults("", 0, made, self.items)):
                return made if made.startswith("(") else f"({made})"
        except NoCounterpart:
            pass
        name = str(group.get("name", ""))
        self._tell(
            0,
            name,
            "CONDITION",
            f"分组的条件没有对应，已去掉：{source}",
            f"the condition of the group has no counterpart and is left out: {source}",
        )
        return None

    def _group_row(self, group: Mapping[str, Any]) -> None:
        self._row(str(group.get("name", "")))

    def _row(self, name: str) -> tuple[int, Mapping[str, Any]]:
        """Where the form says it; 0 for what pyxform added."""
        rows = self.rows.get(name)
        return rows.popleft() if rows else (0, {})

    def _tell(self, row: int, name: str, code: str, zh: str, en: str) -> None:
        remark = Remark(row, name, code, Words(zh, en))
        if remark not in self.remarks[-20:]:
            self.remarks.append(remark)


def _below(group: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for child in cast("list[Mapping[str, Any]]", group.get("children") or []):
        if child.get("children"):
            yield from _below(child)
        else:
            yield child


def _joined(labels: list[Text]) -> Text | None:
    """The names of groups in one another, in each language that any of them has."""

    def joined(language: Literal["zh", "en"]) -> str:
        return " · ".join(label.get(language) or next(iter(label.values())) for label in labels)[:2000]

    name: Text = {}
    if any("zh" in label for label in labels):
        name["zh"] = joined("zh")
    if any("en" in label for label in labels):
        name["en"] = joined("en")
    return name or None
