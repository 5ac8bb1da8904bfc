"""Tools on networks."""

from __future__ import annotations

from typing import Final

from api.access.table import Permission
from api.mcp.tool import Tool

BRAND_NETWORK: Final = Tool(
    "brand_network",
    "A brand's network",
    "Whom a brand works with, and how they are connected: creators and (depth 2 and 3) their other brands as nodes, ties with "
    "weight, sales and trend, communities named by what they share, brokers, core, and how much of the sales depend on few "
    "creators. `bounded` shows what was left out. Where the key sees other brands' ties only as counts, they are rounded down "
    "to multiples of five.",
    """
    query BrandNetwork($id: ID!, $depth: Int! = 1, $window: Window, $categories: [ID!], $regions: [Region!], $first: Int! = 40,
                       $minWeight: Float! = 0) {
      brand(id: $id) {
        id name
        network(depth: $depth, window: $window, categories: $categories, regions: $regions, first: $first, minWeight: $minWeight) {
          nodes { nodeId kind label region distance weight community otherBrands }
          edges { source target kind weight times gmvUsd trend }
          bounded { by distance at leftOut }
          hiddenCreators
          measures {
            communities { number name shareOfGmv members }
            brokers { nodeId label betweenness constraint }
            cores { deepest core periphery }
            trends { new growing steady fading dormant }
            concentration { creators gmvUsd top1 top5 top10 hhi effectiveCreators }
          }
        }
      }
    }
    """,
    words={"id": "The brand's id."},
    permission=Permission.EXPLORE,
)

FIND_PATH: Final = Tool(
    "find_path",
    "Paths between two nodes",
    "How a brand and a creator, or any two of creators, brands, products and categories, are connected: the strongest of the shortest"
    " paths over collaborations, products and mentions, each step in words. Paths use only what the key may see.",
    """
    query FindPath($from: ID!, $to: ID!, $first: Int! = 3, $maxDepth: Int! = 4, $via: [PathVia!]) {
      path(from: $from, to: $to, first: $first, maxDepth: $maxDepth, via: $via) {
        paths { strength steps { from { nodeId label } to { nodeId label } kind text weight } }
        bounded
        reason
      }
    }
    """,
    permission=Permission.EXPLORE,
)
