"""Clients with a key of each role, and an export as they meet it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx

from api.access.viewer import Role
from api.app import application
from api.http.exports import EXPORTS
from api.process.state import State
from tests.api.processes import keys

Ask = Callable[[Role], AbstractAsyncContextManager[httpx.AsyncClient]]
GRAPH = {"what": "graph", "format": "graphml"}


def context(state: State) -> Ask:
    """Return a function that opens a client with a key of a role."""
    app, known = application(state, EXPORTS), keys(state)

    def opened(role: Role) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {known[role]}"}
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", headers=headers)

    return opened


async def made(client: httpx.AsyncClient, **order: Any) -> dict[str, Any]:
    """Order an export, and return it when it is over."""
    ordered = await client.post("/exports", json=order)
    assert ordered.status_code == 202, ordered.text
    return await over(client, ordered.json()["id"])


async def over(client: httpx.AsyncClient, id_: str) -> dict[str, Any]:
    return await until(client, id_, lambda found: found["status"] not in ("QUEUED", "RUNNING"))


async def until(client: httpx.AsyncClient, id_: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while not holds(found := (await client.get(f"/exports/{id_}")).json()):
            await asyncio.sleep(0.02)
    return found


async def content(client: httpx.AsyncClient, export: dict[str, Any]) -> bytes:
    assert export["status"] == "DONE", export
    return (await client.get(export["file"])).content


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["extensions"]["code"]
