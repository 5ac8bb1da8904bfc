"""How traits show in what creators post."""

import numpy as np
import pytest

from simulation import Market
from simulation.calendar import DAY


def shares(made: Market, least: int) -> tuple[np.ndarray, np.ndarray]:
    """Return creators with `least` posts, and the share of their own posts that is shoppable."""
    posts = made.world.posts
    own = posts.collaboration < 0
    count = np.bincount(posts.creator[own], minlength=len(made.world.people))
    shoppable = np.bincount(posts.creator[own], weights=posts.shoppable[own], minlength=len(made.world.people))
    kept = np.flatnonzero(count >= least)
    return kept, shoppable[kept] / count[kept]


def test_the_diligent_post_more_that_can_be_bought(made: Market) -> None:
    kept, share = shares(made, 20)
    assert np.corrcoef(made.world.people.diligence[kept], share)[0, 1] > 0.75


def test_the_consistent_post_at_even_gaps(made: Market) -> None:
    posts, people = made.world.posts, made.world.people
    own = posts.collaboration < 0
    at, creator = posts.at[own], posts.creator[own]
    spread = np.full(len(people), np.nan)
    for each in range(len(people)):
        gaps = np.diff(at[creator == each])
        if len(gaps) >= 15:
            spread[each] = np.log(np.maximum(gaps, DAY / 24)).std()
    kept = np.isfinite(spread)
    assert np.corrcoef(people.consistency[kept], spread[kept])[0, 1] < -0.6


def test_the_usual_creator_shows_eight_shoppable_posts_in_ninety_days(made: Market) -> None:
    posts = made.world.posts
    recent = posts.shoppable & (posts.at >= made.world.period.end - 90 * DAY)
    assert 6 <= np.median(np.bincount(posts.creator[recent], minlength=1_500)) <= 10


def test_ids_hold_the_time_and_are_unique(made: Market) -> None:
    posts = made.world.posts
    assert ((posts.id >> 32) == posts.at).all()
    assert len(np.unique(posts.id)) == len(posts)


def test_no_more_react_than_see(made: Market) -> None:
    posts = made.world.posts
    reactions = posts.likes + posts.comments + posts.shares
    honest = made.world.ring[posts.creator] < 0
    assert (reactions <= posts.views)[honest].all()
    assert np.median(reactions[honest] / posts.views[honest]) == pytest.approx(0.055, abs=0.02)
