"""What is sold, net of what came back, as it was known at the time."""

from typing import Any

import pytest

STAGE = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (bob:Creator {id: 'bob', handle: 'bob', region: 'US'}),
       (beauty:Category {id: '1'}), (lips:Category {id: '11'})-[:CHILD_OF]->(beauty), (home:Category {id: '2'}),
       (p1:Product {id: 'p1'})-[:IN_CATEGORY]->(lips), (p2:Product {id: 'p2'})-[:IN_CATEGORY]->(home),
       (ann)-[:PUBLISHED]->(v:Content:Video {id: 'v', kind: 'VIDEO', publishedAt: $end - 5 * $day, views: 100}),
       (ann)-[:PUBLISHED]->(l:Content:LiveStream {id: 'l', kind: 'LIVE', publishedAt: $end - 4 * $day, views: 50}),
       (v)-[f1:FEATURES {clicks: 30}]->(p1), (v)-[f2:FEATURES]->(p2), (l)-[f3:FEATURES]->(p1)
"""


def sale(name: str, *, order: str = "", product: str = "p1", through: str = "v", **properties: Any) -> str:
    """Return Cypher for one order line of ann's, at 10 dollars a unit."""
    values = {"status": "'SETTLED'", "quantity": 1, "refundedQuantity": 0, "at": "$end - 3 * $day", "gmvUsd": 10.0} | properties
    listed = ", ".join(f"{key}: {value}" for key, value in values.items())
    made = (
        f"CREATE (s{name}:Sale {{id: '{name}', orderId: '{order or name}', {listed}}})-[:OF]->({product}), (s{name})-[:CREDITED_TO]->(ann)"
    )
    return made + (f", (s{name})-[:THROUGH]->({through})\n" if through else "\n")


async def test_counts_orders_units_and_money_net_of_refunds(draw: Any, ask: Any) -> None:
    lines = (
        sale("1", order="o", quantity=4, refundedQuantity=1, gmvUsd=40.0)
        + sale("2", order="o", product="p2")
        + sale("3", status="'REFUNDED'", gmvUsd=7.0)
        + sale("4", status="'NO_SALE'", gmvUsd=1000.0)
        + sale("5", through="l", quantity=2, gmvUsd=5.0)
    )
    await draw(STAGE + lines)
    known = await ask()
    assert known.of("orders", "units", "gmv_usd", "gross_gmv_usd", "refunded_gmv_usd") == (2, 6, 45, 62, 17)
    assert known.of("clicks", "click_orders", "video_orders", "live_orders") == (30, 1, 1, 1)
    assert known.of("video_gmv_usd", "live_gmv_usd") == (40, 5)
    assert known.of("orders", "gmv_usd", category="1") == (2, 35)
    assert known.of("orders", "gmv_usd", category="2") == (1, 10)


async def test_knows_of_a_sale_only_what_had_been_seen(draw: Any, ask: Any) -> None:
    history = sale(
        "1",
        quantity=2,
        gmvUsd=20.0,
        status="'REFUNDED'",
        refundedQuantity=2,
        seenAt="[$end - 2 * $day, $end + $day, $end + 2 * $day]",
        statuses="['PLACED', 'SETTLED', 'REFUNDED']",
        refundedQuantities="[0, 1, 2]",
    )
    await draw(STAGE + history)
    end = 20_000 * 86_400
    seen = [(await ask(end + shift)).of("orders", "gmv_usd") for shift in (-2 * 86_400 - 1, -1, 86_400, 2 * 86_400)]
    assert seen == [(0, 0), (1, 20), (1, 10), (0, 0)]


async def test_sums_on_features_count_only_where_no_line_is_known(draw: Any, ask: Any) -> None:
    sums = """
    SET f1.orders = 10, f1.units = 20, f1.refundedUnits = 5, f1.gmvUsd = 100.0
    SET f3.orders = 3, f3.units = 4, f3.refundedUnits = 2, f3.gmvUsd = 40.0, f3.seenAt = $end - 1
    WITH * """
    await draw(STAGE + sums + sale("1", seenAt="[$end - $day]", statuses="['PLACED']", refundedQuantities="[0]"))
    known = await ask()
    assert known.of("orders", "units", "gmv_usd", "gross_gmv_usd") == (3, 3, 30, 50)
    assert known.of("video_orders", "live_orders", "click_orders") == (1, 2, 1)
    before_the_line = await ask(20_000 * 86_400 - 86_400 - 1)
    assert before_the_line.of("orders", "units", "gmv_usd") == (10, 15, 75)


async def test_a_sale_without_content_keeps_its_kind_and_a_showcase_is_neither(draw: Any, ask: Any) -> None:
    lines = sale("1", through="", contentKind="'LIVE'") + sale("2", through="", contentKind="'SHOWCASE'") + sale("3", through="")
    await draw(STAGE + lines)
    known = await ask()
    assert known.of("orders", "live_orders", "video_orders", "click_orders") == (3, 1, 0, 0)


@pytest.mark.parametrize(("shift", "orders"), [("-7 * $day - 1", 0), ("-7 * $day", 1), ("-1", 1), ("", 0)])
async def test_a_sale_counts_in_the_window_of_its_own_time(draw: Any, ask: Any, shift: str, orders: int) -> None:
    await draw(STAGE + sale("1", at=f"$end {shift}"))
    assert (await ask())("orders", window=7) == orders


async def test_orders_are_held_against_clicks_of_the_same_content(draw: Any, ask: Any) -> None:
    await draw(STAGE + sale("1") + "SET v.publishedAt = $end - 20 * $day")
    known = await ask()
    assert known.of("orders", "click_orders", "clicks", window=7) == (1, 0, 0)
    assert known.of("orders", "click_orders", "clicks", window=28) == (1, 1, 30)
