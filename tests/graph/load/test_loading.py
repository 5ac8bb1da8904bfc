from neo4j import AsyncDriver

from tests.graph.load.market import by_name, digest, loaded, order, row, sale, shown

TABLES = [
    row("brands", id="b1", name="Brand"),
    row("categories", id="c1", name="Beauty", parent_id="0"),
    row("products", id="p1", title="Lipstick", brand_id="b1", category_id="c1", price=5.0, currency="USD"),
    row("creators", id="x", handle="Alice", region="US", follower_count=10),
    row("contents", id="v1", kind="VIDEO", creator_id="x", published_at=900, views=100),
    row("features", content_id="v1", product_id="p1", impressions=7),
    row("mentions", content_id="v1", creator_id="y"),
    row(
        "collaborations", id="k1", kind="TARGETED", status="ACCEPTED", brand_id="b1", creator_id="x", product_ids=["p1"], content_ids=["v1"]
    ),
    row("sales", **sale(creator_id="x", content_id="v1", collaboration_id="k1")),
    row("reports", id="x:1970-01-02", at=86_400, creator_id="x", gmv=3.0, currency="USD"),
    row("audiences", id="x:AGE:18-24", dimension="AGE", bucket="18-24", share=0.5, creator_id="x"),
    row("rates", currency="VND", date="2020-01-01", usd_per_unit=0.0001),
]


async def test_tables_become_the_declared_graph(graph: AsyncDriver) -> None:
    tally = await loaded(graph, TABLES)
    edges = await shown(graph, "MATCH (a)-[r]->(b) WHERE NOT b:Name RETURN a.id, type(r), b.id ORDER BY a.id, type(r), b.id")
    assert edges == [
        ("b1", "OFFERED", "k1"),
        ("b1", "SELLS", "p1"),
        ("k1", "DELIVERED", "v1"),
        ("k1", "PROMOTES", "p1"),
        ("k1", "WITH", "x"),
        ("o:1", "CREDITED_TO", "x"),
        ("o:1", "OF", "p1"),
        ("o:1", "THROUGH", "v1"),
        ("o:1", "UNDER", "k1"),
        ("p1", "IN_CATEGORY", "c1"),
        ("v1", "FEATURES", "p1"),
        ("v1", "MENTIONS", "y"),
        ("x", "HAS_AUDIENCE", "x:AGE:18-24"),
        ("x", "PUBLISHED", "v1"),
        ("x:1970-01-02", "ABOUT", "x"),
    ]
    assert await shown(graph, "MATCH (s:Sale) RETURN s.gmv, s.gmvUsd, s.seenAt, s.statuses, s.refundedQuantities") == [
        (10.0, 10.0, [1000], ["PLACED"], [0])
    ]
    assert await shown(graph, "MATCH (v:Content:Video) RETURN v.id") == ["v1"]
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id, c.handle, c.handleKey, c.region, c.firstSeenAt ORDER BY c.id") == [
        ("x", "Alice", "alice", "US", 900),
        ("y", "y", "y", "ZZ", None),
    ]
    assert (tally.total("read"), tally.total("created"), tally.exit_status) == (12, 12, 0)


async def test_the_same_again_changes_nothing(graph: AsyncDriver) -> None:
    await loaded(graph, TABLES)
    before = await digest(graph)
    version = await shown(graph, "MATCH (s:State) RETURN s.version")
    tally = await loaded(graph, TABLES)
    assert await digest(graph) == before
    assert (tally.total("created"), tally.total("changed"), tally.total("unchanged")) == (0, 0, 12)
    assert await shown(graph, "MATCH (s:State) RETURN s.version") == version


async def test_an_order_by_a_username_is_a_creator_of_that_name(graph: AsyncDriver) -> None:
    await loaded(graph, [order(2000, sale(creator_id=by_name("@Alice ")))])
    assert await shown(graph, "MATCH (s:Sale)-[:CREDITED_TO]->(c) RETURN s.handleKey, s.region, c.id, c.handle, c.region") == [
        ("alice", "US", "US:alice", "alice", "US")
    ]
    assert await shown(graph, "MATCH (s:Sale) RETURN s.seenAt") == [[2000]]
