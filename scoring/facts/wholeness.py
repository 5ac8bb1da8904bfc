"""Of whom is nearly everything seen? There, what a report sums up is known already, and there is nothing hidden to make up for."""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, sums
from scoring.facts.period import DAY
from scoring.facts.view import View

NEARLY_ALL: Final = 0.9
"""Reports are rounded and late, so a list that holds so much of what they count may be whole."""


def whole(view: View, counts: Bools | None = None) -> Bools:
    """Return of which creators nearly as many posts are seen as reports of the same days count; never without such a report.

    Only posts that `counts` are seen, where it is given: one value for each of the past posts.
    """
    history, posts, period = view.market.report_history, view.market.past_posts, view.market.period
    reported = np.where(np.isnan(history.contents), history.shoppable, history.contents)
    since = history.at - np.nan_to_num(history.days).astype(np.int64) * DAY
    chosen = history.apart((reported > 0) & (history.days > 0) & (since >= period.history_start))
    people, width = len(view.market.creators.id), period.as_of + 1
    key = posts.creator * width + posts.at
    key = key if counts is None else key[counts]
    base = history.creator[chosen] * width
    seen = np.searchsorted(key, base + history.at[chosen]) - np.searchsorted(key, base + since[chosen])
    total = sums(history.creator[chosen], reported[chosen], people)
    return (total > 0) & (sums(history.creator[chosen], seen.astype(np.float64), people) >= NEARLY_ALL * total)
