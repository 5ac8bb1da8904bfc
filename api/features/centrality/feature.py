"""Measures of centrality."""

from __future__ import annotations

from typing import Final

from api.features.centrality.centrality import centrality, centrality_cost
from api.features.centrality.examples import EXAMPLES
from api.features.centrality.types import Query
from api.features.feature import Feature

FEATURE: Final = Feature(
    fields={
        ("Query", "centrality"): centrality,
        ("Query", "centralityCost"): centrality_cost,
    },
    costs={"centrality": 2000, "centralityCost": 20},
    examples=EXAMPLES,
    query=Query,
)
