"""The schema that the model asks for, brought about once, twice, at once and after a kill."""

import asyncio

import pytest
from neo4j import AsyncDriver, AsyncSession
from neo4j.exceptions import ClientError, ConstraintError

from graph.errors import SchemaNewer
from graph.migrations import VERSION, WORDS, constraints, indexes, migrate, schema_version, searches
from graph.model import NODES, snake


async def names(driver: AsyncDriver) -> set[str]:
    return {record["name"] for record in (await driver.execute_query("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE'")).records}


def test_every_declared_key_and_indexed_property_has_its_rule() -> None:
    assert {f"{snake(node.label).strip('_')}_{node.key}" for node in NODES} <= {rule.name for rule in constraints()}
    indexed = sum(each.indexed for node in NODES for each in node.properties)
    assert len(indexes()) == indexed + 7
    assert [rule.name for rule in indexes(["contentVolume"])][-8:] == [
        "scorecard_scope_content_volume_ordinal",
        "scorecard_world_content_volume_world_ordinal",
        "scorecard_scope_content_volume_lower_ordinal",
        "scorecard_world_content_volume_lower_ordinal",
        "scorecard_scope_content_volume_top_ordinal",
        "scorecard_world_content_volume_top_ordinal",
        "scorecard_scope_forecast_ordinal",
        "scorecard_world_forecast_ordinal",
    ]


async def test_a_migrated_database_has_all_rules_and_the_version(graph: AsyncDriver) -> None:
    await migrate(graph, indicators=["overall"])
    assert {rule.name for rule in (*constraints(), *indexes(["overall"]), *searches())} <= await names(graph)
    assert await schema_version(graph) == VERSION


async def test_what_is_declared_as_searched_is_found_by_its_words(graph: AsyncDriver) -> None:
    await graph.execute_query("CREATE (:Product {id: 'p', title: 'Lip gloss, red'}), (:Category {id: 'c', name: 'Lips'})")
    asked = "CALL db.index.fulltext.queryNodes($index, 'gloss') YIELD node RETURN node.id AS id"
    assert [record["id"] for record in (await graph.execute_query(asked, index=WORDS)).records] == ["p"]


async def test_a_key_cannot_be_used_twice(graph: AsyncDriver) -> None:
    await graph.execute_query("CREATE (:Creator {id: 'a'})")
    with pytest.raises(ConstraintError):
        await graph.execute_query("CREATE (:Creator {id: 'a'})")


async def test_what_a_kill_left_out_is_made_up_for_by_several_at_once(graph: AsyncDriver) -> None:
    await graph.execute_query("DROP CONSTRAINT creator_id")
    await graph.execute_query("DROP INDEX creator_region")
    await asyncio.gather(*(migrate(graph) for _ in range(4)))
    assert {"creator_id", "creator_region"} <= await names(graph)
    assert len((await graph.execute_query("MATCH (s:Schema) RETURN s")).records) == 1


@pytest.mark.fault
async def test_an_index_that_could_not_be_filled_is_made_anew(graph: AsyncDriver) -> None:
    await graph.execute_query("DROP INDEX creator_region")
    await graph.execute_query("CREATE (:Creator {id: 'a', region: $text})", text="too long for an index" * 10_000)
    await graph.execute_query("CREATE INDEX creator_region FOR (n:Creator) ON (n.region)")
    with pytest.raises(ClientError, match="awaitIndexes"):
        await graph.execute_query("CALL db.awaitIndexes(60)")
    await graph.execute_query("MATCH (c:Creator) DELETE c")
    await migrate(graph)
    assert "creator_region" in await names(graph)


@pytest.mark.fault
async def test_a_newer_database_is_refused_untouched(graph: AsyncDriver) -> None:
    await graph.execute_query("CREATE (:Schema {id: 'schema', version: $newer})", newer=VERSION + 1)
    with pytest.raises(SchemaNewer, match=f"version {VERSION + 1}.*up to {VERSION}.*newer creatorgraph"):
        await migrate(graph)
    assert (await graph.execute_query("MATCH (lock:Lock) RETURN count(lock) AS locks")).records[0]["locks"] == 0


@pytest.mark.fault
async def test_migrations_run_once_in_order_and_go_on_where_a_kill_stopped_them(graph: AsyncDriver) -> None:
    ran: list[str] = []

    async def first(session: AsyncSession) -> None:
        ran.append("first")

    async def second(session: AsyncSession) -> None:
        ran.append("second")
        if ran.count("second") == 1:
            raise InterruptedError

    await migrate(graph, migrations=())
    with pytest.raises(InterruptedError):
        await migrate(graph, migrations=(first, second))
    assert await schema_version(graph) == 2
    await migrate(graph, migrations=(first, second))
    await migrate(graph, migrations=(first, second))
    assert ran == ["first", "second", "second"]
    assert await schema_version(graph) == 3


async def test_a_new_database_needs_no_migration(graph: AsyncDriver) -> None:
    async def never(session: AsyncSession) -> None:
        raise AssertionError

    await migrate(graph, migrations=(never,))
    assert await schema_version(graph) == 2
