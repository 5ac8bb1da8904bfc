"""How well products sell, told to those who may know who sells them."""

import pytest

from tests.api.reads.market import Market


@pytest.mark.parametrize(("who", "shoe", "hat"), [("admin", 1.5, 0.5), ("analyst", 1.5, 0.5), ("brand", 1.5, None), ("partner", 1.5, None)])
async def test_a_products_appeal_is_told_to_those_who_see_who_promotes_it(
    market: Market, who: str, shoe: float | None, hat: float | None
) -> None:
    query = """{ shoe: product(id: "shoe") { appeal { ratio low high posts apart } } hat: product(id: "hat") { appeal { ratio } }
                 shoes: category(id: "shoes") { appeal { ratio } } wear: category(id: "wear") { appeal { ratio } } }"""
    found = await market.ask(who, query)
    assert found["shoe"]["appeal"] == {"ratio": shoe, "low": 0.5, "high": 4.5, "posts": 2, "apart": False}
    assert found["hat"]["appeal"] == (hat and {"ratio": hat})
    few_brands_sell_in_it = who in ("partner", "brand")
    assert (found["shoes"]["appeal"], found["wear"]["appeal"]) == (None if few_brands_sell_in_it else {"ratio": 1.2}, None)
