"""Estimates on a logarithmic scale, each with its own variance, and what peers tell where a creator's own are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import digamma, polygamma  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType] (SciPy ships none)

from scoring.facts.arrays import Bools, Floats

ROUNDS: Final = 50
LEAST_SPREAD: Final = 0.1
EVENEST: Final = 0.25
"""However even a creator's weeks, so much of chance is left."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A logarithm and its sampling variance, row by row; both NaN where unknown."""

    log: Floats
    var: Floats

    @property
    def known(self) -> Bools:
        """Where something is known."""
        return ~np.isnan(self.log)

    def where(self, chosen: Bools) -> Estimate:
        """Return the chosen rows, the others unknown."""
        return Estimate(np.where(chosen, self.log, np.nan), np.where(chosen, self.var, np.nan))

    def over(self, other: Estimate) -> Estimate:
        """Return the logarithm of the ratio of two independent amounts."""
        return Estimate(self.log - other.log, self.var + other.var)


def rate(counts: Floats, weeks: Floats, *, bursts: Floats | float, log_weeks_var: Floats | float = 0.0) -> Estimate:
    """Return ln(events a week) from counts over weeks; unknown where either is, or no time.

    Variance: chance 1 / (n + ½), weeks that differ beyond chance (`bursts` over their number), and what is not known of the time.
    """
    weeks = np.where(weeks > 0, weeks, np.nan)
    log, chance = np.log(counts + 0.5) - np.log(weeks), 1.0 / (counts + 0.5)
    return Estimate(log, np.where(np.isnan(log), np.nan, np.maximum(chance + bursts / weeks, EVENEST * chance) + log_weeks_var))


def either(first: Estimate, second: Estimate, *, shared: Floats) -> Estimate:
    """Return the best of two estimates whose errors have covariance `shared`; where one is unknown, the other."""
    left, right = np.maximum(second.var - shared, 0.0), np.maximum(first.var - shared, 0.0)
    total = left + right
    both = first.known & second.known & (total > 0)
    weight = np.divide(left, total, out=np.ones(len(total)), where=both)
    log = np.where(both, weight * first.log + (1 - weight) * np.nan_to_num(second.log), np.where(first.known, first.log, second.log))
    var = weight**2 * first.var + (1 - weight) ** 2 * np.nan_to_num(second.var) + 2 * weight * (1 - weight) * np.nan_to_num(shared)
    return Estimate(log, np.where(both, var, np.where(first.known, first.var, second.var)))


def shrunk(estimate: Estimate) -> Estimate:
    """Return what each row's own estimate and all rows together tell: normal with the mean and spread that all have (DerSimonian–Laird)."""
    known = estimate.known
    if not known.any():
        return estimate
    y, own = estimate.log[known], estimate.var[known]
    spread = max(float(np.var(y)), LEAST_SPREAD**2)
    mean = 0.0
    for _ in range(ROUNDS):
        weight = 1.0 / (own + spread)
        mean = float((weight * y).sum() / weight.sum())
        spread = max(float((weight**2 * ((y - mean) ** 2 - own)).sum() / (weight**2).sum()), LEAST_SPREAD**2)
    precision = np.where(known, 1.0 / np.where(known, estimate.var, 1.0), 0.0) + 1.0 / spread
    total = np.where(known, np.nan_to_num(estimate.log) / np.where(known, estimate.var, 1.0), 0.0) + mean / spread
    return Estimate(total / precision, 1.0 / precision)


def log_share(successes: Floats, among: Floats) -> Estimate:
    """Return ln(share) of each row, from its own counts and the peers' beta distribution; for everybody, also those without counts."""
    alpha, beta = beta_of(successes, among)
    known = np.nan_to_num(among) > 0
    yes, no = np.where(known, np.nan_to_num(successes), 0.0), np.where(known, np.nan_to_num(among - successes), 0.0)
    whole = alpha + beta + yes + no
    log = np.asarray(digamma(alpha + yes) - digamma(whole), dtype=np.float64)
    return Estimate(log, np.asarray(polygamma(1, alpha + yes) - polygamma(1, whole), dtype=np.float64))


def beta_of(successes: Floats, among: Floats) -> tuple[float, float]:
    """Return the beta distribution of shares by moments (Kleinman 1973); uniform where fewer than two rows have counts."""
    known = np.nan_to_num(among) > 0
    n, y = among[known], successes[known]
    if len(n) < 2:
        return 1.0, 1.0
    alike, mean = 0.3, 0.5
    for _ in range(ROUNDS):
        weight = n / (1.0 + alike * (n - 1.0))
        mean = float(np.clip((weight * y / n).sum() / weight.sum(), 1e-3, 1 - 1e-3))
        apart = float((weight * (y / n - mean) ** 2).sum() - (weight * mean * (1 - mean) / n).sum())
        alike = float(np.clip(apart / max(float((weight * mean * (1 - mean) * (1 - 1 / n)).sum()), 1e-12), 0.02, 0.9))
    strength = 1.0 / alike - 1.0
    return mean * strength, (1 - mean) * strength
