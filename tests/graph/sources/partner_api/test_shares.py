"""Rates to shares."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources import BadValue
from graph.sources.partner_api.shares import fraction, hundredths, percent

READERS = (hundredths, fraction, percent)


@given(st.integers(0, 10_000))
def test_hundredths_of_a_percent(value: int) -> None:
    assert hundredths(value) == hundredths(str(value)) == value / 10_000


@given(st.integers(0, 10_000))
def test_fractions(value: int) -> None:
    assert fraction(f"{value / 10_000:.4f}") == fraction(value / 10_000) == value / 10_000


@given(st.integers(0, 10_000))
def test_percentages_with_or_without_the_sign(value: int) -> None:
    text = f"{value / 100:.2f}"
    assert percent(text) == percent(f"{text}%") == percent(f"{text} %") == value / 10_000


@pytest.mark.parametrize("reader", READERS)
def test_nothing_is_unknown(reader: Callable[[object], float | None]) -> None:
    assert (reader(None), reader("")) == (None, None)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("value", [-1, "-0.1", "10001", 1e9, "x", "NaN", "Infinity", True, [], {}, "1_0", "٣", float("nan")])
def test_refuses(reader: Callable[[object], float | None], value: object) -> None:
    with pytest.raises(BadValue):
        reader(value)


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        *((fraction, value) for value in ("1.01", 30)),
        *((percent, value) for value in ("100.1%", "%")),
        *((hundredths, value) for value in ("30%", 0.3, "12.5", 1550.5)),
    ],
)
def test_refuses_what_is_in_another_unit(reader: Callable[[object], float | None], value: object) -> None:
    with pytest.raises(BadValue):
        reader(value)
