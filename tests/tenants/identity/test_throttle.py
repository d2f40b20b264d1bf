"""Counting attempts in memory: bounded, by window, and by what an address really stands for."""

import pytest

from anhuan_tenants.identity.throttle import Throttle, strange


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_key_is_full_at_its_limit_and_empty_after_its_window() -> None:
    clock = Clock()
    throttle = Throttle(3, 60, clock=clock)

    for _ in range(3):
        assert not throttle.is_full("a")
        throttle.count("a")
        clock.now += 19
    assert throttle.is_full("a")
    assert not throttle.is_full("b")

    clock.now = 60
    assert not throttle.is_full("a")
    throttle.count("a")
    assert not throttle.is_full("a")


def test_a_window_from_the_last_count_begins_anew_with_each() -> None:
    clock = Clock()
    throttle = Throttle(3, 60, from_last=True, clock=clock)

    for _ in range(3):
        throttle.count("a")
        clock.now += 50

    assert throttle.is_full("a")
    clock.now += 10
    assert not throttle.is_full("a")


def test_memory_is_bounded_and_the_longest_unused_goes_first() -> None:
    throttle = Throttle(1, 60, keys=3)

    for key in "abca":
        throttle.count(key)
    throttle.count("d")

    assert [throttle.is_full(key) for key in "abcd"] == [True, False, True, True]


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("[2001:db8:1:2:ffff::1]", "2001:0db8:0001:0002"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("unknown", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_counted_by_who_holds_it(address: str | None, counted: str | None) -> None:
    assert strange(address) == counted
