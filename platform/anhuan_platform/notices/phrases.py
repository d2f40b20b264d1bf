"""What a notice says: one entry for each kind, in plain words that a worker reads at a glance, in Chinese and English. Pure.

A line whose fact is missing is left out. Titles are short, because a text message (短信) carries 20 characters of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Text:
    """A notice in one language."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title and the lines of the body, with {facts}."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that people are told."""

    name: str
    zh: Phrase
    en: Phrase


class UnknownKind(LookupError):
    """Somebody tells people a thing for which there are no words."""


def of(kind: str) -> Kind:
    """The words of a kind; refuses one that has none, so that nobody is ever told nothing."""
    found = KINDS.get(kind)
    if found is None:
        raise UnknownKind(kind)
    return found


def render(kind: str, facts: Mapping[str, Any], language: str, zone: str) -> Text:
    """The notice in the reader's language, moments on the company's clock. A kind of a newer release reads as its number."""
    is_zh = language.startswith("zh")
    known = KINDS.get(kind, _OTHER)
    phrase = known.zh if is_zh else known.en
    words = _words(facts, "zh" if is_zh else "en", zone)
    lines = [filled for line in phrase.lines if (filled := _fill(line, words))]
    title = _fill(phrase.title, words) or _fill((_OTHER.zh if is_zh else _OTHER.en).title, words)
    return Text(title, "\n".join(lines))


def _fill(line: str, words: Mapping[str, str]) -> str:
    try:
        return line.format_map(words)
    except KeyError:
        return ""


def _words(facts: Mapping[str, Any], language: str, zone: str) -> dict[str, str]:
    """Facts as words; what is unknown is absent."""
    words = {
        name: str(value)
        for name, value in facts.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    for name in ("type", "step_name", "reason"):
        both = facts.get(name)
        if isinstance(both, Mapping):
            words[name] = str(both.get(language) or both.get("zh") or "")
    if due := _moment(facts.get("due_at")):
        clock = due.astimezone(ZoneInfo(zone))
        words["due"] = (
            f"{clock.month}月{clock.day}日 {clock:%H:%M}"
            if language == "zh"
            else f"{clock:%H:%M on %d %b %Y}"
        )
    if grade := words.get("grade"):
        words["grade"] = f"{grade}级" if language == "zh" else f"grade {grade}"
    # A sentence that depends on a yes begins with a word that shows nothing and is absent on a no.
    for name, holds in (
        ("statutory", facts.get("statutory")),
        ("recurrence", facts.get("recurrence")),
        ("stops", facts.get("effect") == "stop_work"),
    ):
        words.pop(name, None)
        if holds:
            words[name] = ""
    number, title = words.get("number"), words.get("title")
    if number and title:
        grade = words.get("grade")
        inside = [part for part in (number, grade) if part]
        words["about"] = (
            f"{title}（{'，'.join(inside)}）" if language == "zh" else f"{title} ({', '.join(inside)})"
        )
    return words


def _moment(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


TEST = "channel.test"
"""The kind by which an administrator tries a channel out."""
_ABOUT = "{about}"
_OTHER = Kind("", Phrase("安环通知", (_ABOUT,)), Phrase("A notice from Anhuan", (_ABOUT,)))

_ALL = (
    Kind(
        "task.opened",
        Phrase("轮到您：{step_name}", (_ABOUT, "请在 {due} 前完成。")),
        Phrase("Your turn: {step_name}", (_ABOUT, "Please finish before {due}.")),
    ),
    Kind(
        "task.rejected",
        Phrase("未通过：{step_name}", (_ABOUT, "原因：{why}", "请按要求重新整改。")),
        Phrase(
            "Not accepted: {step_name}", (_ABOUT, "Why: {why}", "Please put it right and hand it in again.")
        ),
    ),
    Kind(
        "task.due_soon",
        Phrase("即将到期：{step_name}", (_ABOUT, "{due} 到期，请抓紧处理。")),
        Phrase("Due soon: {step_name}", (_ABOUT, "It is due at {due}. Please act now.")),
    ),
    Kind(
        "case.escalated",
        Phrase(
            "逾期上报：{step_name}",
            (_ABOUT, "应于 {due} 前完成，现已逾期，第 {rung} 级上报到您。", "{stops}已下达停工令。"),
        ),
        Phrase(
            "Overdue: {step_name}",
            (
                _ABOUT,
                "It was due at {due}; it has climbed to you (rung {rung}).",
                "{stops}Work is ordered to stop.",
            ),
        ),
    ),
    Kind(
        "case.closed",
        Phrase("已销号", (_ABOUT, "整改已验证合格，事项已关闭。")),
        Phrase("Closed", (_ABOUT, "The work was checked and found good; the case is closed.")),
    ),
    Kind(
        "case.cancelled",
        Phrase("已撤销", (_ABOUT, "该事项已撤销，无需再处理。")),
        Phrase("Cancelled", (_ABOUT, "The case was cancelled; nothing more is to be done.")),
    ),
    Kind(
        "case.invited",
        Phrase("邀请您参与联合处置", (_ABOUT, "您已加入联合处置组，请打开查看。")),
        Phrase(
            "You joined a working group",
            (_ABOUT, "You are now in the group on this case. Please have a look."),
        ),
    ),
    Kind(
        "comment.mention",
        Phrase("{author_name} 提到了您", ("{body}", _ABOUT)),
        Phrase("{author_name} mentioned you", ("{body}", _ABOUT)),
    ),
    Kind(
        "seat.handed_over",
        Phrase("转交给您：{step_name}", (_ABOUT, "该任务已转交给您，请在 {due} 前完成。")),
        Phrase(
            "Handed over to you: {step_name}", (_ABOUT, "This task is now yours. Please finish before {due}.")
        ),
    ),
    Kind(
        "work.stopped",
        Phrase("停工令：{unit}", ("立即停止作业，撤离危险区域。", "原因：{reason}", _ABOUT)),
        Phrase("Stop work: {unit}", ("Stop work now and leave the danger area.", "Why: {reason}", _ABOUT)),
    ),
    Kind(
        "work.resumed",
        Phrase("复工：{unit}", ("已现场确认，可以恢复作业。", _ABOUT)),
        Phrase("Work resumes: {unit}", ("It was checked on site; work may go on.", _ABOUT)),
    ),
    Kind(
        "case.sent_back_again",
        Phrase("整改第 {rejections} 次被驳回", (_ABOUT, "请介入查明原因。")),
        Phrase("Sent back {rejections} times", (_ABOUT, "Please step in and find out why.")),
    ),
    Kind(
        "evidence.missing",
        Phrase("照片还没有传到", (_ABOUT, "文件：{note}", "拍摄人请打开手机应用，重新发送。")),
        Phrase(
            "A photo has not arrived",
            (_ABOUT, "File: {note}", "Whoever took it, please open the app and send it again."),
        ),
    ),
    Kind(
        "hazard.reported",
        Phrase("新隐患：{type}", (_ABOUT, "{recurrence}同一部位此类隐患曾出现过，请查找根源。")),
        Phrase(
            "New hazard: {type}",
            (_ABOUT, "{recurrence}The same was seen here before; look for the cause."),
        ),
    ),
    Kind(
        "hazard.graded",
        Phrase("隐患已定级：{grade}", (_ABOUT, "类型：{type}", "{statutory}符合重大事故隐患判定标准。")),
        Phrase(
            "Hazard graded: {grade}",
            (_ABOUT, "Type: {type}", "{statutory}By law it counts as a major accident hazard."),
        ),
    ),
    Kind(
        "hazard.progressed",
        Phrase("整改进展：{percent}%", (_ABOUT, "{note}")),
        Phrase("Progress: {percent} %", (_ABOUT, "{note}")),
    ),
    Kind(
        TEST,
        Phrase("安环通知测试", ("如果您看到这条消息，说明通知渠道“{channel}”可用。",)),
        Phrase("Anhuan test message", ('If you read this, the notice channel "{channel}" works.',)),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""By name."""
