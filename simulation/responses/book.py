"""The world in lists that responses are written from, and exports: what of it was known at a time."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np

from simulation.aftermath import NO_SALE, PLACED, REFUNDED
from simulation.calendar import DAY
from simulation.chance import Floats, Ints, sums
from simulation.collaborations import CAMPAIGN, TARGETED
from simulation.regions import Region
from simulation.renaming import renamed_at
from simulation.tables.people import age_shares, gender_shares, place_shares, roots
from simulation.tables.reports import report
from simulation.tables.sales import commissions
from simulation.tables.work import programme_ids
from simulation.world import World, collaboration_of_slots

LATE: Final = 2 * DAY
"""The platform's sums end so long before an export: they come late."""


class Book:
    """Lookups over a world that do not depend on a time; all by index, as the world itself."""

    def __init__(self, of: World) -> None:
        self.world = of
        self.product_ids: list[str] = of.goods.products.id.astype(str).tolist()
        self.post_ids: list[str] = of.posts.id.astype(str).tolist()
        self.roots = roots(of)
        self.renamed_at = renamed_at(of)

    @cached_property
    def line_creator(self) -> Ints:
        """The creator of each order line."""
        return self.world.posts.creator[self.world.slots.post[self.world.lines.slot]]

    @cached_property
    def line_product(self) -> Ints:
        """The product of each order line."""
        return self.world.slots.product[self.world.lines.slot]

    @cached_property
    def line_brand(self) -> Ints:
        """The brand of each order line, -1 where the brand gives no orders."""
        brand = self.world.goods.products.brand[self.line_product]
        return np.where(self.world.goods.brands.sums_only[brand], -1, brand)

    @cached_property
    def line_commission(self) -> Floats:
        """The commission rate of each order line."""
        return commissions(self.world, self.world.lines.slot)

    @cached_property
    def line_programmes(self) -> list[tuple[str, str]]:
        """The field and the id of the programme under which each line was sold; the field is empty for none."""
        collaboration = collaboration_of_slots(self.world)[self.world.lines.slot]
        programmes, offers = programme_ids(self.world), len(self.world.offers)
        kinds = np.concatenate([self.world.offers.kind, np.full(len(self.world.open_plans.place), -1)])
        names = {TARGETED: "target_collaboration_id", CAMPAIGN: "campaign_id", -1: "open_collaboration_id"}
        fields = [names.get(int(kinds[c]), "") if c >= 0 else "" for c in collaboration.tolist()]
        return [(field, str(programmes[c])) for field, c in zip(fields, collaboration.tolist(), strict=True)] if offers else []

    @cached_property
    def ages(self) -> Floats:
        """Shares of followers by age."""
        return age_shares(self.world)

    @cached_property
    def genders(self) -> Floats:
        """Shares of followers by gender."""
        return gender_shares(self.world)

    @cached_property
    def places(self) -> Floats:
        """Shares of followers by region."""
        return place_shares(self.world)

    def region_of(self, creator: int) -> Region:
        """Return a creator's region."""
        return self.world.regions[int(self.world.people.region[creator])]

    def open_id(self, creator: int) -> str:
        """Return a creator's open id, empty where there is none."""
        return str(self.world.people.id[creator]) if self.world.people.linked[creator] else ""


class Export:
    """A book as it stood at a time; orders that nothing has happened to since the `earlier` export are not saved again."""

    def __init__(self, book: Book, at: int, *, earlier: int | None = None) -> None:
        self.book, self.at = book, at
        _, self.status, self.refunded = book.world.histories.known(at)
        lines, seen = book.world.lines, book.world.histories.seen_at
        changed = ((seen >= (earlier or 0)) & (seen < at)).any(axis=1)
        wanted = np.isin(lines.order, np.unique(lines.order[changed]))
        self.lines: Ints = np.flatnonzero((lines.at < at) & wanted & (book.line_brand >= 0))
        self.is_last = at >= book.world.period.end

    @cached_property
    def reports(self) -> dict[str, dict[str, Any]]:
        """The sums of the last 30 days that the platform has counted, by creator id."""
        return {row["creator_id"]: row for row in report(self.book.world, self.at - LATE).to_pylist()}

    @cached_property
    def posts_by_plan(self) -> tuple[Floats, Floats]:
        """How many videos and how many live streams each open plan had led to."""
        world = self.book.world
        plan = np.where(world.slots.place >= 0, world.open_plans.by_place[world.slots.place], -1)
        kept = (plan >= 0) & (world.posts.at[world.slots.post] < self.at)
        live, size = world.posts.live[world.slots.post], len(world.open_plans.place)
        return sums(plan[kept & ~live], size), sums(plan[kept & live], size)

    @cached_property
    def orders_by_post(self) -> Floats:
        """How many orders each post had led to."""
        world = self.book.world
        counted = (world.lines.line == 1) & (world.lines.at < self.at)
        return sums(world.slots.post[world.lines.slot[counted]], len(world.posts))

    @cached_property
    def units_by_product(self) -> Floats:
        """How many units of each product had been ordered."""
        lines = self.book.world.lines
        units = (lines.quantity * (lines.at < self.at)).astype(np.float64)
        return sums(self.book.line_product, len(self.book.product_ids), units)

    def handle(self, creator: int) -> str:
        """Return a creator's user name as of this export."""
        now = str(self.book.world.people.handle[creator])
        return f"{now}.old" if self.at < self.book.renamed_at[creator] else now

    def followers(self, creator: int) -> int:
        """Return a creator's followers, fewer in an earlier export."""
        count = int(self.book.world.people.followers[creator])
        return count if self.is_last else int(count * 0.97)

    def orders(self, lines: Ints) -> list[list[int]]:
        """Return the lines chosen, parted into orders."""
        order = self.book.world.lines.order[lines]
        ends = np.flatnonzero(np.diff(order)) + 1
        return [part.tolist() for part in np.split(lines, ends) if len(part)]

    def order_status(self, lines: list[int]) -> int:
        """Return the status of a whole order: cancelled or refunded if all lines are, placed if any still is."""
        found = {int(self.status[line]) for line in lines}
        if len(found) == 1:
            return found.pop()
        return PLACED if PLACED in found else next(iter(found - {REFUNDED, NO_SALE}), REFUNDED)
