"""Orders that go back: who buys from themselves to look as if they sold sends most of it back, or pays for it.

Each order line has the chance of being sent back of its product and its age, learnt from other creators' lines; how much honest creators
differ beyond that is learnt too. The number sent back is then beta-binomial, and its upper tail the p-value.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from scoring.authenticity.evidence import contents, products
from scoring.authenticity.peers import LEAST
from scoring.authenticity.suspicion import Suspicion
from scoring.facts.arrays import Bools, Columns, Floats, Ints, divided, sums
from scoring.facts.market import Market
from scoring.facts.period import DAY
from scoring.numerics import scipy

WEEK: Final = 7 * DAY
OLDEST: Final = 10
"""Weeks after which a line is as old as any."""
STRENGTH: Final = 10.0
"""So many lines at the category's rate are added to a product's own."""
FEWEST: Final = 3
"""Under so many lines nobody is judged."""
DISPERSIONS: Final = (1e-4, 0.5)
ROUNDS: Final = 3
STANDING_OUT: Final = 0.01
"""Who is less probable than this is left out of what the next round takes for usual."""
MANY: Final = 2.0
FOUR_IN_FIVE: Final = 0.8
BISECTIONS: Final = 40


def refunded_orders(market: Market) -> Suspicion:
    """Return how improbable each creator's number of lines sent back is; NaN under three lines."""
    lines = _lines(market)
    people = len(market.creators.id)
    count, back = sums(lines["creator"], None, people), sums(lines["creator"], lines["back"], people)
    judged, usual = count >= FEWEST, np.ones(people, dtype=np.bool_)
    p, expected = np.full(people, np.nan), np.full(people, np.nan)
    for _ in range(ROUNDS):
        expected = sums(lines["creator"], _chance(lines, market, usual[lines["creator"]]), people)
        p[judged] = _tail(back[judged], count[judged], expected[judged], usual[judged])
        usual = ~(p < STANDING_OUT)
    return Suspicion(p, np.where(judged, back, np.nan), np.where(judged, expected, np.nan), partial(_sent_back, market, lines))


def _sent_back(market: Market, lines: Columns, creator: int) -> list[str]:
    own = lines["creator"] == creator
    return products(market, lines["product"][own], lines["back"][own]) + contents(market, lines["content"][own], lines["back"][own])


def _lines(market: Market) -> Columns:
    """Return order lines of all the history: creator, product, age in weeks, and whether anything was sent back."""
    parts: list[Columns] = []
    for sales in (market.earlier_sales, market.sales):
        own = sales.order >= 0
        age: Ints = np.clip((market.period.as_of - sales.at[own]) // WEEK, 0, OLDEST)
        back = (sales.net[own] < sales.gross[own] * (1 - 1e-9)).astype(np.float64)
        parts.append(
            {"creator": sales.creator[own], "product": sales.product[own], "age": age, "back": back, "content": sales.content[own]}
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _chance(lines: Columns, market: Market, usual: Bools) -> Floats:
    """Return the chance of each line to be sent back: its product's, by `usual` lines of other creators, times what its age lets see."""
    creator, product = lines["creator"], lines["product"]
    back, one = lines["back"] * usual, usual.astype(np.float64)
    grown = divided(sums(lines["age"], back, OLDEST + 1), sums(lines["age"], one, OLDEST + 1))
    seen = np.clip(np.nan_to_num(grown / max(float(np.nanmax(grown, initial=0.0)), 1e-9), nan=1.0), 0.02, 1.0)[lines["age"]]
    whole = float(back.sum() / max(float((seen * one).sum()), 1.0))
    group = _others(creator, market.catalogue.leaf[product], back, seen * one, start=np.full(len(back), whole))
    return np.clip(_others(creator, product, back, seen * one, start=group) * seen, 1e-4, 0.95)


def _others(creator: Ints, place: Ints, back: Floats, seen: Floats, *, start: Floats) -> Floats:
    """Return the rate at each line's place by the lines of other creators, from `start` where these are few."""
    size, width = int(place.max(initial=-1)) + 1, int(creator.max(initial=-1)) + 1
    own, which = np.unique(place * width + creator, return_inverse=True)
    above = sums(place, back, size)[place] - sums(which, back, len(own))[which]
    below = sums(place, seen, size)[place] - sums(which, seen, len(own))[which]
    return np.asarray((above + STRENGTH * start) / (below + STRENGTH))


def _tail(back: Floats, count: Floats, expected: Floats, usual: Bools) -> Floats:
    """Return P(as many or more sent back), beta-binomial with the dispersion of the usual."""
    mean = np.clip(expected / count, 1e-6, 1 - 1e-6)
    size = 1.0 / _dispersion(back[usual], count[usual], mean[usual]) - 1.0
    return np.asarray(scipy.stats.betabinom.sf(back - 1, count, mean * size, (1 - mean) * size))


def _dispersion(back: Floats, count: Floats, mean: Floats) -> float:
    """Return the correlation ρ of a creator's lines at which four in five deviate no further than four in five should."""
    many = count * mean >= MANY
    if many.sum() < LEAST:
        return DISPERSIONS[0]
    square = ((back - count * mean) ** 2 / (count * mean * (1 - mean)))[many]
    low, high = DISPERSIONS
    for _ in range(BISECTIONS):
        middle = float(np.sqrt(low * high))
        large = float(np.quantile(square / (1 + (count[many] - 1) * middle), FOUR_IN_FIVE)) > scipy.stats.chi2.ppf(FOUR_IN_FIVE, 1)
        low, high = (middle, high) if large else (low, middle)
    return low
