"""Event tables of what shops saved, read as plainly as can be and without a graph between: for what has to be measured many times."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from scoring.facts import EVENT_TABLES, WINDOWS
from scoring.facts.events.arrow import pa
from validation.event_tables import TYPES
from validation.files import Document, Shop, documents, dollars, seconds, shops_in
from validation.planted import DAY, Planted
from validation.seen import UNTOLD

Row = dict[str, Any]
STATUSES: Final = {"CANCELLED": "NO_SALE", "INELIGIBLE": "NO_SALE", "DEDUCTED": "REFUNDED", "REFUNDED": "REFUNDED", "COMPLETED": "SETTLED"}
CONTENT: Final = ("VIDEO", "LIVE")
PERFORMANCE: Final = {
    "ec_video_count": "video_count",
    "ec_live_count": "live_count",
    "avg_ec_video_play_count": "video_views",
    "avg_ec_live_view_count": "live_views",
    "follower_count": "follower_count",
    "rating": "rating",
    "brand_collaboration_count": "brand_collaboration_count",
}


@dataclass
class Files:
    """Rows by table and key, the latest export last; creators by their ids in the truth, whom it does not know left out."""

    planted: Planted
    at: int = 0
    rows: dict[str, dict[Any, Row]] = field(default_factory=lambda: defaultdict(dict[Any, Row]))

    def take(self, document: Document, shop: Shop) -> None:
        """Add what one response says."""
        if document.slug in TAKERS:
            TAKERS[document.slug](self, document, shop)

    def _who(self, creator: Row, shop: Shop) -> str | None:
        place = self.planted.place(creator.get("username") or creator["creator_username"], creator.get("selection_region", shop.region))
        return None if place is None else self.planted.ids[place]

    def _content(self, id_: str, who: str, kind: str, product: str, more: Row) -> None:
        row: Row = {
            "id": id_,
            "creator_id": who,
            "published_at": int(id_) >> 32,
            "live": kind == "LIVE",
            "selected": True,
            "live_seconds": 0,
        }
        self.rows["contents"][id_] = self.rows["contents"].get(id_, row) | more
        self.rows["features"][id_, product] = {"content_id": id_, "product_id": product}

    def orders(self, document: Document, shop: Shop) -> None:
        """Take order lines; a later export of an order replaces it."""
        for order in document.data["orders"]:
            for position, sku in enumerate(order["skus"]):
                who = self._who(sku, shop)
                if who is not None:
                    self._line(order, position, sku, who, shop)

    def _line(self, order: Row, position: int, sku: Row, who: str, shop: Shop) -> None:
        quantity, kind, content = int(sku["quantity"]), sku["content_type"], str(sku.get("content_id") or "") or None
        self.rows["sales"][order["id"], position] = {
            "order_id": str(order["id"]),
            "creator_id": who,
            "product_id": sku["product_id"],
            "content_id": content,
            "content_kind": kind,
            "at": seconds(order["create_time"]),
            "quantity": quantity,
            "gmv_usd": dollars(sku["price"], shop) * quantity,
            "status": STATUSES.get(order["status"], "PLACED"),
            "refunded_quantity": int(sku["refunded_quantity"]),
        }
        self._product(sku["product_id"], shop, {})
        if content and kind in CONTENT:
            self._content(content, who, kind, sku["product_id"], {})

    def _product(self, id_: str, shop: Shop, more: Row) -> None:
        self.rows["brands"][shop.id] = {"id": shop.id}
        self.rows["products"][id_] = self.rows["products"].get(id_, {"id": id_, "brand_id": shop.id}) | more

    def samples(self, document: Document, shop: Shop) -> None:
        """Take samples, and what each tells of the applicant's posts."""
        for each in document.data["sample_applications"]:
            who = self._who(each["creator"], shop)
            if who is not None:
                self.rows["samples"][each["id"]] = {"who": who}
                told = {"content_count": each["creator"].get("content_count"), "median_video_views": each["creator"].get("ec_video_view")}
                self._report(who, shop, {name: float(value) for name, value in told.items() if value not in ("", None)})

    def fulfilled(self, document: Document, shop: Shop) -> None:
        """Take the contents made for samples, of which views and likes are known."""
        who = self.rows["samples"].get(document.path["application_id"], {}).get("who")
        for each in document.data["fulfillments"] if who else []:
            of = each["content"]
            more = {"views": int(of["view_count"]), "engagements": int(of["like_count"]) + int(of["comment_count"])}
            self._content(str(of["id"]), str(who), of["format"], each["product"]["id"], more | {"published_at": int(of["create_time"])})

    def promoters(self, document: Document, shop: Shop) -> None:
        """Take how much each creator has made for a product of an open plan."""
        product = document.data["product"]["id"]
        self._product(product, shop, {})
        for each in document.data["creator_content_details"]:
            who = self._who(each["creator_profile"], shop)
            count = int(each["video_count"]) + int(each["live_count"])
            if who is not None:
                key = f"{product}:{who}"
                status = "DELIVERED" if count else "ACCEPTED"
                self.rows["collaborations"][key] = {
                    "id": key, "creator_id": who, "brand_id": shop.id, "kind": "OPEN", "status": status,
                    "status_since": shop.exported_at, "accepted": True, "content_count": count,
                }  # fmt: skip
                self.rows["promotions"][key] = {"collaboration_id": key, "product_id": product}

    def products(self, document: Document, shop: Shop) -> None:
        """Take the category and the price of each product."""
        for each in document.data["products"]:
            asked, leaf = each["original_price"], each["category_chains"][-1]
            price = dollars({"amount": asked["minimum_amount"], "currency": asked["currency"]}, shop)
            self._product(each["id"], shop, {"category_id": leaf["id"], "price_usd": price})
            for category in each["category_chains"]:
                parent = category.get("parent_id")
                self.rows["categories"][category["id"]] = {"id": category["id"], "parent_id": None if parent in (None, "0") else parent}

    def performance(self, document: Document, shop: Shop) -> None:
        """Take the platform's report of a creator."""
        of = document.data["creator"]
        who = self._who(of, shop)
        if who is not None:
            told = {name: float(of[source]) for source, name in PERFORMANCE.items() if of.get(source) not in UNTOLD}
            rate = of.get("ec_video_engagement_rate")
            told |= {"video_engagement_rate": float(rate) / 10_000} if rate not in UNTOLD else {}
            self._report(who, shop, told)
            exact = {f"{name}_usd": dollars(of[name], shop) for name in ("gmv", "gpm") if "amount" in (of.get(name) or {})}
            self.rows["reports"][who] = {"creator_id": who, "days": 30.0} | told | exact

    def _report(self, who: str, shop: Shop, told: Row) -> None:
        key = who, shop.exported_at
        self.rows["report_history"][key] = (
            self.rows["report_history"].get(key, {"creator_id": who, "at": shop.exported_at, "days": 30.0}) | told
        )


TAKERS: Final = {
    "search-seller-affiliate-orders": Files.orders,
    "seller-search-sample-applications": Files.samples,
    "seller-search-sample-applications-fulfillments": Files.fulfilled,
    "get-open-collaboration-creator-content-detail": Files.promoters,
    "seller-search-affiliate-open-collaboration-product": Files.products,
    "get-marketplace-creator-performance": Files.performance,
}


def file_tables(folder: Path, planted: Planted) -> tuple[dict[str, Any], int]:
    """Return the event tables of all shops' exports below a folder, and when the last was made."""
    files = Files(planted)
    for shop in shops_in(folder):
        files.at = max(files.at, shop.exported_at)
        for document in sorted(documents(shop), key=lambda each: each.slug == "seller-search-sample-applications-fulfillments"):
            files.take(document, shop)
    start = files.at - max(WINDOWS) * DAY
    lines = files.rows["sales"]
    files.rows["earlier_sales"] = {key: row for key, row in lines.items() if row["at"] < start}
    files.rows["sales"] = {key: row for key, row in lines.items() if row["at"] >= start}
    files.rows["creators"] = {
        id_: {"id": id_, "region": region, "follower_count": int(followers), "first_seen_at": files.at}
        for id_, region, followers in zip(planted.ids, planted.regions, planted.followers, strict=True)
    }
    return {declared.name: _table(declared, list(files.rows[declared.name].values())) for declared in EVENT_TABLES}, files.at


def _table(declared: Any, rows: list[Row]) -> Any:
    return pa.table({each.name: pa.array([row.get(each.name) for row in rows], TYPES[each.type]) for each in declared.columns})
