"""The planted traits: each shows in what happens, and no two are the same."""

import numpy as np
from scipy.stats import spearmanr

from simulation import Market
from simulation.tables.truth import traits


def test_traits_can_be_told_apart(made: Market) -> None:
    of = np.stack(list(traits(made.world).values()))
    together = np.abs(spearmanr(of, axis=1).statistic - np.eye(len(of)))
    assert together.max() < 0.45
    assert np.median(together[np.triu_indices(len(of), 1)]) < 0.1


def test_no_trait_is_the_size_of_the_audience(made: Market) -> None:
    for name, values in traits(made.world).items():
        assert abs(spearmanr(values, made.world.people.followers).statistic) < 0.12, name


def test_breadth_shows_in_the_brands_that_are_shown(made: Market) -> None:
    world, brands = made.world, len(made.world.goods.brands.id)
    creator = world.posts.creator[world.slots.post]
    counts = np.zeros((len(world.people), brands))
    np.add.at(counts, (creator, world.goods.products.brand[world.slots.product]), 1)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    effective = np.exp(-(share * np.log(np.maximum(share, 1e-12))).sum(axis=1))
    busy = counts.sum(axis=1) >= 15
    assert spearmanr(traits(world)["breadth"][busy], effective[busy]).statistic > 0.7
    assert traits(world)["breadth"].min() >= 1.0


def test_steadiness_shows_in_the_weeks(made: Market) -> None:
    world = made.world
    period = world.period
    week = (world.posts.at - period.start) // (7 * 86_400)
    counts = np.zeros((len(world.people), int(week.max()) + 1))
    np.add.at(counts, (world.posts.creator, week), 1)
    present = (world.people.active_from == period.start) & (world.people.active_to == period.end) & (counts.sum(axis=1) >= 40)
    mean = counts.mean(axis=1)
    excess = (counts.var(axis=1) - mean) / mean**2
    assert spearmanr(traits(world)["steadiness"][present], excess[present]).statistic < -0.5
