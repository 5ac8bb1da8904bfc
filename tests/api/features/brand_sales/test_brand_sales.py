"""`Brand.sales` on a market drawn by hand: sums, periods, order, pages, and who sees what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, LiteralString

import pytest

from tests.api.features.finding_market import Finding
from tests.api.processes import process
from tests.conftest import TestServer

MONDAY: Final = 1_760_313_600
"""13 October 2025, 00:00 UTC."""

SALES: Final[LiteralString] = """
CREATE (:Brand {id: 'b0', name: 'Own'})-[:SELLS]->(cup:Product {id: 'cup', title: 'Cup'}),
       (:Brand {id: 'b1', name: 'Other'})-[:SELLS]->(hat:Product {id: 'hat'})
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (bob:Creator {id: 'bob', handle: 'bob', region: 'US'}),
       (cat:Creator {id: 'cat', handle: 'cat', region: 'GB'})
CREATE (ann)-[:PUBLISHED]->(v:Content:Video {id: 'v', kind: 'VIDEO', publishedAt: $monday - 100})
CREATE (bob)-[:PUBLISHED]->(w:Content:Video {id: 'w', kind: 'VIDEO', publishedAt: $monday + 50})
CREATE (w)-[:FEATURES {orders: 2, units: 4, refundedUnits: 1, gmvUsd: 40.0}]->(cup)
WITH cup, hat, v
UNWIND [
  ['o1', 0, 4, 1, 100.0, 'ann', 'SETTLED'], ['o1', 0, 1, 0, 10.0, 'ann', 'SETTLED'], ['o2', 86400, 1, 0, 20.0, 'ann', 'REFUNDED'],
  ['o3', 7 * 86400, 1, 0, 5.0, 'bob', 'PLACED'], ['o4', -1, 2, 0, 50.0, 'ann', 'SETTLED'], ['o5', 60, 1, 0, 7.0, 'cat', 'SETTLED'],
  ['o6', 60, 1, 0, 3.0, 'nobody', 'SETTLED'], ['o7', 60, 1, 0, 999.0, 'ann', 'NO_SALE']
] AS line
CREATE (s:Sale {id: line[0] + ':' + line[4], orderId: line[0], at: $monday + line[1], quantity: line[2], refundedQuantity: line[3],
                gmv: line[4], currency: 'USD', gmvUsd: line[4], status: line[6]})-[:OF]->(cup)
FOREACH (_ IN CASE WHEN line[0] = 'o1' THEN [1] ELSE [] END | CREATE (s)-[:THROUGH]->(v))
WITH s, line, hat
MATCH (c:Creator {id: line[5]})
CREATE (s)-[:CREDITED_TO]->(c)
WITH DISTINCT hat
CREATE (:Sale {id: 'x', orderId: 'x', at: $monday, quantity: 1, gmv: 1.0, currency: 'USD', gmvUsd: 1.0, status: 'SETTLED'})-[:OF]->(hat)
"""
PERIOD: Final = 'from: "2025-10-13T00:00:00Z", to: "2025-10-27T00:00:00Z"'
SUMS: Final = "gmvUsd grossGmvUsd refundedGmvUsd orders units"


@pytest.fixture(scope="module")
async def sold(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Finding]:
    """Return a process on two weeks of sales from a Monday on, and one sale just before."""
    async with neo4j.driver() as driver:
        await driver.execute_query("MATCH (n) DETACH DELETE n")
        await driver.execute_query(SALES, monday=MONDAY)
        state = process(driver, tmp_path_factory.mktemp("home"))
        yield Finding(driver, state)
        state.store.close()


async def sales(sold: Finding, who: str, arguments: str, fields: str, brand: str = "b0") -> Any:
    found = await sold.ask(who, f'{{ brand(id: "{brand}") {{ name sales({PERIOD}, {arguments}) {{ {fields} }} }} }}')
    return found["brand"]["sales"]


async def test_sums_are_net_of_refunds_and_orders_are_counted_once(sold: Finding) -> None:
    found = await sales(sold, "admin", "by: CREATOR", f"totalCount total {{ {SUMS} }} nodes {{ creator {{ handle }} sales {{ {SUMS} }} }}")
    assert found["total"] == {"gmvUsd": 130.0, "grossGmvUsd": 185.0, "refundedGmvUsd": 55.0, "orders": 7, "units": 10}
    assert [each["creator"] and each["creator"]["handle"] for each in found["nodes"]] == ["ann", "bob", "cat", None]
    assert found["nodes"][0]["sales"] == {"gmvUsd": 85.0, "grossGmvUsd": 130.0, "refundedGmvUsd": 45.0, "orders": 2, "units": 4}
    assert sum(each["sales"]["gmvUsd"] for each in found["nodes"]) == found["total"]["gmvUsd"]


async def test_each_row_stands_beside_the_period_before(sold: Finding) -> None:
    fields = "period { start end previousStart } previousTotal { gmvUsd } nodes { creator { handle } previous { gmvUsd } changeUsd growth }"
    found = await sales(sold, "analyst", "by: CREATOR, first: 2", fields)
    assert found["period"] == {"start": "2025-10-13T00:00:00Z", "end": "2025-10-27T00:00:00Z", "previousStart": "2025-09-29T00:00:00Z"}
    assert found["previousTotal"] == {"gmvUsd": 50.0}
    assert found["nodes"] == [
        {"creator": {"handle": "ann"}, "previous": {"gmvUsd": 50.0}, "changeUsd": 35.0, "growth": 0.7},
        {"creator": {"handle": "bob"}, "previous": {"gmvUsd": 0.0}, "changeUsd": 35.0, "growth": None},
    ]


async def test_weeks_stand_beside_the_week_before_the_newest_first(sold: Finding) -> None:
    found = await sales(sold, "brand", "by: WEEK", "nodes { week sales { gmvUsd } previous { gmvUsd } }")
    assert found["nodes"] == [
        {"week": "2025-10-20T00:00:00Z", "sales": {"gmvUsd": 5.0}, "previous": {"gmvUsd": 125.0}},
        {"week": "2025-10-13T00:00:00Z", "sales": {"gmvUsd": 125.0}, "previous": {"gmvUsd": 50.0}},
    ]


@pytest.mark.parametrize(
    ("by", "fields", "rows"),
    [
        ("PRODUCT", "product { title }", [({"product": {"title": "Cup"}}, 130.0)]),
        (
            "CONTENT",
            "content { id }",
            [({"content": {"id": "Content:v"}}, 85.0), ({"content": {"id": "Content:w"}}, 30.0), ({"content": None}, 15.0)],
        ),
    ],
)
async def test_sales_are_summed_by_product_and_by_content(sold: Finding, by: str, fields: str, rows: list[Any]) -> None:
    found = await sales(sold, "admin", f"by: {by}", f"nodes {{ {fields} sales {{ gmvUsd }} }}")
    assert found["nodes"] == [{**row, "sales": {"gmvUsd": usd}} for row, usd in rows]


async def test_creators_of_other_regions_are_one_row_without_a_name(sold: Finding) -> None:
    found = await sales(sold, "brand", "by: CREATOR", "total { gmvUsd } nodes { creator { handle } sales { gmvUsd } }")
    assert found["total"] == {"gmvUsd": 130.0}
    assert [(each["creator"] and each["creator"]["handle"], each["sales"]["gmvUsd"]) for each in found["nodes"]] == [
        ("ann", 85.0),
        ("bob", 35.0),
        (None, 10.0),
    ]


@pytest.mark.parametrize(("who", "brand", "seen"), [("brand", "b1", False), ("creator", "b0", False)])
async def test_a_brands_sales_are_its_own(sold: Finding, who: str, brand: str, seen: bool) -> None:
    assert (await sales(sold, who, "by: WEEK", "totalCount", brand) is not None) == seen


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("{by: GMV, direction: ASC}", ["", "cat", "bob", "ann"]),
        ("[{by: ORDERS}, {by: UNITS}]", ["bob", "ann", "", "cat"]),
        ("{by: CHANGE}", ["ann", "bob", "cat", ""]),
    ],
)
async def test_pages_put_together_are_the_list_in_its_order(sold: Finding, sort: str, order: list[str]) -> None:
    fields = "nodes { creator { handle } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor }"
    for how, where, more, end in (("first", "after", "hasNextPage", "endCursor"), ("last", "before", "hasPreviousPage", "startCursor")):
        found: list[str] = []
        cursor = ""
        while True:
            page = await sales(sold, "admin", f"sort: {sort}, {how}: 2{cursor}", fields)
            rows = [each["creator"]["handle"] if each["creator"] else "" for each in page["nodes"]]
            found = found + rows if how == "first" else rows + found
            if not page["pageInfo"][more]:
                break
            cursor = f', {where}: "{page["pageInfo"][end]}"'
        assert found == order


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ('from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z"', "must begin before it ends"),
        ('from: "2000-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z"', "at most 3,660 days earlier"),
        ('after: "x"', "is not a cursor of this list"),
    ],
)
async def test_what_is_wrong_is_the_fields_error(sold: Finding, arguments: str, said: str) -> None:
    result = await sold.result("admin", f'{{ brand(id: "b0") {{ name sales({arguments}) {{ totalCount }} }} }}')
    assert result["data"] == {"brand": {"name": "Own", "sales": None}}
    assert said in result["errors"][0]["message"]
