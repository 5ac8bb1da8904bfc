"""Saved briefs and their runs."""

from __future__ import annotations

from typing import Final

from api.features.briefs.briefs import brief, brief_runs, brief_versions, briefs, candidates, compare_brief_runs, saved_briefs, wanted
from api.features.briefs.mutations import Mutation
from api.features.briefs.types import Query
from api.features.example import Example, Examples
from api.features.feature import Feature

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
  savedBriefs(first: 10) {
    totalCount
    pageInfo { hasNextPage endCursor }
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


FEATURE: Final = Feature(
    fields={
        ("Brief", "wanted"): wanted,
        ("BriefRun", "candidates"): candidates,
        ("Query", "briefs"): briefs,
        ("Query", "savedBriefs"): saved_briefs,
        ("Query", "brief"): brief,
        ("Query", "briefVersions"): brief_versions,
        ("Query", "briefRuns"): brief_runs,
        ("Query", "compareBriefRuns"): compare_brief_runs,
    },
    lasting=True,
    examples=EXAMPLES,
    query=Query,
    mutation=Mutation,
)
