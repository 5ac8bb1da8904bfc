"""Responses made field by field from the specifications, with every unit and odd form, and the truth that they tell.

The truth has the document's shape, with each value in the graph's unit: what is read must hold exactly that.
"""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.numbers import format_currency, format_decimal

SPECIFICATIONS = Path(__file__).resolve().parents[5] / "shared" / "tiktok-shop-api"
WHY_ABSENT = f"the specifications of the endpoints are not at {SPECIFICATIONS}"
EXPORTED_AT = 1_760_000_000
OWNERS = {
    "shop": ("shop.json", {"shop_id": "7495000000000000001", "shop_name": "Harbour Goods"}),
    "creator": ("creator.json", {"creator_open_id": "open-owner", "username": "@Owner.Name"}),
    "partner": ("partner.json", {"partner_id": "8646000000000000001", "partner_name": "North Agency"}),
}
# Currency, locale in which its amounts are written, and whether whole units are customary.
MARKETS = {
    "US": ("USD", "en_US"),
    "ID": ("IDR", "id_ID"),
    "VN": ("VND", "vi_VN"),
    "DE": ("EUR", "de_DE"),
    "JP": ("JPY", "ja_JP"),
    "GB": ("GBP", "en_GB"),
}
WHOLE = {"IDR", "VND", "JPY", "KRW"}
ENUMS = {
    "orders.status": [
        "PROCESSING",
        "COMPLETED",
        "CANCELLED",
        "FROZEN",
        "DEDUCTED",
        "ORDERED",
        "SETTLED",
        "REFUNDED",
        "INELIGIBLE",
        "PENDING",
    ],
    "skus.content_type": ["SHOP", "VIDEO", "LIVE", "PRE_LIVE", "PROMOTION_PAGE", "LINKSHARE"],
    "creator_content_statistics.content_type": ["VIDEO", "LIVE_ROOM", "1", "2"],
    "content_gmv_distribution.content_type": ["VIDEO", "LIVE", "SHOWCASE"],
    "content.format": ["VIDEO", "LIVE"],
    "sample_applications.status": ["PENDING", "AWAITING_SHIPMENT", "SHIPPED", "CONTENT_PENDING", "COMPLETED", "REJECTED", "CANCELLED"],
    "fulfillment_status": ["PENDING", "ONGOING", "SUCCEED", "FAILED"],
    "collaboration_status": ["NORMAL", "DELETING", "DELETED"],
    "promotion_status": ["NORMAL", "TERMINATING"],
    "product_status": ["PRODUCT_PENDING", "PRODUCT_APPROVED", "PRODUCT_CLOSED"],
    "review_status": ["APPROVED", "CHANGES_UNDER_REVIEW"],
    "added_status": ["ADDED"],
    "collaboration.type": ["OPEN", "2", "PARTNER_CAMPAIGN"],
    "gender": ["MALE", "FEMALE"],
    "seller_type": ["LOCAL", "CROSS_BORDER"],
    "user_type": ["TIKTOK_SHOP_CREATOR"],
    "open_collaborations.status": ["NORMAL", "TERMINATING"],
    "target_collaboration.type": ["STANDARD"],
    "target_collaborations.type": ["STANDARD", "TOP_CREATOR_PROGRAM"],
    "products.status": ["LIVE", "OUT_OF_STOCK"],
    "product.status": ["LIVE"],
}
FRACTIONS = ("category_gmv_distribution.value", "content_gmv_distribution.value", "follower_location.value", "follower_age.value",
             "follower_gender.value", "sample_applications.commission_rate")  # fmt: skip
HUNDREDTHS = ("_rate", "commission.rate", "_percent", "major_gender.percentage", "avg_commission_rate_range.minimum_amount",
              "avg_commission_rate_range.maximum_amount", "current_commission.rate")  # fmt: skip
MONEY = (".amount", ".minimum_amount", ".maximum_amount", ".min_price", ".max_price", "paid_amount")
LARGER = ("maximum_amount", "max_price")


@dataclass
class Written:
    """A document as a shop would save it, and what it tells."""

    slug: str
    document: dict[str, Any]
    truth: dict[str, Any]
    ids: dict[str, str] = field(default_factory=dict)


@cache
def specification(slug: str) -> dict[str, Any]:
    return json.loads((SPECIFICATIONS / f"{slug}.json").read_text("utf-8"))


def slugs() -> list[str]:
    return sorted(path.stem for path in SPECIFICATIONS.glob("*.json"))


def leaf_paths(slug: str) -> list[str]:
    """Every field of the response's data that holds a value itself."""
    paths = [row["path"] for row in specification(slug)["response"] if row["path"].startswith("data.")]
    return [path for path in paths if not any(other.startswith(f"{path}.") for other in paths)]


class Generator:
    """Writes documents of one owner; the same seed writes the same."""

    def __init__(self, seed: int = 0, *, region: str = "US", exported_at: int = EXPORTED_AT) -> None:
        self.random = random.Random(seed)
        self.region = region
        self.currency, self.locale = MARKETS[region]
        self.exported_at = exported_at
        self.serial = seed * 1_000_000

    def write(self, slug: str, *, records: int = 3) -> Written:
        """Make one document with `records` items in each list, in an envelope if its path needs one."""
        written, truth = self._object(_tree(slug), "data", records)
        names = [part[1:-1] for part in specification(slug)["endpoint"].split("/") if part.startswith("{")]
        ids = {name: self._id() for name in names}
        if slug == "query-target-collaboration-detail":
            ids = {names[0]: truth["target_collaboration"]["id"]}
        body = {"code": self.random.choice([0, "0"]), "message": "Success", "request_id": self._id(), "data": written}
        if self.random.random() < 0.2:
            del body["code"]
        request = {"path": ids, "query": {"page_size": 50}, "body": {}}
        return Written(slug, {"request": request, "response": body} if names or self.random.random() < 0.3 else body, truth, ids)

    def _object(self, tree: dict[str, Any], path: str, records: int) -> tuple[dict[str, Any], dict[str, Any]]:
        written: dict[str, Any] = {}
        truth: dict[str, Any] = {}
        for name, (kind, below) in tree.items():
            place = f"{path}.{name}"
            if below and kind == "[]object":
                pairs = [self._object(below, place, records) for _ in range(records)]
                written[name], truth[name] = [w for w, _ in pairs], [t for _, t in pairs]
            elif below:
                written[name], truth[name] = self._object(below, place, records)
            else:
                written[name], truth[name] = self._leaf(place, name, kind, truth)
        return written, truth

    def _leaf(self, place: str, name: str, kind: str, siblings: dict[str, Any]) -> tuple[Any, Any]:
        if kind.startswith("[]"):
            return self._list(name)
        for ending, values in ENUMS.items():
            if place.endswith(f".{ending}"):
                value = self.random.choice(values)
                return value, value
        if place.endswith(HUNDREDTHS) and not place.endswith(FRACTIONS):
            return self._hundredths(siblings, name)
        if place.endswith(FRACTIONS):
            value = self.random.randint(1, 7999) / 10_000
            return self.random.choice([str(value), value]), value
        if name == "fulfillment_percentage":
            value = self.random.randint(0, 10_000)
            return f"{value / 100:.2f}{self.random.choice(['', '%', ' %'])}", value / 10_000
        if name.endswith("time"):
            return self._time(place)
        if place.endswith(MONEY) and "units_sold_range" not in place:
            return self._money(siblings, name)
        return self._plain(place, name, kind, siblings)

    def _plain(self, place: str, name: str, kind: str, siblings: dict[str, Any]) -> tuple[Any, Any]:
        if name == "currency":
            return self.currency, self.currency
        if name in ("selection_region", "register_region", "sale_region"):
            return self.random.choice([self.region, self.region.lower()]), self.region
        if name in ("published_date", "content_end_date"):
            return self._date(siblings)
        if name == "parent_id":
            return "0", "0"
        if name in ("pps", "rating"):
            value = self.random.randint(10, 50) / 10
            return self.random.choice([str(value), value]), value
        if kind == "bool":
            value = self.random.random() < 0.5
            return self.random.choice([value, str(int(value)), int(value)]), value
        if _is_count(place, name, kind):
            return self._count(name, siblings)
        return self._text(place, name)

    def _text(self, place: str, name: str) -> tuple[str, str]:
        if name in ("username", "creator_username"):
            value = f"Creator.{self._id()[-6:]}"
            return self.random.choice([value, f"@{value}", f" {value} "]), value
        if name == "content_id" or place.endswith("content.id"):
            value = str((self.exported_at - self.random.randint(1, 5_000_000)) << 32 | self.random.randrange(2**32))
            return value, value
        if name in ("source_url", "linked_tiktok_video"):
            video = (self.exported_at - 9_000) << 32 | self.random.randrange(2**32)
            value = f"https://www.tiktok.com/@maker{self._id()[-3:]}/video/{video}?q=1"
            return value, value
        if name == "id" or name.endswith(("_id", "open_id")):
            value = self._id()
            return value, value
        value = f"{name} {self._id()[-6:]} “ü”"
        return value, value

    def _list(self, name: str) -> tuple[list[Any], list[str]]:
        if name == "age_ranges":
            return ["AGE_RANGE_18_24", "AGE_RANGE_55_AND_ABOVE"], ["18-24", "55+"]
        if name == "sale_regions":
            return [self.region], [self.region]
        values = [self._id() for _ in range(2)]
        return list(values), values

    def _count(self, name: str, siblings: dict[str, Any]) -> tuple[Any, int]:
        high = siblings.get("quantity", 9_000)
        low = siblings.get("minimum_amount", 0) if name == "maximum_amount" else 0
        value = self.random.randint(int(low) + (name == "quantity"), int(low) + high)
        return self.random.choice([value, str(value)]), value

    def _hundredths(self, siblings: dict[str, Any], name: str) -> tuple[Any, float]:
        low = round(siblings["minimum_amount"] * 10_000) if name in LARGER else 100
        value = self.random.randint(low, 8_000)
        return self.random.choice([value, str(value)]), value / 10_000

    def _time(self, place: str) -> tuple[Any, int | None]:
        value = self.exported_at - self.random.randint(0, 20_000_000)
        if self.random.random() < 0.15 and not place.endswith("orders.create_time"):
            return self.random.choice([0, "0", ""]), None
        return self.random.choice([value, str(value), value * 1000, f"{value}000"]), value

    def _date(self, siblings: dict[str, Any]) -> tuple[str, int]:
        day = siblings.get("published_date") or self.exported_at // 86_400 * 86_400 - 86_400 * self.random.randint(2, 300)
        form = self.random.choice(["%Y-%m-%d", "%Y_%m_%d"])
        return datetime.fromtimestamp(day, UTC).strftime(form), day

    def _money(self, siblings: dict[str, Any], name: str) -> tuple[Any, float]:
        whole = self.currency in WHOLE
        low = siblings.get("minimum_amount", siblings.get("min_price", 0)) if name in LARGER else 0
        value = low + (self.random.randint(1, 9_000) * 500 if whole else self.random.randint(1, 5_000_000) / 100)
        value = float(value) if whole else round(value, 2)
        forms = [
            str(int(value)) if whole else f"{value:.2f}",
            int(value) if whole else value,
            format_currency(value, self.currency, locale=self.locale, currency_digits=not whole, format=None),
            format_decimal(value, locale=self.locale, format="#,##0" if whole else "#,##0.00"),
            f"{self.currency} {value:.0f}" if whole else f"{self.currency} {value:.2f}",
        ]
        if whole:
            forms[2] = format_currency(value, self.currency, "¤#,##0", locale=self.locale, currency_digits=False)
            forms[3] = f"{self.currency} {forms[3]}"  # a plain 9.900 would be a decimal
        return self.random.choice(forms), value

    def _id(self) -> str:
        self.serial += 1
        return str(7_290_000_000_000_000_000 + self.serial)


def write_owner(folder: Path, kind: str, *, region: str = "US", exported_at: int = EXPORTED_AT) -> None:
    """Write the owner file of a shop, creator or partner."""
    name, values = OWNERS[kind]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps(values | {"region": region, "exported_at": exported_at}))


def save(path: Path, *documents: dict[str, Any], form: str = "plain") -> Path:
    """Save documents as the name says (`.json`, `.jsonl`), plainly, gzipped or behind a byte-order mark with blank lines."""
    content = "\n".join(json.dumps(document, ensure_ascii=form == "plain") for document in documents).encode()
    if form == "bom":
        content = b"\xef\xbb\xbf\n" + content.replace(b"\n", b"\n\n") + b"\n \n"
    path.write_bytes(gzip.compress(content) if form == "gzip" else content)
    return path


def owner_kind(slug: str) -> str:
    """Who saves the responses of an endpoint, by its path."""
    return specification(slug)["endpoint"].split("/")[1].removeprefix("affiliate_").replace("seller", "shop")


def write_folder(folder: Path, *, seed: int = 0, region: str = "US", records: int = 3, exported_at: int = EXPORTED_AT) -> list[Written]:
    """Write one document of every endpoint, below a shop, a creator and a partner, in varied packing; return what they tell."""
    generator = Generator(seed, region=region, exported_at=exported_at)
    told: list[Written] = []
    for number, slug in enumerate(slugs()):
        below = folder / owner_kind(slug)
        write_owner(below, owner_kind(slug), region=region, exported_at=exported_at)
        told.append(generator.write(slug, records=records))
        ending, form = [("json", "plain"), ("jsonl", "plain"), ("json", "gzip"), ("jsonl", "bom")][number % 4]
        save(below / f"{slug}-{number:04d}.{ending}", told[-1].document, form=form)
    return told


def _is_count(place: str, name: str, kind: str) -> bool:
    counted = name.endswith(("count", "_num", "quantity", "_sold", "inventory", "uv", "count_range", "ec_video_view", "view_count"))
    return kind == "int" or counted or "units_sold_range.m" in place


@cache
def _tree(slug: str) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for row in specification(slug)["response"]:
        _, *parts = row["path"].split(".")
        if not row["path"].startswith("data."):
            continue
        level = root
        for part in parts[:-1]:
            level = level[part][1]
        level[parts[-1]] = (row["type"], {})
    return root
