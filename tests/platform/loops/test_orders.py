"""Why work stands still, said to each reader in their own language."""

from anhuan_platform.loops import orders
from anhuan_platform.notices import phrases

TITLE = "3号压机光栅失灵"


def test_a_persons_order_has_the_persons_words() -> None:
    assert orders.in_words("先停, stop / 停", "person", "en") == "先停, stop / 停"
    assert orders.in_both("先停", "person") == "先停"


def test_a_rules_order_is_said_in_the_language_of_who_reads() -> None:
    assert orders.in_words(TITLE, "grade", "zh") == f"A 级重大隐患，立即停止作业：{TITLE}"
    assert orders.in_words(TITLE, "ladder", "en") == f"Overdue, climbed until work stops: {TITLE}"


def test_the_notice_of_a_rules_order_reads_in_one_language() -> None:
    facts = {"reason": orders.in_both(TITLE, "grade"), "unit": "冲压车间", "title": TITLE, "number": "HZ-1"}

    zh = phrases.render("work.stopped", facts, "zh", "Asia/Shanghai").body
    en = phrases.render("work.stopped", facts, "en", "Asia/Shanghai").body

    assert f"原因：A 级重大隐患，立即停止作业：{TITLE}" in zh
    assert f"Why: Grade A hazard, work stops at once: {TITLE}" in en
    assert "Grade A" not in zh
    assert "重大隐患" not in en
