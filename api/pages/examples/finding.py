"""Finding creators: by a brief, side by side, and what they have in common."""

from __future__ import annotations

from typing import Final

from api.pages.examples.example import Example

RECOMMENDATIONS: Final = Example(
    "Recommended creators for a brief, and which rules exclude the most",
    """
query Recommendations($brief: BriefInput!) {
  recommendations(brief: $brief, first: 5) {
    considered
    eligible
    candidates {
      creator { id handle region followerCount }
      score
      low
      high
      expectedReach { low median high }
      usualCommission { low high basis }
      expectedCost { low high currency }
      reasonsFor { text points }
      reasonsAgainst { text points }
    }
    excluded { rule count alone }
    matched { category { name } matches }
    formula { text criteria { name weight meaning } }
  }
}
""",
    {
        "brief": {
            "goal": "SALES",
            "search": "lip gloss",
            "followers": {"min": 1_000},
            "budget": {"amount": 200, "currency": "USD"},
            "audience": [{"dimension": "GENDER", "bucket": "FEMALE", "share": 0.7}],
        }
    },
)

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

COMPETITORS: Final = Example(
    "Brands that work with the same creators as yours",
    """
query Competitors {
  viewer {
    brands {
      name
      competitors(first: 5) {
        brand { id name }
        sharedCreators
        overlap
        sharedCategories { name }
      }
    }
  }
}
""",
)

ALL_COMPETITORS: Final = Example(
    "Brands, and the brands that compete with them for creators",
    """
query AllCompetitors {
  brands(first: 5) {
    nodes {
      name
      competitors(first: 3) { brand { name } sharedCreators overlap }
    }
  }
}
""",
)

IDS: Final = {"creators": ["Creator:put one id here", "Creator:and another here"]}

COMPARISON: Final = Example(
    "Creators side by side, and which differences exceed their intervals",
    """
query Comparison($creators: [ID!]!) {
  compare(creators: $creators) {
    creators { id handle followerCount }
    missing
    indicators {
      indicator
      best { handle }
      scores { creator { handle } value low high reason }
      differences { ahead { handle } behind { handle } points distinct }
    }
  }
}
""",
    IDS,
)

OVERLAP: Final = Example(
    "What creators have in common",
    """
query Overlap($creators: [ID!]!) {
  overlap(creators: $creators) {
    missing
    pairs {
      one { handle }
      other { handle }
      sharedBrands { count others brands { name } }
      sharedProducts { count others products { title } }
      coPromotion { days products { count others } brands { count others } }
      audience { age gender location }
    }
  }
}
""",
    IDS,
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

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "admin": (RECOMMENDATIONS, BRIEFS, HISTORY),
    "analyst": (RECOMMENDATIONS, ALL_COMPETITORS, COMPARISON, OVERLAP),
    "partner": (RECOMMENDATIONS, BRIEFS, HISTORY, COMPARISON, OVERLAP, COMPETITORS),
    "brand": (RECOMMENDATIONS, BRIEFS, HISTORY, COMPETITORS, COMPARISON, OVERLAP),
}
"""By role, in the order in which the IDE opens them; a creator looks for no others."""
