"""How far creators overlap: by their audiences, and by the products that they show."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import Final

import numpy as np

from scoring.recommendations.audience import Shares, similarity
from scoring.tables import Floats

HALF: Final = 10
"""Products in common from which the overlap of products counts a half."""


def overlap(audiences: Sequence[Mapping[str, Shares]], products: Floats) -> Floats:
    """Return the overlap of each two creators [creators × creators], 0–1, with zeros on the diagonal.

    `audiences` are shares by dimension and bucket, a row a creator; `products` counts those that two have in common.
    Formula: ½ a + ½ n / (n + 10), where n is that count and a = max(0, 2 m − 1), m the mean Jensen–Shannon similarity of the
    audiences over the dimensions that are known of both: audiences half alike, or unknown, count as none in common.
    """
    alike = np.zeros(products.shape)
    for one, other in combinations(range(len(audiences)), 2):
        alike[one, other] = alike[other, one] = _alike(audiences[one], audiences[other])
    found = (alike + products / (products + HALF)) / 2.0
    np.fill_diagonal(found, 0.0)
    return found


def _alike(one: Mapping[str, Shares], other: Mapping[str, Shares]) -> float:
    known = [found for each in sorted(one.keys() & other.keys()) if (found := similarity(one[each], other[each])) is not None]
    return max(2.0 * fmean(known) - 1.0, 0.0) if known else 0.0
