"""Does the creator post and sell steadily?"""

from __future__ import annotations

from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Columns, Floats, Ints
from scoring.facts.exposure import days_there
from scoring.facts.period import DAY
from scoring.facts.rows import Rows, Spread
from scoring.facts.view import View

WEEK: Final = 7 * DAY


def steadiness(view: View) -> Columns:
    """Return gaps between days with posts, and what happened in each whole week, counted back from the window's end."""
    weeks = np.floor(days_there(view.market, view.window) / 7)[view.rows.creator]
    return _gaps(view) | _weeks(view, weeks)


def _gaps(view: View) -> Columns:
    """Return number and spread of the gaps between one day with posts and the next, both in the window."""
    day = view.market.posts.day
    days = view.rows.distinct(view.posts, day)
    same_row = days.target[1:] == days.target[:-1]
    gap = np.log(np.diff(days.event), where=same_row, out=np.zeros(len(same_row)))[same_row]
    gaps = Spread(np.arange(len(gap), dtype=np.int64), days.target[1:][same_row])
    return {"gaps": view.rows.count(gaps), "gap_log_var": view.rows.moments(gaps, gap)[1]}


def _weeks(view: View, weeks: Floats) -> Columns:
    """Return active weeks and how weekly net GMV varies; the days before the first whole week count in neither."""
    posts, sales, until = view.market.posts, view.market.sales, view.market.period.until
    sold = view.rows.count(view.sales)
    return {
        "week_count": weeks,
        "active_weeks": _active(view.rows, view.posts, (until - 1 - posts.at) // WEEK, weeks),
        "sales_weeks": np.where(sold > 0, weeks, 0.0),
        "weekly_sales_cv": _variation(view, (until - 1 - sales.at) // WEEK, weeks),
    }


def _active(rows: Rows, posts: Spread, week: Ints, weeks: Floats) -> Floats:
    """Return in how many of a row's whole weeks something was posted."""
    active = rows.distinct(posts, week)
    counts: Bools = active.event < weeks[active.target]
    return rows.count(Spread(active.event[counts], active.target[counts]))


def _variation(view: View, week: Ints, weeks: Floats) -> Floats:
    """Return the coefficient of variation of weekly net GMV; NaN where nothing was sold in whole weeks, or under two of them."""
    size = view.window // 7
    sells = view.rows.count(view.sales) > 0
    selling, place = np.flatnonzero(sells), (np.cumsum(sells) - 1)[view.sales.target]
    whole = week[view.sales.event] < weeks[view.sales.target]
    cell = (place * size + week[view.sales.event])[whole]
    amounts = np.bincount(cell, weights=view.market.sales.net[view.sales.event][whole], minlength=len(selling) * size).reshape(-1, size)
    count = weeks[selling]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = amounts.sum(axis=1) / count
        deviation = np.where(np.arange(size) < count[:, None], amounts - mean[:, None], 0.0)
        spread = np.sqrt((deviation**2).sum(axis=1) / (count - 1)) / mean
    variation = np.full(len(view.rows), np.nan)
    variation[selling] = np.where((count > 1) & (mean > 0), spread, np.nan)
    return variation
