"""The orders of a shop that creators brought."""

from __future__ import annotations

from typing import Final

from graph.sources.partner_api.endpoint import Endpoint
from graph.sources.partner_api.orders import read_orders
from graph.sources.partner_api.tally import declared

ENDPOINT: Final = Endpoint(
    slug="search-seller-affiliate-orders",
    path="/affiliate_seller/202410/orders/search",
    tables=("orders", "products", "contents", "features"),
    fields=declared(
        """
        orders(id delivery_time create_time status skus(open_collaboration_id target_collaboration_id campaign_id creator_username
        +product_name +shop_name
        price(amount currency) quantity content_type content_id product_id -commission_model -commission_tier_setting
        commission_rate -shop_ads_commission_rate -estimated_commission_base(amount currency)
        -estimated_paid_shop_ads_commission(amount currency) -estimated_paid_commission(amount currency)
        -actual_commission_base(amount currency) -actual_paid_commission(amount currency) -actual_paid_shop_ads_commission(amount
        currency) refunded_quantity -returned_quantity -estimated_cofunded_creator_bonus_amount(amount currency)
        -actual_cofunded_creator_bonus_amount(amount currency))) next_page_token total_count
        """
    ),
    read=read_orders,
    pages="orders",
)
