"""The scales on which traits live: logarithms of amounts, logits of shares, or values as they are."""

from typing import Final, Literal

import numpy as np
from scipy.special import expit  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.tables import Floats

Scale = Literal["log", "logit", "plain"]

EDGE: Final = 1e-3
"""A share has no logit at 0 or 1 and is taken as this far from the end."""
FEW: Final = 0.125
"""A share of 0 or 1 in a report is taken as this far from the end: as of three trials, with half a success and half a failure added."""


def scaled(values: Floats, scale: Scale, *, edge: float = EDGE) -> Floats:
    """Return natural values on a scale; what a logarithm does not have (zero and below) is NaN; a share is kept `edge` from its ends."""
    if scale == "plain":
        return values
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "log":
            return np.log(np.where(values > 0, values, np.nan))
        inside = np.clip(values, edge, 1.0 - edge)
        return np.log(inside / (1.0 - inside))


def natural(values: Floats, scale: Scale) -> Floats:
    """Return scaled values in their own unit."""
    if scale == "plain":
        return values
    return np.exp(values) if scale == "log" else np.asarray(expit(values), dtype=np.float64)
