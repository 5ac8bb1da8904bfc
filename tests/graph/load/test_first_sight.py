"""From when on something was known, and what was known of it then."""

from neo4j import AsyncDriver

from graph.rows import Row
from tests.graph.load.market import digests_of_all_orders, known_as, loaded, row, shown


async def test_the_earliest_export_counts_whatever_came_first(graph: AsyncDriver) -> None:
    def export(at: int, views: int) -> list[Row]:
        named = {"id": "v", "kind": "VIDEO", "creator_id": "x", "selected": True}
        shows = row("features", at, content_id="v", product_id="p")
        return [
            row("contents", at, views=views, **named),
            shows,
            row("collaborations", at, id="k", kind="OPEN", status="ACCEPTED", creator_id="x"),
        ]

    imports = [export(300, 3), export(100, 1), export(200, 2)]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (v:Content)-[f:FEATURES]->() RETURN v.firstSeenAt, v.views, f.firstSeenAt") == [(100, 3, 100)]
    assert await shown(graph, "MATCH (k:Collaboration) RETURN k.firstSeenAt, k.seenAt") == [(100, [100, 200, 300])]


async def test_what_an_undated_source_tells_was_known_ever_since(graph: AsyncDriver) -> None:
    imports = [[row("contents", at, id="v", kind="VIDEO"), row("features", at, content_id="v", product_id="p")] for at in (0, 100)]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (v:Content)-[f:FEATURES]->() RETURN v.firstSeenAt, f.firstSeenAt") == [(None, None)]


async def test_a_content_that_orders_name_is_selected_until_it_is_listed(graph: AsyncDriver) -> None:
    named = [row("contents", 200, id=each, kind="VIDEO", creator_id="x", selected=True) for each in ("v", "w")]
    listed = [row("contents", 100, id="v", kind="VIDEO", creator_id="x", views=7)]
    assert len(await digests_of_all_orders(graph, [named, listed, [named[0]]])) == 1
    assert await shown(graph, "MATCH (v:Content) RETURN v.id, v.selected, v.firstSeenAt ORDER BY v.id") == [
        ("v", None, 100),
        ("w", True, 200),
    ]


async def test_a_plans_count_keeps_its_history(graph: AsyncDriver) -> None:
    def plan(at: int, count: int, *, creator: object = "x") -> list[Row]:
        told = {"kind": "OPEN", "status": "DELIVERED" if count else "ACCEPTED", "content_count": count, "product_ids": ["p"]}
        return [row("collaborations", at, part="plan", programme_id="open:p", creator_id=creator, **told)]

    by_name = plan(400, 5, creator=known_as("x", "ann"))
    assert len(await digests_of_all_orders(graph, [plan(300, 4), plan(100, 0), plan(200, 2), by_name])) == 1
    counted = "MATCH (k:Collaboration) RETURN k.id, k.contentCount, k.countedAt, k.contentCounts, k.statuses, k.firstSeenAt"
    states = ["ACCEPTED", "DELIVERED", "DELIVERED", "DELIVERED"]
    assert await shown(graph, counted) == [("open:p:x", 5, [100, 200, 300, 400], [0, 2, 4, 5], states, 100)]


async def test_counts_of_a_table_stay_as_they_are_told(graph: AsyncDriver) -> None:
    known = {"id": "k", "kind": "OPEN", "status": "DELIVERED", "creator_id": "x", "content_count": 2}
    await loaded(graph, [row("collaborations", counted_at=[5, 9], content_counts=[1, 2], **known)])
    again = await loaded(graph, [row("collaborations", counted_at=[5, 9], content_counts=[1, 2], **known)])
    assert await shown(graph, "MATCH (k:Collaboration) RETURN k.contentCount, k.countedAt, k.contentCounts, k.firstSeenAt") == [
        (2, [5, 9], [1, 2], None)
    ]
    assert (again.total("created"), again.total("changed")) == (0, 0)
