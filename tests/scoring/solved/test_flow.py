"""Expected flow by category."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from scoring.ability import Counts, Slots, ability
from scoring.solved.flow import flow

# creator 0 shows product 0 (category 0) twice and product 1 (category 1) once; creator 1 shows product 1; creator 2 nothing
SLOTS = Slots.of(
    creator=np.array([0, 0, 0, 1]),
    product=np.array([0, 0, 1, 1]),
    post=np.array([0, 1, 2, 3]),
    category=np.array([0, 0, 1, 1]),
    orders=np.array([4, 6, 2, 2]),
    log_exposure=np.log([100.0, 100.0, 100.0, 100.0]),
)
FIT = ability(SLOTS, Counts(3, 2, 2))
PEERS = np.zeros(3, dtype=np.int64)


def test_flow_is_rate_times_price_a_quarter_of_it_as_the_peers_sell():
    made = flow(FIT, np.array([10.0, 20.0]), PEERS)
    rate = FIT.state.rate
    own = np.array([10 * (rate[0] + rate[1]), 20 * rate[2]])
    peers = own + np.array([0, 20 * rate[3]])
    assert made[0] == pytest.approx(0.75 * own + 0.25 * own.sum() * peers / peers.sum())
    assert made.sum(axis=1)[:2] == pytest.approx([own.sum(), 20 * rate[3]])
    assert made[2].tolist() == [0, 0]


def test_flow_follows_planted_expectation_better_than_what_was_sold():
    random = np.random.default_rng(4)
    creators, products, posts = 400, 60, 4000
    creator, product = random.integers(0, creators, posts), random.integers(0, products, posts)
    rate = np.exp(random.normal(0, 0.7, creators)[creator] + random.normal(0, 1, products)[product])
    sold = random.poisson(0.3 * rate * np.exp(0.8 * random.normal(size=posts)))
    fit = ability(
        Slots.of(creator=creator, product=product, post=np.arange(posts), orders=sold, log_exposure=np.zeros(posts)),
        Counts(creators, products, 1),
    )
    planted, plain = np.bincount(creator, rate, minlength=creators), np.bincount(creator, sold, minlength=creators)
    expected = flow(fit, np.ones(products), np.zeros(creators, dtype=np.int64))[:, 0]
    assert spearmanr(expected, planted)[0] > spearmanr(plain, planted)[0] + 0.03
