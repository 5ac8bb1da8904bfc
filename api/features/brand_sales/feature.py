"""What was sold of a brand."""

from __future__ import annotations

from typing import Final

from api.features.brand_sales.brand_sales import sales_of_brand
from api.features.example import Example, Examples
from api.features.feature import Feature

BY_CREATOR: Final = Example(
    "What you sold in the last 28 days, by creator, compared with the 28 days before",
    """
query SalesByCreator {
  viewer {
    brands {
      name
      sales(by: CREATOR, sort: {by: GMV}, first: 10) {
        period { start end previousStart }
        total { gmvUsd refundedGmvUsd orders units }
        previousTotal { gmvUsd }
        totalCount
        nodes { creator { handle } sales { gmvUsd orders } previous { gmvUsd } changeUsd growth }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}
""",
)

BY_WEEK: Final = Example(
    "Sales week by week, each compared with the week before, and the products that fell most",
    """
query SalesByWeek {
  viewer {
    brands {
      name
      weeks: sales(by: WEEK, first: 8) { nodes { week sales { gmvUsd orders } previous { gmvUsd } growth } }
      falling: sales(by: PRODUCT, sort: {by: CHANGE, direction: ASC}, first: 5) {
        nodes { product { title } sales { gmvUsd } previous { gmvUsd } changeUsd }
      }
    }
  }
}
""",
)

OF_BRANDS: Final = Example(
    "What brands sold, and through which content",
    """
query SalesOfBrands {
  brands(first: 3) {
    nodes {
      name
      sales(by: CONTENT, first: 5) {
        total { gmvUsd orders }
        nodes { content { id title creator { handle } } sales { gmvUsd units } }
      }
    }
  }
}
""",
)

EXAMPLES: Final[Examples] = {
    "admin": (OF_BRANDS,),
    "analyst": (OF_BRANDS,),
    "partner": (BY_CREATOR,),
    "brand": (
        BY_CREATOR,
        BY_WEEK,
    ),
}


FEATURE: Final = Feature(
    fields={
        ("Brand", "sales"): sales_of_brand,
    },
    lasting=True,
    costs={"BrandSalesConnection": 50},
    examples=EXAMPLES,
)
