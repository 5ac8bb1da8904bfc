"""A process that is killed while it sends: whichever moment it was, the next one goes on with nothing missed."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.features.webhooks.content import CHANGED
from api.webhooks.deliveries import Deliveries
from api.webhooks.store import Content, Webhook
from graph.outbox import QUERY_SAVED, Event, record
from tests.api.serving import serving
from tests.api.webhooks.receiver import receiving
from tests.conftest import TestServer

EVENTS = 40


@pytest.mark.fault
@pytest.mark.parametrize("seed", [1])
async def test_killed_at_any_moment_it_misses_nothing_and_keeps_the_order(
    graph: AsyncDriver, neo4j: TestServer, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    store = Store(tmp_path)
    key = store.create(Grant("root", Role.ADMIN), now=1)
    store.close()
    environment = {
        **{"NEO4J_URI": neo4j.uri, "NEO4J_USERNAME": neo4j.auth[0], "NEO4J_PASSWORD": neo4j.auth[1]},
        "CREATORGRAPH_WEBHOOKS_TO_PRIVATE_ADDRESSES": "true",
    }
    with receiving() as receiver:
        receiver.delay = 0.03
        with Deliveries.opened(tmp_path) as webhooks:
            made = Webhook.new(key.id, receiver.url, Content(CHANGED, {}), position=0, now=1)
            webhooks.create(made, most=1)
        async with graph.session() as session:
            for number in range(EVENTS):
                await session.execute_write(record, Event(QUERY_SAVED, f"q{number}", {"version": number}))
        for kill in (True, True, False):
            before = len(receiver.got)
            with serving(tmp_path, environment) as served:
                if kill:
                    some = chance.randint(1, 8)
                    await receiver.until(lambda receiver, enough=before + some: len(receiver.got) >= enough)
                    await asyncio.sleep(chance.random() * 0.05)
                    served.process.kill()
                    served.process.wait()
                else:
                    await receiver.until(lambda receiver: len({each.id for each in receiver.got}) >= EVENTS)
    versions = [int(each.verified(made.secret)["data"]["changed"]["details"][0]["value"]) for each in receiver.got]
    assert list(dict.fromkeys(versions)) == list(range(EVENTS)), "first receipts are in order, with none missed"
    assert versions == sorted(versions), "what comes twice is what was being sent, and comes before what is next"
    assert len(versions) - EVENTS <= 2, "a kill repeats at most the one message under way"
    assert len({(each.id, version) for each, version in zip(receiver.got, versions, strict=True)}) == EVENTS
