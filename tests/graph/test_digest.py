"""The fingerprint tells content and nothing else."""

from neo4j import AsyncDriver

from graph.digest import content_digest

SMALL = "CREATE (a:Creator:Star {id: 'a', n: 1, tags: ['x', 'y']})-[:LIKES {n: 2}]->(b:Brand {id: 'b'}), ({nameless: true})-[:KNOWS]->(b)"


async def made(driver: AsyncDriver, query: str) -> str:
    await driver.execute_query("MATCH (n) DETACH DELETE n")
    await driver.execute_query(query)  # pyright: ignore[reportArgumentType, reportCallIssue] -- the tests' own text
    return await content_digest(driver)


async def test_the_same_content_has_the_same_digest_in_whatever_order(graph: AsyncDriver) -> None:
    other = "CREATE (b:Brand {id: 'b'}) CREATE ({nameless: true})-[:KNOWS]->(b) "
    other += "CREATE (:Star:Creator {tags: ['x', 'y'], n: 1, id: 'a'})-[:LIKES {n: 2}]->(b)"
    assert await made(graph, SMALL) == await made(graph, other)


async def test_any_change_changes_the_digest(graph: AsyncDriver) -> None:
    variants = [
        SMALL,
        SMALL.replace("n: 1,", "n: 1.0,"),
        SMALL.replace("n: 2", "n: 3"),
        SMALL.replace("'y'", "'z'"),
        SMALL.replace("LIKES", "LOVES"),
        SMALL.replace(":Star", ""),
        SMALL.replace("nameless: true", "nameless: false"),
        SMALL.replace(")-[:KNOWS]->(b)", ")<-[:KNOWS]-(b)"),
        f"{SMALL}, (:Extra)",
        f"{SMALL}, (:Extra), (:Extra)",
    ]
    assert len({await made(graph, variant) for variant in variants}) == len(variants)


async def test_locks_play_no_part(graph: AsyncDriver) -> None:
    assert await made(graph, SMALL) == await made(graph, f"{SMALL}, (:Lock {{id: 'import'}})")
