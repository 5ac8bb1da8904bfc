"""Exact sales, and all that would tell them, are for those who may see them; others get ranges."""

from __future__ import annotations

from typing import Any, Final

import pytest

from graph.appeals import consented
from tests.api.graphql.execution.market import Market
from tests.api.graphql.execution.roles import BOUNDED, SEES_ALL, by_role

SALES: Final = """query ($id: ID!) { creator(id: $id) { sales { exact gmvUsd grossGmvUsd refundedGmvUsd orders units
  gmvRange { low high } ordersRange { low high } } } }"""

ANA: Final = {"exact": True, "gmvUsd": 90.0, "grossGmvUsd": 100.0, "refundedGmvUsd": 10.0, "orders": 1, "units": 9}
BEN: Final = {"exact": True, "gmvUsd": 1264.0, "grossGmvUsd": 1274.0, "refundedGmvUsd": 10.0, "orders": 5, "units": 4}
HIDDEN: Final = dict.fromkeys(BEN) | {"exact": False}
RANGES: Final = {
    "ana": {"gmvRange": {"low": 0, "high": 100}, "ordersRange": {"low": 0, "high": 10}},
    "ben": {"gmvRange": {"low": 1000, "high": 10000}, "ordersRange": {"low": 0, "high": 10}},
}


@pytest.mark.parametrize(("who", "expected"), by_role(all_=(ANA, BEN), bounded=(ANA, HIDDEN), creator=(None, BEN)))
async def test_exact_sales_need_consent_for_those_who_see_ranges(market: Market, who: str, expected: tuple[Any, Any]) -> None:
    for own_id, sums in zip(("ana", "ben"), expected, strict=True):
        creator = (await market.ask(who, SALES, id=own_id))["creator"]
        assert creator == (None if sums is None else {"sales": sums | RANGES[own_id]})


FILTERED: Final = "{ creators(filter: {sales: {minUsd: 1000}}) { nodes { id } } }"


@pytest.mark.parametrize("who", BOUNDED)
async def test_nothing_is_filtered_by_exact_sales_where_ranges_are_shown(market: Market, who: str) -> None:
    error = await market.refusal(who, FILTERED)
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert "SALES_ABILITY" in error["message"]


@pytest.mark.parametrize("who", [*SEES_ALL, "creator"])
async def test_exact_sales_filter_for_those_who_see_them(market: Market, who: str) -> None:
    assert (await market.ask(who, FILTERED))["creators"]["nodes"] == [{"id": "Creator:ben"}]


REPORTS: Final = """query ($id: ID!) { creator(id: $id) { reports { nodes { gmv { exact { amount usd } range { low high } }
  unitsSold unitsSoldRange { low high } commissionRate brandCollaborationCount } } } }"""


@pytest.mark.parametrize(("who", "exact"), by_role(all_=True, bounded=False, creator=True))
async def test_reports_tell_exact_amounts_as_sales_do(market: Market, who: str, exact: bool) -> None:
    newest, oldest = (await market.ask(who, REPORTS, id="ben"))["creator"]["reports"]["nodes"]
    assert newest["gmv"] == {"exact": None, "range": {"low": 0, "high": 50}}
    assert oldest == {
        "gmv": {"exact": {"amount": 1500.0, "usd": 1500.0} if exact else None, "range": {"low": 1000, "high": 10000}},
        "unitsSold": 33 if exact else None,
        "unitsSoldRange": {"low": 10, "high": 100},
        "commissionRate": 0.2 if exact else None,
        "brandCollaborationCount": 7,
    }


@pytest.mark.parametrize(("who", "count"), [("admin", 2), ("analyst", 2), ("partner", None), ("brand", None), ("ana", 2)])
async def test_reported_brands_are_a_group_or_nothing(market: Market, who: str, count: int | None) -> None:
    (report,) = (await market.ask(who, REPORTS, id="ana"))["creator"]["reports"]["nodes"]
    assert report["brandCollaborationCount"] == count


COMPONENTS: Final = (
    "query ($id: ID!) { creator(id: $id) { salesAbility { outward explanation { components { name raw shrunk contribution } } } } }"
)


@pytest.mark.parametrize(("who", "outward"), by_role(all_=False, bounded=True, creator=False))
async def test_components_are_told_whole_since_what_goes_out_stands_on_nothing_hidden(market: Market, who: str, outward: bool) -> None:
    sensitive = {each["name"] for each in await _sensitive(market)}
    score = (await market.ask(who, COMPONENTS, id="ben"))["creator"]["salesAbility"]
    assert score["outward"] == outward
    told = {each["name"] for each in score["explanation"]["components"] if each["raw"] is not None or each["shrunk"] is not None}
    assert sensitive & told


async def test_withdrawn_consent_ends_explanations_of_what_stood_on_it(market: Market) -> None:
    asked = "query ($id: ID!) { creator(id: $id) { salesAbility { value explanation { base } } } }"
    try:
        async with market.driver.session() as session:
            await session.execute_write(consented, "ana", consent=False)
        found = {who: (await market.ask(who, asked, id="ana"))["creator"]["salesAbility"] for who in ("brand", "admin")}
        assert found["brand"]["value"] == found["admin"]["value"]
        assert (found["brand"]["explanation"], found["admin"]["explanation"]) == (None, {"base": 50.0})
    finally:
        await market.driver.execute_query("""MATCH (inner:Scorecard {creatorId: 'ana'}) WHERE inner.runId = 'run1'
            MATCH (out:Scorecard {id: 'run1-outward|ana|' + toString(inner.window) + '|' + inner.categoryId})
            MATCH (inner)-[:RATES]->(c) SET out.facts = inner.facts, c.salesConsent = true REMOVE c._consented""")


async def _sensitive(market: Market) -> list[dict[str, Any]]:
    found = await market.ask("admin", "{ methodology { indicators { indicator components { name sensitive } } } }")
    (ability,) = (each for each in found["methodology"]["indicators"] if each["indicator"] == "SALES_ABILITY")
    return [each for each in ability["components"] if each["sensitive"]]
