"""Who the creators are: heavy tails, careers, ids."""

import numpy as np
import pytest

from simulation import Market
from simulation.calendar import DAY


def hill(values: np.ndarray, top: int) -> float:
    """Return the tail index of the `top` greatest values."""
    greatest = np.sort(values)[::-1][: top + 1].astype(np.float64)
    return 1.0 / float(np.mean(np.log(greatest[:top] / greatest[top])))


def test_followers_have_a_pareto_tail(made: Market) -> None:
    assert hill(made.world.people.followers, 60) == pytest.approx(1.25, abs=0.35)


def test_views_and_orders_are_heavy_tailed_too(made: Market) -> None:
    posts = made.world.posts
    assert np.quantile(posts.views, 0.99) > 8 * np.median(posts.views)
    orders = np.bincount(posts.creator[made.world.slots.post[made.world.lines.slot]], minlength=1_500)
    top = np.sort(orders)[::-1]
    assert top[:150].sum() > 0.4 * top.sum()


def test_some_start_late_and_some_stop(made: Market) -> None:
    people, period = made.world.people, made.world.period
    assert (people.active_from > period.start).mean() == pytest.approx(0.15, abs=0.04)
    assert (people.active_to < period.end).mean() == pytest.approx(0.07, abs=0.03)
    own = made.world.posts.collaboration < 0
    at, creator = made.world.posts.at[own], made.world.posts.creator[own]
    assert (at >= people.active_from[creator]).all()
    assert (at < people.active_to[creator]).all()


def test_nobody_posts_before_joining_or_long_after_leaving(made: Market) -> None:
    people, posts = made.world.people, made.world.posts
    assert (posts.at >= people.joined_at[posts.creator]).all()
    assert (posts.at < people.active_to[posts.creator] + 7 * DAY).all()


def test_ids_and_handles_are_unique_and_some_have_no_open_id(made: Market) -> None:
    people = made.world.people
    assert len(np.unique(people.id)) == len(np.unique(people.handle)) == 1_500
    unlinked = np.flatnonzero(~people.linked)
    assert 0.01 < len(unlinked) / 1_500 < 0.06
    region = made.world.regions[int(people.region[unlinked[0]])].code
    assert people.id[unlinked[0]] == f"{region}:{people.handle[unlinked[0]]}"
