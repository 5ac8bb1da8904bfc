"""Who follows what changes misses nothing where the database is lost meanwhile."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from neo4j import AsyncDriver

from api.access.keys import key_id
from api.access.viewer import Role
from api.features.webhooks.content import CHANGED
from api.webhooks.deliveries import Deliveries
from api.webhooks.store import Content, Webhook
from graph.outbox import QUERY_SAVED, Event, record
from tests.api.faults.conftest import Linked
from tests.api.webhooks.receiver import receiving

FOLLOWED = "subscription ($since: String) { changed(since: $since) { cursor kind details { name value } } }"
SECONDS = 60


async def change(beside: AsyncDriver, *versions: int) -> None:
    """Have something happen, told by the database itself."""
    async with beside.session() as session:
        for version in versions:
            await session.execute_write(record, Event(QUERY_SAVED, "followed", {"version": version}))


def version(event: Any) -> int | None:
    """Return which change an event tells of, of those that `change` makes."""
    found = event["details"] if event["kind"] == "QUERY_SAVED" else []
    return next((int(each["value"]) for each in found if each["name"] == "version"), None)


@pytest.mark.fault
async def test_a_subscriber_who_resumes_misses_nothing(broken: Linked, beside: AsyncDriver) -> None:
    headers = {"Authorization": f"Bearer {broken.market.keys[Role.ADMIN]}", "Accept": "text/event-stream"}
    got, since, ended = list[int](), None, 0
    async with httpx.AsyncClient(base_url=broken.market.url, headers=headers, timeout=SECONDS) as client:
        while len(got) < 4 and ended < 20:
            body = {"query": FOLLOWED, "variables": {"since": since}}
            async with client.stream("POST", "/graphql", json=body) as answer:
                async for line in answer.aiter_lines():
                    if line == ":" and since is None:
                        since = ""
                        await change(beside, 1)
                    if line.startswith("data:") and (event := (json.loads(line[5:] or "{}").get("data") or {}).get("changed")):
                        since = event["cursor"]
                        got += [each] if (each := version(event)) else []
                        if got == [1]:
                            broken.link.close()
                            await change(beside, 2, 3)
                            broken.link.open()
                            await change(beside, 4)
                        if len(got) >= 4:
                            break
            ended += 1
    assert got == [1, 2, 3, 4]


@pytest.mark.fault
async def test_a_webhook_is_sent_everything_in_order(broken: Linked, beside: AsyncDriver) -> None:
    with receiving() as receiver:
        with Deliveries.opened(broken.market.home) as webhooks:
            key = key_id(broken.market.keys[Role.ADMIN])
            assert key is not None
            made = Webhook.new(key, receiver.url, Content(CHANGED, {}), position=0, now=1)
            webhooks.create(made, most=1)
        await change(beside, 11)
        await receiver.until(lambda receiver: bool(receiver.got))
        broken.link.close()
        await change(beside, 12, 13)
        broken.link.open()
        await change(beside, 14)

        def versions() -> list[int]:
            told = [each.verified(made.secret)["data"]["changed"] for each in receiver.got]
            return [each for each in map(version, told) if each and each > 10]

        await receiver.until(lambda _: len(versions()) >= 4)
    assert list(dict.fromkeys(versions())) == [11, 12, 13, 14]
