"""Access records are out of a query's reach because they are not where queries look, which is shown here on what is stored."""

from __future__ import annotations

from pathlib import Path

from neo4j import AsyncDriver

from api.access.keys import digest
from api.access.store import Store
from api.access.viewer import Role
from graph.queries import Bounds, Unchecked, answering, checked, plain
from tests.api.drawn_market import draw_market
from tests.api.processes import GRANTS, process

ALL_OF_IT = (
    "MATCH (n) RETURN n",
    "MATCH ()-[r]->() RETURN r",
    "MATCH p = (n)--() RETURN p LIMIT 1000",
    "CALL db.labels()",
    "CALL db.relationshipTypes()",
    "CALL db.propertyKeys()",
    "CALL db.schema.nodeTypeProperties()",
    "CALL db.schema.relTypeProperties()",
    "CALL db.schema.visualization()",
)
BY_NAME = """
MATCH (n:Key|Grant|Consent|Log|User|Role|AccessKey|ApiKey|Audit|Viewer)
RETURN count(n) AS n
"""


async def asked(driver: AsyncDriver, text: str) -> str:
    cleared = await checked(driver, Unchecked(text, {}, "neo4j", 10))
    async with answering(driver, cleared, Bounds(100_000, 10**8, 20), tag="reach") as answer:
        rows = [[plain(value, answer.ids) for value in row] async for batch in answer.batches() for row in batch]
    assert answer.truncated_by is None
    return repr(rows)


async def test_no_query_finds_a_byte_of_a_key_its_digest_or_its_holder(graph: AsyncDriver, tmp_path: Path) -> None:
    await draw_market(graph)
    state = process(graph, tmp_path)
    texts = {role: state.store.create(grant, now=1).text for role, grant in GRANTS.items()}
    for text in texts.values():
        state.keyring.viewer(f"Bearer {text}")
    secrets = [*texts.values(), *(digest(text).hex() for text in texts.values()), *(grant.name for grant in GRANTS.values())]
    secrets += [record.id for record in Store(tmp_path).records()]
    found = "".join([await asked(graph, text) for text in ALL_OF_IT])
    assert "Creator:c01" in found
    assert [secret for secret in secrets if secret in found] == []
    state.store.close()


async def test_labels_that_might_hold_access_records_hold_nothing(graph: AsyncDriver, tmp_path: Path) -> None:
    await draw_market(graph)
    state = process(graph, tmp_path)
    state.store.create(GRANTS[Role.ADMIN], now=1)
    assert await asked(graph, BY_NAME) == "[[0]]"
    state.store.close()


async def test_the_stores_of_keys_lie_in_the_home_and_not_in_the_graphs_folder(graph: AsyncDriver, tmp_path: Path) -> None:
    state = process(graph, tmp_path)
    text = state.store.create(GRANTS[Role.ADMIN], now=1).text
    holding = [file for file in tmp_path.rglob("*") if file.is_file() and digest(text) in file.read_bytes()]
    assert holding, "the digest is kept somewhere"
    assert all(file.parent == tmp_path for file in holding)
    state.store.close()
