"""Amounts in US dollars, categories' parents, and what is rejected while loading."""

from neo4j import AsyncDriver

from graph.rows import Row
from tests.graph.load.market import digests_of_all_orders, loaded, order, row, sale, shown

JULY_2023 = 1_688_169_600
VND = {"currency": "VND", "price": 50_000.0}


def rate(date: str, usd: float, at: int = 0) -> list[Row]:
    return [row("rates", at, currency="VND", date=date, usd_per_unit=usd)]


async def test_the_rate_of_the_orders_day_counts(graph: AsyncDriver) -> None:
    await loaded(graph, [order(JULY_2023, sale(at=JULY_2023, price=10.0, currency="EUR"))])
    assert await shown(graph, "MATCH (s:Sale) RETURN round(s.gmvUsd, 3)") == [21.732]


async def test_a_line_without_a_rate_is_rejected_alone(graph: AsyncDriver) -> None:
    tally = await loaded(graph, [order(JULY_2023, sale("o:1", at=JULY_2023, **VND), sale("o:2", at=JULY_2023))])
    assert await shown(graph, "MATCH (s:Sale) RETURN s.id") == ["o:2"]
    assert [reject.rule for reject in tally.reasons] == ["VND has no exchange rate on that day"]
    assert tally.exit_status == 3


async def test_rates_that_come_later_are_applied_to_what_is_there(graph: AsyncDriver) -> None:
    facts = [
        order(JULY_2023, sale("o:1", at=JULY_2023, **VND)),
        row("products", JULY_2023, id="p1", **VND),
        row("features", JULY_2023, content_id="v", product_id="p1", gmv=10.0, currency="VND", seen_at=JULY_2023),
        row("reports", JULY_2023, creator_id="x", at=JULY_2023, gmv_low=10.0, currency="VND"),
    ]
    imports = [rate("2023-01-01", 0.5), [*rate("2022-01-01", 0.25), *facts], rate("2023-06-01", 2.0)]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(
        graph, "MATCH (s:Sale), (p:Product), (:Content)-[f:FEATURES]->(), (r:Report) RETURN s.gmvUsd, p.priceUsd, f.gmvUsd, r.gmvLowUsd"
    ) == [(200_000.0, 100_000.0, 20.0, 20.0)]


async def test_parents_in_a_circle_are_rejected_whichever_came_first(graph: AsyncDriver) -> None:
    imports = [[row("categories", 1, id=child, parent_id=parent, name=child)] for child, parent in (("a", "b"), ("b", "a"), ("c", "a"))]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (a)-[:CHILD_OF]->(b) RETURN a.id, b.id") == [("c", "a")]
    tally = await loaded(graph, [row("categories", 2, id="b", parent_id="a")])
    assert [reject.rule for reject in tally.reasons] == ["category b would be its own ancestor"]
    again = await loaded(graph, [row("categories", 2, id="b", parent_id="a")])
    assert (again.total("rejected"), again.total("unchanged")) == (1, 0), "it is told however often it is imported"
    await loaded(graph, [row("categories", 3, id="b", parent_id="0")])
    assert await shown(graph, "MATCH (a)-[:CHILD_OF]->(b) RETURN a.id, b.id ORDER BY a.id") == [("a", "b"), ("c", "a")]


async def test_a_category_has_a_name_in_each_region(graph: AsyncDriver) -> None:
    imports = [
        [row("categories", at, id="a", name=name, region=region)]
        for at, name, region in ((1, "Beauty", "US"), (2, "Beauté", "FR"), (3, "Schönheit", "DE"))
    ]
    assert len(await digests_of_all_orders(graph, imports)) == 1
    assert await shown(graph, "MATCH (c:Category) RETURN c.name, c.nameRegions, c.regionNames") == [
        ("Schönheit", ["DE", "FR", "US"], ["Schönheit", "Beauté", "Beauty"])
    ]
