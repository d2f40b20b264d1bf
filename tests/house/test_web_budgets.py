"""No web app outgrows its budget: what workers wait for on a slow network is counted at each build."""

import pytest

from tests.support.budgets import BUDGETS, BUILT, Weight, table


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    """Nothing can be weighed before it is built."""
    if missing := [app for app in BUDGETS if not (BUILT / app / "manifest.build.json").is_file()]:
        pytest.fail(f"{', '.join(missing)} not built: run make web")


@pytest.mark.parametrize("app", BUDGETS)
def test_a_web_app_keeps_to_its_budget(app: str) -> None:
    weight = Weight(app)

    assert weight.first
    assert weight.script > 1
    assert weight.over() == [], "\n" + table()


@pytest.mark.parametrize("app", BUDGETS)
def test_every_text_is_packed_once_and_not_at_each_request(app: str) -> None:
    texts = [
        file
        for file in (BUILT / app).rglob("*")
        if file.suffix in {".js", ".css", ".html", ".wasm"} and file.stat().st_size >= 1024
    ]
    unpacked = [
        f"{file.name}{ending}"
        for file in texts
        for ending in (".br", ".gz")
        if not file.with_name(file.name + ending).is_file()
    ]

    assert texts
    assert unpacked == []
