"""How well products sell, told to those who may see everyone's sales, of which it is made."""

from typing import Final

import pytest

from tests.api.graphql.execution.market import Market

QUERY: Final = """{
  shoe: product(id: "shoe") { appeal { ratio low high posts apart } } hat: product(id: "hat") { appeal { ratio } }
  shoes: category(id: "shoes") { appeal { ratio } } wear: category(id: "wear") { appeal { ratio } }
}"""


@pytest.mark.parametrize("who", ["admin", "analyst"])
async def test_appeal_is_told_to_those_who_see_all(market: Market, who: str) -> None:
    found = await market.ask(who, QUERY)
    assert found["shoe"]["appeal"] == {"ratio": 1.5, "low": 0.5, "high": 4.5, "posts": 2, "apart": False}
    assert [found[name]["appeal"] for name in ("hat", "shoes", "wear")] == [{"ratio": 0.5}, {"ratio": 1.2}, None]


@pytest.mark.parametrize("who", ["brand", "partner"])
async def test_appeal_is_not_told_to_brands_and_partners(market: Market, who: str) -> None:
    assert [each["appeal"] for each in (await market.ask(who, QUERY)).values()] == [None] * 4
