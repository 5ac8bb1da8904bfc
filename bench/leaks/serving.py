"""One world, imported, scored and served within the process: asked with a key, it answers as over HTTP, to the byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copytree
from time import time
from typing import Any, Final, LiteralString

import httpx
import orjson
from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.app import application
from api.features.webhooks.content import CHANGED
from api.graphql.execution.cursors import cursors
from api.mcp.server import called
from api.process.state import State, opened
from api.proof.signing import Signer
from api.runs.scoring_run import score
from api.settings import Settings
from api.webhooks.deliveries import Attempt, Deliveries, Status
from api.webhooks.store import Content, Webhook
from bench.leaks.beside import brought
from bench.leaks.goods import CLIENTS, REGION, World
from bench.leaks.people import EARLIER, END
from graph.load import Listener, load
from graph.migrations import migrate
from graph.rows import Reject
from graph.sources import read
from scoring import NAMES, camel

GRANTS: Final = {
    "admin": Grant("leaks admin", Role.ADMIN),
    "brand": Grant("leaks brand", Role.BRAND, (REGION,), CLIENTS[:1]),
    "partner": Grant("leaks partner", Role.PARTNER, (REGION,), CLIENTS),
    "wide": Grant("leaks wide", Role.BRAND, (REGION, "GB"), CLIENTS[:1]),
    "stranger": Grant("leaks stranger", Role.BRAND, (REGION,), ("b05",)),
    **{f"us{n:02}": Grant(f"leaks us{n:02}", Role.CREATOR, creator=f"us{n:02}") for n in range(6)},
}
TIMES: Final[LiteralString] = """
MATCH (run:ScoringRun)
SET run.startedAt = run.asOf + 60, run.publishedAt = run.asOf + 120
"""
SINCE: Final = "{ changes { cursor } }"
JSON: Final = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
HALF_MINUTE: Final = 300


class WorldRefused(Exception):
    """A world does not keep to the import contract."""


@dataclass(frozen=True, slots=True)
class Served:
    """A world that answers."""

    driver: AsyncDriver
    state: State
    client: httpx.AsyncClient
    keys: Mapping[str, str]
    since: Mapping[str, str] = field(default_factory=dict[str, str])
    """By key, the cursor of the feed of changes before what keys bring about."""

    async def graphql(self, who: str, query: str, variables: Mapping[str, Any] | None = None) -> bytes:
        """Return the body of the answer to a GraphQL request."""
        answer = await self.client.post(
            "/graphql", content=orjson.dumps({"query": query, "variables": variables or {}}), headers=self._of(who)
        )
        return answer.content

    async def tool(self, who: str, name: str, arguments: Mapping[str, Any]) -> bytes:
        """Return what a tool of MCP answers."""
        viewer = self.state.keyring.viewer(f"Bearer {self.keys[who]}")
        return (await called(name, dict(arguments), viewer, self.state)).model_dump_json().encode()

    async def export(self, who: str, order: Mapping[str, Any]) -> bytes:
        """Order an export, await it, and return its file, or what refused it."""
        answer = await self.client.post("/exports", content=orjson.dumps(order), headers=self._of(who))
        if answer.status_code != httpx.codes.ACCEPTED:
            return answer.content
        where = answer.headers["Location"]
        for _ in range(HALF_MINUTE):
            shown = (await self.client.get(where, headers=self._of(who))).json()
            if shown["status"] not in ("QUEUED", "RUNNING", "queued", "running"):
                break
            await asyncio.sleep(0.1)
        found = (await self.client.get(f"{where}/file", headers=self._of(who))).content
        await self.client.delete(where, headers=self._of(who))
        return found

    def _of(self, who: str) -> dict[str, str]:
        return {**JSON, "Authorization": f"Bearer {self.keys[who]}"}


def prepared(home: Path) -> dict[str, str]:
    """Make a home with keys and secrets, and return the keys; homes of several worlds are copies of it."""
    store = Store(home)
    try:
        made = {name: store.create(grant, now=int(time())) for name, grant in GRANTS.items()}
    finally:
        store.close()
    cursors(home)
    Signer.of(home)
    with Deliveries.opened(home) as webhooks:
        for name in ("brand", "partner", "stranger"):
            _sent(webhooks, made[name].id)
    return {name: each.text for name, each in made.items()}


def _sent(webhooks: Deliveries, account: str) -> None:
    """Give a key a webhook, to which one event was sent, and another could not be."""
    new = Webhook.new(account, f"https://receiver.example/{account}", Content(CHANGED, {"kinds": None}), position=0, now=END)
    webhooks.create(new, most=10)
    for number in (1, 2):
        current = webhooks.webhook(new.id)
        assert current is not None
        webhooks.queue(current, number, "changed", now=END)
        delivery = webhooks.head(new.id)
        assert delivery is not None
        status, code = (Status.DELIVERED, 200) if number == 1 else (Status.FAILED, 503)
        webhooks.note(delivery, Attempt(END, code, None if number == 1 else "it answered 503"), status)


@asynccontextmanager
async def served(driver: AsyncDriver, world: World, base: Path, keys: Mapping[str, str], folder: Path) -> AsyncGenerator[Served]:
    """Import a world into an empty database, score it as of two dates, and serve it until the block ends; `folder` is made."""
    home = folder / "home"
    copytree(base, home)
    await _filled(driver, world, folder / "tables")
    for date in (EARLIER, END):
        await score(driver, as_of=date, signer=Signer.of(home), drift_limit=0)
    async with driver.session() as session:
        await (await session.run(TIMES)).consume()
    async with answering(driver, home, keys) as made:
        since = {who: orjson.loads(await made.graphql(who, SINCE))["data"]["changes"]["cursor"] for who in ("admin", "brand", "partner")}
        await brought(made, world)
        yield replace(made, since=since)


@asynccontextmanager
async def answering(driver: AsyncDriver, home: Path, keys: Mapping[str, str]) -> AsyncGenerator[Served]:
    """Serve what is there until the block ends."""
    settings = Settings(home=home, query_seconds=120, cost_budget=1_000_000_000, max_cost=1_000_000, requests_at_once=1_000)
    async with opened(settings, driver) as state:
        transport = httpx.ASGITransport(app=application(state))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=120) as client:
            yield Served(driver, state, client, keys)


async def _filled(driver: AsyncDriver, world: World, tables: Path) -> None:
    tables.mkdir(parents=True)
    for name, rows in world.items():
        text = b"".join(
            orjson.dumps({key: each for key, each in row.items() if each is not None}, option=orjson.OPT_APPEND_NEWLINE) for row in rows
        )
        (tables / f"{name}.jsonl").write_bytes(text)
    await migrate(driver, indicators=[camel(name) for name in NAMES])
    await load(driver, read(tables), listener=Listener(rejected=_refused))


def _refused(reject: Reject) -> None:
    raise WorldRefused(repr(reject))
