"""Reports are consistent with the events of the same days."""

import numpy as np
import pytest

from simulation import Market
from simulation.calendar import DAY
from simulation.tables.reports import ranges


def test_a_report_says_what_the_events_say(made: Market) -> None:
    end, world = made.world.period.end, made.world
    reports = {row["creator_id"]: row for row in made["reports"].to_pylist() if row["at"] == end}
    gmv: dict[str, float] = {}
    for row in made["sales"].to_pylist():
        if row["at"] >= end - 30 * DAY and row["status"] != "NO_SALE":
            gmv[row["creator_id"]] = gmv.get(row["creator_id"], 0.0) + row["gmv"]
    summed = set(world.people.id[np.unique(world.posts.creator[world.slots.post[world.summed]])].tolist())
    compared = 0
    for creator, amount in gmv.items():
        exact = reports[creator].get("gmv")
        if exact is not None and creator not in summed:
            assert exact == pytest.approx(amount, rel=1e-6)
            compared += 1
    assert compared > 100


def test_counts_and_means_are_those_of_the_posts(made: Market) -> None:
    world, end = made.world, made.world.period.end
    reports = {row["creator_id"]: row for row in made["reports"].to_pylist() if row["at"] == end}
    recent = world.posts.shoppable & (world.posts.at >= end - 30 * DAY) & ~world.posts.live
    for creator in np.unique(world.posts.creator[recent])[:50].tolist():
        views = world.posts.views[recent & (world.posts.creator == creator)]
        row = reports[str(world.people.id[creator])]
        assert row["video_count"] == len(views)
        assert row["video_views"] == pytest.approx(views.mean(), abs=0.01)
        assert row["median_video_views"] == np.median(views)


def test_who_does_not_consent_has_ranges_and_no_exact_money(made: Market) -> None:
    consent = dict(zip(made["creators"]["id"].to_pylist(), made["creators"]["sales_consent"].to_pylist(), strict=True))
    for row in made["reports"].to_pylist():
        exact = [row[name] for name in ("gmv", "video_gmv", "live_gmv", "units_sold")]
        ends = [row[f"{name}_low"] for name in ("gmv", "video_gmv", "live_gmv", "units_sold")]
        shown, hidden = (exact, ends) if consent[row["creator_id"]] else (ends, exact)
        assert None not in shown
        assert set(hidden) == {None}


def test_ranges_hold_the_amount_and_the_last_is_open() -> None:
    low, high = ranges(np.array([0.0, 99.0, 100.0, 5_000.0, 1e7]), np.ones(5))
    assert low.tolist() == [0.0, 0.0, 100.0, 1_000.0, 10_000.0]
    assert high[:4].tolist() == [100.0, 100.0, 1_000.0, 10_000.0]
    assert np.isnan(high[4])


def test_ranges_of_other_currencies_are_round() -> None:
    low, high = ranges(np.array([2e6]), np.array([1 / 16_600]))
    assert (low[0], high[0]) == (1_700_000.0, 17_000_000.0)


def test_shares_of_categories_add_up(made: Market) -> None:
    for row in made["reports"].to_pylist()[:500]:
        assert len(row["category_ids"]) == len(row["category_shares"])
        assert not row["category_shares"] or sum(row["category_shares"]) == pytest.approx(1.0, abs=1e-3)
