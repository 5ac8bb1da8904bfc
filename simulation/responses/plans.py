"""Open collaborations: a shop's open products as it and as creators see them, and who promotes each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from graph.dates import DAY
from simulation.chance import Ints
from simulation.responses.book import Export
from simulation.responses.pages import Reply, paged
from simulation.responses.values import hundredths, money, picture, prices


def open_products(export: Export, brand: int) -> Ints:
    """Return the products that a brand has in an open plan."""
    things = export.book.world.goods.products
    return np.flatnonzero((things.brand == brand) & things.open)


def plan_list(export: Export, brand: int) -> list[dict[str, Any]]:
    """Return the entries of `search-open-collaboration`, one a product."""
    return [_plan(export, int(product)) for product in open_products(export, brand)]


def plan_products(export: Export, brand: int) -> list[dict[str, Any]]:
    """Return the entries of `seller-search-affiliate-open-collaboration-product`, with the chain of categories."""
    return [_open_product(export, int(product)) for product in open_products(export, brand)]


def plan_contents(export: Export, brand: int) -> Iterator[Reply]:
    """Yield the replies of `get-open-collaboration-creator-content-detail`: of each product, who has posted how much."""
    for product in map(int, open_products(export, brand)):
        details = _promoters(export, product)
        if details:
            about = {"id": export.book.product_ids[product], "image_url": picture("products", export.book.product_ids[product])}
            for reply in paged("creator_content_details", details, more={"product": about}):
                yield Reply(reply.data, body={"open_collaboration_id": plan_id(product)})


def plan_id(product: int) -> str:
    """Return the id of a product's open plan."""
    return str(product * 7 + 88_000_000_001)


def _plan(export: Export, product: int) -> dict[str, Any]:
    world = export.book.world
    things, plans = world.goods.products, world.open_plans
    currency = world.regions[int(things.region[product])].currency
    here = plans.product == product
    return {
        "id": plan_id(product),
        "status": "NORMAL",
        "current_commission": {
            "rate": hundredths(float(things.commission[product])),
            "start_time": world.period.start,
            "end_time": world.period.end + 365 * DAY,
        },
        "showcase_creator_count": int((here & (plans.taken_at < export.at)).sum()),
        "content_creator_count": int((here & (world.posts.at[plans.first_post] < export.at)).sum()),
        "product": {
            "id": export.book.product_ids[product],
            "title": str(things.title[product]),
            "main_image_url": picture("products", export.book.product_ids[product]),
            "status": "LIVE",
            "inventory": 100 + product % 900,
            "original_price": prices(float(things.price[product]), float(things.price_high[product]), currency),
        },
    }


def _open_product(export: Export, product: int) -> dict[str, Any]:
    world = export.book.world
    things = world.goods.products
    region = world.regions[int(things.region[product])]
    low, high = float(things.price[product]), float(things.price_high[product])
    rate = float(things.commission[product])
    return {
        "id": export.book.product_ids[product],
        "title": str(things.title[product]),
        "shop": {"name": str(world.goods.brands.name[things.brand[product]])},
        "has_inventory": True,
        "units_sold": int(export.units_by_product[product]),
        "sale_region": region.code,
        "main_image_url": picture("products", export.book.product_ids[product]),
        "detail_link": f"https://shop.example/view/product/{export.book.product_ids[product]}?region={region.code}",
        "original_price": prices(low, high, region.currency),
        "category_chains": _chain(export, int(things.category[product])),
        "commission": {"rate": hundredths(rate), **money(low * rate, region.currency)},
        "sales_price": prices(low, high, region.currency),
    }


def _chain(export: Export, category: int) -> list[dict[str, Any]]:
    """Return a category and all above it, the root first."""
    tree = export.book.world.goods.categories
    entry = {
        "id": str(tree.id[category]),
        "local_name": str(tree.name[category]),
        "is_leaf": bool(tree.leaf[category]),
        "parent_id": str(tree.parent[category]),
    }
    above = np.flatnonzero(tree.id == tree.parent[category])
    return [*_chain(export, int(above[0])), entry] if len(above) else [entry]


def _promoters(export: Export, product: int) -> list[dict[str, Any]]:
    world = export.book.world
    plans = world.open_plans
    here = np.flatnonzero((plans.product == product) & (plans.taken_at < export.at))
    videos, lives = export.posts_by_plan
    return [_promoter(export, int(plans.creator[plan]), int(videos[plan]), int(lives[plan])) for plan in here]


def _promoter(export: Export, creator: int, videos: int, lives: int) -> dict[str, Any]:
    name = export.handle(creator)
    return {
        "creator_profile": {
            "username": name,
            "nickname": name.replace(".", " ").title(),
            "follower_count": export.followers(creator),
            "avatar": {"url": picture("creators", name)},
            "creator_open_id": export.book.open_id(creator),
        },
        "video_count": videos,
        "live_count": lives,
        "promotion_status": "NORMAL",
        "promotion_end_time": export.book.world.period.end + 365 * DAY,
    }
