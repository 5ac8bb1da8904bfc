"""Measures of centrality."""

from __future__ import annotations

from typing import Final

from api.features.centrality.centrality import centrality, centrality_cost
from api.features.centrality.types import Query
from api.features.example import Example, Examples
from api.features.feature import Feature

CENTRALITY: Final = Example(
    "The most central creators and brands, and what the query costs",
    """
query Central($kind: CentralityKind!, $scope: CentralityScope!) {
  cost: centralityCost(kind: $kind, scope: $scope) { nodes edges seconds allowed reason }
  centrality(kind: $kind, scope: $scope, only: CREATOR, first: 5) {
    call
    milliseconds
    rows {
      rank
      value
      node { ... on Creator { handle region followerCount } }
    }
  }
}
""",
    {"kind": "PAGERANK", "scope": {"graph": "CREATOR_BRAND", "window": "D90"}},
)

EXAMPLES: Final[Examples] = {
    "analyst": (CENTRALITY,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "centrality"): centrality,
        ("Query", "centralityCost"): centrality_cost,
    },
    lasting=True,
    fleeting={("Query", "centrality"): "it measures how long it took"},
    costs={"centrality": 2000, "centralityCost": 20},
    examples=EXAMPLES,
    query=Query,
)
