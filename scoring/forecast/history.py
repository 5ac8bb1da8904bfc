"""What was known of creators at a date, as columns that a forecast stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from scoring.facts import Market
from scoring.facts.arrays import Bools, Floats, Ints, divided, sums
from scoring.facts.period import DAY
from scoring.facts.sold import days_seen, sold
from scoring.forecast.rewind import first_event
from scoring.solved.selling import Selling

DAYS: Final = 28
RECENT: Final = 28.0
LONG: Final = 120.0
FLOOR: Final = 0.05
WEEK: Final = 7.0
CENT: Final = 0.01

MEANINGS: Final = {
    "flow": "log of the net sales expected in 28 days from posts, views, products and ability",
    "recent": "log of past net sales, each weighted by exp(-age / 28 days), scaled to 28 days of the market's history",
    "long": "log of past net sales, each weighted by exp(-age / 120 days), scaled in the same way",
    "usual_day": "the same as `long`, with each day's sales replaced by those of a typical day: the squared mean of their square roots",
    "time": "log of the share of the market's history since the creator was first seen",
    "no_posts": "-1 if the last report has no shoppable posts, otherwise 0",
    "quiet": "-ln(1 + weeks since the last sale)",
}
"""What the forecast is linear in, beside a constant."""

RISING: Final = (1, 2, 3, 4, 6, 7)
"""Columns of which more never means less to come; as much sold in less time may mean more."""

USUAL: Final = np.array([0.0, 0.15, 0.0, 0.45, 0.4, 0.0, 0.0, 0.0])
"""Weights before anything is learnt: mostly what was, which on simulated markets few blends pick better than, and nearly half of it
without the luck of single days."""


@dataclass(frozen=True, slots=True)
class History:
    """One row a creator: net sales expected and past, each over 28 days, in USD; shoppable posts of the last report, NaN without one.

    `recent` and `long` are means of past sales weighed by exp(-age/28 d) and exp(-age/120 d); `usual_day` is `long` with each day on which
    anything was sold taken for the usual one, so that one post that went round does not decide. `seen` are days since the creator's first
    order, post or report, 0 where there is none, of `span` days since the market's first event, and `silent` those since the last sale, 0
    where there is none. `orders` and `month` are figures that anyone could count: orders so far, and net sales of the last 28 days.
    """

    flow: Floats
    recent: Floats
    long: Floats
    usual_day: Floats
    posts: Floats
    seen: Floats
    silent: Floats
    span: float
    orders: Floats
    month: Floats
    usual: ClassVar[Floats] = USUAL
    rising: ClassVar[tuple[int, ...]] = RISING

    @property
    def known(self) -> Bools:
        """Whether anything was sold, is expected, or is reported."""
        return (self.flow > 0) | (self.recent > 0) | (self.long > 0) | ~np.isnan(self.posts)

    def columns(self) -> Floats:
        """Return ones and `MEANINGS`, shape (creators, 8); logs of sums have a floor of a twentieth of the first three together."""
        seen = np.where(self.seen > 0, np.minimum(self.seen, self.span), self.span) + WEEK
        floor = FLOOR * (self.flow + self.recent + self.long) + CENT
        logs = [np.log(value + floor) for value in (self.flow, self.recent, self.long, self.usual_day)]
        time, quiet = np.log(seen / (self.span + WEEK)), -np.log1p(self.silent / WEEK)
        return np.column_stack([np.ones(len(floor)), *logs, time, -1.0 * (self.posts == 0), quiet])


def history(market: Market, found: Selling) -> History:
    """Return what is known of all creators at the end of the market's period, given the model of its sales."""
    people, until = len(market.creators.id), market.period.until
    creator, at, net, orders = sold(market)
    age = np.maximum((until - at) / DAY, 0.0)
    span = max((until - first_event(market)) / DAY, 1.0)
    recent, long = (sums(creator, net * np.exp(-age / days), people) * _over_28_days(span, days) for days in (RECENT, LONG))
    return History(
        flow=sums(found.cells.creator, np.maximum(found.cells.weight, 0.0), people) * (DAYS / span),
        recent=np.maximum(recent, 0.0),
        long=np.maximum(long, 0.0),
        usual_day=_usual_day(creator, age, net, people) * _over_28_days(span, LONG),
        posts=reported_posts(market),
        seen=days_seen(market),
        silent=_silent(creator, age, people),
        span=span,
        orders=sums(creator, orders, people),
        month=np.maximum(sums(creator, np.where(age <= DAYS, net, 0.0), people), 0.0),
    )


def _over_28_days(span: float, days: float) -> float:
    """Return what makes of sums weighed by exp(-age / days) over all the market's time sums over 28 days."""
    return DAYS / (days * -float(np.expm1(-span / days)))


def _usual_day(creator: Ints, age: Floats, net: Floats, people: int) -> Floats:
    """Return the squared mean root of the sales of days with any, times the sum of their weights exp(-age / 120 days)."""
    width = int(age.max(initial=0.0)) + 1
    keys, place = np.unique(creator * width + age.astype(np.int64), return_inverse=True)
    who, days = np.divmod(keys, width)
    weight = np.exp(-days / LONG)
    whole = sums(who, weight, people)
    root = sums(who, weight * np.sqrt(np.maximum(sums(place, net, len(keys)), 0.0)), people)
    return np.nan_to_num(divided(root**2, whole))


def reported_posts(market: Market, until: int | None = None) -> Floats:
    """Return the shoppable posts that each creator's last report (by `until`) with a number counts, over 30 days; NaN without one."""
    told, posts = market.report_history, np.full(len(market.creators.id), np.nan)
    numbers = told.shoppable
    counted = ~np.isnan(numbers) & (True if until is None else told.at <= until)
    posts[told.creator[counted]] = numbers[counted]
    return posts


def _silent(creator: Ints, age: Floats, people: int) -> Floats:
    """Return the days since each creator's last sale; 0 where there is none."""
    last = np.full(people, np.inf)
    np.minimum.at(last, creator, age)
    return np.where(np.isfinite(last), last, 0.0)
