"""How good expectations of samples would have been at earlier dates, and which are served by that."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Floats
from scoring.samples.estimates import expectations
from scoring.samples.fit import FEWEST, SampleFit, fitted
from scoring.samples.history import Samples

special: Any = scipy_special
BORDERS: Final = (0.4, 0.55, 0.7, 0.85)
"""Shares of the samples, in order of time, after which what was learnt until then is measured on the next ones."""
CLOSE: Final = 1e-9
GAIN: Final = 0.02
"""By what share the error must be less than the mean's for the level to be used."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Of `samples` held back: share of 80 % intervals of net sales that held, Brier scores of content, and errors of net sales.

    Errors are mean Poisson deviances (US dollars): 0 is perfect, and an expectation that is right on average has the least. The `mean_`
    ones are those of saying the same of every sample.
    """

    samples: int
    covered: float
    brier: float
    mean_brier: float
    error: float
    mean_error: float

    @property
    def helps(self) -> bool:
        """Whether the level that depends on creator and product beats the mean clearly."""
        return self.error < (1 - GAIN) * self.mean_error


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is served at a date, and how the same did on samples held back by then; None where too few were."""

    fit: SampleFit
    quality: Quality | None


def learnt(samples: Samples, *, at: float) -> Learnt | None:
    """Learn from the samples over before `at`: the blend where it beat the mean, else the mean. None where they were too few."""
    told = quality(samples.at(samples.over < at))
    fit = fitted(samples, at=at, blend=told is not None and told.helps)
    return None if fit is None else Learnt(fit, told)


def quality(over: Samples) -> Quality | None:
    """Say what would have been said at earlier dates of the samples that came next; None where too few teach or test."""
    if len(over) < 2 * FEWEST:
        return None
    borders = np.quantile(over.applied, BORDERS).tolist()
    blocks = [_block(over, since, until) for since, until in pairwise((*borders, np.inf))]
    rows = np.concatenate([block for block in blocks if block is not None] or [np.zeros((0, 7))])
    if len(rows) < FEWEST:
        return None
    probability, share, came, inside, said, mean, real = rows.T
    return Quality(
        samples=len(rows),
        covered=float(inside.mean()),
        brier=float(((probability - came) ** 2).mean()),
        mean_brier=float(((share - came) ** 2).mean()),
        error=_deviance(real, said),
        mean_error=_deviance(real, mean),
    )


def _block(over: Samples, since: float, until: float) -> Floats | None:
    """Return what was said at a date of the samples applied for until the next, beside what came, a row a sample."""
    fit, mean = fitted(over, at=since), fitted(over, at=since, blend=False)
    later = over.at((over.applied >= since) & (over.applied < until))
    if fit is None or mean is None or not len(later):
        return None
    said, plain = expectations(fit, over, later), expectations(mean, over, later)
    inside = (said.net_low <= later.net) & (later.net <= said.net_high)
    share = np.full(len(later), fit.share)
    return np.column_stack((said.probability, share, later.came, inside, said.net, plain.net, later.net))


def _deviance(real: Floats, said: Floats) -> float:
    expected = np.maximum(said, CLOSE)
    return float(2 * (special.xlogy(real, real / expected) - (real - expected)).mean())
