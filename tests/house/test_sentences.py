"""What people are told when something is declined: whole in one language, frame and facts alike."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from anhuan_infra.errors import Refused, Words
from anhuan_infra.evidence import sniff
from anhuan_infra.evidence.errors import EvidenceTypeUnknown
from anhuan_platform.loops.definition import EvidenceRule, named
from anhuan_platform.loops.errors import PURPOSES, EvidenceNeeded, StepNotOpen
from tests.house.test_order import ROOT

HAN = re.compile("[\u4e00-\u9fff]")
WORD = re.compile(r"\b[a-z]{2,}\b")
WINGS = ("graphql", "platform", "tenants", "infra")
NAMED = {"zh", "en", "xlsx"}
"""Words of the one language that stand in sentences of the other as what they are."""


def refusals() -> list[type[Refused]]:
    """Every refusal of the product; importing the schema imports all rooms."""
    import anhuan_graphql.schema as _schema

    assert _schema
    found, open_ones = [], [Refused]
    while open_ones:
        kind = open_ones.pop()
        open_ones += kind.__subclasses__()
        if kind.__module__.startswith("anhuan_"):
            found.append(kind)
    return found


def foreign(text: str, language: str) -> list[str]:
    """What is of the other language in a sentence."""
    if language == "en":
        return HAN.findall(text)
    return [word for word in WORD.findall(text) if word not in NAMED]


def frame(text: str) -> str:
    """The sentence without its facts."""
    return " ".join(literal for literal, *_ in Formatter().parse(text))


def test_every_frame_is_whole_in_its_language() -> None:
    kinds = refusals()
    mixed = {
        kind.__name__: found
        for kind in kinds
        for language, text in (("en", kind.__doc__ or ""), ("zh", kind.zh))
        if (found := foreign(frame(text), language))
    }

    assert len(kinds) > 80
    assert mixed == {}


def test_a_mixed_sentence_would_be_seen() -> None:
    """Positive control."""
    assert foreign(frame("步骤“{step}”未开放 / not open"), "zh") == ["not", "open"]
    assert foreign(frame("The step {step} (环节) is not open"), "en") == ["环", "节"]


def test_no_fact_of_a_refusal_has_words_of_one_language_in_both() -> None:
    """A fact that is in Chinese words is told in both languages, as `Words`, or it stands in English sentences too."""
    mixed = [
        f"{path.relative_to(ROOT)}:{fact.value.lineno} {fact.arg}"
        for wing in WINGS
        for path in sorted((ROOT / wing).rglob("*.py"))
        for fact in facts(path)
        if not (fact.arg or "").endswith("_zh") and in_chinese(fact.value)
    ]

    assert mixed == []


def facts(path: Path) -> list[ast.keyword]:
    """What is given to refusals that are raised in a file."""
    raised = [node.exc for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Raise)]
    return [word for exc in raised if isinstance(exc, ast.Call) for word in exc.keywords if word.arg]


def in_chinese(value: ast.expr) -> bool:
    """Whether Chinese is written there, beside what `Words` says in both."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "Words":
        return False
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str) and bool(HAN.search(value.value))
    return any(in_chinese(child) for child in ast.iter_child_nodes(value) if isinstance(child, ast.expr))


REHEARSED: list[Refused] = [
    StepNotOpen(step=Words("验收", "Review"), stage=named({"zh": "整改中", "en": "Rectification"}, "x")),
    EvidenceTypeUnknown(types=sniff.accepted()),
    *(
        EvidenceNeeded(step=Words("整改", "Rectify"), least=1, purpose=PURPOSES[purpose], given=0)
        for purpose in PURPOSES
    ),
]


@pytest.mark.parametrize("refusal", REHEARSED, ids=lambda one: type(one).__name__)
def test_with_their_facts_they_are_whole_too(refusal: Refused) -> None:
    assert foreign(refusal.message("zh-CN"), "zh") == []
    assert foreign(refusal.message("en"), "en") == []
    assert "{" not in refusal.message("zh") + refusal.message("en")


def test_every_purpose_that_a_step_may_ask_for_has_words() -> None:
    asked = set(EvidenceRule.__annotations__["purpose"].__args__)

    assert asked <= PURPOSES.keys()
