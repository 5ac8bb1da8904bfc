"""What each content of a creator sold of one product of a campaign, in sum.

The response holds neither the content's id nor the creator's name: both are read from its public address. It names no
currency either: an amount without a sign of its own is in the one currency of the owner's region, in which the platform pays.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final

from graph.rows import CreatorRef, Item, Row
from graph.sources.codes import regional_currency
from graph.sources.faults import BadValue
from graph.sources.handles import handle
from graph.sources.partner_api.collaborations import collaboration_row
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared
from graph.sources.times import time_in_id

KINDS: Final = {"VIDEO": "VIDEO", "1": "VIDEO", "LIVE_ROOM": "LIVE", "LIVE": "LIVE", "2": "LIVE"}
ADDRESS: Final = re.compile(r"/@(?P<handle>[^/?#]+)(?:/(?:video|live|photo)/(?P<id>\d{6,20}))?")


def _read(doc: Document) -> Iterator[Item]:
    contents: dict[CreatorRef, list[str]] = {}
    for item in doc.each("creator_content_statistics", "contents", _content):
        yield item
        if isinstance(item, Row) and item.table == "contents" and "creator_id" in item.values:
            contents.setdefault(item.values["creator_id"], []).append(item.values["id"])
    for ref, ids in contents.items():
        more = {
            "programme_id": doc.ids["campaign_id"],
            "product_ids": [doc.ids["product_id"]],
            "content_ids": ids,
        }
        yield collaboration_row(
            doc, doc.data, ref, more | {"kind": "CAMPAIGN", "status": "DELIVERED"}, part=f"{doc.ids['product_id']} {ids[0]}"
        )


def _content(doc: Document, record: Record) -> Iterator[Item]:
    content_id, name = _address(record)
    values = {
        "id": content_id,
        "kind": record.choice("content_type", KINDS),
        "creator_id": CreatorRef(handle=name, region=doc.owner.region) if name else None,
        "published_at": record.day("published_date"),
        "time_in_id": time_in_id(content_id, until=doc.owner.exported_at),
        "ended_at": record.day("content_end_date"),
        "views": record.count("view_count", wide=True),
        "likes": record.count("like_count", wide=True),
        "comments": record.count("comment_num", wide=True),
        "url": record.text("source_url") or record.text("linked_tiktok_video"),
        "selected": True,
    }
    yield doc.row("contents", values, record)
    sums = {
        "content_id": content_id,
        "product_id": doc.ids["product_id"],
        "orders": record.count("paid_order_num"),
        "seen_at": doc.owner.exported_at,
    }
    yield doc.row("features", sums | _gmv(doc, record), record)


def _address(record: Record) -> tuple[str, str | None]:
    """Return a content's id and its creator's name; an address without an id stands for one itself."""
    addresses = [url for field in ("source_url", "linked_tiktok_video") if (url := record.text(field))]
    if not addresses:
        raise BadValue("", "a content has an address", "fill in source_url", column=f"{record.path}source_url")
    matches = [match for url in addresses if (match := ADDRESS.search(url))]
    name = next((handle(m["handle"]) for m in matches), None)
    digest = hashlib.sha256(addresses[0].partition("?")[0].encode()).hexdigest()
    return next((m["id"] for m in matches if m["id"]), f"address:{digest[:24]}"), name


def _gmv(doc: Document, record: Record) -> dict[str, object]:
    currency = regional_currency(doc.owner.region)
    if currency is None and record.has("paid_amount"):
        rule = f"the amount is in the currency of the owner's region, and {doc.owner.region} has no one currency"
        raise BadValue(record.text("paid_amount"), rule, "correct the region in the owner file", column=f"{record.path}paid_amount")
    found = record.money("paid_amount", currency=currency)
    return {} if found is None else {"gmv": found, "currency": currency}


ENDPOINT: Final = Endpoint(
    slug="get-affiliate-campaign-creator-product-content-statistics",
    path="/affiliate_partner/202508/campaigns/{campaign_id}/products/{product_id}/creator/{creator_temp_id}/content/statistics",
    tables=("contents", "features", "collaborations"),
    fields=declared(
        """
        creator_content_statistics(content_type -cover_img_url source_url view_count like_count comment_num paid_order_num
        paid_amount linked_tiktok_video published_date content_end_date)
        """
    ),
    read=_read,
)
