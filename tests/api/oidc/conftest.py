from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any

import httpx
import pytest
from neo4j import AsyncDriver

from api.app import application
from api.oidc.verifier import verifier
from api.process.state import State
from tests.api.oidc.provider import AUDIENCE, Provider, providing
from tests.api.processes import process

WHO = {"query": "{ viewer { name role regions brands { id } scopes costBudget requestsAtOnce } }"}


class Clock:
    """The seconds by which tokens end and keys are read; a test moves it."""

    def __init__(self) -> None:
        self.now = time()

    def __call__(self) -> float:
        return self.now


@dataclass
class Service:
    """A service that takes a provider's tokens."""

    state: State
    client: httpx.AsyncClient
    clock: Clock
    provider: Provider

    async def ask(self, token: str, body: Any = WHO) -> httpx.Response:
        return await self.client.post("/graphql", json=body, headers={"Authorization": f"Bearer {token}"})

    async def viewer(self, token: str) -> Any:
        answer = await self.ask(token)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]["viewer"]

    async def refused(self, token: str) -> str:
        """Return why a token is refused."""
        answer = await self.ask(token)
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED"), answer.text
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
        return answer.json()["errors"][0]["message"]

    def token(self, **given: Any) -> str:
        """Return a token that is valid by the service's clock."""
        return self.provider.token(**{"now": self.clock.now, **given})


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with providing() as made:
        yield made


@pytest.fixture
async def service(graph: AsyncDriver, tmp_path: Path, provider: Provider) -> AsyncIterator[Service]:
    await graph.execute_query("CREATE (:Creator {id: 'c1', region: 'US'}), (:Brand {id: 'b1', name: 'Acme'})")
    state, clock = process(graph, tmp_path, oidc_issuer=provider.issuer, oidc_audience=(AUDIENCE,)), Clock()
    assert state.keyring.tokens is not None
    state.keyring.tokens.clock = clock
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application(state)), base_url="http://127.0.0.1") as client:
        yield Service(state, client, clock, provider)
    found = verifier(state)
    assert found is not None
    await found.keys.close()
    state.store.close()
