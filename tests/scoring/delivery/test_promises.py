"""When a promise was made, kept and clear, by deals small enough to write down."""

from typing import Any

import numpy as np
import pytest

from scoring.delivery.promises import Promises, promises
from scoring.facts import Period, market
from tests.scoring.facts.drawn import DAY, END, ROWS, event_tables
from tests.scoring.facts.small import KEPT, deal, sample


def made(*deals: dict[str, Any], as_of: int = END) -> Promises:
    tables = event_tables({name: ROWS[name] for name in KEPT} | {"collaborations": list(deals)})
    return promises(market(tables, Period(as_of)).deals, as_of=as_of)


@pytest.mark.parametrize(
    ("delivered", "kept"), [(END - 40 * DAY, True), (END - 30 * DAY, True), (END - 23 * DAY, True), (END - 22 * DAY, False)]
)
def test_content_counts_within_14_days_of_arrival_and_the_week_after(delivered: int, kept: bool) -> None:
    arrived = END - 44 * DAY
    found = made(sample("s", "DELIVERED", approved_at=arrived - DAY, sample_delivered_at=arrived, delivered_at=delivered))
    assert found.kept.tolist() == [kept]
    assert found.start.tolist() == [arrived - DAY]
    assert found.clear.tolist() == found.over.tolist() == [arrived + 21 * DAY]
    assert found.ended.tolist() == [delivered if kept else arrived + 21 * DAY]


def test_without_an_arrival_the_time_is_28_days_from_the_approval() -> None:
    found = made(sample("s", "FAILED", approval_due_at=END - 30 * DAY), sample("t", "DELIVERED", approval_due_at=END - 27 * DAY))
    assert sorted(found.kept.tolist()) == [False, True]
    by_kept = dict(zip(found.kept.tolist(), found.over.tolist(), strict=True))
    assert by_kept[False] == END - 2 * DAY
    assert np.isnan(by_kept[True])


def test_what_is_still_open_is_not_clear_and_what_a_brand_withdrew_is_no_promise() -> None:
    found = made(sample("open", "ACCEPTED", approved_at=END - 5 * DAY), sample("withdrawn", "CANCELLED", approved_at=END - 60 * DAY))
    assert np.isnan(found.clear).tolist() == [True]


def test_an_invitation_is_clear_when_it_ends_and_no_sample() -> None:
    found = made(deal("i", "DELIVERED", delivered_at=END - 50 * DAY))
    assert found.clear.tolist() == [END - 20 * DAY]
    assert np.isnan(found.over).all()
