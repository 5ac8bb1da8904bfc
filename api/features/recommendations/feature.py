"""Creators who fit a brief."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.recommendations.examples import EXAMPLES
from api.features.recommendations.recommendations import recommendations
from api.features.recommendations.types import Query

FEATURE: Final = Feature(
    fields={
        ("Query", "recommendations"): recommendations,
    },
    costs={"recommendations": 500},
    examples=EXAMPLES,
    query=Query,
)
