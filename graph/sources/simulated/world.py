"""Everything that is drawn for a market, before it is written down as tables or as responses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from graph.sources.simulated.aftermath import Histories, histories
from graph.sources.simulated.calendar import Period, Rhythms
from graph.sources.simulated.catalogue import Catalogue, catalogue
from graph.sources.simulated.chance import Flags, Ints
from graph.sources.simulated.collaborations import Offers, deliveries, offers
from graph.sources.simulated.openplans import OpenPlans, open_plans
from graph.sources.simulated.posting import Posts, posts
from graph.sources.simulated.regions import Region
from graph.sources.simulated.rings import Mentions, inflated, mentions, rings
from graph.sources.simulated.selling import Lines, Slots, before, lines, slots
from graph.sources.simulated.taste import Portfolios, portfolios
from graph.sources.simulated.traits import People, people

Progress = Callable[[str], None]
STEPS: Final = ("creators", "catalogue", "collaborations", "posts", "sales", "refunds")


@dataclass(frozen=True, slots=True)
class World:
    """A market as it happened; arrays refer to each other by index."""

    seed: int
    period: Period
    regions: tuple[Region, ...]
    people: People
    goods: Catalogue
    choices: Portfolios
    ring: Ints
    offers: Offers
    posts: Posts
    mentions: Mentions
    slots: Slots
    lines: Lines
    histories: Histories
    open_plans: OpenPlans

    @property
    def summed(self) -> Flags:
        """Tell of each slot whether only its sums are known, since its brand gives no orders."""
        return self.goods.brands.sums_only[self.goods.products.brand[self.slots.product]]


def world(seed: int, *, creators: int, days: int, end: date, regions: Sequence[Region], progress: Progress = lambda _step: None) -> World:
    """Let a market happen; the same arguments give the same world, to the last bit on one machine."""
    period = Period.before(end, days=days)
    progress(STEPS[0])
    crowd = people(seed, regions, period, creators=creators)
    ring = rings(seed, crowd)
    progress(STEPS[1])
    goods = catalogue(seed, regions, creators=creators)
    choices = portfolios(seed, crowd, goods)
    progress(STEPS[2])
    work = offers(seed, crowd, goods, choices, period)
    progress(STEPS[3])
    seen = posts(seed, crowd, period, Rhythms(period, regions, of="posts"), deliveries(work))
    progress(STEPS[4])
    made, orders = slots(seed, crowd, goods, choices, seen)
    sold = before(lines(seed, crowd, goods, seen, made, orders, ring, Rhythms(period, regions, of="orders")), period)
    progress(STEPS[5])
    return World(
        seed=seed,
        period=period,
        regions=tuple(regions),
        people=crowd,
        goods=goods,
        choices=choices,
        ring=ring,
        offers=work,
        posts=inflated(seed, ring, seen),
        mentions=mentions(seed, crowd, ring, seen),
        slots=made,
        lines=sold,
        histories=histories(seed, goods, made, sold),
        open_plans=open_plans(seed, crowd, goods, choices, seen, made),
    )


def collaboration_of_slots(of: World) -> Ints:
    """Return for each slot its collaboration: below `len(offers)` an offer, from there on an open plan, -1 for none."""
    promised = of.posts.collaboration[of.slots.post]
    plan = np.where(of.slots.place >= 0, of.open_plans.by_place[of.slots.place], -1)
    return np.where((of.slots.place < 0) & (promised >= 0), promised, np.where(plan >= 0, len(of.offers) + plan, -1))
