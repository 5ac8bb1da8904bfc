"""What is known of creators beside the facts of a run."""

import numpy as np
from neo4j import AsyncDriver

from api.runs.inputs import read_beside, read_market
from graph.reader import Reader
from graph.similarity.people import MOST_BUCKETS
from scoring.facts import Period
from tests.graph.similarity.drawn import END, draw


async def test_languages_prices_and_audiences_stand_beside_creators_and_products(graph: AsyncDriver) -> None:
    await draw(graph)
    reader = Reader(graph)
    found = await read_market(reader, Period(END))
    known = await read_beside(reader, found)
    assert found.creators.id.tolist() == ["ann", "bob", "cat", "dan"]
    assert known.language.tolist() == ["en", "", "en", ""]
    assert known.audience["gender"].tolist() == [[0.75, 0.25], [0, 0], [0, 0], [0, 0]]
    assert known.audience["age"].tolist() == [[0], [1], [0], [0]]
    assert known.audience["location"].shape == (4, 0)
    assert np.array_equal(known.price_usd, [np.nan, 10.0], equal_nan=True)


async def test_whom_a_creator_has_named_at_any_time_counts_as_often_as_it_happened(graph: AsyncDriver) -> None:
    await draw(graph)
    reader = Reader(graph)
    found = await read_market(reader, Period(END))
    named = (await read_beside(reader, found)).named
    ids = found.creators.id
    pairs = list(zip(ids[named.source].tolist(), ids[named.target].tolist(), named.times.tolist(), strict=True))
    assert pairs == [("ann", "bob", 2.0), ("ann", "cat", 1.0), ("bob", "cat", 1.0)]


async def test_content_of_an_upheld_appeal_names_nobody(graph: AsyncDriver) -> None:
    await draw(graph)
    query = """
    MATCH (:Creator {id: 'ann'})-[:PUBLISHED]->(t:Content)-[:MENTIONS]->(:Creator {id: 'cat'})
    CREATE (:Appeal {id: t.id, subjectKind: 'Content', subjectId: t.id, status: 'UPHELD'})
    """
    await graph.execute_query(query, database_="neo4j")
    reader = Reader(graph)
    found = await read_market(reader, Period(END))
    named = (await read_beside(reader, found)).named
    pairs = set(zip(found.creators.id[named.source].tolist(), found.creators.id[named.target].tolist(), strict=True))
    assert ("ann", "cat") not in pairs
    assert ("bob", "cat") in pairs


async def test_batches_do_not_change_what_is_read(graph: AsyncDriver, monkeypatch: object) -> None:
    await draw(graph)
    reader = Reader(graph)
    found = await read_market(reader, Period(END))
    whole = await read_beside(reader, found)
    monkeypatch.setattr("graph.reader.BATCH", 1)  # type: ignore[attr-defined]
    parts = await read_beside(reader, found)
    assert whole.named.times.tolist() == parts.named.times.tolist()
    assert whole.language.tolist() == parts.language.tolist()


async def test_rare_buckets_are_left_out(graph: AsyncDriver) -> None:
    query = """
    CREATE (a:Creator {id: 'a', handle: 'a', region: 'US'}), (b:Creator {id: 'b', handle: 'b', region: 'US'})
    WITH a, b
    UNWIND range(1, $buckets) AS n
    CREATE (a)-[:HAS_AUDIENCE]->(:Audience {id: 'a' + n, dimension: 'LOCATION', bucket: right('000' + n, 3), share: 0.001})
    FOREACH (_ IN CASE n WHEN $buckets THEN [1] ELSE [] END |
      CREATE (b)-[:HAS_AUDIENCE]->(:Audience {id: 'b' + n, dimension: 'LOCATION', bucket: right('000' + n, 3), share: 0.5}))
    """
    await graph.execute_query(query, buckets=MOST_BUCKETS + 5, database_="neo4j")
    reader = Reader(graph)
    known = await read_beside(reader, await read_market(reader, Period(END)))
    assert known.audience["location"].shape == (2, MOST_BUCKETS)
    assert known.audience["location"][1].tolist() == [0.0] * (MOST_BUCKETS - 1) + [0.5]


async def test_an_empty_graph_has_nothing(graph: AsyncDriver) -> None:
    reader = Reader(graph)
    known = await read_beside(reader, await read_market(reader, Period(END)))
    assert (len(known.language), len(known.price_usd), len(known.named.source)) == (0, 0, 0)
