"""What posts sell, and that raw sales mislead about ability."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from simulation import Market
from simulation.calendar import DAY


def test_more_see_than_click_and_more_click_than_buy(made: Market) -> None:
    slots, posts = made.world.slots, made.world.posts
    honest = made.world.ring[posts.creator[slots.post]] < 0
    orders = np.bincount(made.world.lines.slot, minlength=len(slots))
    assert (orders[honest] <= slots.clicks[honest]).all()
    assert (slots.clicks <= slots.impressions).all()
    assert (slots.impressions <= posts.views[slots.post]).all()
    assert 0.01 < slots.clicks.sum() / slots.impressions.sum() < 0.1


def test_the_usual_creator_has_few_orders(made: Market) -> None:
    world = made.world
    recent = (world.lines.at >= world.period.end - 90 * DAY) & (world.lines.line == 1)
    orders = np.bincount(world.posts.creator[world.slots.post[world.lines.slot[recent]]], minlength=1_500)
    assert 4 <= np.median(orders) <= 9


def test_raw_sales_tell_of_ability_but_mislead(made: Market) -> None:
    world = made.world
    creator = world.posts.creator[world.slots.post]
    views = np.bincount(creator, weights=world.posts.views[world.slots.post], minlength=1_500)
    orders = np.bincount(creator[world.lines.slot], minlength=1_500)
    kept = (np.bincount(creator, minlength=1_500) >= 10) & (world.ring < 0)
    assert 0.4 < spearmanr(orders[kept] / views[kept], world.people.ability[kept])[0] < 0.75


def test_orders_follow_from_what_was_planted(made: Market) -> None:
    world = made.world
    honest = world.ring[world.posts.creator[world.slots.post]] < 0
    mature = honest & (world.posts.at[world.slots.post] < world.period.end - 20 * DAY)
    orders = np.bincount(world.lines.slot[~world.lines.own], minlength=len(world.slots))
    assert orders[mature].sum() / world.slots.expected[mature].sum() == pytest.approx(1.0, abs=0.12)


def test_lines_of_an_order_share_time_shop_and_content(made: Market) -> None:
    lines, slots = made.world.lines, made.world.slots
    second = np.flatnonzero(lines.line == 2)
    assert len(second) > 20
    assert (lines.order[second] == lines.order[second - 1]).all()
    assert (lines.at[second] == lines.at[second - 1]).all()
    brand = made.world.goods.products.brand[slots.product]
    assert (brand[lines.slot[second]] == brand[lines.slot[second - 1]]).all()
    assert (slots.post[lines.slot[second]] == slots.post[lines.slot[second - 1]]).all()


def test_a_live_stream_sells_while_it_runs(made: Market) -> None:
    posts, lines = made.world.posts, made.world.lines
    post = made.world.slots.post[lines.slot]
    assert (lines.at > posts.at[post]).all()
    live = posts.live[post]
    assert (lines.at[live] <= posts.ended_at[post[live]] + 60).all()
