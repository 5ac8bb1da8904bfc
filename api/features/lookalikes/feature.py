"""Creators and brands that are like others."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.lookalikes.examples import EXAMPLES
from api.features.lookalikes.lookalikes import brand_lookalikes, creator_lookalikes, similar_brands

FEATURE: Final = Feature(
    fields={
        ("Brand", "lookalikes"): brand_lookalikes,
        ("Brand", "similarBrands"): similar_brands,
        ("Creator", "lookalikes"): creator_lookalikes,
    },
    costs={"lookalikes": 20},
    examples=EXAMPLES,
)
