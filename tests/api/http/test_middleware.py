from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j import AsyncDriver

from api.app import application
from api.http import middleware
from api.http.metrics import Metrics
from api.http.middleware import LONGEST_HOST, Observed, host_of
from tests.api.processes import process


@pytest.mark.parametrize("given", ["abcdef-12345", "A.b_c-1234"])
async def test_a_request_keeps_the_id_it_came_with(stranger: httpx.AsyncClient, given: str) -> None:
    answer = await stranger.get("/healthz", headers={"X-Request-Id": given})
    assert answer.headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space 1", 'with"quote1'])
async def test_an_id_that_is_none_is_replaced(stranger: httpx.AsyncClient, given: str) -> None:
    answer = await stranger.get("/healthz", headers={"X-Request-Id": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])


@pytest.mark.parametrize("path", ["/", "/healthz", "/graphql", "/nowhere", "/static/look.css", "/metrics"])
async def test_every_answer_has_the_headers_that_protect(stranger: httpx.AsyncClient, path: str) -> None:
    headers = (await stranger.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
    ],
)
async def test_on_loopback_only_its_own_names_are_served(stranger: httpx.AsyncClient, host: str, status: int) -> None:
    assert (await stranger.get("/healthz", headers={"Host": host})).status_code == status


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        ({"host": "0.0.0.0"}, "any.example", 200),
        ({"host": "0.0.0.0", "hosts": ("api.example",)}, "any.example", 421),
        ({"hosts": ("api.example",)}, "api.example:443", 200),
    ],
)
async def test_hosts_are_a_setting(graph: AsyncDriver, tmp_path: Path, settings: dict[str, Any], host: str, status: int) -> None:
    state = process(graph, tmp_path, **settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://localhost") as client:
        assert (await client.get("/healthz", headers={"Host": host})).status_code == status
    state.store.close()


async def test_other_origins_are_let_in_by_setting_alone(graph: AsyncDriver, tmp_path: Path, stranger: httpx.AsyncClient) -> None:
    asked = {
        "Origin": "https://front.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, apollographql-client-name",
    }
    refused = await stranger.options("/graphql", headers=asked)
    assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (405, False)
    state = process(graph, tmp_path, cors_origins=("https://front.example",), cors_headers=("apollographql-client-name",))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://localhost") as client:
        allowed = await client.options("/graphql", headers=asked)
        other = await client.options("/graphql", headers=asked | {"Origin": "https://evil.example"})
    state.store.close()
    assert allowed.headers["access-control-allow-origin"] == "https://front.example"
    assert (allowed.status_code, "apollographql-client-name" in allowed.headers["access-control-allow-headers"]) == (200, True)
    assert "access-control-allow-credentials" not in allowed.headers
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize(
    "path", ["/", "/graphiql", "/graphiql/examples", "/healthz", "/readyz", "/metrics", "/static/look.css", "/exports"]
)
async def test_head_answers_as_get_does(client: httpx.AsyncClient, path: str) -> None:
    head, get = await client.head(path), await client.get(path)
    assert (head.status_code, head.headers["content-type"]) == (get.status_code, get.headers["content-type"])


async def test_long_answers_are_packed(stranger: httpx.AsyncClient) -> None:
    packed = await stranger.get("/static/start.css", headers={"Accept-Encoding": "gzip"})
    plain = await stranger.get("/static/start.css", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text


@pytest.mark.parametrize("refused", ["gzip;q=0", "identity;q=1, gzip;q=0.5", "br, *;q=0"])
async def test_who_refuses_gzip_is_sent_none(stranger: httpx.AsyncClient, refused: str) -> None:
    answer = await stranger.get("/static/start.css", headers={"Accept-Encoding": refused})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


async def test_a_failure_anywhere_is_masked() -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("secret")

    metrics = Metrics()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Observed(broken, metrics=metrics)), base_url="http://localhost") as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (500, "INTERNAL")
    assert "secret" not in answer.text
    assert metrics.registry.get_sample_value("creatorgraph_failures_total") == 1


def test_long_hosts_are_understood_and_not_remembered() -> None:
    remembered = middleware._remembered
    remembered.cache_clear()
    assert host_of({"headers": [(b"host", b"A" * LONGEST_HOST + b":80")]}) == "a" * LONGEST_HOST
    assert remembered.cache_info().currsize == 0
    assert host_of({"headers": [(b"host", b"Remembered.example:80")]}) == "remembered.example"
    assert remembered.cache_info().currsize == 1
