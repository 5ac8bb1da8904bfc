"""A tool on what brands sell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.access.table import Permission
from api.errors import Forbidden
from api.mcp.tool import Tool


def _seen(data: Mapping[str, Any], _arguments: Mapping[str, Any]) -> Any:
    """Return the data; Forbidden where the sales are null, which for an agent would read as none."""
    if data["brand"]["sales"] is None:
        raise Forbidden(f"this key may not see what {data['brand']['id']} sold; give one of your own brands, which whoami lists")
    return data


BRAND_SALES: Final = Tool(
    "brand_sales",
    "A brand's sales",
    "What was sold of a brand in a period, net of refunds, by creator, product, content or week, beside the period before (weeks beside"
    " the week before), with totals. For the brand itself, its partner, analysts and administrators; others are refused. Weeks answer"
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
    permission=Permission.EXPLORE,
    shaped=_seen,
)
