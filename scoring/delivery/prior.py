"""What shares of few promises are drawn to: a beta distribution of creators, learnt by its likelihood."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from scipy import special as scipy_special  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts.arrays import Floats

special: Any = scipy_special
WEIGHTS: Final[Floats] = np.geomspace(0.5, 50.0, 60)
"""How many promises the prior may be worth."""


def beta_prior(counts: Floats, kept: Floats) -> dict[str, float]:
    """Return `share` and `weight` of the beta distribution that `kept` of `counts` a creator fit best.

    Without any promise the share is a half, and never quite 0 or 1.
    """
    share = (float(kept.sum()) + 0.5) / (float(counts.sum()) + 1.0)
    more, less = WEIGHTS[:, None] * share, WEIGHTS[:, None] * (1 - share)
    broken = counts - kept
    likelihood = special.betaln(more + kept, less + broken) - special.betaln(more, less)
    return {"share": share, "weight": float(WEIGHTS[int(np.argmax(likelihood.sum(axis=1)))])}
