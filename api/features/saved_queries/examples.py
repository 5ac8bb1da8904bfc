"""Example queries on saved queries."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

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
