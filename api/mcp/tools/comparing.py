"""Tools that compare creators, and find some for a brief."""

from __future__ import annotations

from typing import Final

from api.access.table import Deed
from api.mcp.tool import Tool

COMPARE_CREATORS: Final = Tool(
    "compare_creators",
    "Compare creators",
    "Two to ten creators side by side: every indicator's scores with intervals, who is best, and the differences that exceed both"
    " intervals (`distinct`). A difference that is not distinct may be chance: do not report it as one.",
    """
    query CompareCreators($creators: [ID!]!, $window: Window! = D90, $category: ID) {
      compare(creators: $creators, window: $window, category: $category) {
        creators { id handle region followerCount }
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
    deed=Deed.EXPLORE,
)

RECOMMEND: Final = Tool(
    "recommend",
    "Recommend creators for a brief",
    "Creators who fit a brief (goal, category or words for the product, regions, budget, audience, sizes, minimum scores, exclusions),"
    " with score, interval, expected reach and cost, reasons for and against, and what in the brief left out most: loosen that if few"
    " are left. Give `brief`, or the id of a kept one.",
    """
    query Recommend($brief: BriefInput, $briefId: ID, $first: Int! = 10) {
      recommendations(brief: $brief, briefId: $briefId, first: $first) {
        considered
        eligible
        candidates {
          creator { id handle region followerCount }
          score low high
          expectedReach { low median high }
          usualCommission { low high basis }
          expectedCost { low high currency }
          reasonsFor { text }
          reasonsAgainst { text }
        }
        excluded { rule count alone }
        matched { category { id name } matches }
        formula { goal text }
      }
    }
    """,
    deed=Deed.EXPLORE,
)
