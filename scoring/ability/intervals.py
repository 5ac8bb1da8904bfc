"""How uncertain effects are: a formula that knows an effect's partners, corrected by draws from the posterior."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.ability.draws import signs
from scoring.ability.likelihood import Curvature, State
from scoring.ability.prior import Prior
from scoring.ability.solver import conjugate_gradients
from scoring.ability.table import Floats, totals

DRAWS: Final = (4, 16)
ENOUGH: Final = 40_000
BINS: Final = 10
IN_A_BIN: Final = 50


def posterior_draws(state: State, prior: Prior, *, draws: int, tolerance: float) -> Floats:
    """Return deviations from the mode, shape (effects, draws), with the posterior's covariance: perturb and solve."""
    design, slots = state.design, state.design.slots
    matrix = Curvature.of(state, prior, observed=True)
    noise = np.sqrt(matrix.rate)[:, None] * signs(
        slots.creator, slots.post, slots.product, (slots.live * 1024).astype(np.int64), stream=1, draws=draws
    )
    # the root of diag(r) - k r rᵀ is (I - s r 1ᵀ)√r with s = (1 - √(1 - k Σr)) / Σr
    ones = design.matrix(np.ones(len(slots)))
    ones.indices = np.arange(len(slots), dtype=ones.indices.dtype)
    ones.resize(len(design.starts), len(slots))
    sums = ones @ noise
    pull = ((1 - np.sqrt(np.maximum(matrix.kept, 0))) / np.maximum(matrix.post_rate, 1e-300))[:, None] * sums
    noise -= matrix.rate[:, None] * pull[design.post]
    products = np.column_stack([totals(slots.product, noise[:, each], design.products) for each in range(draws)])
    right = design.gather(sums - matrix.post_rate[:, None] * pull, products)
    right += prior.drawn(signs(np.arange(design.size, dtype=np.int64), stream=2, draws=draws))
    return conjugate_gradients(matrix, right, tolerance=tolerance)


def variances_of_effects(state: State, prior: Prior) -> Floats:
    """Return the posterior variance of each effect, trusted for creators and products; many creators need few draws each."""
    draws = int(np.clip(ENOUGH // max(state.design.creators, 1), *DRAWS))
    return corrected(bordered_variance(state, prior), posterior_draws(state, prior, draws=draws, tolerance=0.02), state)


def bordered_variance(state: State, prior: Prior) -> Floats:
    """Return 1/(H_ii - Σ_p h_ip²/H_pp) for creators and products: as if the partners of an effect had no other partners."""
    design, slots = state.design, state.design.slots
    matrix = Curvature.of(state, prior, observed=True)
    diagonal = matrix.diagonal()
    keys, place = np.unique(slots.creator * max(design.products, 1) + slots.product, return_inverse=True)
    cross = totals(place, matrix.shared(), len(keys)) ** 2
    creator, product = np.divmod(keys, max(design.products, 1))
    creators, products = design.parts[3:]
    own, other = diagonal[creators], diagonal[products]
    variance = 1 / diagonal
    told = own - totals(creator, cross / other[product], len(own))
    variance[creators] = 1 / np.maximum(told, prior.creators)
    told = other - totals(product, cross / own[creator], len(other))
    variance[products] = 1 / np.maximum(told, prior.products)
    return variance


def corrected(approximate: Floats, deviations: Floats, state: State) -> Floats:
    """Return the variances times what the draws say, in bins of like variances with equal numbers of effects."""
    answer = approximate.copy()
    for part in state.design.parts[3:]:
        own, drawn = approximate[part], (deviations[part] ** 2).mean(axis=1)
        for places in np.array_split(np.argsort(own, kind="stable"), max(1, min(BINS, len(own) // IN_A_BIN))):
            if len(places):
                answer[part][places] = own[places] * (drawn[places].sum() / own[places].sum())
    return answer
