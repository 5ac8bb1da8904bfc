"""Those whom the product is compared to: who counts, who is told, and who sees everything, in this order."""

import numpy as np
import pytest

from simulation import Market
from validation.grids import binomial, counts, nodes_of, placed, spoken
from validation.measures import agreement, share_of_best
from validation.plain import plain_of, plain_shares
from validation.planted import TRAIT_OF, Planted
from validation.seen import Seen
from validation.told import Told
from validation.whole import Whole


def test_who_sees_everything_knows_more_than_who_counts(little: Market, planted: Planted) -> None:
    whole = Whole(little.world)
    scores, figures = whole.scores(), whole.figures()
    for name in TRAIT_OF:
        trait = planted.trait_of(name)
        assert agreement(scores[name], trait) > max(agreement(each, trait) for each in figures[name].values()) - 0.02, name
        assert np.isfinite(scores[name]).all()


def test_who_is_told_knows_more_than_who_counts_in_most(seen: Seen, planted: Planted) -> None:
    told, figures = Told(seen).scores(), plain_of(seen)
    gains = [
        agreement(told[name], planted.trait_of(name))
        - max(np.nan_to_num(agreement(each, planted.trait_of(name))) for each in figures[name].values())
        for name in TRAIT_OF
    ]
    assert np.median(gains) > 0.05
    assert min(gains) > -0.15


def test_shares_of_categories_add_up(seen: Seen, planted: Planted) -> None:
    for shares in (plain_shares(seen), Told(seen).shares()):
        total: dict[tuple[str, str], float] = {}
        for (who, root), share in shares.items():
            total[planted.regions[who], root] = total.get((planted.regions[who], root), 0.0) + share
        assert list(total.values()) == pytest.approx([1.0] * len(total))


def test_what_is_expected_picks_the_best_sellers(little: Market, seen: Seen, planted: Planted) -> None:
    assert share_of_best(Whole(little.world).expectation(), planted.expected) > 0.75
    assert share_of_best(Told(seen).ranking(), planted.expected) > 0.7


def test_posteriors_place_who_did_more_higher_and_who_did_nothing_in_the_middle() -> None:
    nodes = nodes_of(np.linspace(0.05, 0.95, 200))
    few = placed(binomial(np.array([0.0, 0.0, 5.0]), np.array([0.0, 5.0, 5.0]), nodes))
    assert few[0] == pytest.approx(0.5)
    assert few[1] < 0.25 < 0.75 < few[2]
    means = np.broadcast_to(np.array([1.0, 5.0]), (2, 2))
    assert (placed(counts(np.array([np.nan, 9.0]), means, 3.0)) > [0.49, 0.7]).all()


def test_a_second_reading_is_believed_as_far_as_it_agrees_with_the_first() -> None:
    rng = np.random.default_rng(2)
    level = rng.normal(0, 1, 400)
    nodes = nodes_of(level)
    first = -((level[:, None] + rng.normal(0, 1, 400)[:, None] - nodes) ** 2) / 2
    good, noise = 3 + 0.5 * level + rng.normal(0, 0.2, 400), rng.normal(0, 1, 400)
    alone = agreement(placed(first), level)
    assert agreement(placed(first + spoken(first, nodes, good)), level) > alone + 0.1
    assert agreement(placed(first + spoken(first, nodes, noise)), level) > alone - 0.05
