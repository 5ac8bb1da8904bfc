"""The endpoints whose saved responses can be read, by slug; one endpoint a module."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.sources.partner_api.endpoint import Endpoint
from graph.sources.partner_api.endpoints import (
    get_affiliate_campaign_creator_fulfillment_status_list,
    get_affiliate_campaign_creator_product_content_statistics,
    get_creator_profile,
    get_marketplace_creator_performance,
    get_open_collaboration_creator_content_detail,
    get_showcase_products,
    query_target_collaboration_detail,
    search_creator_affiliate_orders,
    search_open_collaboration,
    search_seller_affiliate_orders,
    search_tap_affiliate_orders,
    search_target_collaborations,
    seller_search_affiliate_open_collaboration_product,
    seller_search_creator_on_marketplace,
    seller_search_sample_applications,
    seller_search_sample_applications_fulfillments,
)

_MODULES: Final = (
    get_affiliate_campaign_creator_fulfillment_status_list,
    get_affiliate_campaign_creator_product_content_statistics,
    get_creator_profile,
    get_marketplace_creator_performance,
    get_open_collaboration_creator_content_detail,
    get_showcase_products,
    query_target_collaboration_detail,
    search_creator_affiliate_orders,
    search_open_collaboration,
    search_seller_affiliate_orders,
    search_tap_affiliate_orders,
    search_target_collaborations,
    seller_search_affiliate_open_collaboration_product,
    seller_search_creator_on_marketplace,
    seller_search_sample_applications_fulfillments,
    seller_search_sample_applications,
)

ENDPOINTS: Final[Mapping[str, Endpoint]] = MappingProxyType({module.ENDPOINT.slug: module.ENDPOINT for module in _MODULES})
