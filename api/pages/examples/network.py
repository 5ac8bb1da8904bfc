"""Networks of brands, and ways between nodes."""

from __future__ import annotations

from typing import Final

from api.pages.examples.example import Example

DRAWN: Final = Example(
    "Your network, ready to draw",
    """
query Network($depth: Int!) {
  viewer {
    brands {
      name
      network(depth: $depth, first: 100) {
        nodes { nodeId kind label x y weight community otherBrands }
        edges { source target kind weight gmvUsd trend }
        bounded { by distance at leftOut }
      }
    }
  }
}
""",
    {"depth": 2},
)

MEASURED: Final = Example(
    "Your network measured: communities, brokers, inactive ties, concentration",
    """
query NetworkMeasures {
  viewer {
    brands {
      name
      network(first: 200) {
        bounded { by distance at leftOut }
        measures {
          communities { name members shareOfGmv categories { label share lead } }
          brokers { label betweenness constraint creator { overall { value } } }
          trends { new growing steady fading dormant dormantTies { source gmvUsd lastAt } }
          concentration { creators top1 top5 top10 effectiveCreators }
        }
      }
    }
  }
}
""",
)

OF_BRANDS: Final = Example(
    "Brands, their communities and their core",
    """
query BrandNetworks {
  brands(first: 3) {
    nodes {
      name
      network(depth: 3, first: 60) {
        nodes { nodeId kind label distance community core }
        bounded { by distance at leftOut }
        measures {
          communities { name members categories { label lead } regions { label share } }
          brokers { nodeId label betweenness constraint }
          cores { deepest core periphery }
        }
      }
    }
  }
}
""",
)

BETWEEN: Final = Example(
    "Paths from one category to another",
    """
query Paths($from: ID!, $to: ID!) {
  path(from: $from, to: $to, first: 3, maxDepth: 6) {
    considered
    bounded
    reason
    paths {
      strength
      steps { from { label } to { label } kind text strength }
    }
  }
}
""",
    {"from": "Category:601000", "to": "Category:604000"},
)

TIED: Final = Example(
    "How your brand and a creator are connected (fill in their ids)",
    """
query Tied($brand: ID!, $creator: ID!) {
  path(from: $brand, to: $creator, first: 3) {
    considered
    reason
    paths {
      strength
      steps { from { label } to { label } kind text strength }
    }
  }
}
""",
    {"brand": "Brand:…", "creator": "Creator:…"},
)

EXAMPLES: Final[dict[str, tuple[Example, ...]]] = {
    "admin": (OF_BRANDS,),
    "analyst": (OF_BRANDS, BETWEEN),
    "partner": (DRAWN, MEASURED, TIED),
    "brand": (DRAWN, MEASURED, TIED),
}
