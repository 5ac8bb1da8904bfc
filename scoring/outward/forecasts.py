"""Forecasts as brands and partners see them: made from what is told of each creator, learnt from those alone who show their exact sales."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final

import numpy as np

from scoring.facts import Columns, Market
from scoring.facts.arrays import Floats, sums
from scoring.facts.events.catalogue import ALL
from scoring.facts.sold import sold
from scoring.forecast import Forecast, forecast, learn
from scoring.forecast.history import CENT, DAY, DAYS, FLOOR, reported_posts
from scoring.forecast.refunds import matured
from scoring.outward.declassifier import USD_BOUNDS
from scoring.tables import Bools, Ints

WINDOWS: Final = (7, 28, 90)
"""Days of the windows whose sales are told of everyone."""
DATES: Final = (28, 56)
"""How many days back the dates lie from which is learnt."""
HALF_DECADE: Final = float(np.sqrt(10.0))
"""How far the middle of a published range may lie from what is behind it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Exact sales of those who consent, a row a sale: creator, time and net USD; `consents` tells of every creator who does."""

    consents: Bools
    creator: Ints
    at: Ints
    net: Floats

    @classmethod
    def of(cls, market: Market, consents: Bools) -> Shown:
        """Return what is shown of a market's sales, as they will stand once refunds are in, which they alone tell."""
        creator, at, net, _ = sold(matured(market, among=consents))
        kept = consents[creator]
        return cls(consents, creator[kept], at[kept], net[kept])

    def between(self, since: int, until: int) -> Floats:
        """Return net sales from `since` to before `until`, by creator."""
        kept = (self.at >= since) & (self.at < until)
        return np.maximum(sums(self.creator[kept], self.net[kept], len(self.consents)), 0.0)

    def windows(self, until: int) -> Floats:
        """Return net sales of the windows that end at a date, each as USD over 28 days, by creator."""
        return np.column_stack([self.between(until - days * DAY, until) * self.over_28_days(days, until) for days in WINDOWS])

    def over_28_days(self, days: int, until: int) -> float:
        """Return what makes of the sales of a window that ends at a date those of 28 days: a window is no longer than what was seen."""
        seen = (until - int(self.at.min())) / DAY if len(self.at) else days
        return DAYS / min(days, max(seen, DAYS))


@dataclass(frozen=True, slots=True)
class Told:
    """One row a creator: net sales of the last 7, 28 and 90 days, each as USD over 28 days, and shoppable posts of the last report.

    NaN where sales are not known, and where no report counts posts.
    """

    sales: Floats
    posts: Floats
    usual: ClassVar[Floats] = np.array([0.0, 0.2, 0.4, 0.4, 0.0])
    rising: ClassVar[tuple[int, ...]] = (1, 2, 3, 4)

    @property
    def known(self) -> Bools:
        """Whether anything was sold, or is reported."""
        return (np.nan_to_num(self.sales) > 0).any(axis=1) | ~np.isnan(self.posts)

    def columns(self) -> Floats:
        """Return ones, logs of sales with a floor of a twentieth of the three together, and -1 where no post is reported."""
        sales = np.nan_to_num(self.sales)
        floor = FLOOR * sales.sum(axis=1) + CENT
        return np.column_stack([np.ones(len(sales)), np.log(sales + floor[:, np.newaxis]), -1.0 * (self.posts == 0)])


def told_forecast(opened: Market, whole: Market, facts: Columns, consents: Bools) -> Forecast:
    """Return the net GMV of the next 28 days of a region's creators, in order of their codes.

    `facts` are the region's outward facts, and `consents` tells who shows exact sales: theirs alone are read in `whole`. Of the others
    it goes by the middles of published ranges, so the ends of their intervals lie half a decade further out.
    """
    until, shown = opened.period.until, Shown.of(whole, consents)
    sales = np.where(consents[:, np.newaxis], shown.windows(until), _stepped(opened, facts, shown))
    said = forecast(Told(sales, reported_posts(opened, until)), learn([_replayed(opened, shown, at) for at in _dates(opened, shown)]))
    wide = np.where(consents, 1.0, HALF_DECADE)
    return replace(said, low=said.low / wide, high=said.high * wide)


def _dates(opened: Market, shown: Shown) -> list[int]:
    """Return the dates from which is learnt: those before which 28 days are known."""
    firsts = [column.min() for column in (shown.at, opened.past_posts.at) if len(column)]
    dates = [opened.period.until - back * DAY for back in DATES]
    return [at for at in dates if firsts and at - min(firsts) >= DAYS * DAY]


def _replayed(opened: Market, shown: Shown, at: int) -> tuple[Told, Floats]:
    """Return what was known at a date of those who consent, and their net sales of the 28 days after."""
    then = Told(shown.windows(at)[shown.consents], reported_posts(opened, at)[shown.consents])
    return then, shown.between(at, at + DAYS * DAY)[shown.consents]


def _stepped(opened: Market, facts: Columns, shown: Shown) -> Floats:
    """Return sales as the middles of their ranges; what lies in the first, which begins at nothing, counts as nothing."""
    place = {creator: at for at, creator in enumerate(opened.creators.id.tolist())}
    found = np.full((len(place), len(WINDOWS)), np.nan)
    for column, days in enumerate(WINDOWS):
        rows = (facts["window"] == days) & (facts["category"] == ALL)
        gmv = facts["gmv_usd"][rows]
        at = [place[creator] for creator in facts["creator"][rows].tolist()]
        found[at, column] = np.where(gmv >= USD_BOUNDS[1], gmv, 0.0) * shown.over_28_days(days, opened.period.until)
    return found
