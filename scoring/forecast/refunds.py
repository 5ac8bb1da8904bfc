"""Sales as they will stand once refunds are in: what was sold last still looks better than it will."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from scoring.facts import Market
from scoring.facts.arrays import ABSENT, Bools, Floats, Ints, sums
from scoring.facts.period import DAY
from scoring.facts.sold import all_sales
from scoring.numerics import scipy

WEEK: Final = 7
"""Days."""
WEEKS: Final = 8
"""After so many weeks nothing more is sent back."""
FEWEST: Final = 100
"""Order lines as old as that, below which nothing is learnt of what is sent back."""


def matured(market: Market, *, among: Bools | None = None) -> Market:
    """Return the market with the net amount of each order line as it is to be expected once refunds are in.

    What is kept of a line is learnt by its age from the lines of the creators `among` (of all, if not told). Sums are left as they are:
    nothing is known of their lines.
    """
    creator, at, gross, net, order = all_sales(market, "creator", "at", "gross", "net", "order")
    teaching = None if among is None else among[creator]
    age = np.maximum((market.period.until - at) / DAY, 0.0)
    grown = net * factors(np.zeros(len(net), dtype=np.int64), age, gross, net, lines=order >= ABSENT, teaching=teaching)
    new, old = np.split(grown, [len(market.sales.net)])
    return replace(market, sales=replace(market.sales, net=new), earlier_sales=replace(market.earlier_sales, net=old))


def factors(group: Ints, age: Floats, gross: Floats, net: Floats, *, lines: Bools, teaching: Bools | None = None) -> Floats:  # noqa: PLR0913 - columns
    """Return by what the net amount of each sale is to be multiplied; 1 for what is no order line, and where too few old lines are known.

    It is the share kept of lines of `WEEKS` and more over that of lines of the same age in whole weeks, in the same group; each line
    counts alike, and never is less kept of younger ones than of older. `teaching` are the lines to learn from, all if not told.
    """
    week = np.minimum((age // WEEK).astype(np.int64), WEEKS)
    taught = lines & (gross > 0) & (True if teaching is None else teaching)
    groups, width = int(group.max(initial=-1)) + 1, WEEKS + 1
    cell = group * width + week
    count = np.bincount(cell[taught], minlength=groups * width).reshape(groups, width).astype(np.float64)
    share = sums(cell[taught], net[taught] / gross[taught], groups * width).reshape(groups, width)
    found = np.ones((groups, width))
    for each in np.flatnonzero(count[:, -1] >= FEWEST).tolist():
        found[each] = _factor(count[each], share[each])
    return np.where(lines, found.ravel()[cell], 1.0)


def _factor(count: Floats, share: Floats) -> Floats:
    """Return the factors of one group, given its lines and the sum of the shares that were kept of them, by weeks of age."""
    seen = np.flatnonzero(count)
    falling = np.asarray(scipy.optimize.isotonic_regression(share[seen] / count[seen], weights=count[seen], increasing=False).x)
    kept = np.interp(np.arange(len(count)), seen, falling)
    return kept[-1] / kept if kept[-1] > 0 else np.ones(len(count))
