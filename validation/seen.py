"""What shops' files say in sum: orders, samples, invitations, contents made for open plans, and the platform's reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from validation.files import Document, Shop, documents, dollars, seconds, shops_in
from validation.planted import Planted


class Line(NamedTuple):
    """One line of an order."""

    who: int
    at: int
    usd: float
    product: str
    content: str
    shop: str


class Guest(NamedTuple):
    """One creator's invitation."""

    who: int
    shop: str
    accepted: bool
    delivered: bool
    ends_at: int


class Watched(NamedTuple):
    """A content made for a sample, of which views are known."""

    application: str
    views: int
    orders: int


@dataclass
class Seen:
    """The latest that all exports say; creators by their place in the truth, whom it does not know left out."""

    planted: Planted
    at: int = 0
    lines: dict[tuple[str, str, int], Line] = field(default_factory=dict[tuple[str, str, int], Line])
    samples: dict[str, tuple[int, str, str]] = field(default_factory=dict[str, tuple[int, str, str]])
    guests: dict[tuple[str, int], Guest] = field(default_factory=dict[tuple[str, int], Guest])
    promoted: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])
    watched: dict[str, Watched] = field(default_factory=dict[str, Watched])
    reports: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(dict[str, float]))
    shop_of: dict[str, str] = field(default_factory=dict[str, str])
    root_of: dict[str, str] = field(default_factory=dict[str, str])
    price_of: dict[str, float] = field(default_factory=dict[str, float])

    def take(self, document: Document, shop: Shop) -> None:
        """Add what one response says."""
        TAKERS[document.slug](self, document, shop)

    def _who(self, creator: dict[str, Any], shop: Shop) -> int | None:
        return self.planted.place(creator["username"], creator.get("selection_region", shop.region))

    def orders(self, document: Document, shop: Shop) -> None:
        """Take order lines; a later export of an order replaces it."""
        for order in document.data["orders"]:
            cancelled = order["status"] in ("CANCELLED", "INELIGIBLE")
            for position, sku in enumerate(order["skus"]):
                who = self.planted.place(sku["creator_username"], shop.region)
                key = (shop.id, str(order["id"]), position)
                self.lines.pop(key, None)
                if who is not None and not cancelled:
                    usd = dollars(sku["price"], shop) * int(sku["quantity"])
                    self.shop_of[sku["product_id"]] = shop.id
                    at, content = seconds(order["create_time"]), str(sku.get("content_id") or "")
                    self.lines[key] = Line(who, at, usd, sku["product_id"], content, shop.id)

    def applications(self, document: Document, shop: Shop) -> None:
        """Take samples with what became of them, and what each tells of the applicant."""
        for each in document.data["sample_applications"]:
            who = self._who(each["creator"], shop)
            if who is not None:
                self.samples[each["id"]] = (who, shop.id, each["fulfillment_status"] if each["status"] != "REJECTED" else "REJECTED")
                told = {
                    name: str(each["creator"].get(name, "")).rstrip("%")
                    for name in ("content_count", "fulfillment_percentage", "ec_video_view")
                }
                self.reports[who] |= {name: float(value) for name, value in told.items() if value not in ("", "None")}

    def guests_of(self, document: Document, shop: Shop) -> None:
        """Take who was invited, has put the product on show, and has made content."""
        of = document.data["target_collaboration"]
        for creator in of["creators"]:
            who = self._who(creator, shop)
            if who is not None:
                shown, made = int(creator["showcase_product_count"]) > 0, int(creator["content_product_count"]) > 0
                self.guests[str(of["id"]), who] = Guest(who, shop.id, shown or made, made, seconds(of["end_time"]))

    def promoters(self, document: Document, shop: Shop) -> None:
        """Take how much each creator has made for a product of an open plan."""
        product = document.data["product"]["id"]
        self.shop_of[product] = shop.id
        for each in document.data["creator_content_details"]:
            who = self._who(each["creator_profile"], shop)
            if who is not None:
                self.promoted[who, product] = int(each["video_count"]) + int(each["live_count"])

    def fulfilled(self, document: Document, shop: Shop) -> None:
        """Take the views of contents made for samples."""
        for each in document.data["fulfillments"]:
            content, application = each["content"], document.path["application_id"]
            self.watched[str(content["id"])] = Watched(application, int(content["view_count"]), int(content["paid_order_count"]))

    def products(self, document: Document, shop: Shop) -> None:
        """Take the root category and the price of each product."""
        for each in document.data["products"]:
            self.root_of[each["id"]] = each["category_chains"][0]["id"]
            asked = each["original_price"]
            self.price_of[each["id"]] = dollars({"amount": asked["minimum_amount"], "currency": asked["currency"]}, shop)

    def found(self, document: Document, shop: Shop) -> None:
        """Take what the marketplace's list says of a creator."""
        for creator in document.data["creators"]:
            self._report(creator, shop, ("follower_count", "avg_ec_video_view_count"))

    def performance(self, document: Document, shop: Shop) -> None:
        """Take the platform's report of a creator."""
        self._report(document.data["creator"], shop, REPORTED)

    def _report(self, creator: dict[str, Any], shop: Shop, names: tuple[str, ...]) -> None:
        who = self._who(creator, shop)
        if who is None:
            return
        told = self.reports[who]
        told |= {name: float(creator[name]) for name in names if creator.get(name) not in UNTOLD}
        told |= {name: dollars(creator[name], shop) for name in ("gmv", "gpm") if name in creator}


UNTOLD: Final = (None, "", "0")
"""What stands for nothing; a rating of 0 is none."""
REPORTED: Final = (
    "follower_count",
    "ec_video_count",
    "ec_live_count",
    "avg_ec_video_play_count",
    "avg_ec_live_view_count",
    "brand_collaboration_count",
    "ec_video_engagement_rate",
    "rating",
    "pps",
)
TAKERS: Final = {
    "search-seller-affiliate-orders": Seen.orders,
    "seller-search-sample-applications": Seen.applications,
    "seller-search-sample-applications-fulfillments": Seen.fulfilled,
    "query-target-collaboration-detail": Seen.guests_of,
    "get-open-collaboration-creator-content-detail": Seen.promoters,
    "seller-search-affiliate-open-collaboration-product": Seen.products,
    "seller-search-creator-on-marketplace": Seen.found,
    "get-marketplace-creator-performance": Seen.performance,
}


def seen_in(folder: Path, planted: Planted) -> Seen:
    """Return what all shops' exports below a folder say."""
    seen = Seen(planted)
    for shop in shops_in(folder):
        seen.at = max(seen.at, shop.exported_at)
        for document in documents(shop):
            seen.take(document, shop)
    return seen
