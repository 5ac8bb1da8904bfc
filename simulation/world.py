"""Everything that is drawn for a market, before it is written down as tables or as responses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from simulation.aftermath import Histories, histories
from simulation.applications import Applications, applications
from simulation.chance import Flags, Ints
from simulation.collaborations import Offers, deliveries, offers
from simulation.fame import Mentions, inflated, mentions
from simulation.future import Future, future
from simulation.openplans import OpenPlans, open_plans
from simulation.orders import Lines, Slots
from simulation.posting import Posts, posts
from simulation.selling import before, lines, slots
from simulation.setting import Setting

Progress = Callable[[str], None]


@dataclass(frozen=True)
class World(Setting):
    """A market as it happened; arrays refer to each other by index."""

    offers: Offers
    posts: Posts
    mentions: Mentions
    slots: Slots
    lines: Lines
    histories: Histories
    open_plans: OpenPlans
    applications: Applications
    future: Future

    @property
    def summed(self) -> Flags:
        """Tell of each slot whether only its sums are known, since its brand gives no orders."""
        return self.goods.brands.sums_only[self.goods.products.brand[self.slots.product]]


def world(on: Setting, progress: Progress = lambda _step: None) -> World:
    """Let a market happen on a stage; the same stage gives the same world, to the last bit on one machine."""
    progress("brands' work")
    work = offers(on)
    progress("posts")
    seen = posts(on, deliveries(work))
    progress("sales")
    made, orders = slots(on, seen)
    placed = lines(on, seen, made, orders)
    sold = before(placed, on.period)
    progress("refunds")
    return World(
        **{field.name: getattr(on, field.name) for field in fields(on)},
        offers=work,
        posts=inflated(on, seen),
        mentions=mentions(on, seen),
        slots=made,
        lines=sold,
        histories=histories(on, made, sold, seen.creator[made.post[sold.slot]]),
        open_plans=open_plans(on, seen, made),
        applications=applications(on),
        future=future(on, seen, made, placed),
    )


def collaboration_of_slots(of: World) -> Ints:
    """Return for each slot its collaboration: below `len(offers)` an offer, from there on an open plan, -1 for none."""
    promised = of.posts.collaboration[of.slots.post]
    plan = np.where(of.slots.place >= 0, of.open_plans.by_place[of.slots.place], -1)
    return np.where((of.slots.place < 0) & (promised >= 0), promised, np.where(plan >= 0, len(of.offers) + plan, -1))
