"""Example queries, a few for each role, on the start page and as tabs in the IDE."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with; it works with a key of its role and needs no id known beforehand."""

    title: str
    query: str
    variables: dict[str, Any] | None = None

    def as_tab(self) -> dict[str, str]:
        """Return the example as a tab of GraphiQL, which takes variables as text."""
        variables = orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode() if self.variables else ""
        return {"query": f"# {self.title}\n{self.query.strip()}\n", "variables": variables}


RANKING: Final = Example(
    "The best creators, and what makes them so",
    """
query Ranking($by: Indicator!, $window: Window!) {
  ranking(by: $by, window: $window, first: 10) {
    totalCount
    edges {
      rank
      node { handle region followerCount }
      score {
        value low high evidence percentile
        explanation { base components { name contribution raw peerMedian } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    {"by": "OVERALL", "window": "D90"},
)

METHODOLOGY: Final = Example(
    "How each indicator is computed",
    """
query Methodology {
  methodology { indicators { name question components { name weight } } }
}
""",
)

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "admin": (RANKING, METHODOLOGY),
    "analyst": (RANKING, METHODOLOGY),
    "partner": (RANKING, METHODOLOGY),
    "brand": (RANKING, METHODOLOGY),
    "creator": (METHODOLOGY,),
}
"""By role, in the order in which the IDE opens them."""
