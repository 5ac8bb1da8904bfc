"""Whose responses are written: every shop's, some creators', and one agency's, each as of one or several exports."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from simulation.calendar import DAY
from simulation.chance import stream
from simulation.money import rates
from simulation.responses.book import Book, Export
from simulation.responses.campaigns import busiest_partner, campaign_contents, campaign_lines, campaign_products
from simulation.responses.invitations import invitation_details, invitation_list
from simulation.responses.marketplace import found_creators, performances
from simulation.responses.orders import creator_orders, partner_orders, seller_orders
from simulation.responses.pages import Reply, Shelf, paged
from simulation.responses.plans import plan_contents, plan_list, plan_products
from simulation.responses.samples import application_list, fulfilments
from simulation.responses.showcase import profile, showcase
from simulation.tables.work import partner_id
from simulation.world import World

OWNERS: Final = ("shops", "creators", "partners")
SCHEDULES: Final = ((60, 14, 0), (0,), (14, 0))
"""Days before the end at which owners export, one after the other: some often, some once."""
USUAL_SCHEDULE: Final = 2
CREATORS_PER_OWNER: Final = 50
SEARCH: Final = {"search_key": "k1ChOzI9e", "total_count": None}


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder that owners' exports go to, and the exports of each schedule; each owner has a folder, each export one in it."""

    folder: Path
    schedules: tuple[tuple[Export, ...], ...]

    @classmethod
    def of(cls, world: World, folder: Path) -> Archive:
        """Make the exports of each schedule that lie within the period."""
        book, period = Book(world), world.period
        schedules: list[tuple[Export, ...]] = []
        for schedule in SCHEDULES:
            times = [period.end - days * DAY for days in schedule if not days or days < period.days / 2]
            schedules.append(tuple(Export(book, at, earlier=before) for before, at in zip([None, *times], times, strict=False)))
        return cls(folder, tuple(schedules))

    def shelf(self, export: Export, owner: str, name: str, facts: dict[str, Any]) -> Shelf:
        """Open the folder of one owner's export."""
        day = datetime.fromtimestamp(export.at, UTC).date().isoformat()
        return Shelf(self.folder / f"{owner}s" / name / day, owner, facts | {"exported_at": export.at})


def write_responses(of: World, folder: Path, *, progress: Callable[[str], None] = lambda _step: None) -> int:
    """Write the market as partner-API responses below `folder` and return how many owners there are."""
    archive = Archive.of(of, folder)
    usual = archive.schedules[USUAL_SCHEDULE]
    brands = exporting(of)
    for turn, brand in enumerate(brands):
        progress(f"responses of {of.goods.brands.name[brand]}")
        _shop(archive, archive.schedules[turn % len(SCHEDULES)], brand)
    creators = _owning_creators(usual[0].book)
    for creator in creators:
        _creator(archive, usual, creator)
    _partner(archive, usual, busiest_partner(usual[0]))
    return len(brands) + len(creators) + 1


def exporting(of: World) -> list[int]:
    """Return the brands that save responses: those with orders of their own, and of these the share that the regime says."""
    rng, able = stream(of.seed, "exporting"), ~of.goods.brands.sums_only
    chosen = able & (rng.random(len(able)) < of.regime.exporting)
    return np.flatnonzero(chosen if chosen.any() else able).tolist()


def _shop(archive: Archive, exports: Sequence[Export], brand: int) -> None:
    """Write a shop's exports; the last repeats a page, and those before hold a failure."""
    for export in exports:
        world = export.book.world
        region = world.regions[int(world.goods.brands.region[brand])]
        brands = world.goods.brands
        facts = {"shop_id": str(brands.id[brand]), "shop_name": str(brands.name[brand]), "region": region.code}
        shelf = archive.shelf(export, "shop", str(brands.id[brand]), facts)
        orders = seller_orders(export, export.lines[export.book.line_brand[export.lines] == brand])
        shelf.keep("search-seller-affiliate-orders", paged("orders", orders), again=export.is_last)
        shelf.keep("search-target-collaborations", paged("target_collaborations", invitation_list(export, brand)))
        shelf.keep("query-target-collaboration-detail", invitation_details(export, brand))
        shelf.keep("search-open-collaboration", paged("open_collaborations", plan_list(export, brand)))
        shelf.keep("seller-search-affiliate-open-collaboration-product", paged("products", plan_products(export, brand)))
        shelf.keep("get-open-collaboration-creator-content-detail", plan_contents(export, brand))
        shelf.keep("seller-search-sample-applications", paged("sample_applications", application_list(export, brand)))
        shelf.keep("seller-search-sample-applications-fulfillments", fulfilments(export, brand))
        shelf.keep("seller-search-creator-on-marketplace", paged("creators", found_creators(export, brand), more=SEARCH))
        shelf.keep("get-marketplace-creator-performance", performances(export, brand))
        if not export.is_last:
            shelf.failed("search-open-collaboration")
        if region.currency != "USD":
            _rates(world, region.currency, archive.folder / "shops" / str(brands.id[brand]), export.at)


def _creator(archive: Archive, exports: Sequence[Export], creator: int) -> None:
    for export in exports:
        own = export.lines[export.book.line_creator[export.lines] == creator]
        open_id, region = export.book.open_id(creator), export.book.region_of(creator)
        facts = {"creator_open_id": open_id, "username": export.handle(creator), "region": region.code}
        shelf = archive.shelf(export, "creator", open_id, facts)
        shelf.keep("get-creator-profile", [Reply(profile(export, creator))])
        shelf.keep("get-showcase-products", paged("products", showcase(export, creator)))
        shelf.keep("search-creator-affiliate-orders", paged("orders", creator_orders(export, own)))
        if region.currency != "USD":
            _rates(export.book.world, region.currency, archive.folder / "creators" / open_id, export.at)


def _partner(archive: Archive, exports: Sequence[Export], region: int) -> None:
    for export in exports:
        world = export.book.world
        code = world.regions[region].code
        facts = {"partner_id": partner_id(world, region), "partner_name": f"Simulated Agency {code}", "region": code}
        shelf = archive.shelf(export, "partner", facts["partner_id"], facts)
        shelf.keep("search-tap-affiliate-orders", paged("orders", partner_orders(export, campaign_lines(export, region))))
        shelf.keep("get-affiliate-campaign-creator-fulfillment-status-list", campaign_products(export, region))
        shelf.keep("get-affiliate-campaign-creator-product-content-statistics", campaign_contents(export, region))
        if world.regions[region].currency != "USD":
            _rates(world, world.regions[region].currency, archive.folder / "partners" / facts["partner_id"], export.at)


def _owning_creators(book: Book) -> Sequence[int]:
    """Return one linked creator in fifty, those with orders first."""
    orders = np.bincount(book.line_creator, minlength=len(book.world.people)) * book.world.people.linked
    some = np.argsort(-orders, kind="stable")[:: max(1, CREATORS_PER_OWNER // 2)]
    return np.sort(some[orders[some] > 0][: max(1, len(orders) // CREATORS_PER_OWNER)]).tolist()


def _rates(of: World, currency: str, folder: Path, at: int) -> None:
    """Write the exchange rates that the export's amounts need beside each owner file."""
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    with (folder / day / "rates.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("currency", "date", "usd_per_unit"))
        rows.writerows((each, since.isoformat(), usd) for each, since, usd in rates(of.seed, of.regions, of.period) if each == currency)
