"""Example queries on briefs."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

BRIEFS: Final = Example(
    "Your briefs (create one with the mutation createBrief, run it with runBrief)",
    """
query Briefs {
  briefs(first: 10) {
    id
    name
    version
    updatedAt
    brand { name }
    wanted { goal category { name } search regions excludeWorkedWith }
  }
}
""",
)

HISTORY: Final = Example(
    "A brief's versions and runs, and what changed between two runs (fill in ids)",
    """
query BriefHistory($brief: ID!, $before: ID!, $after: ID!) {
  briefVersions(brief: $brief) { version name createdAt wanted { goal } }
  briefRuns(brief: $brief) { id version at asOf considered eligible }
  compareBriefRuns(before: $before, after: $after) {
    entered { __typename }
    left { __typename }
    moved { __typename }
  }
}
""",
    {"brief": "Brief:…", "before": "BriefRun:…", "after": "BriefRun:…"},
)

EXAMPLES: Final[Examples] = {
    "admin": (
        BRIEFS,
        HISTORY,
    ),
    "partner": (
        BRIEFS,
        HISTORY,
    ),
    "brand": (
        BRIEFS,
        HISTORY,
    ),
}
