"""What is to come: an expectation that the realised future scatters around, and shares of it."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from simulation import Market
from simulation.future import HORIZON, ahead_of, posted


def test_the_future_scatters_around_what_is_expected(made: Market) -> None:
    future = made.world.future
    assert future.net.sum() == pytest.approx(future.expected.sum(), rel=0.2)
    assert spearmanr(future.expected, future.net).statistic > 0.55


def test_creators_go_on_posting_what_they_promise_brands_and_of_their_own(made: Market) -> None:
    world = made.world
    last = (world.posts.at >= world.period.end - HORIZON) & (world.people.active_to[world.posts.creator] >= world.period.end)
    ahead = posted(ahead_of(world, 0, stopped=True))[0]
    for promised in (True, False):
        before = int(((world.posts.collaboration >= 0) == promised)[last].sum())
        after = int(((ahead.collaboration >= 0) == promised).sum())
        assert before > 300
        assert after == pytest.approx(before, rel=0.15)


def test_who_has_stopped_is_expected_to_sell_nothing(made: Market) -> None:
    stopped = made.world.people.active_to < made.world.period.end
    assert stopped.sum() > 30
    assert (made.world.future.expected[stopped] == 0).all()
    assert (made.world.future.by_category[stopped].sum(axis=1) > 0).mean() > 0.9


def test_past_sales_tell_of_those_to_come_and_not_all(made: Market) -> None:
    world = made.world
    creator = world.posts.creator[world.slots.post[world.lines.slot]]
    orders = np.bincount(creator, minlength=len(world.people))
    assert 0.6 < spearmanr(orders, world.future.expected).statistic < 0.97


def test_expected_shares_of_a_category_add_up_in_each_region(made: Market) -> None:
    total: dict[tuple[str, str], float] = {}
    for row in made.truth["truth_category_shares"].to_pylist():
        total[row["region"], row["category_id"]] = total.get((row["region"], row["category_id"]), 0.0) + row["expected_share"]
    assert len(total) > 20
    assert all(share == pytest.approx(1.0) for share in total.values())
