"""The orders that a creator brought, as the creator sees them; the creator is the owner."""

from __future__ import annotations

from typing import Final

from graph.sources.partner_api.endpoint import Endpoint
from graph.sources.partner_api.orders import read_orders
from graph.sources.partner_api.tally import declared

ENDPOINT: Final = Endpoint(
    slug="search-creator-affiliate-orders",
    path="/affiliate_creator/202410/orders/search",
    tables=("orders", "brands", "products", "contents", "features"),
    fields=declared(
        """
        orders(id create_time delivery_time status skus(-id campaign_id open_collaboration_id target_collaboration_id product_name
        product_id price(amount currency) shop_name content_type content_id quantity commission_rate -commission_tier_setting
        -commission_model -commission_bonus_rate -estimated_commission_base(amount currency) -shop_ads_commission_rate
        -estimated_bonus_commission(amount currency) -estimated_shop_ads_commission(amount currency) -estimated_commission(amount
        currency) -actual_commission(amount currency) -actual_bonus_commission(amount currency) -actual_commission_base(amount
        currency) -actual_shop_ads_commission(amount currency) -returned_quantity refunded_quantity -tag
        -creator_commission_reward_rate -estimated_creator_commission_reward_fee(amount currency)
        -actual_creator_commission_reward_fee(amount currency))) next_page_token total_count
        """
    ),
    read=read_orders,
    pages="orders",
    owners=("creator",),
)
