"""The schema as a subgraph of Apollo Federation."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.federation.entities import entities
from api.features.federation.types import Query

REFERENCES: Final = Example(
    "What a router asks for: creators and brands that another subgraph refers to (fill in their ids)",
    """
query Entities($references: [_Any!]!) {
  _entities(representations: $references) {
    ... on Creator { handle overall { value low high } }
    ... on Brand { name }
  }
}
""",
    {"references": [{"__typename": "Creator", "id": "Creator:…"}, {"__typename": "Brand", "id": "Brand:…"}]},
)

EXAMPLES: Final[Examples] = {"partner": (REFERENCES,)}


FEATURE: Final = Feature(
    fields={("Query", "_entities"): entities},
    lasting=True,
    shows_scores=False,  # which scores are shown, the plan that reads the nodes says
    examples=EXAMPLES,
    query=Query,
)
