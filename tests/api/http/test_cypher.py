from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import orjson
import polars as pl
import pyarrow as pa
import pytest
from neo4j import AsyncDriver

from api.access.store import Store
from api.access.viewer import Role
from api.app import application
from api.cypher.endings import Endings
from api.process.state import State
from graph.expensive import WAITING_EACH
from tests.api.drawn_market import draw_market
from tests.api.processes import GRANTS, keys, process
from tests.api.serving import serving
from tests.conftest import TestServer

JSONL = "application/jsonl"
ARROW = "application/vnd.apache.arrow.stream"
LONG = "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = -1 RETURN i"


@pytest.fixture(scope="module")
async def asked(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[State]:
    """Return a process's state on the drawn market; nothing in this module changes the graph."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        await draw_market(driver)
        state = process(driver, tmp_path_factory.mktemp("home"), cypher_rows=50, stream_rows=5_000)
        yield state
        state.store.close()


@pytest.fixture(scope="module")
def by_role(asked: State) -> dict[Role, str]:
    return keys(asked)


@pytest.fixture(scope="module")
def key(by_role: dict[Role, str]) -> str:
    return by_role[Role.ANALYST]


@pytest.fixture
async def client(asked: State, key: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application(asked))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers={"Authorization": f"Bearer {key}"}) as opened:
        yield opened


async def lines(client: httpx.AsyncClient, query: str, **more: Any) -> list[Any]:
    answer = await client.post("/cypher", json={"query": query, **more})
    assert (answer.status_code, answer.headers["content-type"]) == (200, JSONL), answer.text
    return [orjson.loads(line) for line in answer.text.splitlines()]


async def test_json_lines_are_columns_rows_and_an_end(client: httpx.AsyncClient) -> None:
    first, *rows, last = await lines(client, "MATCH (c:Creator) RETURN c.id AS id, c.followerCount AS n ORDER BY id LIMIT 2")
    assert first == {"columns": [{"name": "id", "type": "STRING", "nullable": False}, {"name": "n", "type": "INTEGER", "nullable": False}]}
    assert rows == [["c01", 500], ["c02", 2000]]
    assert last["end"] | {"milliseconds": 0} == {
        "rowCount": 2,
        "truncated": False,
        "truncatedBy": None,
        "milliseconds": 0,
        "columns": first["columns"],
        "notifications": [],
    }


@pytest.mark.parametrize("format_", ["jsonl", "arrow"])
async def test_what_the_database_warns_of_is_told_at_the_end(client: httpx.AsyncClient, format_: str) -> None:
    asked = {"query": "MATCH (c:Creatr)\nWHERE c.folowers > 1\nRETURN c.id AS id", "format": format_}
    answer = await client.post("/cypher", json=asked)
    if format_ == "jsonl":
        end = orjson.loads(answer.text.splitlines()[-1])["end"]
    else:
        end = orjson.loads(read(pa.ipc.open_stream(answer.content))[-1].custom_metadata[b"end"])
    told = {(each["code"], each["line"], each["column"]) for each in end["notifications"]}
    assert told >= {("01N50", 1, 10), ("01N52", 2, 9)}
    assert any("Creatr" in each["description"] for each in end["notifications"])


async def test_whole_numbers_beyond_64_bits_are_not_rounded_on_their_way(client: httpx.AsyncClient) -> None:
    body = '{"query": "RETURN $x AS x", "parameters": {"x": %s}}'
    for text in ("123456789012345678901234567890", "-9223372036854775809", "9223372036854775808"):
        answer = await client.post("/cypher", content=body % text, headers={"Content-Type": "application/json"})
        (error,) = answer.json()["errors"]
        assert (error["extensions"]["code"], "a whole number beyond 64 bits" in error["message"]) == ("CYPHER_FAILED", True), error
    exact = await client.post("/cypher", content=body % "9223372036854775807", headers={"Content-Type": "application/json"})
    assert orjson.loads(exact.text.splitlines()[1]) == [9223372036854775807]


async def test_no_rows_and_more_rows_than_asked_for(client: httpx.AsyncClient) -> None:
    first, last = await lines(client, "MATCH (n:Nothing) RETURN n.id AS id")
    assert (first["columns"][0]["name"], last["end"]["rowCount"]) == ("id", 0)
    *_, last = await lines(client, "UNWIND range(1, 3000) AS i RETURN i", limit=2500)
    assert (last["end"]["rowCount"], last["end"]["truncatedBy"]) == (2500, "ROWS")


async def test_arrow_streams_are_typed_and_tell_how_they_ended(client: httpx.AsyncClient) -> None:
    query = """
    UNWIND range(1, 2500) AS i
    MATCH (b:Brand {id: 'b1'})
    RETURN i, i / 2.0 AS x, toString(i) AS s, [i] AS l, date('2026-01-31') AS d, datetime('2026-01-31T12:00Z') AS z,
           duration('P1D') AS p, b, CASE WHEN i > 1 THEN i END AS m, 0.0 / 0.0 AS nan
    """
    answer = await client.post("/cypher", json={"query": query}, headers={"Accept": ARROW})
    assert (answer.status_code, answer.headers["content-type"]) == (200, ARROW)
    reader = pa.ipc.open_stream(answer.content)
    batches = read(reader)
    assert [each.batch.num_rows for each in batches] == [1000, 1000, 500, 0]
    end = orjson.loads(batches[-1].custom_metadata[b"end"])
    assert (end["rowCount"], end["truncated"]) == (2500, False)
    frame = pl.read_ipc_stream(BytesIO(answer.content))
    assert dict(frame.schema) == {
        "i": pl.Int64,
        "x": pl.Float64,
        "s": pl.String,
        "l": pl.List(pl.Int64),
        "d": pl.Date,
        "z": pl.Datetime("us", "UTC"),
        "p": pl.String,
        "b": pl.String,
        "m": pl.Int64,
        "nan": pl.Float64,
    }
    assert frame["i"].sum() == 2500 * 2501 // 2
    assert orjson.loads(frame["b"][0])["id"] == "Brand:b1"
    assert reader.schema.field("b").metadata == {b"cypher": b"NODE"}
    assert (frame["m"].null_count(), frame["nan"].is_nan().all()) == (1, True)


def read(reader: Any) -> list[Any]:
    found: list[Any] = []
    while True:
        try:
            found.append(reader.read_next_batch_with_custom_metadata())
        except StopIteration:
            return found


@pytest.mark.parametrize(
    ("accept", "given", "wanted"),
    [
        (None, {}, JSONL),
        ("*/*", {}, JSONL),
        ("application/x-ndjson", {}, "application/x-ndjson"),
        (f"{JSONL};q=0.5, {ARROW}", {}, ARROW),
        (JSONL, {"format": "arrow"}, ARROW),
        (ARROW, {"format": "jsonl"}, JSONL),
    ],
)
async def test_the_format_is_what_the_body_names_or_the_client_accepts(
    client: httpx.AsyncClient, accept: str | None, given: dict[str, str], wanted: str
) -> None:
    headers = {"Accept": accept} if accept else {"Accept": ""}
    answer = await client.post("/cypher", json={"query": "RETURN 1 AS n", **given}, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, wanted)


@pytest.mark.parametrize(
    ("given", "status", "code", "said"),
    [
        ({"query": "CREATE (n) RETURN n"}, 400, "CYPHER_REFUSED", "OPERATOR: Create is not allowed; queries are read-only"),
        ({"query": "RETURN nothing AS n"}, 400, "CYPHER_FAILED", "Variable `nothing` not defined"),
        ({"query": "RETURN 1 / 0 AS n"}, 400, "CYPHER_FAILED", "divided by zero"),
        ({"query": LONG, "timeoutSeconds": 1}, 400, "LIMIT_EXCEEDED", "exceeded"),
        ({"query": "RETURN 1 AS n", "limit": 5_001}, 400, "LIMIT_EXCEEDED", "at most 5,000 are allowed"),
        ({"query": "RETURN 1 AS n", "timeoutSeconds": 61}, 400, "LIMIT_EXCEEDED", "at most 60"),
        ({"query": "RETURN 1 AS n", "limit": 0}, 400, "BAD_USER_INPUT", "limit is 0; give 1 to 5,000"),
        ({"query": "RETURN 1 AS n", "limit": "many"}, 400, "BAD_USER_INPUT", "limit is 'many'"),
        ({"query": "RETURN 1 AS n", "parameters": [1]}, 400, "BAD_USER_INPUT", "parameters is [1]; give an object"),
        ({"query": "RETURN 1 AS n", "format": "xml"}, 400, "BAD_USER_INPUT", "format is 'xml'; give jsonl or arrow"),
        ({"query": "RETURN 1 AS n", "params": {}}, 400, "BAD_USER_INPUT", "unknown field 'params'"),
        ({"text": "RETURN 1 AS n"}, 400, "BAD_REQUEST", "the body is not a query"),
        ([], 400, "BAD_REQUEST", "the body is not a query"),
    ],
)
async def test_what_goes_wrong_before_the_first_byte_is_an_error_with_its_status(
    client: httpx.AsyncClient, given: Any, status: int, code: str, said: str
) -> None:
    answer = await client.post("/cypher", json=given)
    assert answer.headers["content-type"].startswith("application/json")
    (error,) = answer.json()["errors"]
    assert (error["extensions"]["code"], said in error["message"]) == (code, True), error
    assert answer.status_code == status


async def test_bodies_keys_and_roles_are_checked(client: httpx.AsyncClient, by_role: dict[Role, str]) -> None:
    assert (await client.put("/cypher")).status_code == 405
    assert (await client.post("/cypher", content="RETURN 1")).status_code == 415
    assert (await client.post("/cypher", content="{", headers={"Content-Type": "application/json"})).status_code == 400
    assert (await client.post("/cypher", json={"query": "RETURN 1 AS n"}, headers={"Accept": "text/csv"})).status_code == 406
    assert (await client.post("/cypher", json={"query": "RETURN 1 AS n"}, headers={"Authorization": "Bearer x"})).status_code == 401
    for role in (Role.PARTNER, Role.BRAND, Role.CREATOR):
        answer = await client.post("/cypher", json={"query": "RETURN 1 AS n"}, headers={"Authorization": f"Bearer {by_role[role]}"})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")


async def test_a_failure_in_the_middle_ends_the_lines_with_an_error(client: httpx.AsyncClient) -> None:
    first, *rows, last = await lines(client, "UNWIND range(1, 2000) AS i RETURN 1 / (1500 - i) AS n")
    assert "columns" in first
    assert len(rows) == 1000
    assert last["error"]["extensions"]["code"] == "CYPHER_FAILED"
    assert "divided by zero" in last["error"]["message"]


async def test_one_runs_some_wait_and_the_next_is_told_when_to_try_again(
    asked: State, client: httpx.AsyncClient, by_role: dict[Role, str]
) -> None:
    long = {"query": LONG, "timeoutSeconds": 2}
    running = [asyncio.create_task(client.post("/cypher", json=long)) for _ in range(1 + WAITING_EACH)]
    await asyncio.sleep(0.7)
    next_ = await client.post("/cypher", json={"query": "RETURN 1 AS n"})
    assert (next_.status_code, next_.headers["retry-after"]) == (429, "2")
    (error,) = next_.json()["errors"]
    assert error["extensions"] == {"code": "CONCURRENCY_LIMIT", "retryAfter": 2}
    assert error["message"].startswith("expensive requests of this key")
    other = by_role[Role.ADMIN]
    assert (await client.post("/cypher", json={"query": "RETURN 1 AS n"}, headers={"Authorization": f"Bearer {other}"})).status_code == 200
    assert {(await each).status_code for each in running} == {400, 429}
    await asked.own.of(Endings).settled()
    assert (await client.post("/cypher", json={"query": "RETURN 1 AS n"})).status_code == 200


async def test_each_query_is_logged_with_its_key_and_what_came_of_it(
    asked: State, client: httpx.AsyncClient, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "creatorgraph.cypher"):
        await client.post("/cypher", json={"query": "UNWIND [1, 2] AS n RETURN n + $secret AS n", "parameters": {"secret": 41}})
        await client.post("/cypher", json={"query": "CREATE (n)"})
        await client.post("/cypher", json={"query": "RETURN 1 / 0 AS n"})
    told = [record.fields for record in caplog.records]  # type: ignore[attr-defined]
    assert [(each["rows"], each.get("refused"), each.get("failed")) for each in told] == [
        (2, None, None),
        (0, "OPERATOR", None),
        (0, None, "Faulty"),
    ]
    assert {each["key"] for each in told} == {asked.keyring.viewer(f"Bearer {key}").key_id}
    assert all(len(each["query"]) == 16 and each["ms"] > 0 for each in told)
    assert "41" not in str([each["text"] for each in told])


async def transactions(driver: AsyncDriver) -> int:
    text = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.query IS NOT NULL RETURN count(*) AS n"
    async with driver.session() as session:
        return (await (await session.run(text)).single(strict=True))["n"]


async def until_none(driver: AsyncDriver, *, seconds: float = 8.0) -> float:
    began = perf_counter()
    while await transactions(driver):
        assert perf_counter() - began < seconds
        await asyncio.sleep(0.05)
    return perf_counter() - began


async def test_over_a_real_connection_the_query_ends_with_its_client(asked: State, neo4j_env: dict[str, str], tmp_path: Path) -> None:
    """One process serves for all of these, as starting it takes longer than they do."""
    store = Store(tmp_path)
    key = store.create(GRANTS[Role.ANALYST], now=1).text
    store.close()
    with serving(tmp_path, neo4j_env) as served:
        async with httpx.AsyncClient(base_url=served.url, headers={"Authorization": f"Bearer {key}"}, timeout=30) as client:
            await _leaves_before_the_first_byte(client, asked.driver)
            await _leaves_in_the_middle(client, asked.driver)
            answer = await client.post("/cypher", json={"query": "RETURN 1 AS n"})
            assert answer.status_code == 200


async def _leaves_before_the_first_byte(client: httpx.AsyncClient, driver: AsyncDriver) -> None:
    with pytest.raises(httpx.ReadTimeout):
        await client.post("/cypher", json={"query": LONG, "timeoutSeconds": 60}, timeout=1.5)
    await until_none(driver)


async def _leaves_in_the_middle(client: httpx.AsyncClient, driver: AsyncDriver) -> None:
    asked = {"query": "UNWIND range(1, 100000000) AS i RETURN i, toString(i) AS s", "limit": 1_000_000, "timeoutSeconds": 60}
    async with client.stream("POST", "/cypher", json=asked) as answer:
        assert answer.status_code == 200
        pieces = answer.aiter_bytes()  # kept, as httpx ends the connection with its iterator
        assert await anext(pieces)
        assert await transactions(driver) == 1
    await until_none(driver)
