"""A brand's network."""

from __future__ import annotations

from typing import Final

from api.features.example import Example, Examples
from api.features.feature import Feature
from api.features.network.network import network

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

EXAMPLES: Final[Examples] = {
    "admin": (OF_BRANDS,),
    "analyst": (OF_BRANDS,),
    "partner": (
        DRAWN,
        MEASURED,
    ),
    "brand": (
        DRAWN,
        MEASURED,
    ),
}


FEATURE: Final = Feature(
    fields={
        ("Brand", "network"): network,
    },
    lasting=True,
    costs={"network": 200},
    examples=EXAMPLES,
)
