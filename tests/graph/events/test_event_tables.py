"""What leaves the graph is what the facts declare."""

from typing import Any

from graph.events import earlier_sales, event_tables
from graph.reader import Reader
from scoring.facts import EVENT_TABLES, Period, market, ties

END = 20_000 * 86_400
MARKET = """
CREATE (ann:Creator {id: 'ann', handle: 'ann', region: 'US'}), (bob:Creator {id: 'bob', handle: 'bob', region: 'GB', followerCount: 7}),
       (p:Product {id: 'p'})-[:IN_CATEGORY]->(:Category {id: '1'}), (q:Product {id: 'q'}), (b:Brand {id: 'b'})-[:SELLS]->(p),
       (ann)-[:PUBLISHED]->(v:Content {id: 'v', kind: 'VIDEO', publishedAt: $end - $day, likes: 2})-[:FEATURES {clicks: 5}]->(p),
       (v)-[:FEATURES {units: 4, refundedUnits: 1, gmvUsd: 8.0}]->(q), (v)-[:MENTIONS]->(bob),
       (ann)-[:PUBLISHED]->(:Content {id: 'l', kind: 'LIVE', publishedAt: $end - $day, views: 3, durationSeconds: 60}),
       (s:Sale {id: 's', orderId: 'o', status: 'REFUNDED', at: $end - 9, quantity: 2, refundedQuantity: 2, gmvUsd: 4.0,
                seenAt: [$end - 9, $end + 9], statuses: ['PLACED', 'REFUNDED'], refundedQuantities: [0, 2]})-[:OF]->(p),
       (s)-[:CREDITED_TO]->(ann), (s)-[:THROUGH]->(v),
       (t:Sale {id: 't', orderId: 't', status: 'SETTLED', at: $end - 300 * $day, quantity: 1, gmvUsd: 3.0})-[:OF]->(p),
       (t)-[:CREDITED_TO]->(bob)
"""


async def test_are_the_declared_tables_and_columns_with_and_without_rows(graph: Any, draw: Any) -> None:
    reader, period = Reader(graph), Period(END)
    for cypher in ("RETURN 1 AS nothing", MARKET):
        await draw(cypher)
        tables = await event_tables(reader, period)
        assert {name: set(each.column_names) for name, each in tables.items()} == {
            declared.name: {column.name for column in declared.columns} for declared in EVENT_TABLES
        }
        found = market(tables, period)
        ties(found, await earlier_sales(reader, period))
    assert found.creators.id.tolist() == ["ann", "bob"]


async def test_a_content_is_there_once_and_its_products_each(graph: Any, draw: Any) -> None:
    await draw(MARKET)
    tables = await event_tables(Reader(graph), Period(END))
    contents = {row.pop("id"): row for row in tables["contents"].to_pylist()}
    video = {"creator_id": "ann", "published_at": END - 86_400, "live": False, "selected": False, "views": None}
    video |= {"engagements": 2, "live_seconds": 0}
    assert contents == {"v": video, "l": {**video, "live": True, "views": 3, "engagements": None, "live_seconds": 60}}
    sums = ("clicks", "orders", "units", "refunded_units", "gmv_usd")
    features = {row["product_id"]: [row[name] for name in sums] for row in tables["features"].to_pylist()}
    assert features == {"p": [5, None, None, None, None], "q": [None, 4, 4, 1, 8.0]}


async def test_a_line_says_what_was_known_then_and_earlier_ones_stand_apart(graph: Any, draw: Any) -> None:
    await draw(MARKET)
    reader = Reader(graph)
    (line,) = (await event_tables(reader, Period(END)))["sales"].to_pylist()
    assert (line["order_id"], line["status"], line["earlier_status"], line["earlier_refunded_quantity"]) == ("o", "REFUNDED", "PLACED", 0)
    (line,) = (await event_tables(reader, Period(END + 9)))["sales"].to_pylist()
    assert (line["status"], line["earlier_status"], line["earlier_refunded_quantity"]) == ("REFUNDED", None, None)
    (line,) = (await earlier_sales(reader, Period(END))).to_pylist()
    assert (line["order_id"], line["creator_id"], line["content_id"], line["content_kind"]) == ("t", "bob", None, None)


async def test_counts_and_reports_are_those_known_then_and_contents_go_back_half_a_year(graph: Any, draw: Any) -> None:
    await draw("""
    CREATE (ann:Creator {id: 'ann', handle: 'ann'})<-[:WITH]-(:Collaboration {id: 'k', kind: 'OPEN', status: 'DELIVERED', contentCount: 5,
             countedAt: [$end - $day, $end + $day], contentCounts: [3, 5]}),
           (ann)<-[:WITH]-(:Collaboration {id: 'l', kind: 'OPEN', status: 'ACCEPTED', contentCount: 2}),
           (ann)<-[:WITH]-(:Collaboration {id: 'm', kind: 'OPEN', status: 'ACCEPTED'}),
           (ann)<-[:WITH]-(:Collaboration {id: 'n', kind: 'OPEN', status: 'ACCEPTED', contentCount: 7,
             countedAt: [$end + $day], contentCounts: [7]})
    FOREACH (days IN [-1, 0, 30, 359, 360] |
      CREATE (ann)<-[:ABOUT]-(:Report {id: 'r' + days, at: $end - days * $day, days: 30, contentCount: days, rating: 4.0}))
    FOREACH (days IN [179, 181] | CREATE (ann)-[:PUBLISHED]->(:Content {id: 'c' + days, kind: 'VIDEO', publishedAt: $end - days * $day}))
    """)
    tables = await event_tables(Reader(graph), Period(END))
    assert {row["id"]: row["content_count"] for row in tables["collaborations"].to_pylist()} == {"k": 3, "l": 2, "m": None, "n": None}
    history = [(row["content_count"], row["rating"], row["video_count"]) for row in tables["report_history"].to_pylist()]
    assert sorted(history) == [(0, 4.0, None), (30, 4.0, None), (359, 4.0, None)]
    assert tables["contents"]["id"].to_pylist() == ["c179"]
