"""Cypher queries saved by name."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.saved_queries.mutations import Mutation
from api.features.saved_queries.saved_queries import run_saved_query, saved_queries, saved_query
from api.features.saved_queries.types import Query

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

EXAMPLES: Final[Examples] = {
    "admin": (QUESTIONS,),
    "analyst": (
        QUESTIONS,
        RISING,
        KEPT,
    ),
}


FEATURE: Final = Feature(
    shows_scores=False,
    fields={
        ("Query", "savedQueries"): saved_queries,
        ("Query", "savedQuery"): saved_query,
        ("Query", "runSavedQuery"): run_saved_query,
    },
    lasting=True,
    fleeting={("Query", "runSavedQuery"): "a query may read the clock, and draw lots"},
    costs={"runSavedQuery": 500},
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
