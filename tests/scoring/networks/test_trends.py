"""What becomes of a tie."""

import pytest

from scoring.networks import Trend, trend

DAY = 86_400
NOW = 1_000 * DAY


@pytest.mark.parametrize(
    ("first", "last", "recent", "before", "expected"),
    [
        (300, 91, 0, 50, Trend.DORMANT),
        (95, 91, 0, 50, Trend.DORMANT),
        (90, 1, 500, 0, Trend.NEW),
        (300, 90, 126, 100, Trend.GROWING),
        (300, 1, 125, 100, Trend.STEADY),
        (300, 1, 100, 125, Trend.STEADY),
        (300, 1, 100, 126, Trend.FADING),
        (300, 1, 1, 0, Trend.GROWING),
        (300, 1, 0, 0, Trend.STEADY),
        (300, 1, -5, -5, Trend.STEADY),
    ],
)
def test_trend(first: int, last: int, recent: float, before: float, expected: Trend) -> None:
    assert trend(NOW - first * DAY, NOW - last * DAY, NOW, recent=recent, before=before) is expected
