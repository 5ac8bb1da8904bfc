"""Target collaborations: the list of a shop's invitations, and each in detail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from simulation.chance import Ints
from simulation.collaborations import NAMES, TARGETED
from simulation.responses.book import Export
from simulation.responses.pages import Reply
from simulation.responses.values import hundredths, picture, plain, prices
from simulation.tables.work import programme_ids


def invitations(export: Export, brand: int) -> list[Ints]:
    """Return the offers of each target collaboration of a brand that had begun by the export."""
    made = export.book.world.offers
    here = np.flatnonzero((made.brand == brand) & (made.kind == TARGETED) & (made.offered_at < export.at))
    here = here[np.argsort(made.programme[here], kind="stable")]
    return [part for part in np.split(here, np.flatnonzero(np.diff(made.programme[here])) + 1) if len(part)]


def invitation_list(export: Export, brand: int) -> list[dict[str, Any]]:
    """Return the entries of `search-target-collaborations`, with the count spelt as the platform spells it."""
    return [_basics(export, rows) | {"creator_inivited_count": len(rows)} for rows in invitations(export, brand)]


def invitation_details(export: Export, brand: int) -> Iterator[Reply]:
    """Yield the replies of `query-target-collaboration-detail`."""
    for rows in invitations(export, brand):
        detail = _basics(export, rows) | {
            "creator_invited_count": len(rows),
            "seller_contact_info": {"email": "partnerships@shop.example"},
            "products": [_product(export, rows, int(product)) for product in np.unique(export.book.world.offers.product[rows])],
            "creators": [_creator(export, int(row)) for row in rows],
        }
        yield Reply({"target_collaboration": detail}, {"target_collaboration_id": str(detail["id"])})


def _basics(export: Export, rows: Ints) -> dict[str, Any]:
    world, first = export.book.world, int(rows[0])
    made = world.offers
    return {
        "id": str(programme_ids(world)[first]),
        "name": NAMES[int(made.programme[first]) % len(NAMES)],
        "message": "We like what you make and would like to work with you.",
        "start_time": int(made.offered_at[rows].min()),
        "end_time": int(made.ends_at[rows].max()),
        "update_time": int(made.offered_at[rows].max()),
        "showcase_creator_count": int(_accepted(export, rows).sum()),
        "content_creator_count": int((made.delivered_at[rows] < export.at).sum()),
        "product_count": len(np.unique(made.product[rows])),
        "free_sample_rule": {"has_free_sample": first % 3 == 0, "is_sample_approval_exempt": first % 6 == 0},
        "type": "STANDARD",
    }


def _product(export: Export, rows: Ints, product: int) -> dict[str, Any]:
    world = export.book.world
    things, currency = world.goods.products, world.regions[int(world.goods.products.region[product])].currency
    rate = float(world.offers.commission[rows[world.offers.product[rows] == product]][0])
    low, high = float(things.price[product]), float(things.price_high[product])
    return {
        "id": export.book.product_ids[product],
        "main_image_url": picture("products", export.book.product_ids[product]),
        "title": str(things.title[product]),
        "original_price": prices(low, high, currency),
        "commission": {
            "rate": hundredths(rate),
            "effective_time": str(int(world.offers.offered_at[rows].min())),
            "currency": currency,
            "minimum_amount": plain(low * rate, currency),
            "maximum_amount": plain(high * rate, currency),
            "shop_ads_commission_rate": 500,
        },
        "status": "LIVE",
        "commission_effective_status": "EFFECTIVE_ALL",
        "collaboration_status": "NORMAL",
    }


def _creator(export: Export, row: int) -> dict[str, Any]:
    world = export.book.world
    creator = int(world.offers.creator[row])
    name = export.handle(creator)
    return {
        "username": name,
        "nickname": name.replace(".", " ").title(),
        "avatar": {"url": picture("creators", name)},
        "selection_region": export.book.region_of(creator).code,
        "showcase_product_count": int(_accepted(export, np.array([row]))[0]),
        "content_product_count": int(world.offers.delivered_at[row] < export.at),
        "collaboration_status": "NORMAL",
        "product_effective_status": "EFFECTIVE_ALL",
        "creator_open_id": export.book.open_id(creator),
    }


def _accepted(export: Export, rows: Ints) -> Any:
    made = export.book.world.offers
    return made.accepted[rows] & (made.answered_at[rows] < export.at)
