"""What is shipped to browsers: questions by their hash, and no GraphQL text that a page could send instead."""

import json
import re
from pathlib import Path

import pytest

from anhuan_graphql.front import WEB

OPERATION = re.compile(r"\b(query|mutation|subscription)\s+[A-Z]\w*\s*[({]")
APPS = ("field", "portal", "console")


@pytest.fixture(scope="module")
def scripts() -> dict[str, str]:
    if not (WEB / "documents.json").is_file():
        pytest.skip("THE WEB APPS ARE NOT BUILT: make web")
    found: dict[str, str] = {}
    for app in APPS:
        files: list[Path] = sorted((WEB / app).rglob("*.js"))
        found[app] = "\n".join(path.read_text() for path in files)
    return found


def test_every_question_of_the_apps_is_a_trusted_document(scripts: dict[str, str]) -> None:
    documents: dict[str, str] = json.loads((WEB / "documents.json").read_text())
    everything = "\n".join(scripts.values())

    assert len(documents) > 100
    assert [text.split("(")[0] for named, text in documents.items() if named not in everything] == []
    for app in APPS:
        assert any(named in scripts[app] for named in documents), app
        assert OPERATION.findall(scripts[app]) == [], app


def test_a_text_in_a_script_would_be_seen() -> None:
    assert OPERATION.search("const a=`query WorkTasks { myTasks { id } }`")
    assert OPERATION.search("mutation Grade($input: GradeInput!) {")
