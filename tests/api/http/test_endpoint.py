from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from api.app import application
from api.process.state import State
from graph.connection import open_driver
from tests.api.processes import process

NEW = {"Accept": "application/graphql-response+json"}


async def ask(client: httpx.AsyncClient, query: str, **variables: Any) -> httpx.Response:
    return await client.post("/graphql", json={"query": query, "variables": variables}, headers=NEW)


@pytest.mark.parametrize(
    ("headers", "challenge"),
    [
        ({}, 'Bearer realm="creatorgraph"'),
        ({"Authorization": "Basic abc"}, 'Bearer realm="creatorgraph"'),
        ({"Authorization": "Bearer cgk_abc"}, 'Bearer realm="creatorgraph", error="invalid_token"'),
    ],
)
async def test_without_a_valid_key_there_is_nothing(stranger: httpx.AsyncClient, headers: dict[str, str], challenge: str) -> None:
    for answer in (
        await stranger.post("/graphql", json={"query": "{ __typename }"}, headers=headers),
        await stranger.get("/graphql", params={"query": "{ __schema { types { name } } }"}, headers=headers),
    ):
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, challenge)
        assert answer.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
        assert "data" not in answer.json()


async def test_the_viewer_is_the_keys(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ viewer { name role } }")
    assert answer.json()["data"] == {"viewer": {"name": "the admin", "role": "ADMIN"}}
    assert answer.headers["cache-control"] == "no-store"


async def test_any_valid_key_may_introspect(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "{ __schema { queryType { name } } }")
    assert answer.json()["data"] == {"__schema": {"queryType": {"name": "Query"}}}


async def test_the_cost_is_told(client: httpx.AsyncClient, state: State) -> None:
    answer = await ask(client, "query ($n: Int) { creators(first: $n) { nodes { id } } }", n=7)
    budget = state.settings.cost_budget
    assert answer.json()["extensions"]["cost"] == {"requested": 8, "budget": budget, "restoreRate": budget // 60}
    assert answer.headers["ratelimit-policy"] == f'"cost";q={budget};w=60'
    left = int(answer.headers["ratelimit"].removeprefix('"cost";r='))
    assert budget - 8 <= left <= budget, "it is restored by the second"


async def test_a_budget_used_up_is_429(graph: Any, tmp_path: Any) -> None:
    state = process(graph, tmp_path / "poor", cost_budget=100)
    from tests.api.processes import keys

    key = next(iter(keys(state).values()))
    transport = httpx.ASGITransport(application(state))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers={"Authorization": f"Bearer {key}"}) as client:
        answers = [await ask(client, "{ creators(first: 60) { nodes { id } } }") for _ in range(2)]
    state.store.close()
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].json()["errors"][0]["extensions"]["code"] == "COST_EXCEEDED"
    assert int(answers[1].headers["retry-after"]) >= 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ noSuchField }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ creators(first: 101) { totalCount } }", "LIMIT_EXCEEDED"),
        ("{ creators(first: -1) { totalCount } }", "BAD_USER_INPUT"),
        ("{ creators(first: 1, last: 1) { totalCount } }", "BAD_USER_INPUT"),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(5_000)) + " }", "LIMIT_EXCEEDED"),
    ],
)
async def test_each_refusal_has_its_code(client: httpx.AsyncClient, query: str, code: str) -> None:
    answer = await ask(client, query)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, code)


async def test_a_mutation_that_a_role_may_not_is_forbidden(client: httpx.AsyncClient) -> None:
    answer = await ask(client, "mutation { setSalesConsent(input: {consent: true}) { creator { salesConsent } } }")
    error = answer.json()["errors"][0]
    assert (error["extensions"]["code"], error["path"]) == ("FORBIDDEN", ["setSalesConsent"])
    assert "a key of the role admin is not allowed to" in error["message"]


async def test_a_database_that_is_away_is_not_ready(tmp_path: Any) -> None:
    async with open_driver("bolt://127.0.0.1:9", auth=("neo4j", "x")) as driver:
        state = process(driver, tmp_path)
        from tests.api.processes import keys

        key = next(iter(keys(state).values()))
        transport = httpx.ASGITransport(application(state))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost", headers={"Authorization": f"Bearer {key}"}
        ) as client:
            answer = await ask(client, "{ brands { nodes { id } } }")
            page = await client.get("/developers")
            ready = await client.get("/readyz")
        state.store.close()
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "NOT_READY")
    assert "the database is not responding" in answer.json()["errors"][0]["message"]
    assert (page.status_code, "does not answer" in page.text) == (200, True)
    assert ready.status_code == 503
    assert "creatorgraph db start" in ready.json()["checks"][0]["remedy"]


async def test_an_unknown_failure_is_masked_and_logged_whole(
    client: httpx.AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the secret of it")

    monkeypatch.setattr(state.budgets, "take", broken)
    with caplog.at_level(logging.ERROR):
        answer = await client.post("/graphql", json={"query": "{ viewer { name } }"}, headers={"X-Request-Id": "request-0001"})
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["extensions"]) == (500, {"code": "INTERNAL", "requestId": "request-0001"})
    assert "request-0001" in error["message"]
    assert "secret" not in answer.text
    assert "the secret of it" in caplog.text
    assert state.metrics.registry.get_sample_value("creatorgraph_failures_total") == 1
