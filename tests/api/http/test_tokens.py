"""Tokens at every route, and what they are cut off from: by a block, by their end, by their scopes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from neo4j import AsyncDriver
from starlette.routing import Mount, Route, WebSocketRoute
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from api.access.grants import Grant
from api.access.viewer import Role, Scope
from api.app import ROUTES
from api.http import event_stream, websocket
from api.oidc.verifier import verifier
from tests.api.http.streaming_server import CHANGED, EVENTS, Server, serving
from tests.api.http.test_websocket import closed_with, said, say, subscribe
from tests.api.oidc.provider import AUDIENCE, Provider, providing

PUBLIC: Final = frozenset(
    {
        *("/developers", "/graphiql", "/graphiql/examples", "/ide/{name}", "/healthz", "/readyz", "/static"),
        *(f"/.well-known/oauth-protected-resource{each}" for each in ("", "/mcp", "/graphql")),
    }
)
"""Routes that tell nothing of anybody; so do the explorer's pages, which are files."""
EXPLORER: Final = "api.pages.explorer"
FILES: Final = {"/imports/{id}/files/{name:path}", "/imports/{id}/rejects.zip", "/imports/{id}/rejects/{name:path}"}
CLOSED: Final = FILES | {"/graphql", "/cypher", "/exports", "/exports/{id}", "/exports/{id}/file", "/session", "/mcp", "/metrics"}
WHO: Final = {"query": "{ viewer { name } }"}
MCP: Final = {
    "json": {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}},
    "headers": {"Accept": "application/json, text/event-stream"},
}


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with providing() as made:
        yield made


@pytest.fixture
async def server(graph: AsyncDriver, tmp_path: Path, provider: Provider) -> AsyncIterator[Server]:
    given = {"oidc_issuer": provider.issuer, "oidc_audience": (AUDIENCE,), "oidc_leeway_seconds": 0, "metrics": "key"}
    async with serving(graph, tmp_path, **given) as opened:
        yield opened
        found = verifier(opened.state)
        assert found is not None
        await found.keys.close()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def asked(server: Server, token: str, method: str, path: str, **given: Any) -> httpx.Response:
    headers = {**given.pop("headers", {}), **bearer(token)}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
        return await client.request(method, path, headers=headers, **given)


def test_each_route_is_known_to_be_public_or_closed() -> None:
    assert all(isinstance(each, Route | Mount | WebSocketRoute) for each in ROUTES)
    paths = {each.path for each in ROUTES if not getattr(each, "endpoint", asked).__module__.startswith(EXPLORER)}
    assert paths == PUBLIC | CLOSED


@pytest.mark.parametrize("path", sorted(CLOSED))
@pytest.mark.parametrize("bad", ["expired", "foreign", "cgk_nonsense"])
async def test_a_bad_token_is_refused_at_every_closed_route(server: Server, provider: Provider, path: str, bad: str) -> None:
    foreign = provider.token(aud="https://elsewhere.example")
    token = {"expired": provider.token(iat=1_000, exp=2_000), "foreign": foreign}.get(bad, bad)
    method = "POST" if path in {"/cypher", "/mcp"} else "GET"
    answer = await asked(server, token, method, path.replace("{id}", "x"), json=WHO if method == "POST" else None)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
    where = f"http://127.0.0.1:{server.port}/.well-known/oauth-protected-resource" + (path if path in {"/mcp", "/graphql"} else "")
    assert answer.headers["WWW-Authenticate"].endswith(f'error="invalid_token", resource_metadata="{where}"')
    assert token not in answer.text


async def test_the_metadata_name_issuer_and_scopes(server: Server, provider: Provider) -> None:
    base = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=base) as client:
        for path in ("", "/mcp", "/graphql"):
            found = (await client.get(f"/.well-known/oauth-protected-resource{path}")).json()
            assert (found["resource"], found["authorization_servers"]) == (base + path, [provider.issuer])
            assert found["scopes_supported"] == [f"creatorgraph:{each}" for each in Scope]


async def test_without_an_identity_provider_there_are_no_metadata(stranger: httpx.AsyncClient) -> None:
    assert (await stranger.get("/.well-known/oauth-protected-resource")).status_code == 404
    refused = await stranger.post("/graphql", json=WHO, headers=bearer("ey.ey.ey"))
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="creatorgraph", error="invalid_token"'


async def test_a_token_is_taken_at_every_closed_route_that_its_role_may_use(server: Server, provider: Provider) -> None:
    token = provider.token()
    statuses = [
        (await asked(server, token, method, path, **given)).status_code
        for method, path, given in (
            ("POST", "/graphql", {"json": WHO}),
            ("POST", "/cypher", {"json": {"query": "RETURN 1"}}),
            ("GET", "/exports", {}),
            ("GET", "/session", {}),
            ("POST", "/mcp", MCP),
            ("GET", "/metrics", {}),
        )
    ]
    assert statuses == [200] * 6


@pytest.mark.parametrize("scheme", ["Token", "token", "Refused", "Session", "SESSION"])
async def test_what_stands_for_a_token_within_the_process_is_never_taken_from_outside(
    server: Server, provider: Provider, scheme: str
) -> None:
    token = provider.token()
    assert (await asked(server, token, "POST", "/graphql", json=WHO)).status_code == 200
    tokens = server.state.keyring.tokens
    assert tokens is not None
    (digest,) = tokens._known
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}") as client:
        answer = await client.post("/graphql", json=WHO, headers={"Authorization": f"{scheme} {digest}"})
    assert (answer.status_code, "no access key" in answer.text) == (401, True)
    async with server.sockets() as connection:
        await say(connection, {"type": "connection_init", "payload": {"Authorization": f"{scheme} {digest}"}})
        assert await closed_with(connection) == 4403


@pytest.mark.parametrize("path", ["/graphql", "/exports", "/healthz"])
async def test_two_authorization_headers_are_refused(server: Server, provider: Provider, path: str) -> None:
    two = [("Authorization", f"Bearer {provider.token()}"), ("Authorization", "Session x")]
    for given in (two, two[::-1]):
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{server.port}{path}", headers=given)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")
        with pytest.raises(InvalidStatus):
            await server.sockets(additional_headers=given)


async def test_a_blocked_account_hears_nothing_more_not_even_what_is_kept(server: Server, provider: Provider) -> None:
    first, second = provider.token(), provider.token(jti="2")
    for token in (first, first, second):
        assert (await asked(server, token, "POST", "/graphql", json=WHO)).json()["data"] == {"viewer": {"name": "the operator"}}
    server.state.store.subjects.block("user-1", now=1)
    server.state.keyring.forget()
    for token in (first, second, provider.token(jti="3")):
        answer = await asked(server, token, "POST", "/graphql", json=WHO)
        assert (answer.status_code, "is blocked; contact the administrator" in answer.text) == (401, True)
    assert (await asked(server, provider.token(sub="user-2"), "POST", "/graphql", json=WHO)).status_code == 200


async def test_a_stream_ends_with_its_token(server: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "SECONDS_BETWEEN_SIGNS", 0.2)
    now = provider.claims()["iat"]
    token = provider.token(iat=now - 10, exp=now + 3)
    answer = await asked(server, token, "POST", "/graphql", json={"query": CHANGED}, headers=EVENTS)
    assert answer.status_code == 200
    assert "the token has expired" in answer.text
    assert answer.text.endswith("event: complete\ndata:\n\n")


@pytest.mark.parametrize("where", ["header", "message"])
async def test_a_socket_is_closed_when_its_token_has_ended(
    server: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(websocket, "SECONDS_BETWEEN_CHECKS", 0.2)
    now = provider.claims()["iat"]
    given = bearer(provider.token(iat=now - 10, exp=now + 4))
    async with server.sockets(additional_headers=given if where == "header" else {}) as connection:
        await say(connection, {"type": "connection_init", **({"payload": given} if where == "message" else {})})
        assert await said(connection) == {"type": "connection_ack"}
        await say(connection, subscribe("a"))
        async with asyncio.timeout(20):
            assert await closed_with(connection) == 4403


async def ping_on(connection: ClientConnection) -> None:
    for _ in range(100):
        await say(connection, {"type": "ping"})
        assert await said(connection) == {"type": "pong"}
        await asyncio.sleep(0.05)


async def test_a_socket_that_pings_all_the_time_is_closed_when_its_account_is_blocked(
    server: Server, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(websocket, "SECONDS_BETWEEN_CHECKS", 0.5)
    async with server.sockets(additional_headers=bearer(provider.token())) as connection:
        await say(connection, {"type": "connection_init"})
        assert await said(connection) == {"type": "connection_ack"}
        server.state.store.subjects.block("user-1", now=1)
        server.state.keyring.forget()
        with pytest.raises(ConnectionClosedError, match="4403"):
            await ping_on(connection)


async def test_a_socket_without_a_valid_token_is_closed(server: Server, provider: Provider) -> None:
    async with server.sockets() as connection:
        await say(connection, {"type": "connection_init", "payload": bearer(provider.token(aud="x"))})
        assert await closed_with(connection) == 4403


ROUTES_BY_SCOPE: Final[dict[Scope, tuple[str, str, dict[str, Any]]]] = {
    Scope.READ: ("POST", "/graphql", {"json": WHO}),
    Scope.WRITE: ("POST", "/graphql", {"json": {"query": 'mutation { revokeKey(input: {keyId: "nobody"}) { userErrors { code } } }'}}),
    Scope.CYPHER: ("POST", "/cypher", {"json": {"query": "RETURN 1"}}),
    Scope.EXPORT: ("GET", "/exports", {}),
    Scope.MCP: ("POST", "/mcp", MCP),
    Scope.METRICS: ("GET", "/metrics", {}),
}


@pytest.mark.parametrize("held", [*ROUTES_BY_SCOPE, Scope.EVENTS])
@pytest.mark.parametrize("by", ["token", "key"])
async def test_a_scope_opens_its_routes_alone(server: Server, provider: Provider, held: Scope, by: str) -> None:
    credential = (
        provider.token(scope=f"openid creatorgraph:{held}")
        if by == "token"
        else server.state.store.create(Grant(f"narrow {held}", Role.ADMIN, scopes=(held,)), now=1).text
    )
    for needed, (method, path, given) in ROUTES_BY_SCOPE.items():
        answer = await asked(server, credential, method, path, **given)
        if needed is held:
            assert answer.status_code == 200, answer.text
            continue
        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["extensions"]) == (403, {"code": "FORBIDDEN", "scope": str(needed)})
        assert f'error="insufficient_scope", scope="creatorgraph:{needed}"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ('{ cypher(query: "RETURN 1") { rowCount } }', "cypher"),
        ("{ webhooks { totalCount } }", "events"),
        ('mutation { deleteWebhook(input: {webhookId: "x"}) { webhookId } }', "events"),
    ],
)
async def test_some_fields_need_a_scope_besides(server: Server, query: str, missing: str) -> None:
    key = server.state.store.create(Grant("reader", Role.ADMIN, scopes=(Scope.READ, Scope.WRITE)), now=1).text
    answer = await asked(server, key, "POST", "/graphql", json={"query": query})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["scope"]) == (403, missing)


async def test_a_subscription_needs_the_scope_of_events(server: Server) -> None:
    keys = {
        each: server.state.store.create(Grant(str(each), Role.ADMIN, scopes=(each,)), now=1).text for each in (Scope.READ, Scope.EVENTS)
    }
    refused = await asked(server, keys[Scope.READ], "POST", "/graphql", json={"query": CHANGED}, headers=EVENTS)
    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["scope"]) == (403, "events")
    async with server.sockets() as connection:
        await say(connection, {"type": "connection_init", "payload": bearer(keys[Scope.EVENTS])})
        assert await said(connection) == {"type": "connection_ack"}
        await say(connection, subscribe("a", since=server.start))
        await server.publish()
        assert json.loads(json.dumps(await said(connection)))["type"] == "next"


async def test_a_narrowed_key_makes_none_that_may_do_more(server: Server) -> None:
    key = server.state.store.create(Grant("writer", Role.ADMIN, scopes=(Scope.WRITE, Scope.MCP)), now=1).text

    async def made(bounds: str) -> Any:
        text = f'mutation {{ createKey(input: {{name: "n", role: ADMIN{bounds}}}) {{ accessKey {{ scopes }} userErrors {{ message }} }} }}'
        return (await asked(server, key, "POST", "/graphql", json={"query": text})).json()["data"]["createKey"]

    assert "your own key is narrowed to write, mcp" in (await made(", scopes: [READ]"))["userErrors"][0]["message"]
    assert (await made(""))["accessKey"] == {"scopes": ["WRITE", "MCP"]}


async def test_limits_of_a_keys_own_are_told_and_hold_from_the_next_request_on(server: Server) -> None:
    store = server.state.store
    key = store.create(Grant("small", Role.ANALYST, budget=50, requests_at_once=2), now=1).text
    query = {"query": "{ viewer { costBudget requestsAtOnce } creators(first: 30) { nodes { id } } }"}
    first = await asked(server, key, "POST", "/graphql", json=query)
    assert first.json()["data"]["viewer"] == {"costBudget": 50, "requestsAtOnce": 2}
    assert first.json()["extensions"]["cost"]["budget"] == 50
    assert first.headers["RateLimit-Policy"] == '"cost";q=50;w=60'
    second = await asked(server, key, "POST", "/graphql", json={"query": "{ creators(first: 60) { nodes { id } } }"})
    assert (second.status_code, second.json()["errors"][0]["extensions"]["cost"]["budget"]) == (429, 50)
    store.limit("small", now=2, budget=1_000, requests_at_once=None)
    server.state.keyring.forget()
    third = await asked(server, key, "POST", "/graphql", json={"query": "{ viewer { costBudget requestsAtOnce } }"})
    assert third.json()["data"]["viewer"] == {"costBudget": 1_000, "requestsAtOnce": 8}


async def test_limits_of_an_account_are_an_administrators_and_no_tokens(server: Server, provider: Provider) -> None:
    query = {"query": "{ viewer { costBudget requestsAtOnce } }"}
    assert (await asked(server, provider.token(budget=9), "POST", "/graphql", json=query)).json()["data"]["viewer"]["costBudget"] == 600_000
    server.state.store.subjects.limit("user-1", budget=70, requests_at_once=3)
    server.state.keyring.forget()
    answer = await asked(server, provider.token(jti="2"), "POST", "/graphql", json=query)
    assert answer.json()["data"]["viewer"] == {"costBudget": 70, "requestsAtOnce": 3}
