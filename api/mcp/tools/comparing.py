"""Tools that compare creators, and find some for a brief."""

from __future__ import annotations

from typing import Final

from api.access.table import Permission
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
    permission=Permission.EXPLORE,
)

RECOMMEND: Final = Tool(
    "recommend",
    "Recommend creators for a brief",
    "Creators who fit a brief (goal, category or product description, regions, budget, audience, sizes, minimum scores, "
    "exclusions), with score, interval, expected reach and cost, reasons for and against, and which rules of the brief "
    "excluded the most: relax those if few creators remain. Give `brief`, or the id of a saved one.",
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
    permission=Permission.EXPLORE,
)

LOOKALIKES: Final = Tool(
    "lookalikes",
    "Creators like this one",
    "Creators whose collaborations, categories, brands and audience are most similar to a creator's, most similar first, each "
    "with reasons. To find creators like those a brand already works with, use lookalikes_of_brand.",
    """
    query Lookalikes($id: ID!, $region: Region, $category: ID, $exclude: [ID!], $excludeBrands: [ID!], $minFollowers: Int,
                     $maxFollowers: Int, $first: Int! = 10) {
      creator(id: $id) {
        id handle
        lookalikes(region: $region, category: $category, exclude: $exclude, excludeBrands: $excludeBrands,
                   minFollowers: $minFollowers, maxFollowers: $maxFollowers, first: $first) {
          creator { id handle region followerCount }
          similarity
          reasons { kind text }
        }
      }
    }
    """,
    words={"id": "The creator's id."},
    permission=Permission.EXPLORE,
)

LOOKALIKES_OF_BRAND: Final = Tool(
    "lookalikes_of_brand",
    "Creators like those of a brand",
    (
        "Creators whom a brand does not work with yet, and who are similar to those it works with, where its best creators count "
        "most; each with reasons."
    ),
    """
    query LookalikesOfBrand($id: ID!, $region: Region, $category: ID, $exclude: [ID!], $excludeBrands: [ID!], $minFollowers: Int,
                            $maxFollowers: Int, $includePartners: Boolean! = false, $first: Int! = 10) {
      brand(id: $id) {
        id name
        lookalikes(region: $region, category: $category, exclude: $exclude, excludeBrands: $excludeBrands, minFollowers: $minFollowers,
                   maxFollowers: $maxFollowers, includePartners: $includePartners, first: $first) {
          creator { id handle region followerCount }
          similarity
          reasons { kind text }
        }
      }
    }
    """,
    words={"id": "The brand's id."},
    permission=Permission.EXPLORE,
)
