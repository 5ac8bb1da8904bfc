"""The drawn market, scored, behind two applications: one that keeps answers, and one that keeps none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any

import httpx
from neo4j import AsyncDriver

from api.access.store import Store
from api.access.viewer import Role
from api.app import application
from api.http.answer_cache import store
from api.http.answer_store import AnswerStore
from api.process.state import State
from tests.api.processes import process
from tests.api.scored_market import draw_scored
from tests.api.served_market import GRANTS
from tests.conftest import EMPTY, TestServer

BASE = "http://127.0.0.1"
PAGE = """{ creators(first: 12, sort: [{by: OVERALL}]) { nodes {
  id handle region followerCount salesConsent overall { value } collaborations(first: 2) { nodes { id rating } } } } }"""
QUERIES = (
    PAGE,
    "{ viewer { name role regions brands { name } creator { handle salesConsent } } }",
    '{ ranking(by: SALES_ABILITY, region: "US", first: 4) { edges { cursor rank node { handle } } pageInfo { endCursor } } }',
    '{ creator(id: "Creator:c01") { handle followerCount salesConsent overall { value } } }',
    "{ briefs(first: 10) { id name version } scoringRuns(first: 3) { nodes { id asOf } } }",
    "{ methodology { formulaVersion } categories { nodes { name } } }",
)
OBJECT = "mutation {{ setRatingObjection(input: {{objects: {}}}) {{ userErrors {{ code }} }} }}"
CONSENT = "mutation {{ setSalesConsent(input: {{consent: {}}}) {{ userErrors {{ code }} }} }}"
RATE = 'mutation {{ rateCollaboration(input: {{collaborationId: "Collaboration:k1-{}", rating: {}}}) {{ userErrors {{ code }} }} }}'
BRIEF = 'mutation {{ createBrief(input: {{name: "brief {}", brief: {{}}}}) {{ brief {{ id }} userErrors {{ code }} }} }}'


@dataclass
class Compared:
    """The two applications on one graph and one file of keys."""

    driver: AsyncDriver
    keeping: httpx.AsyncClient
    plain: httpx.AsyncClient
    state: State
    fresh: State
    elsewhere: Store
    keys: dict[Role, str] = field(default_factory=dict[Role, str])

    @property
    def answers(self) -> AnswerStore:
        """What is kept."""
        return store(self.state)

    async def ask(self, query: str, role: Role = Role.ADMIN, *, client: httpx.AsyncClient | None = None, **headers: str) -> httpx.Response:
        """Ask the application that keeps answers, or another."""
        given = {"Authorization": f"Bearer {self.keys[role]}", **headers}
        return await (client or self.keeping).post("/graphql", json={"query": query}, headers=given)

    async def both(self, query: str, role: Role) -> tuple[httpx.Response, httpx.Response]:
        """Return what each application answers; the plain one looks for a new run first, as it would within a second."""
        kept = await self.ask(query, role)
        await self.fresh.run.refresh()
        return kept, await self.ask(query, role, client=self.plain)

    def regrant(self, role: Role) -> None:
        """Revoke a role's key and make a new one, as another process does."""
        self.elsewhere.revoke(GRANTS[role].name, now=int(time()))
        self.keys[role] = self.elsewhere.create(GRANTS[role], now=int(time())).text


@asynccontextmanager
async def drawn(neo4j: TestServer) -> AsyncIterator[AsyncDriver]:
    """Draw and score the market in the emptied database."""
    async with neo4j.driver() as driver:
        async with driver.session() as session:
            await (await session.run(EMPTY)).consume()
        await draw_scored(driver)
        yield driver


@asynccontextmanager
async def compared(driver: AsyncDriver, home: Path, **settings: Any) -> AsyncIterator[Compared]:
    """Serve the market twice; `settings` are of the one that keeps answers."""
    state, fresh = process(driver, home, **settings), process(driver, home, answer_cache_mb=0)
    clients = [httpx.AsyncClient(transport=httpx.ASGITransport(application(each)), base_url=BASE) for each in (state, fresh)]
    made = Compared(driver, *clients, state, fresh, Store(home))
    made.keys = {role: made.elsewhere.create(grant, now=int(time())).text for role, grant in GRANTS.items()}
    try:
        yield made
    finally:
        for each in clients:
            await each.aclose()
        for each in (state.store, fresh.store, made.elsewhere):
            each.close()
