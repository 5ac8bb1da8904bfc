"""How much of a brand's sales hangs on few creators.

Herfindahl–Hirschman index (Herfindahl 1950); effective number: Hill's number of order 1, exp of Shannon's entropy (Hill 1973).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Concentration(NamedTuple):
    """Shares, 0–1, of the one, five and ten who sell most; sum of squared shares, 1/n–1; number of equals that would be as spread, 1–n."""

    sellers: int
    total: float
    top1: float
    top5: float
    top10: float
    hhi: float
    effective: float


def concentration(sales: ArrayLike) -> Concentration | None:
    """Return the concentration of sales, one entry a creator; None where nobody sold anything. Net losses count as nothing."""
    sold = np.sort(np.maximum(np.asarray(sales, dtype=np.float64).reshape(-1), 0.0))[::-1]
    sold = sold[sold > 0]
    if not len(sold):
        return None
    share = sold / sold.sum()
    reached = np.minimum(np.cumsum(share), 1.0)
    top1, top5, top10 = (float(reached[min(count, len(reached)) - 1]) for count in (1, 5, 10))
    known = share[share > 0]  # a share may be too small for a float
    effective = float(np.exp(-(known * np.log(known)).sum()))
    return Concentration(len(sold), float(sold.sum()), top1, top5, top10, float((share**2).sum()), effective)
