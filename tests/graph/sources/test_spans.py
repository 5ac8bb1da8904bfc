"""Times and spans as people write them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from graph.sources import BadValue
from graph.sources.spans import moment, span, time


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("1:02:03", None, 3723),
        ("0:01:15.5", None, 75),
        ("1:30", "m:ss", 90),
        ("1:30", "h:mm", 5400),
        ("1h 2m 3s", None, 3723),
        ("90m", None, 5400),
        ("15s", None, 15),
        ("2 hours 5 min", None, 7500),
        ("90", None, None),
        ("1.5", None, None),
        ("long", None, None),
        ("3 Mio", None, None),
        ("", None, None),
    ],
)
def test_spans(text: str, unit: str | None, seconds: int | None) -> None:
    assert span(text, unit) == seconds


def test_two_parts_need_a_unit() -> None:
    with pytest.raises(BadValue, match='unit = "m:ss"'):
        span("1:30", None)


@pytest.mark.parametrize(
    ("value", "found"), [("1764547200", "1764547200"), ("1764547200123", 1_764_547_200), (1764547200123, 1_764_547_200)]
)
def test_times(value: object, found: object) -> None:
    assert time(value) == found


@pytest.mark.parametrize("text", ["2025-12-01", "1.7e9", "46000.5", "soon"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(BadValue, match="say how it is written"):
        time(text)


@pytest.mark.parametrize(
    ("value", "forms", "zone", "found"),
    [
        ("05/03/2026 23:30", ("%d/%m/%Y %H:%M",), timezone(timedelta(hours=8)), datetime(2026, 3, 5, 15, 30, tzinfo=UTC)),
        ("2026-03-05", ("%d/%m/%Y", "iso"), UTC, datetime(2026, 3, 5, tzinfo=UTC)),
        ("2026-03-05T10:00:00+09:00", ("iso",), UTC, datetime(2026, 3, 5, 1, tzinfo=UTC)),
        ("2026-07-01", ("iso",), ZoneInfo("Europe/Berlin"), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        (datetime(2026, 3, 5, 8), (), timezone(timedelta(hours=8)), datetime(2026, 3, 5, tzinfo=UTC)),
    ],
)
def test_moments(value: object, forms: tuple[str, ...], zone: ZoneInfo, found: datetime) -> None:
    assert moment(value, forms, zone) == found.timestamp()
