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
"""Weeks that a creator was active in a window, at the least, if they posted in it."""


def has_listing(market: Market) -> Bools:
    """Return by creator's code whether their content is listed: one at least is known otherwise than by an order, sample or campaign."""
    found = np.zeros(len(market.creators.id), dtype=np.bool_)
    found[market.past_posts.creator[~market.past_posts.selected]] = True
    return found


def listed(view: View, *, start: Floats, stop: Floats, bursts: float) -> Columns:
    """Return the window's posts and their rates a week of activity; NaN for creators without a listing.

    Who posted nothing in the window made nothing in it, from when they came.
    """
    known, rows = has_listing(view.market)[view.rows.creator], view.rows
    shoppable = np.zeros(len(view.market.posts.at), dtype=np.bool_)
    shoppable[view.market.features.post] = True
    counts = {"posting": rows.count(view.posts), "shoppable": rows.count(view.posts.where(shoppable))}
    weeks = _weeks(view, start, stop)
    found: Columns = {}
    for name, column in counts.items():
        each = rate(column, weeks, bursts=bursts).where(known)
        found |= {f"listed_{name}_rate": np.exp(each.log), f"listed_{name}_rate_log_var": each.var}
    return found | {
        "listed_posts": np.where(known, counts["posting"], np.nan),
        "listed_shoppable_posts": np.where(known, counts["shoppable"], np.nan),
    }


def _weeks(view: View, start: Floats, stop: Floats) -> Floats:
    """Return the weeks of the window for which each row's creator was active: until its end if they posted nothing in it."""
    until, length = float(view.market.period.until), view.window / 7
    posted = np.zeros(len(start), dtype=np.bool_)
    posted[view.market.posts.creator[view.within(view.market.posts.at)]] = True
    active = (np.where(posted, np.minimum(stop, until), until) - np.maximum(start, float(view.since))) / WEEK
    return np.clip(active, min(SHORTEST, length), length)[view.rows.creator]
