"""How much does a creator post, where all content is listed? Contents that only orders or samples name are a selection, and no count.

Where all is listed, reports and plans count the same posts again, and are left out.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Columns, Floats
from scoring.facts.market import Market
from scoring.facts.output.estimate import rate
from scoring.facts.output.evidence import WEEK
from scoring.facts.view import View

SHORTEST: Final = 1.0
"""Weeks that a creator was active, at the least."""


def has_listing(market: Market) -> Bools:
    """Return by creator's code whether their content is listed: one at least is known otherwise than by an order, sample or campaign."""
    found = np.zeros(len(market.creators.id), dtype=np.bool_)
    found[market.past_posts.creator[~market.past_posts.selected]] = True
    return found


def listed(view: View, *, start: Floats, stop: Floats, bursts: Floats) -> Columns:
    """Return posts and their rates a week of activity; NaN for creators without a listing.

    The longest window looks at all of the history, for as long as each was active in it; the others at their own days.
    """
    known, rows, longest = has_listing(view.market)[view.rows.creator], view.rows, view.window == max(view.market.period.windows)
    posts, spread = (view.market.past_posts, view.past_posts) if longest else (view.market.posts, view.posts)
    features = view.market.past_features if longest else view.market.features
    shoppable = np.zeros(len(posts.at), dtype=np.bool_)
    shoppable[features.post] = True
    counts = {"posting": rows.count(spread), "shoppable": rows.count(spread.where(shoppable))}
    weeks = _weeks_of_history(view, start, stop) if longest else _weeks_of_window(view, start)
    found: Columns = {}
    for name, column in counts.items():
        each = rate(column, weeks[rows.creator], bursts=bursts[rows.creator]).where(known)
        found |= {f"listed_{name}_rate": np.exp(each.log), f"listed_{name}_rate_log_var": each.var}
    return found | {
        "listed_posts": np.where(known, counts["posting"], np.nan),
        "listed_shoppable_posts": np.where(known, counts["shoppable"], np.nan),
    }


def _weeks_of_history(view: View, start: Floats, stop: Floats) -> Floats:
    """Return for how many weeks of the history each creator was active."""
    since, until = float(view.market.period.history_start), float(view.market.period.until)
    return np.maximum((np.minimum(stop, until) - np.maximum(start, since)) / WEEK, SHORTEST)


def _weeks_of_window(view: View, start: Floats) -> Floats:
    """Return the weeks of a window since each creator came: who posts nothing in it makes nothing in it."""
    active = (float(view.market.period.until) - np.maximum(start, float(view.since))) / WEEK
    return np.maximum(active, min(SHORTEST, view.window / 7))
