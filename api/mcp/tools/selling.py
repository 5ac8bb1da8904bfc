"""A tool on what brands sell."""

from __future__ import annotations

from typing import Final

from api.access.table import Deed
from api.mcp.tool import Tool

BRAND_SALES: Final = Tool(
    "brand_sales",
    "A brand's sales",
    "What was sold of a brand in a period, net of refunds, by creator, product, content or week, beside the period before (weeks beside"
    " the week before), with totals. For the brand itself, its partner, analysts and administrators; null for others. Weeks answer"
    " `this week against last week`; sort by CHANGE to see what rose or fell most.",
    """
    query BrandSales($id: ID!, $by: SalesGroup! = CREATOR, $from: DateTime, $to: DateTime, $sort: [SalesOrder!], $first: Int = 20) {
      brand(id: $id) {
        id name
        sales(by: $by, from: $from, to: $to, sort: $sort, first: $first) {
          period { start end previousStart }
          total { gmvUsd refundedGmvUsd orders units }
          previousTotal { gmvUsd orders }
          totalCount
          nodes {
            creator { id handle } product { id title } content { id title } week
            sales { gmvUsd orders units } previous { gmvUsd orders } changeUsd growth
          }
        }
      }
    }
    """,
    words={"id": "The brand's id."},
    deed=Deed.EXPLORE,
)
