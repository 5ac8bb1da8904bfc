"""What creators have in common."""

from __future__ import annotations

from typing import Final

from api.features.feature import Feature
from api.features.overlap.examples import EXAMPLES
from api.features.overlap.overlap import overlap
from api.features.overlap.types import Query

FEATURE: Final = Feature(
    fields={
        ("Query", "overlap"): overlap,
    },
    costs={"overlap": 50},
    examples=EXAMPLES,
    query=Query,
)
