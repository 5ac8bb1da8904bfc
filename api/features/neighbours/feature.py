"""Neighbours of nodes, to expand a network."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.neighbours.neighbours import MOST_OF, neighbours
from api.features.neighbours.types import Query

EXPANDED: Final = Example(
    "Expand a network: the strongest neighbours of a creator or brand (fill in ids)",
    """
query Neighbours($of: [ID!]!, $among: [ID!]) {
  neighbours(of: $of, among: $among, first: 25) {
    of { nodeId total new { nodeId kind label otherBrands } }
    edges { source target kind weight gmvUsd trend }
    leftOut
  }
}
""",
    {"of": ["Creator:…", "Brand:…"], "among": []},
)

EXAMPLES: Final[Examples] = {
    "analyst": (EXPANDED,),
    "partner": (EXPANDED,),
    "brand": (EXPANDED,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "neighbours"): neighbours,
    },
    lasting=True,
    costs={"neighbours": 100},
    sizes={("NodeNeighbours", "new"): MOST_OF},  # `first` of each node in `of`: no argument's number tells how many these are
    examples=EXAMPLES,
    query=Query,
)
