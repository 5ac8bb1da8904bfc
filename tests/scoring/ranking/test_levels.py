"""Levels, against every grading that there is."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.ranking.grading import Arcs, by_program, by_table, exactly
from scoring.ranking.levels import levels
from scoring.ranking.posteriors import Posterior
from tests.scoring.ranking.markets import above, scope


def gain_and_misordered(level: np.ndarray, posterior: Posterior) -> tuple[float, float]:
    """What a grading is worth, and its share of misordered pairs."""
    chances, better = above(posterior), level[:, np.newaxis] < level
    pairs = len(level) * (len(level) - 1) / 2
    return float((chances - 2 / 3)[better].sum() / pairs), float((1 - chances)[better].sum() / pairs)


def best(gradings: list[np.ndarray], posterior: Posterior, bound: float) -> float:
    found = [gain_and_misordered(each, posterior) for each in gradings]
    return max(gain for gain, misordered in found if misordered <= bound + 1e-9)


def runs(rows: int) -> list[np.ndarray]:
    borders = (cut for count in range(rows) for cut in combinations(range(1, rows), count))
    return [np.searchsorted(cut, np.arange(rows), side="right") for cut in borders]


@pytest.mark.parametrize("bound", [0.02, 0.05, 0.1, 0.25])
@pytest.mark.parametrize("rows", [2, 3, 7, 11])
def test_the_best_of_all_runs(rows: int, bound: float):
    for seed in range(5):
        posterior = scope(rows, np.random.default_rng(seed)).posterior
        gain, misordered = gain_and_misordered(levels(posterior, bound=bound), posterior)
        assert gain == pytest.approx(best(runs(rows), posterior, bound), abs=1e-9)
        assert misordered <= bound + 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_the_best_of_all_gradings_where_errors_are_equal(seed: int):
    posterior = scope(5, np.random.default_rng(seed), errors=(0.7, 0.7)).posterior
    gradings = [np.array(each) for each in product(range(5), repeat=5)]
    gain, _ = gain_and_misordered(levels(posterior, bound=0.1), posterior)
    assert gain == pytest.approx(best(gradings, posterior, 0.1), abs=1e-9)


def gains(draw_from: np.random.Generator, atoms: int) -> Arcs:
    return Arcs.of(draw_from.uniform(0, 2, (atoms, atoms)), draw_from.uniform(0, 1, (atoms, atoms)))


def total(table: np.ndarray, starts: np.ndarray) -> float:
    return float(table[starts, np.append(starts[1:], len(table) - 1)].sum())


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 999), atoms=st.integers(1, 9), budget=st.floats(0.1, 20))
def test_the_program_and_the_table_against_every_path(seed: int, atoms: int, budget: float):
    arcs = gains(np.random.default_rng(seed), atoms)
    paths = [np.array((0, *cut)) for count in range(atoms) for cut in combinations(range(1, atoms), count)]
    most = max(total(arcs.gain, path) for path in paths if total(arcs.used, path) <= budget)
    assert total(arcs.gain, by_program(arcs, budget)) == pytest.approx(most, rel=1e-6)
    assert total(arcs.gain, exactly(arcs, budget)) == pytest.approx(most, rel=1e-6)
    table = by_table(arcs, budget)
    assert total(arcs.used, table) <= budget * (1 + 1e-6)
    less = max(total(arcs.gain, path) for path in paths if total(arcs.used, path) <= budget * (1 - atoms / 200))
    assert less - 1e-9 <= total(arcs.gain, table) <= most + 1e-9


def test_the_table_comes_close_to_the_program_in_a_large_scope():
    posterior = scope(40, np.random.default_rng(8)).posterior
    chances = above(posterior)
    arcs = Arcs.of(chances - 2 / 3, 1 - chances)
    budget = 0.05 * 40 * 39 / 2
    assert total(arcs.gain, by_table(arcs, budget)) > 0.98 * total(arcs.gain, by_program(arcs, budget))


@pytest.mark.parametrize("rows", [13, 200, 2000])
def test_the_bound_holds_for_many(rows: int):
    posterior = scope(rows, np.random.default_rng(rows)).posterior
    level = levels(posterior)
    gain, misordered = gain_and_misordered(level, posterior)
    assert 0.03 < misordered < 0.054
    assert gain > 0.1
    assert (np.diff(level) >= 0).all()
    assert set(level) == set(range(1, level.max() + 1))


def test_who_cannot_be_told_apart_shares_a_level():
    assert levels(Posterior(np.linspace(0.01, -0.01, 30), np.ones(30))).tolist() == [1] * 30
    assert levels(Posterior(np.array([2.0, -2.0]), np.full(2, 0.1))).tolist() == [1, 2]
    assert levels(Posterior(np.empty(0), np.empty(0))).tolist() == []


def test_silent(capfd: pytest.CaptureFixture[str]):
    by_program(gains(np.random.default_rng(0), 4), 1.0)
    assert capfd.readouterr() == ("", "")
