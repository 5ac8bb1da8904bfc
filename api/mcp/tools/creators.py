"""Tools on creators: find them, look at one, rank them, and ask why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.mcp.tool import Tool

ROWS: Final = "Maximum number to return, at most 100."
IDS: Final = "ids are those of search_creators and ranking"

SEARCH_CREATORS: Final = Tool(
    "search_creators",
    "Search creators",
    "Find creators by name, region, size, what they sell and how they score. Returns profile and main scores (0–100, 50 is a typical"
    " peer; absent where there is too little evidence), most followers first, with ids for the other tools. `after` continues.",
    """
    query SearchCreators($search: String, $regions: [Region!], $minFollowers: Int, $maxFollowers: Int, $soldIn: ID, $workedWith: ID,
                         $filter: CreatorFilter! = {}, $sort: CreatorSort! = FOLLOWERS, $window: Window! = D90, $category: ID,
                         $first: Int! = 10, $after: String) {
      creators(
        filter: {search: $search, regions: $regions, followers: {min: $minFollowers, max: $maxFollowers},
                 soldIn: $soldIn, workedWith: $workedWith, and: [$filter]}
        sort: [{by: $sort, window: $window, category: $category}]
        first: $first, after: $after
      ) {
        nodes {
          id handle nickname region followerCount
          overall(window: $window, category: $category) { value low high }
          salesAbility(window: $window, category: $category) { value low high }
          cooperation(window: $window, category: $category) { value low high }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
    """,
    words={
        "minFollowers": "Minimum number of followers.",
        "maxFollowers": "Maximum number of followers.",
        "filter": "Further conditions: scores, handle, joined, languages, and, or, not.",
        "sort": "Sort order, highest first.",
        "window": "Number of days that scores look back from the run's date.",
        "category": "Category (id) of the scores; all categories if omitted.",
        "first": ROWS,
        "after": "`endCursor` of the previous page.",
    },
)

CREATOR: Final = Tool(
    "creator",
    "One creator",
    "A creator's profile, all scores with 90 % intervals, rank among peers with the true rank's 90 % interval and the level of creators who"
    " can hardly be distinguished, and the reason where a score is missing, sales (exact, or as ranges), audience, categories, and the"
    f" latest collaborations that the key may see. Takes an id ({IDS}), or handle with region.",
    """
    query Creator($id: ID, $handle: String, $region: Region, $window: Window! = D90, $category: ID) {
      creator(id: $id, handle: $handle, region: $region) {
        id handle nickname region bio language verified followerCount videoCount joinedAt
        scores(window: $window, category: $category) {
          indicator value low high evidence percentile rank rankLow rankHigh level levelCount peers previous reason
        }
        sales(window: $window, category: $category) { exact gmvUsd orders units gmvRange { low high } ordersRange { low high } }
        audience { dimension bucket share }
        categories(first: 10) { nodes { id name } }
        collaborations(first: 10) { nodes { id kind status offeredAt deliveredAt brand { id name } } }
        othersCollaborations { count }
      }
    }
    """,
)


def _of_indicator(data: Mapping[str, Any], arguments: Mapping[str, Any]) -> Any:
    """Return the scores, that of one indicator where one is asked for."""
    creator, wanted = data["creator"], arguments.get("indicator")
    return {**creator, "scores": [each for each in creator["scores"] if wanted in (None, each["indicator"])]}


EXPLAIN_SCORE: Final = Tool(
    "explain_score",
    "Why a score is what it is",
    "Explains a creator's score: `base` (50, the typical peer) plus all contributions is the score, exactly. Each component "
    "has its raw value, the value shrunk toward the peers', and the peers' median. The resource creatorgraph://methodology "
    "names their units.",
    """
    query ExplainScore($id: ID!, $window: Window! = D90, $category: ID) {
      creator(id: $id) {
        id handle
        scores(window: $window, category: $category) {
          indicator value low high evidence reason
          explanation { base components { name contribution raw shrunk peerMedian weight } }
        }
      }
    }
    """,
    words={"id": f"The creator's id; {IDS}.", "indicator": "The score to explain; all if omitted."},
    more={"indicator": "Indicator"},
    shaped=_of_indicator,
    exact=True,
)

RANKING: Final = Tool(
    "ranking",
    "Ranking of creators",
    "Creators ranked by one indicator, best first, with rank, score and interval. Ranks are uncertain: `rankLow` to `rankHigh` "
    "holds the true rank with 90 %, creators with the same `level` can hardly be distinguished, `topProbability` is the chance "
    "to be truly among the first 50. `order` LOWER_BOUND makes uncertainty count against a creator. `after` continues.",
    """
    query Ranking($by: Indicator! = OVERALL, $window: Window! = D90, $category: ID, $region: Region,
                  $order: RankingOrder! = VALUE, $first: Int! = 10, $after: String) {
      ranking(by: $by, window: $window, category: $category, region: $region, order: $order, first: $first, after: $after) {
        edges { rank node { id handle region followerCount }
          score { value low high evidence percentile expectedRank rankLow rankHigh level levelCount topProbability peers }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
    """,
    words={"first": ROWS, "after": ("`endCursor` of the previous page; it expires with a new scoring run, then start again without it.")},
)
