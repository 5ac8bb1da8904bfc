"""The server's settings, as text and as the server itself sees them."""

import socket
from typing import Final

import pytest
from neo4j import AsyncDriver
from neo4j.exceptions import Neo4jError

from graph.server import Memory
from graph.server.configuration import configuration_text

GREEDY: Final = """
WITH reduce(text = 'x', _ IN range(1, 14) | text + text) AS long
UNWIND range(1, 100000) AS n
WITH collect(long + n) AS texts
RETURN size(texts) AS size
"""


def test_memory_is_bounded_by_what_the_server_may_take() -> None:
    text = configuration_text(data="data", port=7687, memory=Memory(heap=1000, page_cache=300))
    assert "dbms.memory.transaction.total.max=750m\n" in text
    assert "db.memory.transaction.max=500m\n" in text
    assert "server.memory.pagecache.size=300m\n" in text
    assert "server.bolt.listen_address=127.0.0.1:7687\n" in text


def test_a_machine_gets_a_modest_server() -> None:
    memory = Memory.for_machine()
    assert 512 <= memory.heap <= 1024
    assert 128 <= memory.page_cache <= 1024


async def test_a_query_reads_no_file(graph: AsyncDriver) -> None:
    with pytest.raises(Neo4jError, match=r"allow_csv_import_from_file_urls.*is false"):
        await graph.execute_query("LOAD CSV FROM 'file:///etc/hostname' AS row RETURN row")


async def test_a_query_reaches_no_address(graph: AsyncDriver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/rows.csv"
        with pytest.raises(Neo4jError, match="blocked"):
            await graph.execute_query("LOAD CSV FROM $address AS row RETURN row", address=address)
        with pytest.raises(BlockingIOError):
            listener.accept()


async def test_a_query_that_asks_for_too_much_memory_fails_alone(graph: AsyncDriver) -> None:
    async with graph.session() as session:
        with pytest.raises(Neo4jError, match="memory"):
            await (await session.run(GREEDY)).consume()
    assert (await graph.execute_query("RETURN 1 AS one")).records[0]["one"] == 1
