"""What a page's creators share with the one to be resembled, as far as the reader may see it."""

from neo4j import AsyncDriver

from graph.similarity.active import active
from graph.similarity.partners import partners
from graph.similarity.reasons import Common, Example, Shared, common
from tests.graph.similarity.drawn import RUN, draw, reading


async def test_who_sees_all_sees_everything_shared(graph: AsyncDriver) -> None:
    await draw(graph)
    found = await common(reading(graph), RUN, "Creator", "ann", ["bob", "cat", "dan"])
    assert found == {
        "bob": Common(
            brands=Shared(2, (Example("acme", "Acme"), Example("bolt", "bolt"))),
            products=Shared(2, (Example("hat", "hat"), Example("shoe", "Shoe"))),
            categories=Shared(1, (Example("wear", "Wear"),)),
            named=Shared(1, (Example("cat", "cat"),)),
        ),
        "cat": Common(brands=Shared(1, (Example("acme", "Acme"),)), named=Shared(2, (Example("bob", "bob"), Example("cat", "cat")))),
        "dan": Common(),
    }


async def test_ties_of_other_brands_are_only_counted_and_hidden_creators_not_named(graph: AsyncDriver) -> None:
    await draw(graph)
    found = await common(reading(graph, regions=("US",), brands=("acme",)), RUN, "Creator", "ann", ["bob"])
    assert found["bob"] == Common(
        brands=Shared(1, (Example("acme", "Acme"),)),
        products=Shared(1, (Example("shoe", "Shoe"),)),
        categories=Shared(1, (Example("wear", "Wear"),)),
    )


async def test_a_brand_is_compared_by_its_creators_and_categories(graph: AsyncDriver) -> None:
    await draw(graph)
    found = await common(reading(graph), RUN, "Brand", "acme", ["ann", "bob"])
    assert found["ann"].named.examples == (Example("bob", "bob"), Example("cat", "cat"))
    assert found["ann"].categories.examples == (Example("shoes", "Shoes"), Example("wear", "Wear"))
    assert found["bob"].categories.examples == (Example("wear", "Wear"),)
    assert found["ann"].brands == found["ann"].products == Shared()


async def test_nothing_is_known_of_who_is_gone(graph: AsyncDriver) -> None:
    await draw(graph)
    assert await common(reading(graph), RUN, "Creator", "nobody", ["bob"]) == {}
    assert await common(reading(graph), RUN, "Creator", "ann", ["nobody"]) == {}
    assert await common(reading(graph), "r9", "Creator", "ann", ["dan"]) == {"dan": Common()}


async def test_partners_are_those_of_one_run(graph: AsyncDriver) -> None:
    await draw(graph)
    assert await partners(reading(graph), RUN, ["bolt"]) == [("ann", "ann", 2, 5.0), ("bob", "bob", 2, 5.0)]
    assert [each.creator for each in await partners(reading(graph), RUN, ["acme", "bolt"])] == ["ann", "bob", "cat"]
    assert await partners(reading(graph), "r9", ["acme"]) == []


async def test_who_is_active_has_a_card_in_the_category(graph: AsyncDriver) -> None:
    await draw(graph)
    assert sorted(await active(reading(graph), RUN, "wear")) == ["ann", "bob"]
    assert await active(reading(graph), RUN, "none") == []
