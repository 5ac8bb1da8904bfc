"""What creators choose to promote."""

import numpy as np
import pytest

from simulation import Market


def appeal_by_creator(made: Market) -> tuple[np.ndarray, np.ndarray]:
    """Return ability, and the mean appeal of what was shown, of creators who showed anything."""
    truth = made.truth["truth_creators"]
    appeal = np.array([np.nan if value is None else value for value in truth["mean_appeal"].to_pylist()])
    kept = np.isfinite(appeal)
    return truth["ability"].to_numpy()[kept], appeal[kept]


def test_the_able_promote_what_sells(made: Market) -> None:
    assert np.corrcoef(*appeal_by_creator(made))[0, 1] == pytest.approx(0.45, abs=0.1)


def test_products_differ_a_hundredfold_in_appeal(made: Market) -> None:
    appeal = made.truth["truth_products"]["appeal"].to_numpy()
    assert appeal.std() == pytest.approx(1.0, abs=0.12)
    assert np.exp(np.quantile(appeal, 0.99) - np.quantile(appeal, 0.01)) > 60


def test_communities_share_categories_and_brands(made: Market) -> None:
    world = made.world
    creator = world.posts.creator[world.slots.post]
    own = world.goods.products.top[world.slots.product] == world.choices.home[creator]
    assert own.mean() > 0.5
    brand = world.goods.products.brand[world.slots.product]
    pairs = np.unique(np.stack([world.people.community[creator], brand]), axis=1)[0]
    shuffled = np.random.default_rng(1).permutation(world.people.community)[creator]
    assert len(pairs) < 0.7 * len(np.unique(np.stack([shuffled, brand]), axis=1)[0])


def test_everyone_promotes_products_of_the_own_region_each_once(made: Market) -> None:
    choices, people = made.world.choices, made.world.people
    assert (made.world.goods.products.region[choices.product] == people.region[choices.creator]).all()
    assert len(np.unique(np.stack([choices.creator, choices.product]), axis=1)[0]) == len(choices.product)
    assert choices.sizes.min() >= 1
