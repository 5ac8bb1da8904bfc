from __future__ import annotations

import httpx
from neo4j import AsyncDriver

from graph.migrations import VERSION


async def test_the_process_is_up(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "up"})


async def test_before_the_first_run_it_says_what_to_do(stranger: httpx.AsyncClient, graph: AsyncDriver) -> None:
    await graph.execute_query("MERGE (s:Schema {id: 'schema'}) SET s.version = $version", version=VERSION)
    answer = await stranger.get("/readyz")
    checks = {check["name"]: check for check in answer.json()["checks"]}
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert {name: check["ok"] for name, check in checks.items()} == {"database": True, "schema": True, "scores": False, "warm-up": True}
    assert "creatorgraph score" in checks["scores"]["remedy"]


async def test_a_schema_of_another_version_is_not_ready(stranger: httpx.AsyncClient, graph: AsyncDriver) -> None:
    await graph.execute_query("MERGE (s:Schema {id: 'schema'}) SET s.version = 99")
    try:
        checks = {check["name"]: check for check in (await stranger.get("/readyz")).json()["checks"]}
    finally:
        await graph.execute_query("MATCH (s:Schema {id: 'schema'}) SET s.version = $version", version=VERSION)
    assert (checks["schema"]["ok"], checks["schema"]["detail"]) == (False, f"version 99, but {VERSION} is required")
