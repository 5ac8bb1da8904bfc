"""MCP over HTTP, with the SDK's own client, for every kind of key."""

from __future__ import annotations

import asyncio
from typing import Any, LiteralString

import httpx
import pytest
from mcp.shared.exceptions import MCPError
from neo4j import AsyncDriver

from api.access.table import Permission
from api.access.viewer import Role
from api.mcp.arguments import input_schema
from api.mcp.tool import Tool
from api.mcp.tools import BY_NAME, TOOLS
from tests.api.mcp.conftest import over_http
from tests.api.mcp.odd_values import ODD
from tests.api.served_market import ServedMarket
from tests.conftest import TestServer

NEEDED = {
    **{"id": "c01", "creators": ["c01", "c02"], "brand": "b1", "from": "c01", "to": "b1"},
    **{"query": "RETURN 1 AS one", "name": "rising-creators"},
}
"""Values of the arguments that tools cannot do without."""

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
TYPES = {"Accept": "application/json", "Content-Type": "application/json"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_analyst_searches_looks_and_asks_why(market: ServedMarket, mode: str) -> None:
    async with over_http(market, market.keys[Role.ANALYST], mode) as client:
        found = (await client.call_tool("search_creators", {"regions": ["US"], "first": 3})).structured_content
        creators = found["creators"]["nodes"]
        assert [each["handle"] for each in creators] == ["creator11", "creator10", "creator8"]
        explained = (await client.call_tool("explain_score", {"id": creators[0]["id"], "indicator": "DILIGENCE"})).structured_content
        (score,) = explained["scores"]
        parts = score["explanation"]
        assert parts["base"] + sum(each["contribution"] for each in parts["components"]) == score["value"]


async def test_what_is_wrong_is_told_as_the_tools_failure(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.ANALYST]) as client:
        unseen = await client.call_tool("creator", {"id": "nobody"})
        faulty = await client.call_tool("ranking", {"by": "CHARM"})
        unknown = await client.call_tool("ranking", {"size": 1})
        large = await client.call_tool("ranking", {"first": 1_000})
    assert [each.is_error for each in (unseen, faulty, unknown, large)] == [True] * 4
    assert "nothing with this id is visible" in _text(unseen)
    assert "CHARM" in _text(faulty)
    assert "has no argument size" in _text(unknown)
    assert "LIMIT_EXCEEDED" in _text(large)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
async def test_whatever_agents_send_is_never_our_fault(market: ServedMarket, tool: Tool) -> None:
    told: list[str] = []
    needed = {name: NEEDED.get(name, "x") for name in input_schema(tool)["required"]}
    async with over_http(market, market.keys[Role.ADMIN]) as client:
        for name in input_schema(tool)["properties"]:
            for value in ODD[::3] + ODD[:4]:
                if value != "\ud83d":  # no client can send it
                    answer = await client.call_tool(tool.name, needed | {name: value})
                    told += [f"{name}={value!r:.60}: {_text(answer)[:300]}"] if answer.is_error and "INTERNAL" in _text(answer) else []
    assert told == []


async def test_a_brand_sees_its_regions_and_a_creator_themself(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        found = (await client.call_tool("search_creators", {"first": 20})).structured_content
        assert {each["region"] for each in found["creators"]["nodes"]} == {"US"}
        assert (await client.call_tool("creator", {"id": "c03"})).is_error
        sales = (await client.call_tool("creator", {"id": "c01"})).structured_content["creator"]["sales"]
        assert not sales["exact"]
        assert "gmvUsd" not in sales
    async with over_http(market, market.keys[Role.CREATOR]) as client:
        found = (await client.call_tool("search_creators")).structured_content
        assert [each["id"] for each in found["creators"]["nodes"]] == ["Creator:c01"]
        assert (await client.call_tool("creator", {"id": "c02"})).is_error


async def test_ids_of_the_catalogue_are_found_by_name(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        found = (await client.call_tool("search_catalogue", {"text": "LIPS"})).structured_content
    assert found["categories"]["nodes"] == [{"id": "Category:11", "name": "Lips", "parent": {"id": "Category:1", "name": "Beauty"}}]
    assert found["brands"]["nodes"] == found["products"]["nodes"] == []


async def test_resources_can_be_read(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        uris = [str(each.uri) for each in (await client.list_resources()).resources]
        texts = [(await client.read_resource(uri)).contents[0] for uri in uris]
    assert uris == ["creatorgraph://methodology", "creatorgraph://schema", "creatorgraph://graph"]
    assert ["# Methodology" in texts[0].text, "type Query" in texts[1].text, "## Nodes" in texts[2].text] == [True] * 3


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer cgk_nothing"}, {"Authorization": "Basic x"}])
def test_without_a_valid_key_there_is_nothing(market: ServedMarket, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{market.url}/mcp", json=PING, headers=TYPES | headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Host": "elsewhere.example"}, 421),
        ({"Host": "elsewhere.example", "Origin": "https://elsewhere.example"}, 421),
    ],
)
def test_pages_elsewhere_cannot_use_it(market: ServedMarket, headers: dict[str, str], status: int) -> None:
    own = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    assert httpx.post(f"{market.url}/mcp", json=PING, headers=TYPES | own | headers).status_code == status


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"[]", 400), (b'"x"', 400), (b"[" * 100_000, 400), (b"0" * 2_000_000, 413)],
)
def test_what_is_no_message_is_refused(market: ServedMarket, body: bytes, status: int) -> None:
    own = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    answer = httpx.post(f"{market.url}/mcp", content=body, headers=TYPES | own)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [("{}", "the analyst"), ("", "the analyst"), ('"x"', "arguments must be a JSON object"), ([], "arguments must be a JSON object")],
)
def test_arguments_may_come_as_text(market: ServedMarket, arguments: Any, said: str) -> None:
    own = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "whoami", "arguments": arguments}}
    answer = httpx.post(f"{market.url}/mcp", json=call, headers=TYPES | own)
    assert said in answer.text


def test_there_are_no_streams_and_no_sessions(market: ServedMarket) -> None:
    own = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    for method in ("GET", "DELETE", "PUT"):
        answer = httpx.request(method, f"{market.url}/mcp", headers=TYPES | own)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    pong = httpx.post(f"{market.url}/mcp", json=PING, headers=TYPES | own)
    assert (pong.status_code, pong.json()["result"]) == (200, {})
    assert "mcp-session-id" not in pong.headers
    assert 'creatorgraph_requests_total{kind="mcp",status="200"}' in httpx.get(f"{market.url}/metrics").text


def _text(result: Any) -> str:
    return result.content[0].text


async def test_each_role_is_offered_what_it_may_use(market: ServedMarket) -> None:
    offered = {}
    for role in (Role.ANALYST, Role.BRAND, Role.CREATOR):
        async with over_http(market, market.keys[role]) as client:
            offered[role] = {tool.name for tool in (await client.list_tools()).tools}
    assert offered[Role.ANALYST] == set(BY_NAME)
    assert offered[Role.ANALYST] - offered[Role.BRAND] == {
        name for name, tool in BY_NAME.items() if tool.permission is Permission.BOUNDED_CYPHER
    }
    assert offered[Role.CREATOR] == {"whoami", "search_creators", "search_catalogue", "creator", "explain_score", "ranking"}


async def test_what_is_not_offered_is_refused_too(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        refused = await client.call_tool("run_cypher", {"query": "RETURN 1"})
        with pytest.raises(MCPError, match="there is no tool"):
            await client.call_tool("drop_everything")
    assert (refused.is_error, refused.structured_content["errors"][0]["code"]) == (True, "FORBIDDEN")


async def test_cypher_reads_and_does_not_write(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.ANALYST]) as client:
        read = await client.call_tool("run_cypher", {"query": "MATCH (c:Creator) RETURN count(c) AS creators"})
        written = await client.call_tool("run_cypher", {"query": "CREATE (n:Creator) RETURN n"})
    assert read.structured_content["cypher"]["rows"] == [[12]]
    assert written.structured_content["errors"][0]["code"] == "CYPHER_REFUSED"


async def test_kept_queries_are_found_and_run(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.ANALYST]) as client:
        kept = (await client.call_tool("list_saved_queries")).structured_content["savedQueries"]
        ran = await client.call_tool("run_saved_query", {"name": kept[0]["name"], "limit": 3})
    assert len(kept) >= 20
    assert ran.structured_content["runSavedQuery"]["columns"]


async def test_a_comparison_and_a_brief(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        compared = (await client.call_tool("compare_creators", {"creators": ["c01", "c02", "c03"]})).structured_content["compare"]
        found = (await client.call_tool("recommend", {"brief": {"goal": "REACH"}, "first": 2})).structured_content["recommendations"]
    assert ([each["id"] for each in compared["creators"]], compared["missing"]) == (["Creator:c01", "Creator:c02"], ["c03"])
    assert len(found["candidates"]) == 2


async def test_a_brand_sees_its_own_network_and_not_anothers(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        own = (await client.call_tool("brand_network", {"id": "b1"})).structured_content["brand"]["network"]
        others = await client.call_tool("brand_network", {"id": "b2"})
        sales = await client.call_tool("brand_sales", {"id": "b2"})
        way = (await client.call_tool("find_path", {"from": "Brand:b1", "to": "Creator:c01"})).structured_content["path"]["paths"]
    assert {each["kind"] for each in own["nodes"]} == {"BRAND", "CREATOR"}
    assert {each["region"] for each in own["nodes"]} == {"US"}
    assert sales.is_error
    assert "FORBIDDEN" in _text(sales)
    assert way[0]["steps"][-1]["to"]["nodeId"] == "Creator:c01"
    assert others.is_error or [each["nodeId"] for each in others.structured_content["brand"]["network"]["nodes"]] == ["Brand:b2"]


async def test_what_is_known_is_told_beside_what_failed(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.ANALYST]) as client:
        partly = await client.call_tool("lookalikes", {"id": "c01", "category": "no-category"})
    (error,) = partly.structured_content["errors"]
    assert (partly.is_error, error["code"], error["path"]) == (True, "BAD_USER_INPUT", "creator.lookalikes")
    assert partly.structured_content["creator"] == {"id": "Creator:c01", "handle": "creator1"}
    words, data = [each.text for each in partly.content]
    assert words.startswith("BAD_USER_INPUT: creator.lookalikes: ")
    assert '"handle":"creator1"' in data


LONG = """
MATCH (a:Content), (b:Content), (c:Content), (d:Content), (e:Content)
WHERE a.views + b.views + c.views + d.views + e.views < -1
RETURN count(*) AS n
"""
RUNNING: LiteralString = """SHOW TRANSACTIONS YIELD currentQuery
WHERE currentQuery CONTAINS 'a.views + b.views' AND NOT currentQuery STARTS WITH 'SHOW'
RETURN currentQuery
"""


async def test_a_query_ends_in_the_database_when_its_agent_goes_away(market: ServedMarket, neo4j: TestServer) -> None:
    asked = {"name": "run_cypher", "arguments": {"query": LONG, "timeoutSeconds": 60}}
    own = {"Authorization": f"Bearer {market.keys[Role.ANALYST]}"}
    async with neo4j.driver() as driver:
        async with httpx.AsyncClient(timeout=60) as agent:
            call = agent.post(f"{market.url}/mcp", json=PING | {"method": "tools/call", "params": asked}, headers=TYPES | own)
            calling = asyncio.ensure_future(call)
            assert await running(driver, 1)
            calling.cancel()
        assert await running(driver, 0)


async def running(driver: AsyncDriver, expected: int) -> bool:
    """Wait until so many of the long queries run."""
    for _ in range(200):
        if len((await driver.execute_query(RUNNING)).records) == expected:
            return True
        await asyncio.sleep(0.1)
    return False
