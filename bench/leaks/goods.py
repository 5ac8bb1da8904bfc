"""What is sold in the worlds, which every key may see: brands, categories, products."""

from __future__ import annotations

from typing import Any, Final

Row = dict[str, Any]
World = dict[str, list[Row]]
"""Import tables by name."""

PARENTS: Final = {"lips": "beauty", "skin": "beauty", "kitchen": "home", "decor": "home", "toys": "home", "niche": "home"}
SMALL: Final = ("decor", "toys", "niche")
"""Categories in which fewer than five brands sell: who is active in them is a tie."""

LEAVES_OF: Final = (
    ("lips", "skin", "kitchen"),
    ("lips", "kitchen"),
    *[("lips", "skin")] * 7,
    *[("kitchen", "decor")] * 4,
    ("toys",),
    ("toys", "niche"),
)
"""By number of the brand, where it sells."""

SUMS_ONLY: Final = 12
"""The brand of which sums by content are known, and no order lines."""

CLIENTS: Final = ("b00", "b01")
"""Brands of the partner; the first is the brand key's."""

REGION: Final = "US"


def goods() -> World:
    """Return the tables of categories, brands and products."""
    roots = sorted(set(PARENTS.values()))
    categories = [{"id": each, "name": each.title(), "leaf": False, "parent_id": "0"} for each in roots]
    categories += [{"id": leaf, "name": leaf.title(), "leaf": True, "parent_id": root} for leaf, root in PARENTS.items()]
    brands = [{"id": f"b{n:02}", "name": f"Brand {n}", "region": REGION} for n in range(len(LEAVES_OF))]
    products = [_product(n, leaf, k) for n, leaves in enumerate(LEAVES_OF) for leaf in leaves for k in range(2)]
    return {"categories": categories, "brands": brands, "products": products}


def _product(brand: int, leaf: str, k: int) -> Row:
    price = 5.0 + 3.0 * ((7 * brand + 5 * k + len(leaf)) % 11)
    return {
        "id": f"p{brand:02}-{leaf}-{k}",
        "title": f"{leaf.title()} {brand} {'AB'[k]}",
        "region": REGION,
        "status": "LIVE",
        "price": price,
        "currency": "USD",
        "commission_rate": 0.1,
        "units_sold": 100 * brand + k,
        "brand_id": f"b{brand:02}",
        "category_id": leaf,
    }


PRODUCTS: Final = {each["id"]: each for each in goods()["products"]}


def categories_of(product: str) -> tuple[str, str]:
    """Return the category of a product, and the one above it."""
    leaf = PRODUCTS[product]["category_id"]
    return leaf, PARENTS[leaf]


def brand_of(product: str) -> str:
    """Return the brand that sells a product."""
    return PRODUCTS[product]["brand_id"]
