"""MCP on standard input and output: a process of its own, started by the SDK's client."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import httpx

from api.access.viewer import Role
from tests.api.mcp.conftest import over_http, over_stdio
from tests.api.served_market import ServedMarket
from tests.api.serving import COMMAND, serving

MCP = [*COMMAND, "mcp"]


async def test_an_analyst_lists_and_calls(market: ServedMarket) -> None:
    async with over_stdio(market, market.keys[Role.ANALYST]) as client:
        assert "0 and 100" in (client.instructions or "")
        tools = (await client.list_tools()).tools
        assert all(tool.annotations is not None and tool.annotations.read_only_hint for tool in tools)
        ranked = (await client.call_tool("ranking", {"by": "OVERALL", "first": 2})).structured_content
    assert [edge["rank"] for edge in ranked["ranking"]["edges"]] == [1, 2]


async def test_a_creator_sees_themself_as_an_older_client_too(market: ServedMarket) -> None:
    async with over_stdio(market, market.keys[Role.CREATOR], "legacy") as client:
        found = (await client.call_tool("search_creators")).structured_content
    assert [each["id"] for each in found["creators"]["nodes"]] == ["Creator:c01"]


def test_without_a_key_it_does_not_start(market: ServedMarket, tmp_path: Path) -> None:
    environment = {**os.environ, **market.environment, "CREATORGRAPH_HOME": str(market.home), "CREATORGRAPH_KEY": ""}
    none = subprocess.run(MCP, env=environment, capture_output=True, text=True, check=False)
    assert (none.returncode, "no access key" in none.stderr) == (1, True)
    file = tmp_path / "key"
    file.write_text("cgk_nothing\n")
    wrong = subprocess.run([*MCP, "--key-file", str(file)], env=environment, capture_output=True, text=True, check=False)
    assert (wrong.returncode, "malformed access key" in wrong.stderr, wrong.stdout) == (1, True, "")


async def test_it_listens_for_agents_alone(market: ServedMarket) -> None:
    with serving(market.home, market.environment, command=("mcp", "--http")) as served:
        async with over_http(replace(market, url=served.url), market.keys[Role.BRAND]) as client:
            assert len((await client.list_tools()).tools) > 4
        assert httpx.post(f"{served.url}/graphql", json={"query": "{ __typename }"}).status_code == 404
        assert httpx.get(f"{served.url}/healthz").status_code == 200
