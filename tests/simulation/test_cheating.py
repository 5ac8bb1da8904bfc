"""Cheats are planted as they are declared, and named in the truth."""

import numpy as np
import pytest

from simulation import Market, market
from simulation.cheating import MANNERS, Cheat, Cunning, cheats
from simulation.regimes import regime


@pytest.fixture(scope="module")
def made() -> Market:
    return market(4, creators=600, days=120, regions=("US", "ID"), like=regime("cunning-fraud"))


def test_every_kind_is_done_at_every_level_by_those_who_post(made: Market) -> None:
    of = made.world.cheats
    for kind in (Cheat.VIEWS, Cheat.ORDERS):
        assert np.ptp(np.bincount(of.level[of.kind == kind], minlength=3)) <= 1
    assert set(of.level[of.kind == Cheat.RING].tolist()) == {0, 1, 2}
    assert ((of.kind == Cheat.RING) == (made.world.ring >= 0)).all()
    posts = np.bincount(made.world.posts.creator, minlength=600)
    assert np.median(posts[of.kind == Cheat.VIEWS]) > np.median(posts)


def test_own_orders_are_of_those_who_place_them_and_go_back_as_often_as_declared(made: Market) -> None:
    world = made.world
    lines = world.lines
    seller = world.posts.creator[world.slots.post[lines.slot]]
    assert (world.cheats.of("orders", seller[lines.own]) > 0).all()
    back = world.histories.refunded[:, 2] > 0
    for level in Cunning:
        own = lines.own & (world.cheats.kind[seller] == Cheat.ORDERS) & (world.cheats.level[seller] == level)
        assert back[own].mean() == pytest.approx(MANNERS[Cheat.ORDERS][level].refunded, abs=0.1)


def test_the_crude_buy_one_upon_the_other(made: Market) -> None:
    world, lines = made.world, made.world.lines
    post = world.slots.post[lines.slot]
    crude = lines.own & (world.cheats.of("together", world.posts.creator[post]) > 0) & ~world.posts.live[post]
    assert crude.sum() > 50
    assert ((lines.at - world.posts.at[post])[crude] < 2 * 3_600).mean() > 0.99


def test_the_truth_names_kind_and_cunning_of_cheats_alone(made: Market) -> None:
    truth, of = made.truth["truth_creators"], made.world.cheats
    named = [None if not kind else Cheat(kind).name for kind in of.kind.tolist()]
    assert truth["cheat"].to_pylist() == named
    assert [level is None for level in truth["cunning"].to_pylist()] == [name is None for name in named]


def test_without_a_share_only_crude_rings_cheat() -> None:
    ring = np.array([-1, 0, 0, 1, -1])
    found = cheats(1, ring, np.ones(5), share=0.0)
    assert found.kind.tolist() == [0, 3, 3, 3, 0]
    assert found.level.tolist() == [0] * 5
