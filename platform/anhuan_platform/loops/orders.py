"""Why work stands still: a person's own words, or the rule that stopped it, which every reader reads in their own language."""

RULES = {
    "grade": ("A 级重大隐患，立即停止作业", "Grade A hazard, work stops at once"),
    "ladder": ("逾期未整改，逐级上报至停工", "Overdue, climbed until work stops"),
}
"""By cause; a person's order has the person's reason."""


def in_words(reason: str, cause: str, language: str) -> str:
    """The reason of an order; of a rule's order what is kept is the title of the case."""
    if cause not in RULES:
        return reason
    zh, en = RULES[cause]
    return f"{zh}：{reason}" if language == "zh" else f"{en}: {reason}"


def in_both(reason: str, cause: str) -> str | dict[str, str]:
    """For facts of a notice, whose reader is not known yet."""
    return (
        {language: in_words(reason, cause, language) for language in ("zh", "en")}
        if cause in RULES
        else reason
    )
