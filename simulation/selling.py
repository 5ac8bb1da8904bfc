"""What posts sell: slots (a product in a post), their clicks, and the order lines that come of them."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.calendar import DAY, HOUR, Period, Rhythms
from simulation.catalogue import CONVERSION
from simulation.chance import Flags, Floats, Ints, owners, positions, stream
from simulation.cheating import Cheats
from simulation.crediting import credited
from simulation.orders import Lines, Slots
from simulation.parameters import (
    CLICK_RATE,
    CROWDING,
    DELAY_DAYS,
    EXTRA_UNITS,
    LIVE_LIFT,
    ORDERS_MOST,
    ORDERS_PER_THOUSAND,
    POST_SHAPE,
    PRICE_ELASTICITY,
    SHOWCASE_SHARE,
    SHOWN_SHARE,
)
from simulation.posting import Posts
from simulation.setting import Setting
from simulation.taste import FAVOURING, Portfolios

STEP: Final = 240
"""Seconds between one order and the next of who buys them all at once."""


def slots(on: Setting, posts: Posts) -> tuple[Slots, Ints]:
    """Return the slots and how many orders each leads to: Poisson given a gamma noise that a post's slots share."""
    rng, people, goods = stream(on.seed, "slots"), on.people, on.goods
    post, place, product = _featured(rng, on.choices, posts)
    noise = rng.standard_gamma(POST_SHAPE, len(posts))[post] / POST_SHAPE
    expected = np.exp(_log_orders(on, posts, post, product) + _passing(on, posts, post, product, place))
    orders = np.minimum(rng.poisson(np.minimum(expected * noise, 10 * ORDERS_MOST)), int(ORDERS_MOST))
    shown = np.maximum(rng.binomial(posts.views[post], SHOWN_SHARE), orders)
    pull = np.exp(0.4 * (people.ability[posts.creator[post]] + goods.products.appeal[product] + np.log(noise)))
    clicks = np.minimum(orders + rng.poisson(shown * CLICK_RATE * 0.75 * pull), shown)
    return Slots(post, product, place, shown, clicks, expected), orders


def lines(on: Setting, posts: Posts, made: Slots, orders: Ints) -> Lines:
    """Return the order lines of all slots, ring members' own purchases among them."""
    rng, products = stream(on.seed, "lines"), on.goods.products
    bought = _own_purchases(rng, posts, made, on.cheats)
    slot = np.concatenate([owners(orders), bought])
    own = np.arange(len(slot)) >= len(slot) - len(bought)
    at = _together(on, posts, made.post[slot], own, _moments(rng, on, posts, made.post[slot]))
    slot = np.where(own, slot, credited(on, posts, made, slot, at))
    order = np.lexsort((at, made.post[slot]))
    slot, own, at = slot[order], own[order], at[order]
    joined = _joined(rng, products.brand, made, slot, own)
    at[joined] = at[np.flatnonzero(joined) - 1]
    first = np.flatnonzero(~joined)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(at[first], kind="stable")] = np.arange(len(first))
    number = rank[np.cumsum(~joined) - 1] if len(first) else rank
    sku = made.product[slot]
    price = np.where(rng.random(len(slot)) < 0.7, products.price[sku], products.price_high[sku])
    by_order = np.lexsort((joined, number))
    return Lines(
        slot=slot[by_order],
        order=number[by_order],
        line=1 + joined[by_order].astype(np.int64),
        at=at[by_order],
        quantity=1 + rng.poisson(EXTRA_UNITS, len(slot)),
        price=price[by_order],
        showcase=(rng.random(len(slot)) < SHOWCASE_SHARE) & ~joined[by_order],
        own=own[by_order],
    )


def before(made: Lines, period: Period) -> Lines:
    """Return the lines of orders placed before the end."""
    kept = made.at < period.end
    return Lines(**{name: getattr(made, name)[kept] for name in Lines.__slots__})


def _featured(rng: np.random.Generator, choices: Portfolios, posts: Posts) -> tuple[Ints, Ints, Ints]:
    """Choose the products of each shoppable post: neighbours in the portfolio, from its favoured end."""
    size = np.maximum(choices.sizes[posts.creator], 1)
    video = 1 + (rng.random(len(posts)) < 0.2).astype(np.int64) + (rng.random(len(posts)) < 0.05)
    count = np.minimum(np.where(posts.live, 2 + rng.poisson(1.5, len(posts)), video), size)
    count = np.where(posts.collaboration >= 0, 1, count) * posts.shoppable
    post = owners(count)
    start = np.floor(size * rng.random(len(posts)) ** FAVOURING).astype(np.int64)
    place = choices.starts[posts.creator[post]] + (start[post] + positions(count)) % size[post]
    promised = posts.product[post] >= 0
    product = np.where(promised, posts.product[post], choices.product[place])
    return post, np.where(promised, -1, place), product


def _log_orders(on: Setting, posts: Posts, post: Ints, product: Ints) -> Floats:
    creator, things = posts.creator[post], on.goods.products
    together = np.bincount(post, minlength=len(posts))[post]
    return (
        np.log(ORDERS_PER_THOUSAND * on.regime.orders)
        + on.regime.views_to_orders * np.log(posts.views[post] / 1_000)
        + LIVE_LIFT * posts.live[post]
        + CROWDING * np.log(together)
        + PRICE_ELASTICITY * things.relative_price[product]
        + np.asarray(CONVERSION)[things.top[product]]
        + on.people.ability[creator]
        + things.appeal[product]
    )


def _passing(on: Setting, posts: Posts, post: Ints, product: Ints, place: Ints) -> Floats:
    """Return what a regime adds to log orders: appeal that drifts with time, and how a creator and a product suit each other."""
    elapsed = (posts.at[post] - on.settled_at) / (180 * DAY)
    return np.asarray(on.drift[product] * elapsed + np.where(place >= 0, on.fit[place], 0.0))


def _own_purchases(rng: np.random.Generator, posts: Posts, made: Slots, cheats: Cheats) -> Ints:
    rate = cheats.of("orders", posts.creator[made.post])
    dishonest = np.flatnonzero(rate > 0)
    return dishonest[owners(rng.poisson(rate[dishonest]))]


def _together(on: Setting, posts: Posts, post: Ints, own: Flags, at: Ints) -> Ints:
    """Return the times of orders, where crude buyers place theirs one after the other, at even steps soon after a video."""
    crude = np.flatnonzero(own & (on.cheats.of("together", posts.creator[post]) > 0) & ~posts.live[post])
    turn = positions(np.bincount(post[crude], minlength=len(posts)))[np.argsort(np.argsort(post[crude], kind="stable"), kind="stable")]
    moved = at.copy()
    moved[crude] = posts.at[post[crude]] + HOUR + turn * STEP
    return moved


def _moments(rng: np.random.Generator, on: Setting, posts: Posts, post: Ints) -> Ints:
    """Orders come while a live stream runs, and in the days after a video, faster on busy days."""
    delay = rng.exponential(DELAY_DAYS * DAY, len(post)) + 60
    rhythms = Rhythms(on.period, on.regions, of="orders")
    warped = rhythms.after(on.people.region[posts.creator[post]], posts.at[post].astype(np.float64), delay)
    live = posts.at[post] + np.maximum(rng.random(len(post)) * posts.seconds[post], 60)
    return np.where(posts.live[post], live, np.minimum(warped, posts.at[post] + 60 * DAY + HOUR)).astype(np.int64)


def _joined(rng: np.random.Generator, brands: Ints, made: Slots, slot: Ints, own: Flags) -> Flags:
    """Tell which lines belong to the order of the line before: same post and brand, another product, never three."""
    product, post = made.product[slot], made.post[slot]
    brand = brands[product]
    same = (post[1:] == post[:-1]) & (brand[1:] == brand[:-1]) & (product[1:] != product[:-1]) & (own[1:] == own[:-1])
    joined = np.concatenate([[False], same & (rng.random(max(len(slot) - 1, 0)) < 0.3)])[: len(slot)]
    joined[1:] &= ~joined[:-1]
    return joined
