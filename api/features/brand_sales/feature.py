"""What was sold of a brand."""

from __future__ import annotations

from typing import Final

from api.features.brand_sales.brand_sales import sales_of_brand
from api.features.brand_sales.examples import EXAMPLES
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Brand", "sales"): sales_of_brand,
    },
    costs={"BrandSalesConnection": 50},
    examples=EXAMPLES,
)
