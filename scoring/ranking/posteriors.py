"""Posteriors of true places as normal scores: a place is Φ(Z), a share of the peers, with Z ~ N(z, s²)."""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri, owens_t  # pyright: ignore[reportMissingTypeStubs] -- SciPy ships none

from scoring.tables import Floats

NARROWEST: Final = 1.0 / 64.0
"""The least standard error: what is known better counts as known so well, 0.6 % of the peers at their middle."""
WIDEST: Final = 2.0
FARTHEST: Final = 6.0
TAIL: Final = 4.5
ACROSS: Final = 181
ALONG: Final = 513


class Posterior(NamedTuple):
    """Location and standard error of normal scores, one of each for every row."""

    z: Floats
    s: Floats


def normal_scores(mean: Floats, variance: Floats) -> Posterior:
    """Return the normal scores whose shares Φ(Z) have this mean and variance, both of shares 0–1.

    Var Φ(Z) = m(1 − m) − 2 T(h, √((1 − ρ)/(1 + ρ))) with h = Φ⁻¹(m), ρ = s²/(1 + s²) and Owen's T, solved for ρ by a table
    (to 0.001); errors are cut to `NARROWEST`–`WIDEST`, locations to ±`FARTHEST`.
    """
    inside = np.clip(mean, 1e-9, 1.0 - 1e-9)
    h = ndtri(inside)
    rho = _correlations(np.abs(h), variance / (inside * (1.0 - inside)))
    s = np.clip(np.sqrt(rho / (1.0 - rho)), NARROWEST, WIDEST)
    return Posterior(np.clip(h * np.sqrt(1.0 + s * s), -FARTHEST, FARTHEST), s)


def probability_above(one: Posterior, other: Posterior) -> Floats:
    """Return the probability that the true place of `one` is above that of `other`, whose errors are independent.

    Places among different peers are compared as they are: each as a share of its own peers.
    """
    return ndtr((one.z - other.z) / np.hypot(one.s, other.s))


def _correlations(h: Floats, share: Floats) -> Floats:
    """Return ρ where `share` is the variance as a share of m(1 − m), the largest that there is; bilinear in the table."""
    across = np.minimum(h / TAIL, 1.0) * (ACROSS - 1)
    along = np.sqrt(np.clip(share, 0.0, 1.0)) * (ALONG - 1)
    row, column = np.minimum(across.astype(np.intp), ACROSS - 2), np.minimum(along.astype(np.intp), ALONG - 2)
    right, below = along - column, across - row
    table = _table()
    upper = table[row, column] * (1.0 - right) + table[row, column + 1] * right
    lower = table[row + 1, column] * (1.0 - right) + table[row + 1, column + 1] * right
    return upper * (1.0 - below) + lower * below


@cache
def _table() -> Floats:
    """Return ρ [h from 0 to `TAIL` × root of the share of the largest variance, 0 to 1]."""
    rho = np.concatenate(
        [np.geomspace(1e-7, 1e-3, 100) - 1e-7, np.linspace(0.001, 0.9, 900)[1:], 1.0 - np.geomspace(0.1, 1e-6, 200)[1:], [1.0]]
    )
    edge = np.sqrt((1.0 - rho) / (1.0 + rho))
    shares = np.linspace(0.0, 1.0, ALONG) ** 2
    rows: list[Floats] = []
    for h in np.linspace(0.0, TAIL, ACROSS):
        largest = ndtr(h) * ndtr(-h)
        rows.append(np.interp(shares, 1.0 - 2.0 * owens_t(h, edge) / largest, rho))
    return np.minimum(np.stack(rows), 1.0 - 1e-6)
