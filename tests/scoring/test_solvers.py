"""The solvers agree with a direct solution, also where they must fall back."""

import numpy as np
import pytest
from scipy import sparse

from scoring import ScoringError, solvers
from scoring.solvers import System, solution

CHANCE = np.random.default_rng(8)
LINKS = sparse.random_array((30, 20), density=0.2, rng=CHANCE).tocsr()
MENTIONS = sparse.random_array((30, 30), density=0.1, rng=CHANCE).tocsr()
RIGHT = CHANCE.random((30, 4))


def system(*, directed: bool) -> System:
    out = np.asarray(LINKS.sum(axis=1)) + (np.asarray(MENTIONS.sum(axis=1)) if directed else 0.0)
    near, far = (np.sqrt(np.where(sums > 0, sums, 1.0)) for sums in (out, np.asarray(LINKS.sum(axis=0))))
    across = (sparse.diags_array(1 / near) @ LINKS @ sparse.diags_array(1 / far)).tocsr()
    moved = (sparse.diags_array(1 / near) @ MENTIONS.T @ sparse.diags_array(1 / near)).tocsr() if directed else None
    return System(across, across.T.tocsr(), moved, 0.85, near)


@pytest.mark.parametrize("steps", [60, 1, 0])
@pytest.mark.parametrize("directed", [False, True])
def test_agrees_with_a_direct_solution_even_without_its_steps(directed: bool, steps: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solvers, "MOST_STEPS", steps)
    matrix = system(directed=directed)
    found, error = solution(matrix, RIGHT, 1e-11)
    assert (error <= 1e-11).all()
    np.testing.assert_allclose(found, np.linalg.solve(matrix.product(np.eye(30)), RIGHT), atol=1e-10)


def test_refuses_what_rounding_forbids(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solvers, "MOST_PLAIN_STEPS", 50)
    with pytest.raises(ScoringError, match="raise tol"):
        solution(system(directed=False), RIGHT, 0.0)
