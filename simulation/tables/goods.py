"""Categories, brands, products and exchange rates as tables."""

from __future__ import annotations

import numpy as np

from simulation.arrow import Table, pa
from simulation.chance import stream, sums
from simulation.money import rates
from simulation.tables.columns import chosen, numbers, rows
from simulation.world import World


def categories_table(of: World) -> Table:
    """Return the tree of categories."""
    tree = of.goods.categories
    return rows("categories", {"id": tree.id, "name": tree.name, "leaf": tree.leaf, "parent_id": tree.parent})


def brands_table(of: World) -> Table:
    """Return the brands."""
    brands = of.goods.brands
    codes = [region.code for region in of.regions]
    named = np.zeros(len(brands.id), dtype=np.bool_)
    return rows("brands", {"id": brands.id, "name": brands.name, "region": chosen(codes, brands.region), "named_only": named})


def products_table(of: World) -> Table:
    """Return the products; units sold are those of the period and an earlier life."""
    products, rng = of.goods.products, stream(of.seed, "stock")
    sold = sums(of.slots.product[of.lines.slot], len(products.id), of.lines.quantity.astype(np.float64))
    return rows(
        "products",
        {
            "id": numbers(products.id),
            "title": products.title,
            "region": chosen([region.code for region in of.regions], products.region),
            "status": chosen(["LIVE", "OUT_OF_STOCK"], (rng.random(len(sold)) < 0.03).astype(np.int64)),
            "price": products.price,
            "price_high": products.price_high,
            "currency": chosen([region.currency for region in of.regions], products.region),
            "commission_rate": np.where(products.open, products.commission, np.nan),
            "units_sold": np.floor(sold * (1.5 + 2.0 * rng.random(len(sold)))),
            "stock": rng.integers(0, 5_000, len(sold)),
            "brand_id": chosen(of.goods.brands.id, products.brand),
            "category_id": chosen(of.goods.categories.id, products.category),
        },
    )


def rates_table(of: World) -> Table:
    """Return US dollars per unit of each currency, week by week."""
    found = rates(of.seed, of.regions, of.period)
    return rows(
        "rates",
        {
            "currency": pa.array([currency for currency, _, _ in found], pa.string()),
            "date": pa.array([day.isoformat() for _, day, _ in found], pa.string()),
            "usd_per_unit": np.array([usd for _, _, usd in found], dtype=np.float64),
        },
    )
