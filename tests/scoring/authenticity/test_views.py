"""Views against engagement and sales, among peers of one audience."""

import numpy as np
import pytest

from scoring.authenticity.peers import deviations, spread, upper_tail
from scoring.authenticity.views import Selling, inflated_views
from scoring.facts import Market
from tests.scoring.authenticity.small import seen, video

COUNT = 60
UNKNOWN = Selling(np.full(COUNT, np.nan), np.full(COUNT, np.nan))


def posts(*, factor: float = 1.0, likes: float = 1.0) -> Market:
    """Sixty creators with five videos each, at views that differ; those of the first are multiplied."""
    rng = np.random.default_rng(3)
    level, rate = 1_000 * np.exp(0.5 * rng.standard_normal(COUNT)), 0.05 * np.exp(0.2 * rng.standard_normal(COUNT))
    level[0], rate[0] = 1_000.0, 0.05
    rows = []
    for n in range(COUNT):
        for post in range(5):
            views = level[n] * (0.8 + 0.1 * post)
            reacted = views * rate[n]
            bought, more = (factor, factor * likes) if n == 0 else (1.0, 1.0)
            rows.append(video(f"v{n}.{post}", n, views=round(views * bought), engagements=round(reacted * more)))
    return seen(COUNT, contents=rows)


def test_an_honest_creator_of_the_middle_is_nothing_strange() -> None:
    assert inflated_views(posts(), UNKNOWN).p[0] > 0.3


def test_bought_views_without_likes_stand_out_and_are_cited() -> None:
    found = inflated_views(posts(factor=8.0, likes=1 / 8), UNKNOWN)
    assert np.nanargmin(found.p) == 0
    assert found.p[0] < 1e-4
    assert found.observed[0] / found.expected[0] == pytest.approx(8.0, rel=0.4)
    assert found.evidence(0)[0] == "Content:v0.4"


def test_more_bought_views_are_less_probable() -> None:
    p = [float(inflated_views(posts(factor=factor, likes=1 / factor), UNKNOWN).p[0]) for factor in (1, 2, 4, 8)]
    assert p == sorted(p, reverse=True)


def test_selling_less_than_the_views_say_adds_to_it() -> None:
    rng = np.random.default_rng(5)
    log = 0.5 * rng.standard_normal(COUNT)
    log[0] = -1.5
    alone = inflated_views(posts(factor=4.0), UNKNOWN).p[0]
    assert np.isnan(alone) or inflated_views(posts(factor=4.0), Selling(log, np.full(COUNT, 0.01))).p[0] < alone


def test_too_few_peers_tell_nothing() -> None:
    market = seen(5, contents=[video(f"v{n}", n, views=10**n + 10, engagements=1) for n in range(5)])
    assert np.isnan(inflated_views(market, Selling(np.full(5, np.nan), np.full(5, np.nan))).p).all()


def test_deviations_are_from_the_line_on_followers_whatever_a_few_do() -> None:
    followers = np.geomspace(100, 1e6, 41)
    values = 2.0 + 0.4 * np.log(followers)
    values[7] += 9.0
    rest = deviations(values, followers, np.zeros(41, dtype=np.int64))
    assert rest[7] == pytest.approx(9.0, abs=0.01)
    assert np.delete(rest, 7) == pytest.approx(0.0, abs=0.01)


def test_spread_and_tails_are_told_by_the_honest_half() -> None:
    normal = np.random.default_rng(1).standard_normal(4_000)
    assert spread(normal) == pytest.approx(1.0, abs=0.05)
    p = upper_tail(np.append(normal, [4.0, np.nan]))
    assert p[-2] < 0.002
    assert np.isnan(p[-1])
    assert np.mean(p[:-2] < 0.05) == pytest.approx(0.05, abs=0.015)
    doubled = upper_tail(2 * np.append(normal, [4.0]) + 7)
    assert doubled[-1] == pytest.approx(p[-2], rel=1e-6)
