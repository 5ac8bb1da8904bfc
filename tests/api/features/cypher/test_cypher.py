from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from api.access.viewer import Role, Viewer
from api.cypher.endings import Endings
from api.errors import ApiError
from api.graphql.execution.execution import execute
from api.graphql.execution.request import GraphQLRequest
from api.process.state import State
from graph.expensive import WAITING_EACH
from tests.api.drawn_market import draw_market
from tests.api.processes import process
from tests.conftest import TestServer

ANALYST = Viewer("k1", "the analyst", Role.ANALYST)
CYPHER = """
query($query: String!, $parameters: JSON, $limit: Int! = 1000, $seconds: Int! = 10, $plan: Boolean! = false) {
  cypher(query: $query, parameters: $parameters, limit: $limit, timeoutSeconds: $seconds, plan: $plan) {
    columns { name type nullable }
    rows
    rowCount
    truncated
    truncatedBy
    milliseconds
    plan
    counters { containsUpdates }
  }
}
"""
EXPLAIN = """
query($query: String!, $parameters: JSON) {
  explainCypher(query: $query, parameters: $parameters) {
    allowed
    refusals { rule name remedy }
    queryType
    estimatedRows
    plan
  }
}
"""


@pytest.fixture(scope="module")
async def state(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[State]:
    """Return a process's state on the drawn market; nothing in this module changes the graph."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run("MATCH (n) DETACH DELETE n")).consume()
        await draw_market(driver)
        state = process(driver, tmp_path_factory.mktemp("home"), cypher_rows=50)
        yield state
        state.store.close()


async def ask(state: State, text: str, viewer: Viewer = ANALYST, **variables: Any) -> dict[str, Any]:
    return await execute(GraphQLRequest(text, None, variables), viewer, state)


async def data(state: State, query: str, **more: Any) -> dict[str, Any]:
    answer = await ask(state, CYPHER, query=query, **{"limit": 50, **more})
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["cypher"]


async def error(state: State, query: str, viewer: Viewer = ANALYST, **more: Any) -> dict[str, Any]:
    answer = await ask(state, CYPHER, viewer, query=query, **{"limit": 50, **more})
    assert answer["data"] == {"cypher": None}
    return answer["errors"][0]


async def test_an_answer_is_typed_columns_and_rows(state: State) -> None:
    found = await data(
        state,
        "MATCH (c:Creator) WHERE c.id IN $ids RETURN c.id AS id, c.followerCount AS followers, c.bio AS bio ORDER BY id",
        parameters={"ids": ["c01", "c02"]},
    )
    assert found["columns"] == [
        {"name": "id", "type": "STRING", "nullable": False},
        {"name": "followers", "type": "INTEGER", "nullable": False},
        {"name": "bio", "type": "ANY", "nullable": True},
    ]
    assert found["rows"] == [["c01", 500, None], ["c02", 2000, None]]
    assert (found["rowCount"], found["truncated"], found["truncatedBy"], found["plan"]) == (2, False, None, None)
    assert found["counters"] == {"containsUpdates": False}
    assert found["milliseconds"] > 0


@pytest.mark.parametrize("value", [7_495_000_000_000_000_001, "Acme", "XX", 1.5, True, [1, "a"], [], {"region": 5}, "Creator:c01", None])
async def test_parameters_may_have_the_names_of_arguments_and_name_nothing(state: State, value: Any) -> None:
    for name in ("brand", "region", "category", "regions", "categories", "excludeBrands"):
        found = await data(state, f"RETURN ${name} AS value", parameters={name: value})
        assert found["rows"] == [[value]]


async def test_parameters_may_be_anything_that_json_says(state: State) -> None:
    given = {"a": [1, 2.5, "x", None, {"b": True}], "n": -(2**40)}
    found = await data(state, "RETURN $a AS a, $n AS n", parameters=given)
    assert found["rows"] == [[given["a"], given["n"]]]
    written = '{ cypher(query: "RETURN $a AS a", parameters: {a: [1, {b: "x"}]}, limit: 5) { rows } }'
    assert (await ask(state, written))["data"] == {"cypher": {"rows": [[[1, {"b": "x"}]]]}}


async def test_what_cuts_an_answer_off_is_told(state: State) -> None:
    found = await data(state, "UNWIND range(1, 10) AS i RETURN i", limit=3)
    assert (found["rows"], found["truncated"], found["truncatedBy"]) == ([[1], [2], [3]], True, "ROWS")


async def test_the_plan_comes_on_request(state: State) -> None:
    plan = (await data(state, "MATCH (c:Creator {id: 'c01'}) RETURN c.id AS id", plan=True))["plan"]
    assert plan["operator"] == "ProduceResults"
    assert "NodeUniqueIndexSeek" in str(plan)
    assert set(plan) == {"operator", "details", "estimatedRows", "children"}


async def test_a_refusal_names_each_rule_and_what_to_write_instead(state: State) -> None:
    found = await error(state, "LOAD CSV FROM 'file:///x' AS line RETURN line")
    assert found["extensions"]["code"] == "CYPHER_REFUSED"
    assert [(each["rule"], each["name"]) for each in found["extensions"]["refusals"]] == [("OPERATOR", "LoadCSV"), ("FILE", "LOAD CSV")]
    assert all("UNWIND $rows AS row" in each["remedy"] for each in found["extensions"]["refusals"])


@pytest.mark.parametrize(
    ("query", "more", "code", "said"),
    [
        ("RETURN x", {}, "CYPHER_FAILED", "Variable `x` not defined"),
        ("RETURN $x AS x", {}, "CYPHER_FAILED", "Expected parameter(s): x"),
        ("RETURN 1 AS x", {"limit": 51}, "LIMIT_EXCEEDED", "limit is 51; at most 50 are allowed: POST /cypher streams more"),
        ("RETURN 1 AS x", {"seconds": 0}, "BAD_USER_INPUT", "timeoutSeconds is 0; give 1 to 60"),
        ("RETURN 1 AS x", {"parameters": [1]}, "BAD_USER_INPUT", "parameters is [1]; give an object"),
        ("UNWIND range(1, 1000000000) AS i WITH i WHERE i < 0 RETURN i", {"seconds": 1}, "LIMIT_EXCEEDED", "exceeded"),
    ],
)
async def test_errors_have_codes_and_remedies(state: State, query: str, more: dict[str, Any], code: str, said: str) -> None:
    found = await error(state, query, **more)
    assert (found["extensions"]["code"], said in found["message"]) == (code, True), found


@pytest.mark.parametrize("role", [Role.PARTNER, Role.BRAND, Role.CREATOR])
async def test_only_analysts_and_administrators_may(state: State, role: Role) -> None:
    viewer = Viewer("k2", "another", role, ("US",), ("b1",), "c01")
    assert (await error(state, "RETURN 1 AS n", viewer))["extensions"]["code"] == "FORBIDDEN"
    explained = await ask(state, EXPLAIN, viewer, query="RETURN 1 AS n")
    assert explained["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_explaining_runs_nothing_and_tells_why_not(state: State) -> None:
    fine = (await ask(state, EXPLAIN, query="MATCH (c:Creator) RETURN c"))["data"]["explainCypher"]
    assert (fine["allowed"], fine["refusals"], fine["queryType"]) == (True, [], "r")
    assert fine["estimatedRows"] > 0
    assert fine["plan"]["operator"] == "ProduceResults"
    writing = (await ask(state, EXPLAIN, query="MATCH (c:Creator) DETACH DELETE c"))["data"]["explainCypher"]
    assert (writing["allowed"], writing["queryType"]) == (False, "w")
    assert writing["refusals"][0]["name"] == "DetachDelete"
    hidden = (await ask(state, EXPLAIN, query="PROFILE RETURN 1 AS n"))["data"]["explainCypher"]
    assert (hidden["allowed"], hidden["plan"], hidden["refusals"][0]["rule"]) == (False, None, "OPTION")
    assert (await data(state, "MATCH (c:Creator) RETURN count(c) AS n"))["rows"] == [[12]]


async def test_a_key_runs_one_after_the_other(state: State) -> None:
    long = "UNWIND range(1, 1000000000) AS i WITH i WHERE i % 7 = -1 RETURN i"
    running = [asyncio.create_task(error(state, long, seconds=1)) for _ in range(1 + WAITING_EACH)]
    await asyncio.sleep(0.4)
    assert (await error(state, "RETURN 1 AS n"))["extensions"] == {"code": "CONCURRENCY_LIMIT", "retryAfter": 2}
    other = Viewer("k3", "another", Role.ADMIN)
    assert (await ask(state, CYPHER, other, query="RETURN 1 AS n", limit=1))["data"]["cypher"]["rows"] == [[1]]
    ends = [each["extensions"]["code"] for each in await asyncio.gather(*running)]
    assert ends[:3] == ["LIMIT_EXCEEDED"] * 3
    assert set(ends[3:]) <= {"LIMIT_EXCEEDED", "CONCURRENCY_LIMIT"}
    await state.own.of(Endings).settled()


async def test_cancelling_a_request_ends_its_query_in_the_database(state: State) -> None:
    text = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.query IS NOT NULL RETURN count(*) AS n"
    long = "MATCH (a), (b), (c), (d) WHERE a.id < b.id + c.id + d.id RETURN count(*) AS n"

    async def running() -> int:
        return (await state.driver.execute_query(text)).records[0]["n"]

    asked = asyncio.create_task(error(state, long, seconds=60))
    async with asyncio.timeout(5):
        while not await running():
            await asyncio.sleep(0.05)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    async with asyncio.timeout(5):
        while await running():
            await asyncio.sleep(0.05)


def test_errors_are_known_by_their_codes() -> None:
    codes = {each.code for each in _all(ApiError)}
    assert {"CYPHER_REFUSED", "CYPHER_FAILED", "CONCURRENCY_LIMIT"} <= codes


def _all(kind: type[ApiError]) -> list[type[ApiError]]:
    return [kind, *(each for sub in kind.__subclasses__() for each in _all(sub))]
