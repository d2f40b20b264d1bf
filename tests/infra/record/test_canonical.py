"""The canonical form: one entry, one sequence of bytes."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anhuan_infra.record import canonical
from tests.infra.record.samples import SALT, an_entry

text = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12)
whole = st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    st.none() | st.booleans() | whole | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)
objects = st.dictionaries(text, values, max_size=5)
moments = st.datetimes(timezones=st.timezones())
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.uuids()
    | moments,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def shuffled(value: Any) -> Any:
    """The same value with every object's fields in the opposite order."""
    if isinstance(value, dict):
        return {name: shuffled(inner) for name, inner in reversed(value.items())}
    return [shuffled(inner) for inner in value] if isinstance(value, list) else value


def test_an_entry_has_these_bytes_for_ever() -> None:
    encoded = canonical.encode(an_entry(personal=None, at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC)))

    assert encoded.decode() == (
        '{"act":"hazard.closed","actor_id":"00000000-0000-0000-0000-000000000007","actor_kind":"person",'
        '"at":"2026-03-02T08:30:00.000000Z",'
        '"body":{"after":{"evidence":[1,2],"stage":"closed"},"before":{"stage":"验收"}},"case_id":null,'
        '"format":"anhuan.entry/1","id":"018f3c9a-7b11-7000-0000-000000000001","personal":null,'
        '"source":{"client":"field/1.4"},"subject_id":"00000000-0000-0000-0000-0000000003e9",'
        '"subject_kind":"hazard","tenant_id":"018f3c9a-7b11-7c2e-9d33-1b5f6a7e8c90","unit_no":12}'
    )


@given(body=objects, source=objects)
def test_the_order_in_which_fields_were_written_does_not_matter(body: Any, source: Any) -> None:
    entry = an_entry(body=body, source=source)

    assert canonical.encode(shuffled(entry)) == canonical.encode(entry)


@given(
    body=objects,
    act=text,
    at=moments,
    unit=st.none() | st.integers(0, 2**31 - 1),
    case=st.none() | st.uuids(),
)
def test_an_entry_comes_back_as_it_was(
    body: Any, act: str, at: datetime, unit: int | None, case: UUID | None
) -> None:
    entry = an_entry(body=body, act=act, at=at, unit_no=unit, case_id=case)

    assert canonical.decode(canonical.encode(entry)) == {**entry, "at": at.astimezone(UTC)}


@given(one=objects, other=objects)
def test_two_different_bodies_never_share_their_bytes(one: Any, other: Any) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)

    assert (canonical.encode(an_entry(body=one)) == canonical.encode(an_entry(body=other))) is same


@given(value=anything)
def test_whatever_a_verb_tells_can_be_stored_and_sealed(value: Any) -> None:
    told = canonical.plain({"value": value})

    stored = canonical.loads(json.dumps(told))
    assert stored == told
    assert "\\u0000" not in json.dumps(told)
    assert canonical.decode(canonical.encode(an_entry(body=told)))["body"] == told


def test_a_moment_is_written_in_utc_whatever_its_zone() -> None:
    beijing = datetime(2026, 3, 2, 8, 30, tzinfo=timezone(timedelta(hours=8)))

    assert canonical.stamp(beijing) == "2026-03-02T00:30:00.000000Z"
    with pytest.raises(ValueError, match="without a zone"):
        canonical.stamp(datetime(2026, 3, 2))  # noqa: DTZ001


def test_what_prints_differently_elsewhere_is_refused() -> None:
    for body in ({"level": 0.1}, {"level": float("nan")}, {1: "x"}, {"wide": 2**63}, {"raw": b"x"}):
        with pytest.raises((TypeError, ValueError)):
            canonical.encode(an_entry(body=body))
    with pytest.raises(ValueError, match="nested deeper"):
        canonical.plain(nested(40))
    with pytest.raises(ValueError, match="unit_no"):
        canonical.encode({name: value for name, value in an_entry().items() if name != "unit_no"})


def test_a_verb_may_tell_numbers_enums_and_sets() -> None:
    class Grade(StrEnum):
        A = "a"

    told = canonical.plain(
        {"grade": Grade.A, "ppm": 19.5, "cost": Decimal("12.30"), "units": {3, 1, 2}, "n": 7}
    )

    assert told == {"grade": "a", "ppm": "19.5", "cost": "12.30", "units": [1, 2, 3], "n": 7}
    assert canonical.plain("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    with pytest.raises(TypeError, match="bytes"):
        canonical.plain({"photo": b"\xff"})


def test_a_number_that_the_database_holds_with_a_fraction_is_sealed_as_its_text() -> None:
    assert canonical.loads('{"a":1.50,"b":12345678901234567890123,"c":-9223372036854775808}') == {
        "a": "1.50",
        "b": "12345678901234567890123",
        "c": -(2**63),
    }


def test_only_the_canonical_form_is_read() -> None:
    encoded = canonical.encode(an_entry())

    for other in (
        encoded.replace(b",", b", ", 1),
        encoded.replace(b"entry/1", b"entry/2"),
        encoded[:-1] + b',"x":1}',
    ):
        with pytest.raises(ValueError):
            canonical.decode(other)


def test_a_commitment_hides_its_value_and_cannot_be_shifted_into_the_salt() -> None:
    committed = canonical.commitment(SALT, "13900000001")

    assert committed == hashlib.sha256(b"5c7b902e08a6e8271ea072c9c027039113900000001").hexdigest()
    with pytest.raises(ValueError, match="salt"):
        canonical.commitment(SALT + "1", "3900000001")


def nested(depth: int) -> Any:
    """Lists within lists."""
    return [nested(depth - 1)] if depth else []
