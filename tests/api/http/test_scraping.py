from __future__ import annotations

import re
from dataclasses import replace

import httpx

from api.access.viewer import Role
from api.app import application
from api.http.metrics import KINDS
from api.process.state import State
from tests.api.processes import keys

SERIES = re.compile(r"^(creatorgraph_\w+)(?:\{(.*?)\})? ", re.MULTILINE)


async def test_requests_are_counted_by_kind_and_status(client: httpx.AsyncClient, state: State) -> None:
    await client.post("/graphql", json={"query": "{ viewer { name } }"})
    await client.post("/graphql", json={"query": "mutation { setSalesConsent(input: {consent: true}) { creator { salesConsent } } }"})
    await client.post("/graphql", content=b"{", headers={"Content-Type": "application/json"})
    await client.get("/healthz")
    value = state.metrics.registry.get_sample_value
    counted = {
        (kind, status): value("creatorgraph_requests_total", {"kind": kind, "status": status})
        for kind, status in (("query", "200"), ("mutation", "200"), ("refused", "400"), ("health", "200"))
    }
    assert set(counted.values()) == {1.0}
    assert value("creatorgraph_request_seconds_count", {"kind": "query"}) == 1


async def test_labels_take_values_from_fixed_sets(client: httpx.AsyncClient) -> None:
    for path in ("/one", "/two?key=secret", "/graphql"):
        await client.get(path)
    text = (await client.get("/metrics")).text
    labels = {label for _, names in SERIES.findall(text) for label in re.findall(r'(\w+)="', names)}
    assert labels <= {"kind", "status", "le", "cache", "use", "reason"}
    assert set(re.findall(r'kind="(\w+)"', text)) <= KINDS
    assert "secret" not in text


async def test_database_connections_are_told(client: httpx.AsyncClient) -> None:
    await client.get("/readyz")
    text = (await client.get("/metrics")).text
    found = dict(re.findall(r'creatorgraph_database_connections\{use="(\w+)"\} (\S+)', text))
    assert set(found) == {"busy", "idle"}
    assert float(found["idle"]) >= 1


async def test_the_memory_of_the_process_is_told_by_the_name_that_dashboards_know(client: httpx.AsyncClient) -> None:
    found = re.findall(r"^process_resident_memory_bytes (\S+)$", (await client.get("/metrics")).text, re.MULTILINE)
    assert 10e6 < float(found[0]) < 100e9


async def test_texts_found_prepared_are_told(client: httpx.AsyncClient) -> None:
    before = await texts(client)
    for _ in range(3):
        await client.post("/graphql", json={"query": "{ once: viewer { name } }"})
    after = await texts(client)
    assert (after["miss"] - before["miss"], after["hit"] - before["hit"] >= 2) == (1, True)


async def texts(client: httpx.AsyncClient) -> dict[str, float]:
    text = (await client.get("/metrics")).text
    return {cache: float(count) for cache, count in re.findall(r'creatorgraph_operation_texts\{cache="(\w+)"\} (\S+)', text)}


async def test_metrics_may_be_for_administrators_alone(state: State) -> None:
    closed = replace(state, settings=replace(state.settings, metrics="key"))
    made = keys(state)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(closed)), base_url="http://127.0.0.1") as client:
        asked = {
            name: (await client.get("/metrics", headers=headers)).status_code
            for name, headers in {
                "nobody": {},
                "analyst": {"Authorization": f"Bearer {made[Role.ANALYST]}"},
                "admin": {"Authorization": f"Bearer {made[Role.ADMIN]}"},
            }.items()
        }
    assert asked == {"nobody": 401, "analyst": 403, "admin": 200}
