"""What creators see of themselves: their profile and their showcase."""

from __future__ import annotations

from typing import Any

from simulation.responses.book import Export
from simulation.responses.plans import plan_id
from simulation.responses.values import hundredths, picture, prices


def profile(export: Export, creator: int) -> dict[str, Any]:
    """Return the data of `get-creator-profile`."""
    name, region = export.handle(creator), export.book.region_of(creator).code
    return {
        "avatar": {"width": 100, "height": 100, "url": picture("creators", name)},
        "username": name,
        "selection_region": region,
        "register_region": region,
        "seller_type": "LOCAL",
        "permissions": ["ADD_AFFILIATE_PERMISSION", "LIVE_STREAM_PERMISSION"],
        "user_type": "TIKTOK_SHOP_CREATOR",
        "creator_user_open_id": export.book.open_id(creator),
    }


def showcase(export: Export, creator: int) -> list[dict[str, Any]]:
    """Return the entries of `get-showcase-products`: the creator's portfolio, each under its open plan where there is one."""
    choices = export.book.world.choices
    products = choices.product[choices.starts[creator] : choices.starts[creator + 1]].tolist()
    return [_entry(export, product, turn) for turn, product in enumerate(products)]


def _entry(export: Export, product: int, turn: int) -> dict[str, Any]:
    world, product_id = export.book.world, export.book.product_ids[product]
    things = world.goods.products
    region = world.regions[int(things.region[product])]
    price = prices(float(things.price[product]), float(things.price_high[product]), region.currency)
    image = {"width": 100, "heigth": 100, "url": picture("products", product_id)}
    open_plan = {"id": plan_id(product), "type": "OPEN", "partner": {"id": "", "name": ""}}
    return {
        "id": product_id,
        "shop": {"name": str(world.goods.brands.name[things.brand[product]])},
        "addition": {"customized_main_images": [image]},
        "price": {"original_price": price, "seller_discount_price": price, "platform_discount_price": price},
        "title": str(things.title[product]),
        "main_images": [image],
        "status": {
            "inventory_status": "IN_STOCK",
            "review_status": "APPROVED",
            "is_hidden": turn % 5 == 4,
            "added_status": "ADDED",
        },
        "source": "AFFILIATE" if things.open[product] else "TIKTOK_STORE",
        "detail_link": f"https://shop.example/view/product/{product_id}?region={region.code}",
        "third_party_link": "",
        "sale_regions": [region.code],
        "commission": {"rate": hundredths(float(things.commission[product])), "reward_rate": 0},
        **({"collaboration": open_plan} if things.open[product] else {}),
    }
