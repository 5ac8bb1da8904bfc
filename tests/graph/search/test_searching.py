"""Imported, then found: by every name, at once after a change, within what the reader may see."""

from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.plans.visibility import Reach, Visibility
from graph.recommendations.reading import Reading
from graph.rows import Row
from graph.search.candidates import KINDS, Within
from graph.search.searching import Hit, search, texts, topmost, with_below
from graph.search.similarity import Sought
from graph.search.stored import make_searchable
from tests.graph.load.market import digest, known_as, loaded, row, sale, shown

ALL = Visibility(Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL, Reach.ALL)
THAI = Visibility(Reach.REGIONS, Reach.REGIONS, Reach.OWN, Reach.COUNTS, Reach.RANGES, regions=("TH",), brands=("b1",))
OWN = Visibility(Reach.OWN, Reach.OWN, Reach.OWN, Reach.NONE, Reach.OWN, creator="ann")
MARKET = [
    row("categories", id="beauty", name="Beauty", parent_id="0"),
    row("categories", id="lips", name="Lipstick", parent_id="beauty"),
    row("categories", id="home", name="Kitchen", parent_id="0"),
    row("brands", id="b1", name="แชมพู สมุนไพร", region="TH"),
    row("brands", id="b2", name="Shampoo House", region="VN"),
    row("products", id="p1", title="Kem dưỡng ẩm", brand_id="b2", category_id="lips", region="VN", units_sold=5),
    row("products", id="p2", title="Kem duong am", brand_id="b1", category_id="home", region="TH", units_sold=9),
    row("creators", id="ann", handle="glow.ann", nickname="แอน รีวิว", bio="Sunscreen every day", region="TH", main_category_ids=["beauty"]),
    row("creators", id="bob", handle="glow_ann", nickname="化粧水", region="VN", main_category_ids=["home"]),
]


async def found(
    graph: AsyncDriver, text: str, *, by: Visibility = ALL, kinds: tuple[str, ...] = KINDS, within: Within | None = None
) -> list[Hit]:
    reading = Reading(graph, "neo4j", 10, by)
    return await search(reading, Sought.of(text), kinds, within or Within(me=by.creator))


async def ids(graph: AsyncDriver, text: str, **options: object) -> list[str]:
    return [hit.candidate.id for hit in await found(graph, text, **options)]  # type: ignore[arg-type]


@pytest.fixture
async def market(graph: AsyncDriver) -> AsyncDriver:
    await loaded(graph, MARKET)
    return graph


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("glow.ann", "ann"),
        ("GLOW ANN", "ann"),
        ("keshou", "bob"),
        ("huazhuang", "bob"),
        ("แอน", "ann"),
        ("sunscren", "ann"),
        ("kem dương ẩm", "p2"),
        ("lipstik", "lips"),
        ("Creator:bob", "bob"),
        ("b2", "b2"),
    ],
)
async def test_what_is_imported_is_found(market: AsyncDriver, text: str, first: str) -> None:
    assert (await ids(market, text))[0] == first


async def test_one_word_is_found_in_two_scripts(market: AsyncDriver) -> None:
    assert set(await ids(market, "shampoo", kinds=("Brand",))) == {"b1", "b2"}
    assert set(await ids(market, "แชมพู", kinds=("Brand",))) == {"b1", "b2"}


async def test_ties_are_ordered_by_what_was_sold(market: AsyncDriver) -> None:
    hits = await found(market, "kem duong am", kinds=("Product",))
    assert [(hit.candidate.id, hit.score) for hit in hits] == [("p2", 1.0), ("p1", 1.0)]


async def test_only_what_the_reader_may_see(market: AsyncDriver) -> None:
    assert await ids(market, "glow ann", by=ALL, kinds=("Creator",)) == ["ann", "bob"]
    assert await ids(market, "glow ann", by=THAI, kinds=("Creator",)) == ["ann"]
    assert await ids(market, "glow ann", by=OWN, kinds=("Creator",)) == ["ann"]
    assert await ids(market, "bob", by=OWN, kinds=("Creator",)) == []
    assert await ids(market, "Creator:bob", by=THAI) == []
    assert set(await ids(market, "shampoo", by=OWN, kinds=("Brand",))) == {"b1", "b2"}


async def test_narrowed_to_regions_and_categories(market: AsyncDriver) -> None:
    assert await ids(market, "glow ann", within=Within(regions=["VN"])) == ["bob"]
    assert await ids(market, "glow ann", by=THAI, within=Within(regions=["VN"])) == []
    below = await with_below(Reading(market, "neo4j", 10, ALL), "beauty")
    assert sorted(below) == ["beauty", "lips"]
    assert await ids(market, "glow ann", within=Within(categories=below)) == ["ann"]
    assert await ids(market, "kem duong am", within=Within(categories=below)) == ["p1"]
    assert await ids(market, "shampoo", within=Within(categories=below)) == ["b2"]
    assert await topmost(Reading(market, "neo4j", 10, ALL), ["lips", "home"]) == {"lips": "beauty", "home": "home"}


async def test_a_renamed_creator_is_found_by_both_names_the_new_one_first(market: AsyncDriver) -> None:
    await loaded(market, [row("sales", 5, **sale(creator_id=known_as("ann", "glow.ann", "TH")))])
    await loaded(market, [row("creators", 9, id="ann", handle="sparkling.queen", nickname="", region="TH")])
    renamed = await found(market, "sparkling queen", kinds=("Creator",))
    assert [(hit.candidate.id, hit.candidate.former) for hit in renamed] == [("ann", None)]
    former = {hit.candidate.id: hit.candidate.former for hit in await found(market, "@Glow.Ann", kinds=("Creator",))}
    assert former["ann"] == "glow.ann"
    assert "ann" not in await ids(market, "@Glow.Ann", by=Visibility(**{**_fields(THAI), "regions": ("VN",)}), kinds=("Creator",))


async def test_what_an_earlier_version_stored_is_made_searchable_and_the_same(market: AsyncDriver) -> None:
    before = await digest(market)
    await market.execute_query("MATCH (n:Creator|Brand|Product|Category) REMOVE n._searchForms, n._searchSounds, n._searchTerms")
    assert await ids(market, "glow ann") == []
    async with market.session() as session:
        await make_searchable(session)
        assert await digest(market) == before
        await make_searchable(session)
    assert await ids(market, "glow ann", kinds=("Creator",)) == ["ann", "bob"]


async def test_a_category_is_found_by_the_name_of_each_region(graph: AsyncDriver) -> None:
    rows: list[Row] = [
        row("categories", id="c", name="Beauty", region="US", parent_id="0"),
        row("categories", 1, id="c", name="Kecantikan", region="ID", parent_id="0"),
    ]
    await loaded(graph, rows)
    stored = await shown(graph, "MATCH (c:Category) RETURN c._searchForms")
    assert set(stored[0]) <= {"beauty", "kecantikan"}
    assert "kecantikan" in stored[0]


async def test_texts_are_those_that_are_shown(market: AsyncDriver) -> None:
    reading = Reading(market, "neo4j", 10, ALL)
    assert await texts(reading, [("Creator", "ann"), ("Product", "p1"), ("Brand", "none")]) == {
        ("Creator", "ann"): {"handle": "glow.ann", "nickname": "แอน รีวิว", "bio": "Sunscreen every day"},
        ("Product", "p1"): {"title": "Kem dưỡng ẩm"},
    }


def _fields(of: Visibility) -> dict[str, object]:
    return {name: getattr(of, name) for name in of.__dataclass_fields__}
