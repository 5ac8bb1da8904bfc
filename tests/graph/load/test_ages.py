"""Which is later: by export, then path, then position; never by when it was imported."""

from neo4j import AsyncDriver

from graph.rows import BrandRef, Row
from tests.graph.load.market import DAY, by_name, digests_of_all_orders, known_as, loaded, order, row, sale, shown


async def test_an_older_export_fills_only_what_newer_ones_never_said(graph: AsyncDriver) -> None:
    newer = row("products", 200, id="p", title="New", stock=3)
    older = row("products", 100, id="p", title="Old", url="https://old")
    for imports in ([older], [newer]), ([newer], [older]):
        await graph.execute_query("MATCH (n) DETACH DELETE n")
        await loaded(graph, *imports)
        assert await shown(graph, "MATCH (p:Product) RETURN p.title, p.stock, p.url") == [("New", 3, "https://old")]


async def test_equal_ages_go_by_path_then_position(graph: AsyncDriver) -> None:
    rows = [
        row("products", 5, path="b", position=1, id="p", title="last path, first row"),
        row("products", 5, path="b", position=2, id="p", title="last path, last row"),
        row("products", 5, path="a", position=9, id="p", title="first path"),
    ]
    await loaded(graph, rows)
    assert await shown(graph, "MATCH (p:Product) RETURN p.title") == ["last path, last row"]
    assert len(await digests_of_all_orders(graph, [[each] for each in rows])) == 1


async def test_of_rows_that_say_no_time_the_one_imported_last_counts(graph: AsyncDriver) -> None:
    def stock(count: int, position: int, path: str = "products.csv") -> list[Row]:
        return [row("products", 0, path=path, position=position, id="p", stock=count, title="Shoe")]

    await loaded(graph, stock(9, 2), stock(10, 2))  # corrected in place
    assert await shown(graph, "MATCH (p:Product) RETURN p.stock") == [10]
    await loaded(graph, stock(5, 1), stock(4, 1, path="a.csv"))  # the row moved up; the file has another name
    assert await shown(graph, "MATCH (p:Product) RETURN p.stock") == [4]
    await loaded(graph, [row("products", 7, id="p", stock=3)], stock(8, 9))
    assert await shown(graph, "MATCH (p:Product) RETURN p.stock, p.title") == [(3, "Shoe")], "whatever says when is later"


async def test_of_sales_that_say_no_time_state_and_line_come_from_the_one_imported_last(graph: AsyncDriver) -> None:
    def line(status: str, refunded: int) -> list[Row]:
        return [row("sales", 0, path="sales.csv", position=1, **sale("o:1", status=status, refunded_quantity=refunded))]

    state = "MATCH (s:Sale) RETURN s.status, s.refundedQuantity, s.statuses, s.refundedQuantities"
    await loaded(graph, line("PLACED", 0), line("REFUNDED", 2))
    assert await shown(graph, state) == [("REFUNDED", 2, ["REFUNDED"], [2])]
    await loaded(graph, line("PLACED", 0))
    assert await shown(graph, state) == [("PLACED", 0, ["PLACED"], [0])]


async def test_of_two_exports_of_one_second_the_order_imported_last_counts(graph: AsyncDriver) -> None:
    placed = order(2000, sale("o:1", quantity=3), sale("o:2", product_id="p2"))
    refunded = order(2000, sale("o:1", status="REFUNDED", refunded_quantity=2))
    shows = "MATCH (s:Sale) RETURN s.id, s.quantity, s.status, s.seenAt, s.statuses, s.refundedQuantities ORDER BY s.id"
    last = [("o:1", 2, "REFUNDED", [2000], ["REFUNDED"], [2])]
    for imports in [[placed], [refunded]], [[placed, refunded]], [[placed], [refunded], [refunded]]:
        await graph.execute_query("MATCH (n) DETACH DELETE n")
        await loaded(graph, *imports)
        assert await shown(graph, shows) == last
        assert await shown(graph, "MATCH (p:Product) RETURN p.id") == ["p1"]
    await loaded(graph, [placed])
    assert await shown(graph, shows) == [("o:1", 3, "PLACED", [2000], ["PLACED"], [0]), ("o:2", 2, "PLACED", [2000], ["PLACED"], [0])]


async def test_an_order_is_replaced_whole_and_its_states_add_up(graph: AsyncDriver) -> None:
    first = order(2000, sale("o:1"), sale("o:2", product_id="p2"))
    second = order(3000, sale("o:1", status="REFUNDED", refunded_quantity=2))
    third = order(4000, sale("o:1", status="REFUNDED", refunded_quantity=2), sale("o:3", status="SETTLED"))
    await loaded(graph, [third], [first], [second])
    assert await shown(graph, "MATCH (s:Sale) RETURN s.id, s.status, s.seenAt, s.statuses, s.refundedQuantities ORDER BY s.id") == [
        ("o:1", "REFUNDED", [2000, 3000, 4000], ["PLACED", "REFUNDED", "REFUNDED"], [0, 2, 2]),
        ("o:3", "SETTLED", [4000], ["SETTLED"], [0]),
    ]
    assert await shown(graph, "MATCH (p:Product) RETURN p.id") == ["p1"]
    assert len(await digests_of_all_orders(graph, [[first], [second], [third]])) == 1


async def test_an_order_without_lines_stays_without(graph: AsyncDriver) -> None:
    imports = [[order(2000, sale("o:1"))], [order(3000)], [order(1500, sale("o:2"))]]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (s:Sale) RETURN s.id") == []
    await loaded(graph, [order(4000, sale("o:1", status="SETTLED"))])
    assert await shown(graph, "MATCH (s:Sale)-[:OF]->(p) RETURN s.seenAt, s.statuses, p.id") == [
        ([2000, 4000], ["PLACED", "SETTLED"], "p1")
    ]


async def test_a_collaboration_is_replaced_whole_part_by_part(graph: AsyncDriver) -> None:
    def application(at: int, **values: object) -> list[Row]:
        known = {"id": "k", "kind": "SAMPLE", "status": "OFFERED", "creator_id": "x"}
        return [row("collaborations", at, part="applications", **(known | values))]

    imports = [
        application(100, product_ids=["p1"], name="First"),
        application(300, status="ACCEPTED", product_ids=["p2"]),
        [row("collaborations", 200, part="fulfilments", id="k", content_ids=["v1"], content_count=1)],
    ]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (k:Collaboration) RETURN k.status, k.name, k.contentCount, k.seenAt, k.statuses") == [
        ("ACCEPTED", None, 1, [100, 300], ["OFFERED", "ACCEPTED"])
    ]
    assert await shown(graph, "MATCH (:Collaboration)-[r]->(x) RETURN type(r), x.id ORDER BY type(r)") == [
        ("DELIVERED", "v1"),
        ("PROMOTES", "p2"),
        ("WITH", "x"),
    ]
    assert await shown(graph, "MATCH (p:Product) RETURN p.id") == ["p2"]


async def test_terms_of_a_programme_show_on_each_of_its_collaborations(graph: AsyncDriver) -> None:
    def part(creator: str) -> list[Row]:
        return [row("collaborations", 100, part="detail", programme_id="t", kind="TARGETED", status="OFFERED", creator_id=creator)]

    terms = [row("programmes", 150, programme_id="t", kind="TARGETED", name="Spring", brand_id="b", product_ids=["p1"])]
    renamed = [row("programmes", 250, programme_id="t", kind="TARGETED", name="Summer")]
    assert len(await digests_of_all_orders(graph, [part("x"), part("y"), terms, renamed])) == 1
    assert await shown(
        graph, "MATCH (b:Brand)-[:OFFERED]->(k:Collaboration)-[:PROMOTES]->(p) RETURN k.id, k.programmeId, k.name, b.id, p.id ORDER BY k.id"
    ) == [("t:x", "t", "Summer", "b", "p1"), ("t:y", "t", "Summer", "b", "p1")]


async def test_sales_find_the_collaboration_of_their_programme(graph: AsyncDriver) -> None:
    sold = [order(500, sale(creator_id="x", programme_id=["t", "plan"]))]
    plan = [row("collaborations", 100, part="d", programme_id="plan", kind="OPEN", status="ACCEPTED", creator_id="x")]
    target = [row("collaborations", 100, part="d", programme_id="t", kind="TARGETED", status="ACCEPTED", creator_id="x")]
    other = [row("collaborations", 100, part="d", programme_id="t", kind="TARGETED", status="ACCEPTED", creator_id="y")]
    assert len(await digests_of_all_orders(graph, [sold, plan, target, other])) == 1
    assert await shown(graph, "MATCH (s:Sale)-[:UNDER]->(k) RETURN s.id, k.id") == [("o:1", "t:x")]


async def test_a_named_shop_never_displaces_a_known_one(graph: AsyncDriver) -> None:

    known = [row("products", 100, id="p", brand_id="7")]
    named = [
        row("products", 200, id="p", brand_id=BrandRef(name="My  Shop", region="US")),
        row("brands", 200, id=BrandRef(name="My  Shop", region="US"), name="My  Shop", region="US", named_only=True),
    ]
    assert len(await digests_of_all_orders(graph, [known, named])) == 1
    assert await shown(graph, "MATCH (b:Brand)-[:SELLS]->(p) RETURN b.id") == ["7"]
    assert await shown(graph, "MATCH (b:Brand {namedOnly: true}) RETURN b.id, b.name") == [("name:US:my  shop", "My  Shop")]


async def test_the_time_in_an_id_gives_way_to_a_published_time(graph: AsyncDriver) -> None:
    guessed, told = [row("contents", 300, id="v", kind="LIVE", time_in_id=50)], [row("contents", 100, id="v", published_at=60)]
    await loaded(graph, guessed)
    assert await shown(graph, "MATCH (v:LiveStream) RETURN v.publishedAt") == [50]
    assert len(await digests_of_all_orders(graph, [guessed, told])) == 1
    assert await shown(graph, "MATCH (v:LiveStream) RETURN v.publishedAt") == [60]


async def test_one_report_a_creator_and_day(graph: AsyncDriver) -> None:

    imports = [
        [row("reports", DAY + hour, creator_id=known_as("X", "alice"), at=DAY + hour, gmv=float(hour), currency="USD")]
        for hour in (1, 2, 3)
    ]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (r:Report)-[:ABOUT]->(c) RETURN r.id, r.gmv, r.gmvUsd, c.id, c.handle") == [
        ("X:1970-01-02", 3.0, 3.0, "X", "alice")
    ]


async def test_a_content_without_publisher_is_of_the_creator_who_delivered_it(graph: AsyncDriver) -> None:
    application = [row("collaborations", 100, part="applications", id="s", kind="SAMPLE", status="ACCEPTED", creator_id=by_name("alice"))]
    fulfilment = [row("collaborations", 100, part="fulfilments", id="s", content_ids=["v", "w"])]
    contents = [row("contents", 100, id="v", kind="VIDEO"), row("contents", 100, id="w", kind="VIDEO", creator_id="Z")]
    link = [row("creators", 100, open_id="X", handle="alice", region="US")]
    assert len(await digests_of_all_orders(graph, [application, fulfilment, contents, link])) == 1
    assert await shown(graph, "MATCH (c)-[:PUBLISHED]->(v) RETURN c.id, v.id ORDER BY v.id") == [("X", "v"), ("Z", "w")]
