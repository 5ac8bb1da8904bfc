"""Sales as they will stand once refunds are in: what was sold last still looks better than it will."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from scipy import optimize as scipy_optimize  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts import Market
from scoring.facts.arrays import ABSENT, Bools, Floats, Ints, sums
from scoring.facts.events.sales import Sales
from scoring.facts.period import DAY

optimize: Any = scipy_optimize
WEEK: Final = 7 * DAY
WEEKS: Final = 8
"""After so many weeks nothing more is sent back."""
FEWEST: Final = 100
"""Order lines as old as that, below which nothing is learnt of what is sent back."""


def matured(market: Market, *, among: Bools | None = None) -> Market:
    """Return the market with the net amount of each order line as it is to be expected once refunds are in.

    What is kept of a line is learnt by its age in weeks from the lines of the creators `among` (of all, if not told), each line counting
    alike and never less kept of younger ones than of older. Sums are left as they are: nothing is known of their lines.
    """
    kept = _kept(market, np.ones(len(market.creators.id), dtype=np.bool_) if among is None else among)
    if kept is None:
        return market
    factor = kept[-1] / kept
    return replace(market, sales=_grown(market.sales, market, factor), earlier_sales=_grown(market.earlier_sales, market, factor))


def _kept(market: Market, among: Bools) -> Floats | None:
    """Return the share that is kept of a line, by its age in weeks, the last for all older ones; None where too few are old."""
    parts = [(part, _lines(part) & among[part.creator] & (part.gross > 0)) for part in (market.sales, market.earlier_sales)]
    age = np.concatenate([_age(part, market)[told] for part, told in parts])
    share = np.concatenate([part.net[told] / part.gross[told] for part, told in parts])
    lines = np.bincount(age, minlength=WEEKS + 1).astype(np.float64)
    if lines[-1] < FEWEST:
        return None
    seen = np.flatnonzero(lines)
    mean = sums(age, share, WEEKS + 1)[seen] / lines[seen]
    falling = np.asarray(optimize.isotonic_regression(mean, weights=lines[seen], increasing=False).x)
    return np.interp(np.arange(WEEKS + 1), seen, falling) if falling[-1] > 0 else None


def _grown(sales: Sales, market: Market, factor: Floats) -> Sales:
    return replace(sales, net=np.where(_lines(sales), sales.net * factor[_age(sales, market)], sales.net))


def _age(sales: Sales, market: Market) -> Ints:
    """Return whole weeks since each sale, at most `WEEKS`."""
    return np.clip((market.period.until - sales.at) // WEEK, 0, WEEKS)


def _lines(sales: Sales) -> Bools:
    return sales.order >= ABSENT
