"""How do brands rate the creator: each by itself where that is known, else as the platform sums it up?"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Columns, Floats, divided, sums
from scoring.facts.rows import Spread
from scoring.facts.view import View

DOUBT: Final = 0.5
"""Squared stars by which one more rating is taken to be off the mean, so that few that agree by chance are not taken for exact."""


def ratings(view: View) -> Columns:
    """Return mean ratings with their sampling variances; a report counts only where no brand's own rating is seen, or it would count twice.

    A reported rating is looked at as often as it was reported: where reports differ, their mean knows more than the latest.
    """
    deals, history = view.market.deals, view.market.report_history
    rated = view.lately(deals.rated, ~np.isnan(deals.rating))
    own = _mean(rated, deals.rating, len(view.rows))
    known = np.flatnonzero(~np.isnan(history.rating))
    told = _mean(Spread(known, history.creator[known]), history.rating, len(view.market.creators.id))
    unseen = np.isnan(own[0])
    return {
        "brand_ratings": sums(rated.target, None, len(view.rows)),
        "ratings_beside_one_brand": view.rows.beside_one(rated, deals.brand),
        "brand_rating": own[0],
        "brand_rating_var": own[1],
        "unseen_rating": np.where(unseen, view.overall(told[0]), np.nan),
        "unseen_rating_var": np.where(unseen, view.overall(told[1]), np.nan),
    }


def _mean(spread: Spread, values: Floats, size: int) -> tuple[Floats, Floats]:
    """Return the mean of each target's values and its sampling variance; NaN without any."""
    own, count = values[spread.event], sums(spread.target, None, size)
    mean = divided(sums(spread.target, own, size), count)
    squares = sums(spread.target, (own - mean[spread.target]) ** 2, size)
    return mean, divided(squares + DOUBT, count * count)
