"""A creator's own profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.profiles import creator_row
from graph.sources.partner_api.record import Record
from graph.sources.partner_api.tally import declared

SELLER_TYPES: Final = {name: name for name in ("CROSS_BORDER", "LOCAL")}
USER_TYPES: Final = {name: name for name in ("TIKTOK_SHOP_OFFICIAL_ACCOUNT", "TIKTOK_MARKETING_ACCOUNT", "TIKTOK_SHOP_CREATOR")}


def _read(doc: Document) -> Iterator[Item]:
    yield from doc.one(doc.data, "creators", _creator)


def _creator(doc: Document, record: Record) -> Iterator[Item]:
    record.choice("seller_type", SELLER_TYPES)
    record.choice("user_type", USER_TYPES)
    more = {
        "register_region": record.region("register_region"),
        "seller_type": record.text("seller_type"),
        "user_type": record.text("user_type"),
        "permissions": record.texts("permissions"),
    }
    yield creator_row(doc, record, doc.creator(record), more)


ENDPOINT: Final = Endpoint(
    slug="get-creator-profile",
    path="/affiliate_creator/202508/profiles",
    tables=("creators",),
    fields=declared(
        """
        avatar(-width -height url) username selection_region register_region seller_type permissions user_type creator_user_open_id
        """
    ),
    read=_read,
)
