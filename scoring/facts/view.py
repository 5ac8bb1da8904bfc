"""One window of the market: its rows, and which events count for which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints, each_once
from scoring.facts.events.posts import Features, Posts
from scoring.facts.market import Market
from scoring.facts.period import DAY
from scoring.facts.rows import Rows, Spread

LATELY: Final = 4
"""Windows in which promises and invitations count: there are too few in one."""


@dataclass(frozen=True, slots=True)
class Spreads:
    """For each kind of event its categories, once each, sub-categories rolled up and the category of everything among them."""

    posts: Spread
    features: Spread
    sales: Spread
    deals: Spread
    past_posts: Spread
    past_features: Spread
    earlier_sales: Spread


@dataclass(frozen=True, slots=True)
class View:
    """The market in one window; posts, features and sales are those of the window, deals are all of the history.

    `past_posts` and `past_features` are those of the period's `HISTORY`, which lasting traits are read from. Targets are rows.
    """

    market: Market
    window: int
    rows: Rows
    posts: Spread
    features: Spread
    sales: Spread
    deals: Spread
    past_posts: Spread
    past_features: Spread

    @property
    def since(self) -> int:
        """The window's first second."""
        return self.market.period.since(self.window)

    def within(self, times: Floats | Ints) -> Bools:
        """Return whether each time lies in the window; never for an unknown one."""
        return within(self.market, self.window, times)

    def deals_in(self, times: Floats, chosen: Bools) -> Spread:
        """Return the pairs of chosen deals whose `times` lie in the window."""
        return self.deals.where(chosen & self.within(times))

    def lately(self, times: Floats, chosen: Bools) -> Spread:
        """Return the pairs of chosen deals whose `times` lie in the last `LATELY` windows, the as-of time among them."""
        period = self.market.period
        return self.deals.where(chosen & (times >= period.until - LATELY * self.window * DAY) & (times <= period.as_of))

    def overall(self, column: Floats) -> Floats:
        """Return what is known of creators alone in the rows over everything; NaN in those of categories."""
        return np.where(self.rows.category == self.market.catalogue.everything, column[self.rows.creator], np.nan)


def within(market: Market, window: int, times: Floats | Ints) -> Bools:
    """Return whether each time lies in the window of the market's period."""
    return (times >= market.period.since(window)) & (times < market.period.until)


def spreads(market: Market) -> Spreads:
    """Return what counts for which category, for all windows at once."""
    goods = market.catalogue
    posts, features = _shown(market, market.posts, market.features)
    past_posts, past_features = _shown(market, market.past_posts, market.past_features)
    deal, product = market.deals.products
    promoted, category = goods.spread(product)
    return Spreads(
        posts=posts,
        features=features,
        sales=Spread(*goods.spread(market.sales.product)),
        deals=_each_once(Spread(deal[promoted], category), market, len(market.deals.creator)),
        past_posts=past_posts,
        past_features=past_features,
        earlier_sales=Spread(*goods.spread(market.earlier_sales.product)),
    )


def _shown(market: Market, posts: Posts, features: Features) -> tuple[Spread, Spread]:
    """Return which categories posts count for, and which the products that they show."""
    shown = Spread(*market.catalogue.spread(features.product))
    return _each_once(Spread(features.post[shown.event], shown.target), market, len(posts.at)), shown


def _each_once(spread: Spread, market: Market, events: int) -> Spread:
    """Return the pairs without repeats, with the category of everything for each event."""
    width = len(market.catalogue.category)
    every = np.arange(events, dtype=np.int64) * width + market.catalogue.everything
    keys = each_once(np.concatenate([every, spread.event * width + spread.target]))
    return Spread(keys // width, keys % width)


def view(market: Market, over: Spreads, window: int) -> View:
    """Return one window: a row for each creator over everything, and one for each category with a shoppable post, sale or deal in it.

    The longest window has one also for each category of the history: who sold there has not lost all weight by a pause.
    """
    posts = over.posts.where(within(market, window, market.posts.at))
    features = over.features.where(within(market, window, market.posts.at)[market.features.post])
    sales = over.sales.where(within(market, window, market.sales.at))
    featuring = market.posts.creator[market.features.post]
    kinds = ((posts, market.posts.creator), (sales, market.sales.creator), (_moving(market, over, window), market.deals.creator))
    rows = _rows(market, (*kinds, *_lasting(market, over, window)))
    return View(
        market=market,
        window=window,
        rows=rows,
        posts=rows.spread(posts, market.posts.creator),
        features=rows.spread(features, featuring),
        sales=rows.spread(sales, market.sales.creator),
        deals=rows.spread(over.deals, market.deals.creator),
        past_posts=rows.spread(over.past_posts, market.past_posts.creator),
        past_features=rows.spread(over.past_features, market.past_posts.creator[market.past_features.post]),
    )


def _lasting(market: Market, over: Spreads, window: int) -> tuple[tuple[Spread, Ints], ...]:
    """Return what happened in the history, for the longest window; nothing for others."""
    if window < max(market.period.windows):
        return ()
    return (over.past_posts, market.past_posts.creator), (over.earlier_sales, market.earlier_sales.creator)


def _moving(market: Market, over: Spreads, window: int) -> Spread:
    """Return the deals with something in the window: offered, taken up, concluded or rated."""
    deals = market.deals
    accepted = np.where(deals.accepted, deals.taken_up, np.nan)
    times = (deals.offered, accepted, deals.concluded(market.period.as_of), deals.rated)
    return over.deals.where(np.logical_or.reduce([within(market, window, each) for each in times]))


def _rows(market: Market, kinds: tuple[tuple[Spread, Ints], ...]) -> Rows:
    people = len(market.creators.id)
    every = market.catalogue.everything * people + np.arange(people, dtype=np.int64)
    keys = [spread.target * people + creators[spread.event] for spread, creators in kinds]
    return Rows(each_once(np.concatenate([every, *keys])), people)
