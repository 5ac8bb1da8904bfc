"""Dishonest rings show what they do, and nowhere that they are."""

import numpy as np
import pytest

from simulation import Market
from simulation.rings import rings


def test_few_creators_are_in_rings_each_within_a_region(made: Market) -> None:
    ring, region = made.world.ring, made.world.people.region
    assert 0.005 < (ring >= 0).mean() < 0.02
    for index in range(int(ring.max()) + 1):
        assert 4 <= (ring == index).sum() <= 8
        assert len(np.unique(region[ring == index])) == 1


def test_members_name_each_other(made: Market) -> None:
    ring, mentions = made.world.ring, made.world.mentions
    by, named = ring[made.world.posts.creator[mentions.post]], ring[mentions.creator]
    assert (by[by >= 0] == named[by >= 0]).all()
    assert (made.world.posts.creator[mentions.post] != mentions.creator).all()


def test_bought_views_do_not_click_and_own_orders_go_back(made: Market) -> None:
    world = made.world
    inside = world.ring[world.posts.creator[world.slots.post]] >= 0
    clicks = world.slots.clicks / world.posts.views[world.slots.post]
    assert np.median(clicks[inside]) < 0.5 * np.median(clicks[~inside])
    mine = world.lines.own
    assert world.histories.refunded[mine, 2].astype(bool).mean() == pytest.approx(0.9, abs=0.08)
    assert (world.ring[world.posts.creator[world.slots.post[world.lines.slot[mine]]]] >= 0).all()


def test_even_the_smallest_market_has_a_ring() -> None:
    found = rings(1, np.zeros(20, dtype=np.int64))
    assert found.max() == 0
    assert (found >= 0).sum() >= 4


def test_the_truth_lists_the_members(made: Market) -> None:
    listed = made.truth["truth_rings"]["creator_id"].to_pylist()
    assert sorted(listed) == sorted(made.world.people.id[made.world.ring >= 0].tolist())
