"""What is to come after the end, as planted: the sales that can be expected of each creator, and one way in which they turn out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from simulation.calendar import DAY, Period
from simulation.catalogue import TREE
from simulation.chance import Floats, sums
from simulation.collaborations import Deliveries, deliveries, offers
from simulation.orders import Lines, Slots
from simulation.parameters import CANCELLED, EXTRA_UNITS
from simulation.posting import Posts, posts
from simulation.selling import lines, slots
from simulation.setting import Setting

HORIZON: Final = 28 * DAY
DRAWS: Final = 24
"""Futures that an expectation is the mean of; orders and prices in them are expected ones, so that only posts and views vary."""
LEAD: Final = 150 * DAY
"""Before a time, offers begin of which all that is promised then can come: to an offer, its delivery and two more to who was liked."""


@dataclass(frozen=True, slots=True)
class Future:
    """One entry a creator, in US dollars, the dishonest's own purchases left out.

    `expected` and `net` are of the 28 days from the end, without cancelled and refunded units; `by_category` (creators × root
    categories) is the flow of sales of a creator as active as in the period, whether or not they have stopped.
    """

    expected: Floats
    net: Floats
    by_category: Floats


def future(on: Setting, seen: Posts, made: Slots, sold: Lines) -> Future:
    """Return the future of a market whose posts, slots and order lines (those after the end too) are given."""
    flows = [_flow(ahead_of(on, draw, stopped=False)) for draw in range(DRAWS)]
    going = on.people.active_to >= on.period.end
    by_category = np.mean(flows, axis=0)
    expected = np.where(going, by_category.sum(axis=1), 0.0)
    ahead = ahead_of(on, DRAWS, stopped=True)
    return Future(expected, _realised(ahead) + _late(on, seen, made, sold), by_category)


def ahead_of(on: Setting, draw: int, *, stopped: bool) -> Setting:
    """Return the stage of the 28 days after the end, with other chance; those who stopped stay away if `stopped`."""
    period = Period(on.period.end, on.period.end + HORIZON)
    active_to = np.where((on.people.active_to >= on.period.end) | (not stopped), period.end, period.start)
    people = replace(on.people, active_from=np.full(len(on.people), period.start), active_to=active_to)
    return replace(on, seed=on.seed * 1_000 + draw + 500_000, period=period, people=people)


def posted(on: Setting) -> tuple[Posts, Slots, np.ndarray]:
    """Return what is posted in a period by whoever is there, its slots, and the orders that each leads to."""
    shown = posts(on, _promised(on))
    made, orders = slots(on, shown)
    return shown, made, orders


def _promised(on: Setting) -> Deliveries:
    """Return the posts that creators who are there owe to brands, which ask as many of them as ever."""
    before = replace(on, period=Period(on.period.start - LEAD, on.period.end))
    made = deliveries(offers(before))
    kept = (made.at >= on.period.start) & (made.at < on.people.active_to[made.creator])
    return Deliveries(made.creator[kept], made.at[kept], made.product[kept], made.collaboration[kept])


def _flow(on: Setting) -> Floats:
    """Return expected net dollars by creator and root category of one draw of posts and views."""
    shown, made, _ = posted(on)
    products = on.goods.products
    worth = made.expected * _dollars(on)[made.product] * (1 - CANCELLED) * (1 - products.refund[made.product]) * (1 + EXTRA_UNITS)
    group = shown.creator[made.post] * len(TREE) + products.top[made.product]
    return sums(group, len(on.people) * len(TREE), worth).reshape(-1, len(TREE))


def _realised(on: Setting) -> Floats:
    """Return net dollars by creator of orders placed in a period, cancelled and refunded ones drawn as their chances are."""
    shown, made, orders = posted(on)
    return _net(on, shown, made, lines(on, shown, made, orders), until=on.period.end)


def _late(on: Setting, shown: Posts, made: Slots, sold: Lines) -> Floats:
    """Return net dollars by creator of orders that earlier posts bring after the end."""
    ahead = replace(on, period=Period(on.period.end, on.period.end + HORIZON))
    return _net(ahead, shown, made, sold, until=ahead.period.end)


def _net(on: Setting, shown: Posts, made: Slots, sold: Lines, *, until: int) -> Floats:
    kept = ~sold.own & (sold.at >= on.period.start) & (sold.at < until)
    slot = sold.slot[kept]
    product = made.product[slot]
    rate = np.array([each.usd for each in on.regions])[on.goods.products.region[product]]
    worth = sold.price[kept] * rate * sold.quantity[kept] * (1 - CANCELLED) * (1 - on.goods.products.refund[product])
    return sums(shown.creator[made.post[slot]], len(on.people), worth)


def _dollars(on: Setting) -> Floats:
    """Return what one unit of each product brings in the mean of what is asked for it."""
    products = on.goods.products
    rate = np.array([each.usd for each in on.regions])[products.region]
    return np.asarray((0.7 * products.price + 0.3 * products.price_high) * rate)
