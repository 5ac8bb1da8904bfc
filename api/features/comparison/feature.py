"""Creators side by side."""

from __future__ import annotations

from typing import Final

from api.features.comparison.comparison import compare
from api.features.comparison.examples import EXAMPLES
from api.features.comparison.types import Query
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Query", "compare"): compare,
    },
    examples=EXAMPLES,
    query=Query,
)
