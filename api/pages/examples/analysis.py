"""Examples of what analysts ask of the graph as a whole: saved queries, and centrality."""

from __future__ import annotations

from typing import Final

from api.pages.examples.example import Example

QUESTIONS: Final = Example(
    "Built-in and saved queries",
    """
query Questions($search: String) {
  savedQueries(search: $search, first: 50) {
    name
    version
    description
    builtIn
    parameters { name type default description }
  }
}
""",
    {"search": ""},
)

RISING: Final = Example(
    "Whose sales grew most, by a saved query",
    """
query Rising($parameters: JSON) {
  runSavedQuery(name: "rising-creators", parameters: $parameters) {
    columns { name type }
    rows
    truncated
  }
}
""",
    {"parameters": {"days": 28, "top": 10}},
)

KEPT: Final = Example(
    "The text of a saved query, as a starting point for your own",
    """
query Kept {
  savedQuery(name: "category-concentration") {
    version
    text
    parameters { name type default required }
  }
}
""",
)

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

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "admin": (QUESTIONS,),
    "analyst": (QUESTIONS, RISING, KEPT, CENTRALITY),
}
"""By role."""
