"""Levels: grades whose borders keep the expected share of misordered pairs under a bound (Kline, Rose and Walters 2024).

Of all gradings with Σ (1 − π) over the pairs of different levels at most `bound` of all pairs, π the probability that a pair is
ordered as its levels are, the one is taken with the greatest Σ (π − 2/3): that is their loss with λ = 1/2, by which a pair is
worth grading apart where it is more than twice as likely to be ordered rightly as not.
"""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs] -- SciPy ships none

from scoring.ranking.grading import Arcs, by_table, exactly
from scoring.ranking.posteriors import Posterior, probability_above
from scoring.tables import Ints

BOUND: Final = 0.05
LEAST: Final = 2.0 / 3.0
FEW: Final = 12
ATOMS: Final = 24
SAMPLE: Final = 4
SPAN: Final = 2.75


class Atoms(NamedTuple):
    """Neighbours in the order that no border parts: where they start and end, and the rows that speak for each [atoms × sample]."""

    starts: Ints
    ends: Ints
    sample: Ints


def levels(posterior: Posterior, *, bound: float = BOUND) -> Ints:
    """Return each row's level, 1 the best; the rows stand in their order, the best first, and so do their levels.

    Levels are runs of that order: who comes later has no better level. Runs are the best of all gradings where a row is no
    less likely above anyone than those after it (π_ik ≥ π_jk for i before j), as with equal errors: exchanging two rows that
    are graded against the order then never loses. Up to `FEW` rows, where each pair matters, the integer program is solved
    exactly; of more, to 1/200 of the bound for each level. Of more rows than `ATOMS`, borders are sought
    between that many runs, narrower toward both ends, and pairs are counted by `SAMPLE` rows of each run.
    """
    rows = len(posterior.z)
    if rows < 2:
        return np.ones(rows, dtype=np.int64)
    atoms = _atoms(rows)
    solve = exactly if rows <= FEW else by_table
    borders = solve(_arcs(posterior, atoms), bound * rows * (rows - 1) / 2.0)
    return np.searchsorted(atoms.starts[borders], np.arange(rows), side="right").astype(np.int64)


def _atoms(rows: int) -> Atoms:
    if rows <= ATOMS:
        every = np.arange(rows)
        return Atoms(every, every + 1, every[:, np.newaxis])
    shares = ndtr(np.linspace(-SPAN, SPAN, ATOMS + 1))
    edges = np.unique(np.rint(rows * (shares - shares[0]) / (shares[-1] - shares[0])).astype(np.int64))
    starts, ends = edges[:-1], edges[1:]
    places = (np.arange(SAMPLE) + 0.5) / SAMPLE
    sample = starts[:, np.newaxis] + (places * (ends - starts)[:, np.newaxis]).astype(np.int64)
    return Atoms(starts, ends, sample)


def _arcs(posterior: Posterior, atoms: Atoms) -> Arcs:
    """Return the runs of atoms: how many pairs are expected to be misordered, and what they are worth."""
    count, sample = atoms.sample.shape
    chosen = Posterior(*(column[atoms.sample.ravel()] for column in posterior))
    rows, columns = (Posterior(*(each[at] for each in chosen)) for at in ((slice(None), np.newaxis), (np.newaxis, slice(None))))
    above = probability_above(rows, columns).reshape(count, sample, count, sample).mean(axis=(1, 3))
    sizes = (atoms.ends - atoms.starts).astype(np.float64)
    number = sizes[:, np.newaxis] * sizes
    return Arcs.of(number * (above - LEAST), number * (1.0 - above))
