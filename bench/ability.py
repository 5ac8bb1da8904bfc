"""Ability net of products: a whole fit, against SciPy's L-BFGS-B for the mode alone."""

from __future__ import annotations

import resource
import time
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize

from bench.figures import Figure, Report
from scoring.ability import Ability, Counts, Slots, ability
from scoring.ability.solver import Posterior

CREATORS: Final = 20_000
PRODUCTS: Final = 6_700
SLOTS_OF_A_POST: Final = 2
SMALL: Final = 2_000
METHOD: Final = f"""Two-way Poisson-gamma model of {CREATORS:,} creators and {PRODUCTS:,} products: variances, mode and intervals of all
effects, from slots in memory. SciPy's `minimize` (L-BFGS-B) finds the mode only, with our gradient, for {SMALL:,} creators at the variances
that our fit learnt, down to the same slope; the ratio is of our whole fit to that."""


def report() -> Report:
    """Time the whole fit on a large market, and both on a small one."""
    slots, counts = _market(CREATORS, PRODUCTS)
    begun = time.perf_counter()
    fit = ability(slots, counts)
    cold = time.perf_counter() - begun
    begun = time.perf_counter()
    ability(slots, counts, start=fit)
    warm = time.perf_counter() - begun
    ours, peer, apart = _small()
    figures = (
        Figure("slots", float(len(slots)), ""),
        Figure("whole fit, seconds", cold, "s"),
        Figure("again from the last answer, seconds", warm, "s"),
        Figure("most memory of the process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", at_most=2048),
        Figure("small market: our whole fit over L-BFGS-B for the mode alone", ours / peer, "×", at_most=1.0),
        Figure("small market: largest difference of ability", apart, "", at_most=1e-2),
    )
    return Report("Ability net of products", METHOD, figures)


def _small() -> tuple[float, float, float]:
    slots, counts = _market(SMALL, SMALL // 3)
    begun = time.perf_counter()
    fit = ability(slots, counts)
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    mode = _by_quasi_newton(fit)
    peer = time.perf_counter() - begun
    creators = fit.state.design.parts[3]
    return ours, peer, float(np.abs(mode[creators] - fit.effects[creators]).max())


def _by_quasi_newton(fit: Ability) -> Any:
    design = fit.state.design
    posterior = Posterior(design, fit.variances.of_posts(design), fit.variances.prior(design, fit.exposure_variance))

    def loss(effects: Any) -> tuple[float, Any]:
        state, value = posterior.at(effects)
        return -value, posterior.prior.times(effects[:, None])[:, 0] - state.slope()

    return minimize(
        loss, np.zeros(design.size), jac=True, method="L-BFGS-B", options={"maxiter": 5000, "maxfun": 10000, "ftol": 1e-12, "gtol": 1e-3}
    ).x


def _market(creators: int, products: int) -> tuple[Slots, Counts]:
    """Return a market whose creators have 13 posts on average, log-normally spread, with two products each."""
    random = np.random.default_rng(7)
    posts = np.maximum(1, np.round(np.exp(np.log(8) + 0.95 * random.normal(size=creators)))).astype(np.int64)
    owner = np.repeat(np.arange(creators), posts)
    views = (6 + 1.2 * random.normal(size=creators))[owner] + 0.8 * random.normal(size=len(owner))
    keys = np.unique(
        np.repeat(np.arange(len(owner)), SLOTS_OF_A_POST) * products + random.integers(0, products, SLOTS_OF_A_POST * len(owner))
    )
    post, product = np.divmod(keys, products)
    effect = (
        0.5 * random.normal(size=creators)[owner[post]] + random.normal(size=products)[product] + 0.6 * random.normal(size=len(owner))[post]
    )
    orders = random.poisson(np.exp(views[post] - 8.5 + effect))
    slots = Slots.of(creator=owner[post], product=product, post=post, orders=orders, log_exposure=views[post], log_views=views[post])
    return slots, Counts(creators, products, 1)
