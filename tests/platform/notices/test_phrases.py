"""Words: whatever the program tells people has a title and a body in both languages, and user text stays text."""

import ast
from pathlib import Path

import pytest

import anhuan_platform
import anhuan_portal
import anhuan_tenants
from anhuan_platform.loops.models import CaseStatus
from anhuan_platform.notices import phrases

WINGS = [Path(wing.__path__[0]) for wing in (anhuan_tenants, anhuan_platform, anhuan_portal)]
FACTS = {
    "number": "HZ-7",
    "title": "防护罩 {0} {title.__class__} %s 缺失",
    "grade": "A",
    "type": {"zh": "机械", "en": "Machine"},
    "step_name": {"zh": "整改", "en": "Rectify"},
    "due_at": "2026-11-21T04:05:00+00:00",
    "why": "照片不清",
    "rung": 3,
    "effect": "stop_work",
    "statutory": True,
    "recurrence": 2,
    "unit": "冲压车间",
    "reason": "漏电",
    "author_name": "魏建国",
    "body": "请看 {due}",
    "note": "已订购",
    "percent": 30,
    "channel": "短信",
}


def _kinds_in_the_code() -> set[str]:
    """The kinds that any room passes to `notices.send`."""
    found: set[str] = set()
    for wing in WINGS:
        for file in wing.rglob("*.py"):
            tree = ast.parse(file.read_text())
            names = {
                target.id: node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "notices.send":
                    (kind,) = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
                    found |= _values(names.get(kind.id, kind) if isinstance(kind, ast.Name) else kind)
    return found


def _values(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp():
            return _values(node.body) | _values(node.orelse)
        case ast.JoinedStr():
            assert ast.unparse(node) == "f'case.{case.status}'"
            return {f"case.{status}" for status in CaseStatus if status != CaseStatus.OPEN}
        case _:
            raise AssertionError(f"cannot tell which kinds {ast.unparse(node)} means")


def test_every_kind_that_the_code_uses_has_words() -> None:
    used = _kinds_in_the_code()

    assert {"task.opened", "work.stopped", "case.closed", "case.cancelled", "task.due_soon"} <= used
    assert used - set(phrases.KINDS) == set()
    assert set(phrases.KINDS) - used == {phrases.TEST}


@pytest.mark.parametrize("kind", sorted(phrases.KINDS))
def test_each_kind_speaks_both_languages_with_all_its_facts(kind: str) -> None:
    zh = phrases.render(kind, FACTS, "zh-CN", "Asia/Shanghai")
    en = phrases.render(kind, FACTS, "en-US", "Asia/Shanghai")

    assert len(zh.body.splitlines()) == len(phrases.of(kind).zh.lines) == len(phrases.of(kind).en.lines)
    assert len(en.body.splitlines()) == len(phrases.of(kind).en.lines)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh.title)
    assert en.title[0].isascii() or en.title.startswith("魏建国")
    assert len(zh.title) <= 20


@pytest.mark.parametrize("kind", sorted(phrases.KINDS))
def test_a_fact_that_is_missing_takes_its_line_with_it_and_never_the_notice(kind: str) -> None:
    for language in ("zh", "en"):
        said = phrases.render(kind, {"number": "HZ-7", "title": "t", "why": None}, language, "Asia/Shanghai")

        assert said.title
        assert "{" not in said.title + said.body
        assert "None" not in said.title + said.body


def test_what_a_person_wrote_is_never_read_as_a_pattern() -> None:
    said = phrases.render("comment.mention", FACTS, "zh", "Asia/Shanghai")

    assert said.title == "魏建国 提到了您"
    assert said.body == "请看 {due}\n防护罩 {0} {title.__class__} %s 缺失（HZ-7，A级）"


def test_moments_are_told_on_the_company_s_clock() -> None:
    assert "11月21日 12:05" in phrases.render("task.opened", FACTS, "zh", "Asia/Shanghai").body
    assert "05:05 on 21 Nov 2026" in phrases.render("task.opened", FACTS, "en", "Europe/Berlin").body


def test_a_sentence_that_depends_on_a_yes_is_missing_on_a_no() -> None:
    calm = FACTS | {"statutory": False, "recurrence": 0, "effect": "tell"}

    assert "重大事故隐患" in phrases.render("hazard.graded", FACTS, "zh", "Asia/Shanghai").body
    assert "重大事故隐患" not in phrases.render("hazard.graded", calm, "zh", "Asia/Shanghai").body
    assert "停工令" not in phrases.render("case.escalated", calm, "zh", "Asia/Shanghai").body
    assert "曾出现过" not in phrases.render("hazard.reported", calm, "zh", "Asia/Shanghai").body


def test_a_notice_of_a_newer_release_still_says_what_it_is_about() -> None:
    said = phrases.render("permit.expired", FACTS, "en", "Asia/Shanghai")

    assert said.title == "A notice from Anhuan"
    assert "HZ-7" in said.body
