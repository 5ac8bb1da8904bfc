"""Brands that work with the same creators."""

from __future__ import annotations

from typing import Final

from api.features.competitors.competitors import competitors
from api.features.competitors.examples import EXAMPLES
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Brand", "competitors"): competitors,
    },
    costs={"competitors": 20},
    examples=EXAMPLES,
)
