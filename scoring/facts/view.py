"""One window of the market: its rows, and which events count for which."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts.arrays import Bools, Floats, Ints, each_once
from scoring.facts.market import Market
from scoring.facts.rows import Rows, Spread


@dataclass(frozen=True, slots=True)
class Spreads:
    """For each kind of event its categories, once each, sub-categories rolled up and the category of everything among them."""

    posts: Spread
    features: Spread
    sales: Spread
    deals: Spread


@dataclass(frozen=True, slots=True)
class View:
    """The market in one window; posts, features and sales are those of the window, deals are all of the history.

    Targets of the spreads are rows.
    """

    market: Market
    window: int
    rows: Rows
    posts: Spread
    features: Spread
    sales: Spread
    deals: Spread

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


def within(market: Market, window: int, times: Floats | Ints) -> Bools:
    """Return whether each time lies in the window of the market's period."""
    return (times >= market.period.since(window)) & (times < market.period.until)


def spreads(market: Market) -> Spreads:
    """Return what counts for which category, for all windows at once."""
    goods = market.catalogue
    features = Spread(*goods.spread(market.features.product))
    shown = Spread(market.features.post[features.event], features.target)
    deal, product = market.deals.products
    promoted, category = goods.spread(product)
    return Spreads(
        posts=_each_once(shown, market, len(market.posts.at)),
        features=features,
        sales=Spread(*goods.spread(market.sales.product)),
        deals=_each_once(Spread(deal[promoted], category), market, len(market.deals.creator)),
    )


def _each_once(spread: Spread, market: Market, events: int) -> Spread:
    """Return the pairs without repeats, with the category of everything for each event."""
    width = len(market.catalogue.category)
    every = np.arange(events, dtype=np.int64) * width + market.catalogue.everything
    keys = each_once(np.concatenate([every, spread.event * width + spread.target]))
    return Spread(keys // width, keys % width)


def view(market: Market, over: Spreads, window: int) -> View:
    """Return one window: a row for each creator over everything, and one for each category with a shoppable post, sale or deal in it."""
    posts = over.posts.where(within(market, window, market.posts.at))
    features = over.features.where(within(market, window, market.posts.at)[market.features.post])
    sales = over.sales.where(within(market, window, market.sales.at))
    featuring = market.posts.creator[market.features.post]
    kinds = ((posts, market.posts.creator), (sales, market.sales.creator), (_moving(market, over, window), market.deals.creator))
    rows = _rows(market, kinds)
    return View(
        market=market,
        window=window,
        rows=rows,
        posts=rows.spread(posts, market.posts.creator),
        features=rows.spread(features, featuring),
        sales=rows.spread(sales, market.sales.creator),
        deals=rows.spread(over.deals, market.deals.creator),
    )


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
