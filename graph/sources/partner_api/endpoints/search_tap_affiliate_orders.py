"""The orders of a partner's campaigns; here a record has one line of its order, and the creator's rate has a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graph.rows import Item
from graph.sources.partner_api.endpoint import Document, Endpoint
from graph.sources.partner_api.orders import read_orders
from graph.sources.partner_api.tally import declared


def _read(doc: Document) -> Iterator[Item]:
    return read_orders(doc, commission="creator_commission_rate")


ENDPOINT: Final = Endpoint(
    slug="search-tap-affiliate-orders",
    path="/affiliate_partner/202411/orders/search",
    tables=("orders", "products", "contents", "features"),
    fields=declared(
        """
        orders(id create_time delivery_time status skus(-id campaign_id creator_username product_name product_id price(amount
        currency) quantity content_type content_id creator_commission_rate -tap_commission_rate -estimated_commission_base(amount
        currency) -estimated_creator_commission(amount currency) -estimated_tap_commission(amount currency)
        -actual_commission_base(amount currency) -actual_creator_commission(amount currency) -actual_tap_commission(amount currency)
        refunded_quantity -returned_quantity -partner_commission_reward_rate -estimated_partner_commission_reward_fee(amount
        currency) -actual_partner_commission_reward_fee(amount currency) -creator_commission_reward_rate
        -estimated_creator_commission_reward_fee(amount currency) -actual_creator_commission_reward_fee(amount currency)))
        next_page_token total_count
        """
    ),
    read=_read,
    pages="orders",
    in_parts=True,
)
