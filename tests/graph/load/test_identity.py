"""Who is who: by open id and by name within a region, at the time, in whatever order it becomes known."""

from neo4j import AsyncDriver

from graph.rows import CreatorRef, Row
from tests.graph.load.market import by_name, digests_of_all_orders, known_as, loaded, order, row, sale, shown

CREDITED = "MATCH (s:Sale)-[:CREDITED_TO]->(c) RETURN s.id, c.id ORDER BY s.id"


def profile(at: int, ref: CreatorRef, **values: object) -> list[Row]:
    return [row("creators", at, id=ref, open_id=ref.open_id, handle=ref.handle, region=ref.region, **values)]


async def test_an_order_belongs_to_whoever_held_the_name_then(graph: AsyncDriver) -> None:
    sold = [order(900, sale(f"{at}:1", at=at, creator_id=by_name("Alice")), order_id=str(at)) for at in (100, 500, 700)]
    imports = [sold, profile(300, known_as("X", "@alice")), profile(600, known_as("Y", "ALICE"))]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, CREDITED) == [("100:1", "X"), ("500:1", "X"), ("700:1", "Y")]
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id ORDER BY c.id") == ["X", "Y"]


async def test_the_same_name_elsewhere_is_another(graph: AsyncDriver) -> None:
    sold = [order(900, sale(creator_id=by_name("alice", "GB")))]
    await loaded(graph, sold, profile(300, known_as("X", "alice", "US")))
    assert await shown(graph, CREDITED) == [("o:1", "GB:alice")]


async def test_a_renamed_creator_keeps_one_history(graph: AsyncDriver) -> None:
    sold = [
        order(900, sale("a:1", at=100, creator_id=by_name("old")), order_id="a"),
        order(900, sale("b:1", at=800, creator_id=by_name("new")), order_id="b"),
    ]
    imports = [
        sold,
        profile(200, known_as("X", "old", "US"), follower_count=5),
        profile(700, known_as("X", "new", "GB")),
        profile(700, known_as("X", "new")),
    ]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, CREDITED) == [("a:1", "X"), ("b:1", "X")]
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id, c.openId, c.handle, c.followerCount, c.firstSeenAt") == [
        ("X", "X", "new", 5, 200)
    ]


async def test_two_become_one_with_nothing_lost(graph: AsyncDriver) -> None:
    alice = by_name("alice")
    said = [
        *profile(100, alice, nickname="Al", follower_count=7),
        row("reports", 100, creator_id=alice, at=100, gmv=4.0, currency="USD"),
        row("audiences", 100, creator_id=alice, dimension="AGE", bucket="18-24", share=0.4, at=100),
        row("collaborations", 100, part="d", programme_id="t", kind="TARGETED", status="ACCEPTED", creator_id=alice, product_ids=["p"]),
        row("collaborations", 100, part="d", id="s", kind="SAMPLE", status="OFFERED", creator_id=alice),
        row("contents", 100, id="v", kind="VIDEO", creator_id=alice),
        row("mentions", 100, content_id="w", creator_id=alice),
        order(100, sale(creator_id=alice, programme_id=["t"])),
    ]
    own = [row("reports", 110, creator_id=known_as("X", "x"), at=110, units_sold=3, gmv=5.0, currency="USD")]
    link = profile(200, known_as("X", "alice"), follower_count=9)
    await loaded(graph, said)
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id, c.handle, c.nickname") == [("US:alice", "alice", "Al")]
    assert await shown(graph, "MATCH (x)-[r]-(:Creator) WHERE NOT x:Heard RETURN type(r), x.id ORDER BY x.id") == [
        ("ABOUT", "US:alice:1970-01-01"),
        ("HAS_AUDIENCE", "US:alice:AGE:18-24"),
        ("CREDITED_TO", "o:1"),
        ("WITH", "s"),
        ("WITH", "t:US:alice"),
        ("PUBLISHED", "v"),
        ("MENTIONS", "w"),
    ]
    assert len(await digests_of_all_orders(graph, [said, own, link])) == 1
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id, c.handle, c.nickname, c.followerCount") == [("X", "alice", "Al", 9)]
    assert await shown(graph, "MATCH (x)-[r]-(:Creator) WHERE NOT x:Heard RETURN type(r), x.id ORDER BY x.id") == [
        ("ABOUT", "X:1970-01-01"),
        ("HAS_AUDIENCE", "X:AGE:18-24"),
        ("CREDITED_TO", "o:1"),
        ("WITH", "s"),
        ("WITH", "t:X"),
        ("PUBLISHED", "v"),
        ("MENTIONS", "w"),
    ]
    assert await shown(graph, "MATCH (r:Report) RETURN r.gmv, r.unitsSold") == [(5.0, 3)]
    assert await shown(graph, "MATCH (s:Sale)-[:UNDER]->(k)-[:PROMOTES]->(p) RETURN k.id, p.id") == [("t:X", "p")]


async def test_what_was_said_by_a_name_follows_its_holders(graph: AsyncDriver) -> None:
    said = [each for at in (100, 400) for each in profile(at, by_name("alice"), follower_count=at)]
    imports = [said[:1], said[1:], profile(50, known_as("X", "alice")), profile(300, known_as("Y", "alice"))]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (c:Creator) RETURN c.id, c.followerCount ORDER BY c.id") == [("X", 100), ("Y", 400)]


async def test_an_unknown_region_gives_way_to_a_known_one(graph: AsyncDriver) -> None:
    imports = [[row("creators", 100, id="x", handle="x", region="US")], [row("creators", 200, id="x", handle="x", region="ZZ")]]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (c:Creator) RETURN c.region") == ["US"]


async def test_a_node_that_only_rows_name_is_created_when_its_own_row_comes(graph: AsyncDriver) -> None:
    first = await loaded(graph, [row("contents", 100, id="v", kind="VIDEO", creator_id="x")])
    assert first.counts.keys() == {"contents"}
    second = await loaded(graph, [row("creators", 100, id="x", handle="x", region="US")])
    assert second.counts["creators"]["created"] == 1
