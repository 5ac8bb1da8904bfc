"""Lift: the orders that a creator's posts led to, as a part of those credited to the creator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints, Texts, sums
from scoring.facts.market import Market
from scoring.facts.period import DAY
from scoring.points import NINETY
from scoring.spillover.misplacement import Misplacement, misplacement
from scoring.spillover.showings import Candidates, Showings, candidates, showings

FEWEST: Final = 200
"""Orders with a later showing of their product that have to be there to learn from."""
OWN: Final = 5
"""Orders credited to a creator from which a lift is said."""
TOGETHER: Final = 0.25
"""Showings of a product by two creators within so many days cannot be told apart by the times of orders."""
MOST: Final = 0.9
"""Whose orders are credited to such showings to more than that part is not told apart from the others."""
REASONS: Final = ("", "FEW_ORDERS", "ALWAYS_TOGETHER")


@dataclass(frozen=True, slots=True)
class Spillover:
    """One entry a creator: orders credited and led to, their ratio with a 90 % interval, and why there is none (a place in `REASONS`)."""

    learnt: Misplacement
    credited: Floats
    led: Floats
    lift: Floats
    low: Floats
    high: Floats
    reason: Ints

    @property
    def reasons(self) -> Texts:
        """The reasons by name."""
        return np.array(REASONS, dtype=np.str_)[self.reason]


def spillover(market: Market) -> Spillover | None:
    """Return what the times of posts and order lines tell; None where fewer than `FEWEST` orders could be another's."""
    shown, name = showings(market)
    if not len(shown.at):
        return None
    among = candidates(market, shown, name)
    if int(((among.apart == 0) & (among.later > 0)).sum()) < FEWEST:
        return None
    learnt, share = misplacement(shown, among, span=(market.period.start, market.period.until))
    led, variance = _led(shown, among, share)
    credited = sums(shown.creator[among.credited], None, shown.creators)
    together = sums(shown.creator[among.credited], _beside(shown)[among.credited].astype(np.float64), shown.creators)
    reason = np.select([credited < OWN, together > MOST * credited], [1, 2], 0)
    ratio = np.divide(1.0, credited, out=np.full(len(credited), np.nan), where=reason == 0)
    reach = NINETY * np.sqrt(variance)
    return Spillover(
        learnt, credited, led, led * ratio, np.maximum(led - reach, 0.0) * ratio, (led + reach) * ratio, reason.astype(np.int64)
    )


def _led(shown: Showings, among: Candidates, share: Floats) -> tuple[Floats, Floats]:
    """Return the orders that each creator's posts led to, and their variance given what was learnt of all orders.

    An order is one creator's or another's; of one creator's several showings it does not matter which. Orders of a product that are
    credited to the same creator vary together: what is wrong of one is mostly wrong of all.
    """
    first = among.credited
    group = np.unique(shown.creator[first] * shown.products + shown.product[first], return_inverse=True)[1]
    keys, place = np.unique(group[among.order] * shown.creators + shown.creator[among.showing], return_inverse=True)
    own = sums(place, share, len(keys))
    whole = sums(group, None, len(group))[keys // shown.creators]
    creator = keys % shown.creators
    return sums(creator, own, shown.creators), sums(creator, np.maximum(own * (whole - own), 0.0), shown.creators)


def _beside(shown: Showings) -> Bools:
    """Return which showings have one of the same product by another creator within `TOGETHER` days, next to it in time."""
    close = np.diff(shown.at) <= TOGETHER * DAY
    close &= (np.diff(shown.product) == 0) & (np.diff(shown.creator) != 0)
    return np.append(close, False) | np.insert(close, 0, False)
