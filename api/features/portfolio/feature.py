"""Which creators for a budget."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.portfolio.portfolio import portfolio
from api.features.portfolio.types import Query

PORTFOLIO: Final = Example(
    "Which creators for a budget, why not the others, and what 100 dollars more would buy",
    """
query Portfolio($brief: BriefInput!, $budget: Float!) {
  portfolio(brief: $brief, budgetUsd: $budget, first: 30, costs: { sampleUsd: 30 }, bounds: { maxCreators: 8 }) {
    chosen {
      creator { handle region }
      costUsd
      costBasis
      expectedUsd
      overlapUsd
      lostUsd
    }
    costUsd
    expectedUsd
    lowUsd
    highUsd
    worthUsd
    boundUsd
    proven
    leftOut { creator { handle } reason text }
    extra { gainUsd entering { handle } leaving { handle } }
    frontier { budgetUsd worthUsd creators }
  }
}
""",
    {"brief": {"goal": "SALES"}, "budget": 1000},
)

EXAMPLES: Final[Examples] = {
    "admin": (PORTFOLIO,),
    "analyst": (PORTFOLIO,),
    "partner": (PORTFOLIO,),
    "brand": (PORTFOLIO,),
}


FEATURE: Final = Feature(
    fields={
        ("Query", "portfolio"): portfolio,
    },
    lasting=True,
    fleeting={("Query", "portfolio"): "its bound depends on what the solver found in time"},
    costs={"portfolio": 2000},
    examples=EXAMPLES,
    query=Query,
)
