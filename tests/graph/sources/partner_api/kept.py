"""Where each field of each specification is kept, and which are left out; written by hand, apart from the product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.rows import BrandRef, CreatorRef

Kept = dict[str, tuple[str, str] | tuple[str, str, Callable[[Any], Any]]]

STATUS = {
    **dict.fromkeys(("PROCESSING", "FROZEN", "ORDERED", "PENDING"), "PLACED"),
    **dict.fromkeys(("COMPLETED", "SETTLED"), "SETTLED"),
    **dict.fromkeys(("DEDUCTED", "REFUNDED"), "REFUNDED"),
    **dict.fromkeys(("CANCELLED", "INELIGIBLE"), "NO_SALE"),
}
KINDS = {"VIDEO": "VIDEO", "LIVE": "LIVE", "PRE_LIVE": "LIVE", "LIVE_ROOM": "LIVE", "1": "VIDEO", "2": "LIVE"}
# What an order's line says that has no place in the graph: other parties' shares and the platform's bookkeeping.
LINE_EXTRAS = ("commission_base", "commission", "_fee", "bonus_amount", "returned_quantity", "skus.id", "tag", "_model", "_setting")


def _orders(commission: str) -> Kept:
    line, order = "data.orders.skus.", "data.orders."
    return {
        f"{order}id": ("orders", "order_id"),
        f"{order}create_time": ("orders", "at"),
        f"{order}delivery_time": ("orders", "delivered_at"),
        f"{order}status": ("orders", "status", STATUS.get),
        f"{line}creator_username": ("orders", "creator_id", lambda v: CreatorRef(handle=v, region="ID")),
        f"{line}price.amount": ("orders", "price"),
        f"{line}price.currency": ("orders", "currency"),
        f"{line}quantity": ("orders", "quantity"),
        f"{line}content_type": ("orders", "content_kind", lambda v: KINDS.get(v, "SHOWCASE")),
        f"{line}product_id": ("orders", "product_id"),
        f"{line}product_name": ("products", "title"),
        f"{line}shop_name": ("products", "brand_id", lambda v: BrandRef(name=v, region="ID")),
        f"{line}{commission}": ("orders", "commission_rate"),
    }


def _creator(at: str) -> Kept:
    return {
        f"{at}username": ("creators", "handle"),
        f"{at}nickname": ("creators", "nickname"),
        f"{at}avatar.url": ("creators", "avatar_url"),
        f"{at}avatar_url": ("creators", "avatar_url"),
        f"{at}selection_region": ("creators", "region"),
        f"{at}register_region": ("creators", "register_region"),
        f"{at}seller_type": ("creators", "seller_type"),
        f"{at}user_type": ("creators", "user_type"),
        f"{at}permissions": ("creators", "permissions"),
        f"{at}creator_open_id": ("creators", "open_id"),
        f"{at}creator_user_open_id": ("creators", "open_id"),
        f"{at}follower_count": ("creators", "follower_count"),
        f"{at}bio_description": ("creators", "bio"),
        f"{at}profile_tt_uri": ("creators", "profile_url"),
        f"{at}category_ids": ("creators", "main_category_ids"),
    }


def _range(at: str, field: str, column: str) -> Kept:
    return {
        f"{at}{field}.minimum_amount": ("reports", f"{column}_low"),
        f"{at}{field}.maximum_amount": ("reports", f"{column}_high"),
        f"{at}{field}.currency": ("reports", "currency"),
    }


def _report(at: str) -> Kept:
    amounts = {
        **{name: name for name in ("gmv", "video_gmv", "live_gmv", "gpm", "video_gpm", "live_gpm")},
        "avg_gmv_per_buyer": "gmv_per_buyer",
    }
    kept: Kept = {}
    for name, column in amounts.items():
        kept[f"{at}{name}.amount"] = ("reports", column)
        kept[f"{at}{name}.currency"] = ("reports", "currency")
        kept |= _range(at, f"{name}_range", column)
    simple = {
        "units_sold": "units_sold", "brand_collaboration_count": "brand_collaboration_count",
        "promoted_product_num": "promoted_product_count",
        "ec_live_count": "live_count", "ec_video_count": "video_count",
        "avg_ec_video_play_count": "video_views", "avg_ec_live_uv": "live_unique_viewers",
        "avg_ec_video_view_count": "video_views", "avg_ec_live_view_count": "live_views", "ec_live_engagement_rate": "live_engagement_rate",
        "ec_video_engagement_rate": "video_engagement_rate", "avg_commission_rate": "commission_rate", "pps": "performance_score",
        "rating": "rating", "top_collaborated_brand_ids": "top_brand_ids", "content_count": "content_count",
        "fulfillment_percentage": "fulfilment_rate", "ec_video_view": "median_video_views",
        **{f"avg_ec_{kind}_{what}_count": f"{kind}_{what}s" for kind in ("live", "video") for what in ("like", "comment", "share")},
    }  # fmt: skip
    kept |= {f"{at}{field}": ("reports", column) for field, column in simple.items()}
    kept |= _range(at, "product_original_price_range", "product_price")
    for end in ("minimum", "maximum"):
        short = "low" if end == "minimum" else "high"
        kept[f"{at}units_sold_range.{end}_amount"] = ("reports", f"units_sold_{short}")
        kept[f"{at}avg_commission_rate_range.{end}_amount"] = ("reports", f"commission_rate_{short}")
    return kept


def _product(at: str, *, price: str = "original_price") -> Kept:
    return {
        f"{at}id": ("products", "id"),
        f"{at}title": ("products", "title"),
        f"{at}main_image_url": ("products", "image_url"),
        f"{at}{price}.minimum_amount": ("products", "price"),
        f"{at}{price}.maximum_amount": ("products", "price_high"),
        f"{at}{price}.currency": ("products", "currency"),
        f"{at}status": ("products", "status"),
        f"{at}inventory": ("products", "stock"),
        f"{at}detail_link": ("products", "url"),
        f"{at}units_sold": ("products", "units_sold"),
        f"{at}sale_region": ("products", "region"),
    }


APPLICATION = "data.sample_applications."
SHOWCASE = "data.products."
CAMPAIGN = "data.campaign_product_statistics."
CONTENT = "data.creator_content_statistics."
FULFILMENT = "data.fulfillments."
DETAIL = "data.target_collaboration."
OPEN = "data.open_collaborations."
PROMOTION = "data.creator_content_details."
PLACE = {"PENDING": "OFFERED", "COMPLETED": "DELIVERED", "REJECTED": "DECLINED", "CANCELLED": "CANCELLED"}


def _invitation(at: str) -> Kept:
    return {
        f"{at}id": ("programmes", "programme_id"),
        f"{at}name": ("programmes", "name"),
        f"{at}start_time": ("programmes", "offered_at"),
        f"{at}end_time": ("programmes", "ends_at"),
        f"{at}creator_inivited_count": ("programmes", "invited_count"),
        f"{at}creator_invited_count": ("programmes", "invited_count"),
        f"{at}type": ("programmes", "raw_status"),
    }


KEPT: dict[str, Kept] = {
    "search-seller-affiliate-orders": _orders("commission_rate"),
    "search-creator-affiliate-orders": _orders("commission_rate"),
    "search-tap-affiliate-orders": _orders("creator_commission_rate"),
    "get-creator-profile": _creator("data."),
    "get-marketplace-creator-performance": _creator("data.creator.") | _report("data.creator."),
    "seller-search-creator-on-marketplace": _creator("data.creators.") | _report("data.creators."),
    "seller-search-sample-applications": _creator(f"{APPLICATION}creator.")
    | _report(f"{APPLICATION}creator.")
    | _product(f"{APPLICATION}product.")
    | {
        f"{APPLICATION}id": ("collaborations", "id", lambda v: f"sample:{v}"),
        f"{APPLICATION}commission_rate": ("collaborations", "commission_rate"),
        f"{APPLICATION}approve_expiration_time": ("collaborations", "approval_due_at"),
        f"{APPLICATION}shipment_expiration_time": ("collaborations", "shipment_due_at"),
    },
    "seller-search-sample-applications-fulfillments": {
        f"{FULFILMENT}product.id": ("products", "id"),
        f"{FULFILMENT}product.main_image_url": ("products", "image_url"),
        f"{FULFILMENT}content.id": ("contents", "id"),
        f"{FULFILMENT}content.format": ("contents", "kind"),
        f"{FULFILMENT}content.view_count": ("contents", "views"),
        f"{FULFILMENT}content.like_count": ("contents", "likes"),
        f"{FULFILMENT}content.comment_count": ("contents", "comments"),
        f"{FULFILMENT}content.paid_order_count": ("contents", "paid_orders"),
        f"{FULFILMENT}content.page_link": ("contents", "url"),
        f"{FULFILMENT}content.description": ("contents", "title"),
        f"{FULFILMENT}content.create_time": ("contents", "published_at"),
        f"{FULFILMENT}content.live_end_time": ("contents", "ended_at"),
    },
    "query-target-collaboration-detail": _invitation(DETAIL) | _creator(f"{DETAIL}creators.") | _product(f"{DETAIL}products."),
    "search-target-collaborations": _invitation("data.target_collaborations."),
    "search-open-collaboration": _product(f"{OPEN}product.")
    | {
        f"{OPEN}id": ("programmes", "programme_id"),
        f"{OPEN}status": ("programmes", "raw_status"),
        f"{OPEN}current_commission.rate": ("products", "commission_rate"),
        f"{OPEN}current_commission.start_time": ("programmes", "starts_at"),
        f"{OPEN}current_commission.end_time": ("programmes", "ends_at"),
    },
    "get-open-collaboration-creator-content-detail": _creator(f"{PROMOTION}creator_profile.")
    | {
        f"{PROMOTION}promotion_status": ("collaborations", "raw_status"),
        f"{PROMOTION}promotion_end_time": ("collaborations", "ends_at"),
    },
    "get-affiliate-campaign-creator-fulfillment-status-list": {
        f"{CAMPAIGN}campaign_product_detail.product_id": ("products", "id"),
        f"{CAMPAIGN}campaign_product_detail.product_status": ("products", "status"),
        f"{CAMPAIGN}campaign_product_detail.product_name": ("products", "title"),
        f"{CAMPAIGN}campaign_product_detail.product_stock_count": ("products", "stock"),
        f"{CAMPAIGN}campaign_product_detail.plan_commission_percent": ("products", "commission_rate"),
        f"{CAMPAIGN}campaign_product_detail.product_price.min_price": ("products", "price"),
        f"{CAMPAIGN}campaign_product_detail.product_price.max_price": ("products", "price_high"),
        f"{CAMPAIGN}campaign_product_detail.product_price.currency": ("products", "currency"),
        f"{CAMPAIGN}campaign_product_detail.product_thumbnail.url_list": ("products", "image_url", lambda v: v[0]),
    },
    "get-affiliate-campaign-creator-product-content-statistics": {
        f"{CONTENT}content_type": ("contents", "kind", KINDS.get),
        f"{CONTENT}source_url": ("contents", "url"),
        f"{CONTENT}view_count": ("contents", "views"),
        f"{CONTENT}like_count": ("contents", "likes"),
        f"{CONTENT}comment_num": ("contents", "comments"),
        f"{CONTENT}paid_order_num": ("features", "orders"),
        f"{CONTENT}paid_amount": ("features", "gmv"),
        f"{CONTENT}published_date": ("contents", "published_at"),
        f"{CONTENT}content_end_date": ("contents", "ended_at"),
    },
    "get-showcase-products": {
        f"{SHOWCASE}id": ("products", "id"),
        f"{SHOWCASE}title": ("products", "title"),
        f"{SHOWCASE}shop.name": ("products", "brand_id", lambda v: BrandRef(name=v, region="ID")),
        f"{SHOWCASE}price.platform_discount_price.minimum_amount": ("products", "price"),
        f"{SHOWCASE}price.platform_discount_price.maximum_amount": ("products", "price_high"),
        f"{SHOWCASE}price.platform_discount_price.currency": ("products", "currency"),
        f"{SHOWCASE}status.review_status": ("products", "status"),
        f"{SHOWCASE}status.added_status": ("collaborations", "raw_status"),
        f"{SHOWCASE}detail_link": ("products", "url"),
        f"{SHOWCASE}sale_regions": ("products", "region", lambda v: v[0]),
        f"{SHOWCASE}commission.rate": ("collaborations", "commission_rate"),
        f"{SHOWCASE}collaboration.id": ("collaborations", "programme_id"),
        f"{SHOWCASE}collaboration.type": ("collaborations", "kind", lambda v: {"2": "TARGETED", "PARTNER_CAMPAIGN": "CAMPAIGN"}.get(v, v)),
        f"{SHOWCASE}collaboration.partner.id": ("collaborations", "partner_id"),
        f"{SHOWCASE}collaboration.partner.name": ("partners", "name"),
    },
    "seller-search-affiliate-open-collaboration-product": _product(SHOWCASE, price="sales_price")
    | {
        f"{SHOWCASE}commission.rate": ("products", "commission_rate"),
        f"{SHOWCASE}shop.name": ("products", "brand_id", lambda v: BrandRef(name=v, region="ID")),
    },
}
# Kept too, and checked apart below: they become lists, links or the state of something.
APART = {
    "search-seller-affiliate-orders": {
        "content_id",
        "refunded_quantity",
        "open_collaboration_id",
        "target_collaboration_id",
        "campaign_id",
    },
    "search-creator-affiliate-orders": {
        "content_id",
        "refunded_quantity",
        "open_collaboration_id",
        "target_collaboration_id",
        "campaign_id",
    },
    "search-tap-affiliate-orders": {"content_id", "refunded_quantity", "campaign_id"},
    "get-marketplace-creator-performance": {"category_id", "content_type", "value", "key"},
    "seller-search-creator-on-marketplace": {"age_ranges", "gender", "percentage"},
    "seller-search-sample-applications": {"status", "fulfillment_status"},
    "query-target-collaboration-detail": {"rate", "collaboration_status", "showcase_product_count", "content_product_count"},
    "get-open-collaboration-creator-content-detail": {"video_count", "live_count", "data.product.id", "data.product.image_url"},
    "get-affiliate-campaign-creator-fulfillment-status-list": {"data_update_time"},
    "get-affiliate-campaign-creator-product-content-statistics": {"linked_tiktok_video"},
    "get-showcase-products": {"data.products.main_images.url"},
    "seller-search-affiliate-open-collaboration-product": {
        f"data.products.category_chains.{name}" for name in ("id", "local_name", "is_leaf", "parent_id")
    },
}
# What the graph has no place for, with nothing lost that a score or an answer could use.
LEFT_OUT = {
    "search-seller-affiliate-orders": (*LINE_EXTRAS, "_rate"),
    "search-creator-affiliate-orders": (*LINE_EXTRAS, "_rate"),
    "search-tap-affiliate-orders": (*LINE_EXTRAS, "_rate"),
    "get-creator-profile": ("avatar.width", "avatar.height"),
    "get-marketplace-creator-performance": ("formatted_range",),
    "seller-search-creator-on-marketplace": ("formatted_range", "search_key"),
    "seller-search-sample-applications": (
        "order_id", "available_quantity", "tracking_number", "is_approvable", "disapprovable_reasons",
        "partner_name", "sku_id", "sku_image_url", "sku_name",
    ),
    "seller-search-sample-applications-fulfillments": ("content.url",),
    "query-target-collaboration-detail": (
        "message", "seller_contact_info", "update_time", "creator_count", "product_count", "has_free_sample", "is_sample_approval_exempt",
        "commission", "effective_status",
    ),
    "search-target-collaborations": (
        "message", "update_time", "creator_count", "product_count", "has_free_sample", "is_sample_approval_exempt",
    ),
    "search-open-collaboration": ("creator_count",),
    "get-affiliate-campaign-creator-fulfillment-status-list": (
        "_num", "total_commission_percent", "creator_commission_percent", "partner_commission_percent", "thumbnail.uri", "indicator_data",
    ),
    "get-affiliate-campaign-creator-product-content-statistics": ("cover_img_url",),
    "get-showcase-products": (
        "addition", "original_price", "seller_discount_price", "inventory_status", "is_hidden", ".source",
        "third_party_link", "reward_rate",
        "main_images.width", "main_images.heigth",
    ),
    "seller-search-affiliate-open-collaboration-product": ("has_inventory", "original_price", "commission.currency", "commission.amount"),
}  # fmt: skip
PAGING = ("next_page_token", "total_count")
