"""On what terms a module is held is computed from dates: trial, active, grace, lapsed."""

from datetime import UTC, datetime, timedelta

import pytest

from anhuan_tenants.subscriptions import rules
from anhuan_tenants.subscriptions.catalogue import MODULES, needing
from anhuan_tenants.subscriptions.models import Terms
from anhuan_tenants.subscriptions.rules import Dates, ModuleNotSubscribed, ModuleReadOnly, ModuleUnknown

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def _ending_in(days: float, *, is_trial: bool = False, cancelled: bool = False) -> Dates:
    ends = NOW + timedelta(days=days)
    return Dates(is_trial, ends, ends + rules.GRACE, NOW if cancelled else None)


@pytest.mark.parametrize(
    ("dates", "terms"),
    [
        (_ending_in(1, is_trial=True), Terms.TRIAL),
        (_ending_in(1), Terms.ACTIVE),
        (_ending_in(0), Terms.GRACE),
        (_ending_in(-14.99), Terms.GRACE),
        (_ending_in(-15), Terms.LAPSED),
        (_ending_in(-15, is_trial=True), Terms.LAPSED),
        (_ending_in(100, cancelled=True), None),
    ],
)
def test_terms_follow_the_dates(dates: Dates, terms: Terms | None) -> None:
    assert dates.terms(NOW) is terms
    assert rules.terms({"hazards": dates}, NOW).get("hazards") is terms


def test_a_module_is_never_better_off_than_what_it_needs() -> None:
    held = {"hazards": _ending_in(-20), "collaboration": _ending_in(300)}

    assert rules.terms(held, NOW)["collaboration"] is Terms.LAPSED
    assert "collaboration" not in rules.terms({"collaboration": _ending_in(300)}, NOW)
    assert rules.terms(held | {"hazards": _ending_in(1, is_trial=True)}, NOW)["collaboration"] is Terms.TRIAL


def test_the_core_is_always_there() -> None:
    assert rules.terms({}, NOW) == {"core": Terms.ACTIVE}
    rules.require(rules.terms({}, NOW), "core", write=True)


def test_a_lapsed_module_is_read_and_never_written() -> None:
    held = rules.terms({"hazards": _ending_in(-16)}, NOW)

    rules.require(held, "hazards", write=False)
    with pytest.raises(ModuleReadOnly) as refused:
        rules.require(held, "hazards", write=True)
    assert refused.value.code == "MODULE_READ_ONLY"
    assert rules.read_only(held) == {"hazards"}


def test_a_module_never_subscribed_says_what_it_does() -> None:
    with pytest.raises(ModuleNotSubscribed) as refused:
        rules.require(rules.terms({}, NOW), "parties", write=False)

    assert refused.value.code == "MODULE_NOT_SUBSCRIBED"
    assert MODULES["parties"].does_zh in refused.value.message("zh")
    assert MODULES["parties"].does_en in refused.value.message("en")
    with pytest.raises(ModuleUnknown):
        rules.require({}, "teleport", write=False)


def test_the_catalogue_is_in_order_of_needs_and_only_the_core_is_free() -> None:
    codes = list(MODULES)

    for module in MODULES.values():
        assert all(codes.index(need) < codes.index(module.code) for need in module.needs)
        assert module.is_free == (module.code == "core")
    assert needing("hazards") == ["collaboration"]
