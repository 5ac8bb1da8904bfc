"""A service that runs only trusted documents for partners and brands, over every way in that it has."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from mcp.shared.exceptions import MCPError
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from api.access.viewer import Role
from api.mcp.tools import BY_NAME
from tests.api.mcp.conftest import over_http
from tests.api.served_market import ServedMarket, served_market
from tests.api.trusted.manifests import ONE, TOOL, WHO, apollo, digest, graphql, relay
from tests.conftest import TestServer

CHANGED = "subscription Changed { changed { cursor } }"
FREE = "{ viewer { name } }"
INTROSPECTION = "{ __schema { queryType { name } } }"
RELAYS = hashlib.md5(ONE.encode(), usedforsecurity=False).hexdigest()


@pytest.fixture(scope="module")
async def market(neo4j: TestServer, _schema: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[ServedMarket]:
    folder = tmp_path_factory.mktemp("documents")
    sources = [apollo(folder, WHO, CHANGED), relay(folder, ONE), graphql(folder, reports__best=TOOL)]
    settings = {
        "CREATORGRAPH_DOCUMENTS": ",".join(map(str, sources)),
        "CREATORGRAPH_ONLY_TRUSTED_DOCUMENTS": "partner, brand",
    }
    async with served_market(neo4j, tmp_path_factory.mktemp("home"), **settings) as served:
        yield served


def post(market: ServedMarket, role: Role, **body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {market.keys[role]}", "Accept": "application/graphql-response+json"}
    return httpx.post(f"{market.url}/graphql", json=body, headers=headers, timeout=60)


def apollos(sha256: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256}}


@pytest.mark.parametrize(
    "named",
    [
        {"documentId": f"sha256:{digest(WHO)}"},
        {"documentId": digest(WHO)},
        {"extensions": apollos(digest(WHO))},
        {"query": WHO},
        {"query": WHO, "extensions": apollos(digest(WHO))},
    ],
)
def test_a_trusted_document_runs_with_the_rights_of_whoever_names_it(market: ServedMarket, named: dict[str, Any]) -> None:
    for role in Role:
        answer = post(market, role, **named)
        assert (answer.status_code, answer.json()["data"]) == (200, {"viewer": {"role": role.name}})


def test_ids_of_other_kinds_with_variables(market: ServedMarket) -> None:
    seen = post(market, Role.PARTNER, documentId=RELAYS, variables={"id": "Creator:c01"}).json()["data"]
    hidden = post(market, Role.CREATOR, documentId=RELAYS, variables={"id": "Creator:c02"}).json()["data"]
    best = post(market, Role.PARTNER, documentId="reports/best", variables={"region": "US"}).json()["data"]
    assert (seen, hidden) == ({"creator": {"id": "Creator:c01", "handle": "creator1"}}, {"creator": None})
    assert len(best["ranking"]["edges"]) == 3


@pytest.mark.parametrize("text", [FREE, INTROSPECTION, "{", WHO + " ", 'query { cypher(query: "RETURN 1") { rows } }'])
@pytest.mark.parametrize("role", [Role.PARTNER, Role.BRAND])
def test_no_other_text_runs_for_those_who_may_run_trusted_ones_only(market: ServedMarket, role: Role, text: str) -> None:
    for extensions in ({}, apollos(digest(text))):
        answer = post(market, role, query=text, extensions=extensions)
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["extensions"]["code"]) == (403, "QUERY_NOT_IN_SAFELIST")
        assert f"keys of the role {role} may run only the documents" in error["message"]
        assert "CREATORGRAPH_DOCUMENTS" in error["message"]


def test_what_others_have_sent_is_no_trusted_document(market: ServedMarket) -> None:
    assert post(market, Role.ADMIN, query=FREE, extensions=apollos(digest(FREE))).json()["data"] == {"viewer": {"name": "the admin"}}
    assert post(market, Role.ADMIN, extensions=apollos(digest(FREE))).json()["data"] == {"viewer": {"name": "the admin"}}
    for named in ({"extensions": apollos(digest(FREE))}, {"documentId": f"sha256:{digest(FREE)}"}, {"documentId": "reports/worst"}):
        answer = post(market, Role.BRAND, **named)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (404, "PERSISTED_QUERY_NOT_IN_LIST")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.CREATOR])
def test_others_ask_freely(market: ServedMarket, role: Role) -> None:
    assert post(market, role, query=INTROSPECTION).json()["data"] == {"__schema": {"queryType": {"name": "Query"}}}


def test_a_stream_takes_a_trusted_document_by_its_id(market: ServedMarket) -> None:
    headers = {"Authorization": f"Bearer {market.keys[Role.BRAND]}", "Accept": "text/event-stream"}
    body = {"documentId": f"sha256:{digest(CHANGED)}"}
    with httpx.stream("POST", f"{market.url}/graphql", json=body, headers=headers, timeout=30) as stream:
        assert (stream.status_code, stream.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
    refused = httpx.post(f"{market.url}/graphql", json={"query": CHANGED + " "}, headers=headers, timeout=30)
    assert refused.json()["errors"][0]["extensions"]["code"] == "QUERY_NOT_IN_SAFELIST"


async def test_a_socket_takes_a_trusted_document_by_its_id_and_no_other(market: ServedMarket) -> None:
    address = market.url.replace("http", "ws") + "/graphql"
    header = {"Authorization": f"Bearer {market.keys[Role.BRAND]}"}
    async with (
        asyncio.timeout(60),
        connect(address, subprotocols=[Subprotocol("graphql-transport-ws")], additional_headers=header) as socket,
    ):

        async def said(message: dict[str, Any]) -> Any:
            await socket.send(json.dumps(message))
            return json.loads(await socket.recv())

        assert await said({"type": "connection_init"}) == {"type": "connection_ack"}
        refused = await said({"type": "subscribe", "id": "a", "payload": {"query": CHANGED + " "}})
        assert refused["payload"][0]["extensions"]["code"] == "QUERY_NOT_IN_SAFELIST"
        await socket.send(json.dumps({"type": "subscribe", "id": "b", "payload": {"documentId": digest(CHANGED)}}))
        assert await said({"type": "ping"}) == {"type": "pong"}
        repeated = {"type": "subscribe", "id": "b", "payload": {"documentId": digest(CHANGED)}}
        with pytest.raises(Exception, match="4409"):
            await said(repeated)


async def test_a_document_is_a_tool_for_the_roles_that_it_names(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.PARTNER]) as client:
        (offered,) = [tool for tool in (await client.list_tools()).tools if tool.name == "best_creators"]
        called = await client.call_tool("best_creators", {"region": "US", "first": 2})
        wrong = await client.call_tool("best_creators", {"first": 2})
        ours = await client.call_tool("whoami")
    assert (offered.title, offered.description) == ("Best creators of a region", "The creators who sell best in a region, best first.")
    assert offered.input_schema["required"] == ["region"]
    assert offered.input_schema["properties"]["region"] == {"type": "string", "description": "The region's code, such as US."}
    assert offered.input_schema["properties"]["first"]["default"] == 3
    assert [each["rank"] for each in called.structured_content["ranking"]["edges"]] == [1, 2]
    assert "region is missing" in wrong.content[0].text
    assert ours.structured_content["viewer"]["role"] == "PARTNER", "our own tools are not subject to the manifest"


async def test_others_are_neither_offered_nor_answered(market: ServedMarket) -> None:
    async with over_http(market, market.keys[Role.BRAND]) as client:
        names = {tool.name for tool in (await client.list_tools()).tools}
        refused = await client.call_tool("best_creators", {"region": "US"})
        with pytest.raises(MCPError, match="there is no tool 'nothing'"):
            await client.call_tool("nothing")
    assert "best_creators" not in names
    assert names < set(BY_NAME)
    assert (refused.is_error, refused.structured_content["errors"][0]["code"]) == (True, "FORBIDDEN")


def test_a_tool_s_document_is_still_one_that_anybody_may_name(market: ServedMarket) -> None:
    assert post(market, Role.BRAND, documentId="reports/best", variables={"region": "US"}).status_code == 200


def test_how_documents_came_is_counted(market: ServedMarket) -> None:
    told = httpx.get(f"{market.url}/metrics").text
    assert 'creatorgraph_documents_total{by="trusted"}' in told
    assert 'creatorgraph_documents_total{by="text"}' in told
