"""Times to Unix seconds."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sources import BadValue
from graph.sources.times import EARLIEST, LATEST, day, time_in_id, unix_time


@given(st.integers(EARLIEST, LATEST - 1))
def test_seconds_and_milliseconds_also_as_texts(seconds: int) -> None:
    forms = seconds, str(seconds), f" {seconds} ", float(seconds), seconds * 1000, f"{seconds}999"
    assert [unix_time(form) for form in forms] == [seconds] * len(forms)


@pytest.mark.parametrize("unknown", [None, "", 0, "0", "000", 0.0])
def test_unknown(unknown: object) -> None:
    assert unix_time(unknown) is None


@pytest.mark.parametrize(
    "value", [1, 999_999_999, EARLIEST - 1, LATEST, 10**10, 10**11, "10/10/2024", True, -EARLIEST, 1.5, [], "1" * 40, "٣"]
)
def test_refuses(value: object) -> None:
    with pytest.raises(BadValue):
        unix_time(value)


@given(st.dates(datetime(2016, 1, 1).date(), datetime(2099, 12, 31).date()))
def test_a_date_is_its_first_second(date: datetime) -> None:
    start = int(datetime(date.year, date.month, date.day, tzinfo=UTC).timestamp())
    assert day(date.isoformat()) == day(date.strftime("%Y_%m_%d")) == day(date.strftime("%Y%m%d")) == start


@pytest.mark.parametrize("value", ["2024-02-30", "13.11.2024", "x", 1731456000, "2015-12-31"])
def test_refuses_what_is_no_date(value: object) -> None:
    with pytest.raises(BadValue):
        day(value)


@pytest.mark.parametrize("value", [None, "", "None", 0, "0"])
def test_no_date(value: object) -> None:
    assert day(value) is None


@given(st.integers(EARLIEST, 2_000_000_000), st.integers(0, 2**32 - 1))
def test_the_time_in_an_id(seconds: int, rest: int) -> None:
    assert time_in_id(str(seconds << 32 | rest), until=2_000_000_000) == seconds
    assert time_in_id(str(seconds << 32 | rest), until=seconds - 1) is None
