"""Every event of a simulated market: the plain figures of its tables, and an estimator that sees them all."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np

from simulation.catalogue import TREE
from simulation.chance import sums
from simulation.collaborations import TARGETED
from simulation.tables.people import roots
from simulation.world import World
from validation.plain import Figures, ratio
from validation.planted import DAY, Floats, mixed

WEEK: Final = 7 * DAY
ELASTICITIES: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
ROUNDS: Final = 12


class Whole:
    """Counts of all that happened, by creator, and what follows from them."""

    def __init__(self, world: World) -> None:
        self.world, self.size = world, len(world.people)
        self.slot_creator = world.posts.creator[world.slots.post]

    def scores(self) -> dict[str, Floats]:
        """Return what an estimator that sees every event says: higher is better, every creator has a value."""
        weeks = np.maximum(self.weeks, 1 / 7)
        return {
            "cooperation": mixed(_shrunk(self.kept, self.due), _shrunk(self.took, self.asked)),
            "diligence": _rate(self.count(self.world.posts.shoppable), weeks),
            "contentVolume": _rate(self.count(np.ones(len(self.world.posts), dtype=np.bool_)), weeks),
            "contentSuccess": self.quality,
            "salesAbility": self.selling,
            "collaboration": self.breadth,
            "consistency": self.steadiness,
        }

    def figures(self) -> dict[str, Figures]:
        """Return the plain figures that anyone could count from the tables."""
        posts, world = self.world.posts, self.world
        shoppable = self.count(posts.shoppable)
        views = sums(posts.creator, self.size, posts.views.astype(np.float64))
        every = self.count(np.ones(len(posts), dtype=np.bool_))
        weekly = self.by_week
        return {
            "cooperation": {
                "promises kept": ratio(self.kept, self.due),
                "invitations accepted": ratio(self.took, self.asked),
                "kept and accepted": ratio(self.kept + self.took, self.due + self.asked),
            },
            "diligence": {"shoppable posts": shoppable, "shoppable share": ratio(shoppable, every)},
            "contentVolume": {"posts": every},
            "contentSuccess": {
                "mean views": ratio(views, every),
                "mean views per follower": ratio(views, every * world.people.followers),
            },
            "salesAbility": {"orders per view": ratio(self.orders, views), "orders": self.orders, "GMV per view": ratio(self.gmv, views)},
            "collaboration": {
                "brands shown": (self.brands > 0).sum(axis=1).astype(np.float64),
                "effective brands shown": _effective(self.brands),
            },
            "consistency": {
                "mean over sd of weekly posts": ratio(weekly.mean(axis=1), weekly.std(axis=1)),
                "share of weeks with a post": (weekly > 0).mean(axis=1),
            },
        }

    def rankings(self) -> Figures:
        """Return the plain figures by which one would pick the best sellers."""
        return {
            "number of orders": self.orders,
            "GMV": self.gmv,
            "GMV of 30 days": self._worth(30),
            "followers": self.world.people.followers.astype(np.float64),
        }

    def expectation(self) -> Floats:
        """Return sales to be expected a week: what ability makes of exposure, appeal and price, nothing of those who have stopped."""
        products = self.world.goods.products
        price = products.price * np.array([each.usd for each in self.world.regions])[products.region]
        worth = sums(self.slot_creator, self.size, self._flow * price[self.world.slots.product]) / np.maximum(self.weeks, 1.0)
        return np.where(self.world.people.active_to < self.world.period.end, 0.0, worth)

    def shares(self) -> dict[tuple[int, str], float]:
        """Return each creator's share of all sales of a region's root category, drawn a little to the exposure there."""
        sold, tops = self._sold_by_category(), self.world.goods.products.top
        hoped = _cells(self.slot_creator, tops[self.world.slots.product], self.size, len(TREE), self._flow)
        return self._shares_of(sold + hoped * sold.sum() / max(float(hoped.sum()), 1e-9))

    def _sold_by_category(self) -> Floats:
        lines, tops = self.world.lines, self.world.goods.products.top
        worth = lines.price * lines.quantity * ~lines.own * self._usd(lines.slot)
        return _cells(self.slot_creator[lines.slot], tops[self.world.slots.product[lines.slot]], self.size, len(TREE), worth)

    def _shares_of(self, flow: Floats) -> dict[tuple[int, str], float]:
        names, region = roots(self.world), self.world.people.region
        total = np.zeros((len(self.world.regions), len(names)))
        np.add.at(total, region, flow)
        share = np.divide(flow, total[region], out=np.zeros_like(flow), where=total[region] > 0)
        return {(int(who), names[int(at)]): float(share[who, at]) for who, at in np.argwhere(share > 0)}

    def sold_shares(self) -> dict[tuple[int, str], float]:
        """Return each creator's plain share of the sales of a region's root category."""
        return self._shares_of(self._sold_by_category())

    def count(self, which: Any) -> Floats:
        """Return how many of some posts each creator made."""
        return sums(self.world.posts.creator[which], self.size)

    @cached_property
    def weeks(self) -> Floats:
        """Weeks of each career within the period."""
        people, period = self.world.people, self.world.period
        return (np.minimum(people.active_to, period.end) - np.maximum(people.active_from, period.start)) / WEEK

    @cached_property
    def by_week(self) -> Floats:
        """Posts in each week (creators × weeks)."""
        week = (self.world.posts.at - self.world.period.start) // WEEK
        return _cells(self.world.posts.creator, week, self.size, int(week.max()) + 1)

    @cached_property
    def brands(self) -> Floats:
        """How often each brand was shown (creators × brands)."""
        return _cells(
            self.slot_creator, self.world.goods.products.brand[self.world.slots.product], self.size, len(self.world.goods.brands.id)
        )

    @cached_property
    def orders(self) -> Floats:
        """Orders, cancelled ones too."""
        return sums(self.slot_creator[self.world.lines.slot], self.size)

    @cached_property
    def gmv(self) -> Floats:
        """Sales of the whole period in dollars."""
        return self._worth(10_000)

    @property
    def kept(self) -> Floats:
        """Promises kept in time or a week later."""
        made = self.world.offers
        return sums(made.creator[self._over & (made.delivered_at <= made.due_at + WEEK)], self.size)

    @property
    def due(self) -> Floats:
        """Promises that were due a week before the end."""
        return sums(self.world.offers.creator[self._over], self.size)

    @property
    def took(self) -> Floats:
        """Invitations accepted, of those over."""
        made = self.world.offers
        return sums(made.creator[self._closed & made.accepted], self.size)

    @property
    def asked(self) -> Floats:
        """Invitations that are over."""
        return sums(self.world.offers.creator[self._closed], self.size)

    @property
    def _over(self) -> Any:
        made = self.world.offers
        return made.accepted & (made.due_at + WEEK < self.world.period.end)

    @property
    def _closed(self) -> Any:
        made = self.world.offers
        return (made.kind >= TARGETED) & (made.ends_at < self.world.period.end)

    @cached_property
    def quality(self) -> Floats:
        """Mean log views beyond what followers and the kind of post bring, shrunk to 0."""
        posts, followers = self.world.posts, np.log(self.world.people.followers)
        x = np.stack([np.ones(len(posts)), followers[posts.creator], posts.live.astype(np.float64)], axis=1)
        y = np.log(posts.views)
        beyond = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
        count = sums(posts.creator, self.size)
        return sums(posts.creator, self.size, beyond) / (count + 2.0)

    def _pull(self, elasticity: float) -> Floats:
        """Return what views, kind and company make of a slot's orders."""
        posts, slots = self.world.posts, self.world.slots
        together = np.bincount(slots.post, minlength=len(posts))[slots.post]
        return posts.views[slots.post] ** elasticity * np.exp(0.4 * posts.live[slots.post]) * together**-0.6

    @property
    def selling(self) -> Floats:
        """Log ability net of product and views."""
        return self._effects[1]

    @property
    def _flow(self) -> Floats:
        """Orders of each slot that views, ability and appeal lead one to expect."""
        return self._effects[2]

    @cached_property
    def _effects(self) -> tuple[float, Floats, Floats]:
        """Gamma–Poisson effects of creators and products in turn, the elasticity of orders to views by likelihood."""
        return max((self._two_way(elasticity) for elasticity in ELASTICITIES), key=lambda found: found[0])

    def _two_way(self, elasticity: float) -> tuple[float, Floats, Floats]:
        """Return log likelihood, log ability by creator, and expected orders by slot."""
        slots = self.world.slots
        orders, pull = sums(self.world.lines.slot[~self.world.lines.own], len(slots)), self._pull(elasticity)
        pull *= orders.sum() / pull.sum()
        able, appeal = np.ones(self.size), np.ones(len(self.world.goods.products.id))
        for _ in range(ROUNDS):
            hoped = sums(slots.product, len(appeal), pull * able[self.slot_creator])
            appeal = (sums(slots.product, len(appeal), orders) + 1.0) / (hoped + 1.0)
            hoped = sums(self.slot_creator, self.size, pull * appeal[slots.product])
            able = (sums(self.slot_creator, self.size, orders) + 3.0) / (hoped + 3.0)
        mean = np.maximum(pull * able[self.slot_creator] * appeal[slots.product], 1e-12)
        return float((orders * np.log(mean) - mean).sum()), np.log(able), mean

    @cached_property
    def breadth(self) -> Floats:
        """Effective number of brands shown, drawn to the mean where little was shown."""
        count, direct = self.brands.sum(axis=1), _effective(self.brands)
        usual = float(np.nanmean(direct))
        return (count * np.nan_to_num(direct) + 4.0 * usual) / (count + 4.0)

    @cached_property
    def steadiness(self) -> Floats:
        """Evenness of gaps and of weeks, beyond what chance alone brings, drawn to the mean where there are few posts."""
        weekly, posts = self.by_week, self.world.posts
        mean = weekly.mean(axis=1)
        excess = (weekly.var(axis=1) - mean) / np.maximum(mean, 0.05) ** 2
        gap = np.log(np.maximum(np.diff(posts.at), 3_600))
        same = np.diff(posts.creator) == 0
        count = sums(posts.creator[1:][same], self.size)
        average = ratio(sums(posts.creator[1:][same], self.size, gap[same]), count)
        square = ratio(sums(posts.creator[1:][same], self.size, gap[same] ** 2), count)
        spread = np.sqrt(np.maximum(square - average**2, 0.0))
        even = -_standard(spread) - 0.5 * _standard(np.log(np.maximum(excess, 0.02)))
        return np.nan_to_num(even) * count / (count + 8.0)

    def _worth(self, days: int) -> Floats:
        lines = self.world.lines
        recent = (lines.at >= self.world.period.end - days * DAY) & ~lines.own
        worth = lines.price * lines.quantity * self._usd(lines.slot) * recent
        return sums(self.slot_creator[lines.slot], self.size, worth)

    def _usd(self, slot: Any) -> Floats:
        rate = np.array([each.usd for each in self.world.regions])
        return rate[self.world.goods.products.region[self.world.slots.product[slot]]]


def _cells(rows: Any, columns: Any, height: int, width: int, values: Floats | None = None) -> Floats:
    return sums(rows * width + columns, height * width, values).reshape(height, width)


def _shrunk(successes: Floats, among: Floats, *, strength: float = 3.0) -> Floats:
    mean = successes.sum() / max(float(among.sum()), 1.0)
    return (successes + strength * mean) / (among + strength)


def _rate(count: Floats, weeks: Floats, *, strength: float = 1.0) -> Floats:
    return (count + strength * count.sum() / weeks.sum()) / (weeks + strength)


def _effective(counts: Floats) -> Floats:
    total = counts.sum(axis=1, keepdims=True)
    share = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    entropy = -(share * np.log(np.maximum(share, 1e-12))).sum(axis=1)
    return np.where(total[:, 0] > 0, np.exp(entropy), np.nan)


def _standard(values: Floats) -> Floats:
    return (values - np.nanmean(values)) / max(float(np.nanstd(values)), 1e-9)
