"""Search over names of all kinds."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.search.search import found
from api.features.search.types import Query

SEARCH: Final = Example(
    "Search creators, brands, products and categories at once",
    """
query Search($query: String!) {
  search(query: $query, first: 10) {
    edges {
      score
      node {
        ... on Creator { handle region followerCount }
        ... on Brand { name market: region }
        ... on Product { title }
        ... on Category { name }
      }
      highlights { field pieces { text matched } }
    }
    facets { kinds { kind count } regions { region count } categories { count category { name } } }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    {"query": "beauty"},
)

EXAMPLES: Final[Examples] = dict.fromkeys(("admin", "analyst", "partner", "brand", "creator"), (SEARCH,))

FEATURE: Final = Feature(
    shows_scores=False,
    fields={("Query", "search"): found},
    fleeting={("Query", "search"): "a full-text index may follow a change a little later"},
    costs={"search": 40},
    sizes={("SearchFacets", "categories"): 20},
    examples=EXAMPLES,
    query=Query,
)
