"""A regime changes what it names, and leaves the rest of the market alone."""

import numpy as np
import pytest

from simulation import Market, market
from simulation.errors import UnknownRegime
from simulation.regimes import REGIMES, regime, shaped


def made_like(name: str) -> Market:
    return market(3, creators=300, days=90, like=regime(name))


@pytest.fixture(scope="module")
def usual() -> Market:
    return made_like("usual")


def test_little_data_is_less_of_everything(usual: Market) -> None:
    little = made_like("little-data")
    for table, least in (("contents", 0.75), ("sales", 0.5), ("collaborations", 0.85)):
        assert little[table].num_rows < least * usual[table].num_rows, table


def test_strong_sorting_gives_the_able_what_sells(usual: Market) -> None:
    def together(made: Market) -> float:
        truth = made.truth["truth_creators"]
        appeal = np.array([np.nan if value is None else value for value in truth["mean_appeal"].to_pylist()])
        known = np.isfinite(appeal)
        return float(np.corrcoef(truth["ability"].to_numpy()[known], appeal[known])[0, 1])

    assert together(made_like("strong-sorting")) > together(usual) + 0.15


def test_fraud_is_more_rings(usual: Market) -> None:
    assert (made_like("fraud").world.ring >= 0).sum() > 2 * (usual.world.ring >= 0).sum()


@pytest.mark.parametrize("shape", ["heavy", "skewed", "two-point"])
def test_shaped_traits_keep_mean_spread_and_order(shape: str) -> None:
    normal = np.random.default_rng(5).standard_normal(200_000)
    other = shaped(normal, shape)  # pyright: ignore[reportArgumentType] -- the parameter is a name of the table
    assert other.mean() == pytest.approx(0.0, abs=0.02)
    assert other.std() == pytest.approx(1.0, abs=0.12)
    assert (np.diff(other[np.argsort(normal)]) >= 0).all()


def test_misattribution_moves_orders_to_others_and_loses_none() -> None:
    usual, moved = made_like("usual").world, made_like("misattribution").world
    assert abs(len(moved.lines) / len(usual.lines) - 1) < 0.02
    credited = [np.bincount(of.posts.creator[of.slots.post[of.lines.slot]], minlength=300) for of in (usual, moved)]
    assert 0.02 < np.abs(credited[0] - credited[1]).sum() / 2 / credited[0].sum() < 0.3


def test_an_unknown_regime_is_refused_with_those_that_are() -> None:
    with pytest.raises(UnknownRegime, match="little-data"):
        regime("boom")
    assert "usual" in REGIMES
