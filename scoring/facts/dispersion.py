"""How much counts vary beyond chance, as a figure whose error is nearly normal and known.

Counts x about the mean m of n cells with variance m + φm² have the index D = Σ(x − m)² / m about (n − 1)(1 + mφ). From a first
guess φ₀ one step leads to ln φ ≈ ln φ₀ + (ln(D / (n − 1)) − ln(1 + mφ₀)) / w with w = mφ₀ / (1 + mφ₀), variance 2 / (n − 1) / w²:
the rarer the events, the less a row says. One more cell that varies as chance alone keeps the logarithm finite.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Floats

GUESS: Final = 0.5
"""φ₀, a rate that varies by 70 % of its mean. Results hardly move with it: errors of the step are learnt as noise."""


def dispersion(total: Floats, squares: Floats, exposure: Floats, cells: Floats) -> tuple[Floats, Floats]:
    """Return estimates of ln φ and their variances; NaN under two cells or two events.

    Of each row `total` is the number of events, `exposure` the sum of the cells' exposures, `squares` the sum of events² / exposure.
    """
    known = (cells >= 2) & (total >= 2)
    events, size, n = np.where(known, total, 2.0), np.where(known, exposure, 1.0), np.where(known, cells, 2.0)
    index = np.where(known, squares, 0.0) * size / events - events
    level = 1.0 + GUESS * events / n
    weight = 1.0 - 1.0 / level
    estimate = np.log(GUESS) + np.log((np.maximum(index, 0.0) + 1.0) / n / level) / weight
    return np.where(known, estimate, np.nan), np.where(known, 2.0 / n / weight**2, np.nan)
