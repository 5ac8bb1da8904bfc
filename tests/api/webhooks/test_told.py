"""What an alert tells, from a change to a receiver and into the audit log."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from neo4j import AsyncDriver

from api.access.viewer import Role
from api.audit.files import FOLDER
from api.audit.pseudonyms import Pseudonyms
from api.audit.reading import Wanted, newest
from graph import alerts
from graph.alerts import Alert
from graph.outbox import IMPORT_FINISHED, Event
from tests.api.webhooks.hooks import hooks_of
from tests.api.webhooks.receiver import SECONDS, receiving

WATCHES = {"enter": {"filter": {"followers": {"min": 1_000}}}}
IMPORTED = Event(IMPORT_FINISHED, "data", {"created": 0, "changed": 1, "rejected": 0})


async def test_a_crossing_reaches_the_receiver_of_its_key_once_and_the_audit_log(
    graph: AsyncDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.audit.recorder.SECONDS", 0.02)
    await graph.execute_query("CREATE (:Creator {id: 'c1', handle: 'one', region: 'US', followerCount: 10})")
    with receiving() as receiver:
        async with hooks_of(graph, tmp_path) as hooks:
            made = hooks.add(receiver, Role.BRAND, kinds=["ALERT_ENTERED", "ALERT_LEFT"])
            hooks.add(receiver, Role.ADMIN, kinds=["ALERT_ENTERED", "ALERT_LEFT"])
            alert = Alert("al_1", hooks.ids[Role.BRAND], "many followers", WATCHES, 1)
            async with graph.session() as session:
                await session.execute_write(alerts.create, alert, most=1)

            async def seen(number: int) -> None:
                async with asyncio.timeout(SECONDS):
                    while ((await alerts.alerts(graph))[0].seen or 0) < number:
                        await asyncio.sleep(0.05)

            await seen(1)
            await graph.execute_query("MATCH (c:Creator {id: 'c1'}) SET c.followerCount = 2000")
            await hooks.happen(IMPORTED)
            await receiver.count(1)
            await hooks.happen(IMPORTED)
            await seen(4)
        (got,) = receiver.got
        message = got.verified(made.secret)
        assert (message["type"], got.path) == ("alert.entered", "/hooks/brand")
        assert message["data"]["changed"]["creator"] == {"id": "Creator:c1"}
    (look,) = newest(tmp_path, Wanted(), first=10)
    assert (look.entry.channel, look.entry.key) == ("webhook", hooks.ids[Role.BRAND])
    pseudonyms = Pseudonyms(tmp_path / FOLDER)
    assert pseudonyms.creators(set(look.entry.creators or ())) == {(look.entry.creators or ("",))[0]: "c1"}
    pseudonyms.close()
