"""Posteriors on a few nodes of a trait: what the estimators that the product is held against share."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.special import gammaln, xlogy

from validation.planted import Floats

NODES: Final = 31


def nodes_of(trait: Floats, *, count: int = NODES) -> Floats:
    """Return equally likely values of a trait: the prior of whoever is told how it is spread."""
    return np.quantile(trait, (np.arange(count) + 0.5) / count)


def placed(likelihood: Floats) -> Floats:
    """Return the posterior expected place (0–1) among the nodes, from log likelihoods (shape creators × nodes)."""
    weight = posterior(likelihood)
    return weight @ ((np.arange(weight.shape[1]) + 0.5) / weight.shape[1])


def expected(likelihood: Floats, nodes: Floats) -> Floats:
    """Return the posterior mean of the nodes' values."""
    return posterior(likelihood) @ nodes


def posterior(likelihood: Floats) -> Floats:
    """Return the weights of the nodes, summing to 1 in each row."""
    weight = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    return weight / weight.sum(axis=1, keepdims=True)


def binomial(successes: Floats, among: Floats, share: Floats) -> Floats:
    """Return log likelihoods of shares (shape creators × nodes)."""
    return xlogy(successes[:, None], share) + xlogy((among - successes)[:, None], 1 - share)


def counts(observed: Floats, mean: Floats, size: Floats | float) -> Floats:
    """Return log likelihoods of negative binomial means (creators × nodes) with a variance of m + m²/size; 0 where nothing was observed."""
    mean, size = np.maximum(mean, 1e-9), np.broadcast_to(np.asarray(size, dtype=np.float64), mean.shape)
    seen = np.nan_to_num(observed)[:, None]
    log = gammaln(seen + size) - gammaln(size) + size * np.log(size / (size + mean)) + seen * np.log(mean / (size + mean))
    return np.where(np.isnan(observed)[:, None], 0.0, log)


def normal(observed: Floats, mean: Floats, variance: Floats) -> Floats:
    """Return log likelihoods of normal means (nodes, or creators × nodes); 0 where nothing was observed."""
    log = -((np.nan_to_num(observed)[:, None] - mean) ** 2) / (2 * variance[:, None])
    return np.where(np.isnan(observed)[:, None], 0.0, log)


def spoken(likelihood: Floats, nodes: Floats, observed: Floats, *, rounds: int = 20) -> Floats:
    """Return log likelihoods of a second reading, linear in the nodes; its line and noise are learnt from where both speak (EM)."""
    known = np.isfinite(observed)
    if known.sum() < 8:
        return np.zeros_like(likelihood)
    base, slope, variance = float(observed[known].mean()), 0.0, float(observed[known].var() + 1e-6)
    for turn in range(rounds):
        reading = normal(observed, base + slope * nodes, np.full(len(observed), variance)) if turn else np.zeros_like(likelihood)
        weight = posterior(likelihood + reading)[known]
        x, y = np.broadcast_to(nodes, weight.shape), np.broadcast_to(observed[known][:, None], weight.shape)
        total = weight.sum()
        mean_x, mean_y = (weight * x).sum() / total, (weight * y).sum() / total
        slope = float((weight * (x - mean_x) * (y - mean_y)).sum() / max(float((weight * (x - mean_x) ** 2).sum()), 1e-9))
        base = float(mean_y - slope * mean_x)
        variance = float((weight * (y - base - slope * x) ** 2).sum() / total + 1e-6)
    return normal(observed, base + slope * nodes, np.full(len(observed), variance))


def line(x: Floats, y: Floats) -> tuple[float, float]:
    """Return intercept and slope of y on x where both are known; (mean, 0) where they do not tell."""
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < 5 or np.ptp(x[known]) == 0:
        return (float(y[known].mean()) if known.any() else 0.0), 0.0
    slope, intercept = np.polyfit(x[known], y[known], 1)
    return float(intercept), float(slope)
