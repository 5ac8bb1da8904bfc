"""Scores, rankings and own business: what each role asks first."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples

RANKING: Final = Example(
    "The best creators, and why",
    """
query Ranking($by: Indicator!, $window: Window!) {
  ranking(by: $by, window: $window, first: 10) {
    totalCount
    edges {
      rank
      node { handle region followerCount }
      score {
        value
        low
        high
        evidence
        percentile
        rankLow
        rankHigh
        level
        explanation {
          base
          components { name contribution raw peerMedian }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    {"by": "OVERALL", "window": "D90"},
)

DOUBT: Final = Example(
    "How sure ranks are: by lower bound, with the true rank's interval, levels, and who is above whom",
    """
query RanksThatAdmitDoubt($by: Indicator!, $window: Window!, $other: ID!) {
  ranking(by: $by, window: $window, order: LOWER_BOUND, first: 10) {
    edges {
      rank
      node {
        handle
        probabilityAbove(creator: $other, by: $by, window: $window)
      }
      score { value low level levelCount expectedRank rankLow rankHigh peers topProbability(k: TOP_10) }
    }
  }
}
""",
    {"by": "OVERALL", "window": "D90", "other": "Creator:…"},
)

METHODOLOGY: Final = Example(
    "How each indicator is computed",
    """
query Methodology {
  methodology {
    formulaVersion
    indicators {
      indicator
      question
      minimum
      components { name weight meaning unit readings { name basis formula meaning } }
    }
  }
}
""",
)

RUNS: Final = Example(
    "Scoring runs",
    """
query Runs {
  scoringRuns(first: 5) {
    nodes { id status asOf formulaVersion publishedAt }
  }
}
""",
)

NETWORK: Final = Example(
    "From brands to products, categories and their top creators",
    """
query Network {
  brands(first: 5) {
    nodes {
      name
      region
      products(first: 3) {
        nodes {
          title
          category {
            name
            rated
            topCreators(by: SALES_ABILITY, first: 3) {
              edges { rank node { handle } score { value } }
            }
          }
        }
      }
    }
  }
}
""",
)

WINDOWS: Final = Example(
    "The largest creators, this week against this quarter",
    """
query Windows {
  creators(sort: [{by: FOLLOWERS, direction: DESC}], first: 20) {
    nodes {
      handle
      followerCount
      week: overall(window: D7) { value reason }
      quarter: overall(window: D90) { value previous }
      sales(window: D90) { exact gmvUsd orders units }
    }
  }
}
""",
)

FORECAST: Final = Example(
    "What the largest creators are expected to sell, and how reliable forecasts are",
    """
query Forecast {
  creators(sort: [{by: FOLLOWERS, direction: DESC}], first: 20) {
    nodes {
      handle
      forecast { forForecast expectedUsd medianUsd lowUsd highUsd saleProbability expectedRange { low high } }
    }
  }
  scoringRuns(first: 1) {
    nodes {
      forecastMethod {
        weights { name weight chanceWeight amountWeight meaning }
        backtest { at covered reliability { probability sold creators } rivals { name errorUsd bestShare } }
      }
    }
  }
}
""",
)

SEARCH: Final = Example(
    "Medium-sized creators who sell well and are reliable",
    """
query Search($filter: CreatorFilter!) {
  creators(filter: $filter, sort: [{by: SALES_ABILITY, direction: DESC}], first: 20) {
    totalCount
    nodes {
      handle
      region
      followerCount
      salesAbility { value low high rank peers }
      cooperation { value }
      sales { exact gmvUsd gmvRange { low high } }
    }
  }
}
""",
    {
        "filter": {
            "followers": {"min": 10000, "max": 500000},
            "and": [{"score": {"indicator": "SALES_ABILITY", "min": 50}}, {"score": {"indicator": "COOPERATION", "min": 50}}],
        }
    },
)

CLIENTS: Final = Example(
    "Your clients' open collaborations",
    """
query Clients {
  collaborations(filter: {statuses: [OFFERED, ACCEPTED]}, sort: [{by: OFFERED, direction: DESC}], first: 20) {
    totalCount
    nodes {
      kind
      status
      offeredAt
      dueAt
      commissionRate
      brand { name }
      creator { handle cooperation { value } }
    }
  }
}
""",
)

OWN_NETWORK: Final = Example(
    "Your creators, and their results",
    """
query OwnNetwork {
  viewer {
    brands {
      name
      collaborations(first: 20) {
        totalCount
        nodes {
          id
          status
          rating
          sales { gmvUsd orders }
          creator { handle collaboration { value } consistency { value } }
        }
      }
    }
  }
}
""",
)

NEXT_CREATORS: Final = Example(
    "Creators to consider next: the best in your categories",
    """
query NextCreators {
  viewer {
    brands {
      categories(first: 3) {
        nodes {
          name
          topCreators(by: INFLUENCE, first: 5) {
            edges { rank node { id handle followerCount } score { value rankLow rankHigh peers } }
          }
        }
      }
    }
  }
}
""",
)

OWN_SCORES: Final = Example(
    "Your scores, and what they are based on",
    """
query OwnScores($window: Window!) {
  viewer {
    creator {
      handle
      scores(window: $window) {
        indicator
        value
        low
        high
        rank
        rankLow
        rankHigh
        level
        peers
        previous
        reason
        explanation {
          base
          components { name contribution raw peerMedian weight }
        }
      }
    }
  }
}
""",
    {"window": "D90"},
)

OWN_WORK: Final = Example(
    "Your collaborations and their sales",
    """
query OwnWork {
  viewer {
    creator {
      salesConsent
      sales { gmvUsd orders units }
      collaborations(first: 20) {
        nodes { id kind status dueAt rating brand { name } sales { gmvUsd orders } }
      }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "admin": (RANKING, RUNS, NETWORK),
    "analyst": (RANKING, DOUBT, WINDOWS, FORECAST, NETWORK, METHODOLOGY),
    "partner": (SEARCH, CLIENTS, RANKING),
    "brand": (OWN_NETWORK, NEXT_CREATORS, SEARCH),
    "creator": (OWN_SCORES, OWN_WORK, METHODOLOGY),
}
"""By role, in the order in which the IDE opens them."""
