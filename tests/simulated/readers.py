"""Who reads: answers to queries, the list of changes, and a receiver of webhooks, each held against what was promised by then."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from neo4j import Driver

from api.access.keys import key_id
from api.events.places import cursor, number
from api.features.webhooks.content import CHANGED
from api.webhooks.deliveries import Deliveries
from api.webhooks.delivering import Delivering
from api.webhooks.posting import Outcome
from api.webhooks.store import Content, Webhook
from graph.turns import Turns
from tests.simulated.actors import Cast
from tests.simulated.cards import DAY
from tests.simulated.known import promised
from tests.simulated.schedule import Schedule
from tests.simulated.server import Killed, Server

CREATORS: Final = "{ creators(first: 9) { nodes { id handle followerCount salesConsent overall { value } } } }"
CHANGES: Final = "query ($since: String) { changes(since: $since, first: 4) { changes { cursor kind } cursor hasMore } }"

CURRENT: Final = """
OPTIONAL MATCH (run:ScoringRun {status: 'current'})
WITH collect(run.asOf) AS current
OPTIONAL MATCH (event:DomainEvent)
WHERE event.id > $after AND event.name IN ['run.published', 'run.restored']
OPTIONAL MATCH (since:ScoringRun|PastRun {id: event.subject})
WITH current, collect(since.asOf) AS since
RETURN current + since AS asOf, COUNT { MATCH (:DomainEvent) } AS events
"""


@dataclass(frozen=True)
class Runs:
    """Which runs were current meanwhile, by number."""

    watch: Driver

    def now(self, after: int = 0) -> tuple[set[int], int]:
        """Return the current run, and those that became it after an event's number; and the number of the newest event."""
        with self.watch.session() as session:
            row = session.run(CURRENT, after=after).single(strict=True)
        return {each // DAY for each in row["asOf"]}, row["events"]


async def reads(cast: Cast, random: Random, runs: Runs) -> None:
    """Ask a few times, by one or the other process, and hold the answers against what was certain all the while."""
    for _ in range(random.randint(1, 3)):
        role, server = random.choice(("admin", "brand", "analyst")), cast.server(random)
        (before, events), certain, broken, lives = runs.now(1 << 60), cast.known.certain(), server.schedule.broken, server.lives
        imported = cast.known.imports
        try:
            reply = await server.ask(cast.keys[role], CREATORS)
        except Killed:
            continue
        certain = cast.known.lasting(certain)
        if certain.get(("revoked", role)):
            promised(reply.status == 401, "a key that was revoked is refused from the next request on")
            continue
        promised(reply.status in (200, 401, 503), f"a question is answered by {reply.status}: {reply.body[:300]!r}")
        if reply.status != 200 or reply.codes:
            continue
        undisturbed = (broken, lives) == (server.schedule.broken, server.lives)
        held_against(reply.json["data"]["creators"]["nodes"], certain, imported, before | runs.now(events)[0] if undisturbed else None)
        if certain.get(("erased", "zoe")):
            promised(b"zoe" not in reply.body, "nothing of whoever was erased is served from the next request on")


def held_against(nodes: list[Any], certain: Mapping[tuple[str, str], Any], imported: int, runs: set[int] | None) -> None:
    """Hold a list of creators against what was certain, and against the runs that were current meanwhile."""
    of = {each["id"].removeprefix("Creator:"): each for each in nodes}
    seen = {int(each["overall"]["value"]) for each in nodes if each["overall"] and each["overall"]["value"] is not None}
    promised(len(seen) <= 1, f"an answer is of one run, not of {seen}")
    promised(runs is None or seen <= runs, f"an answer is of a run that was current meanwhile ({runs}), not of {seen}")
    for (kind, creator), value in certain.items():
        if kind == "consent" and creator in of:
            promised(of[creator]["salesConsent"] == value, f"{creator}'s consent is {value}, not {of[creator]['salesConsent']}")
        if kind == "objects" and value and creator in of:
            score = of[creator]["overall"] and of[creator]["overall"]["value"]
            promised(score is None, f"{creator} objects, and is rated nowhere from the next request on; not {score}")
    for each in nodes:
        promised(each["followerCount"] >= imported, f"export {imported} was imported, and {each['id']} has {each['followerCount']}")


@dataclass
class Follower:
    """A client who reads the list of changes from a place on, which it keeps itself."""

    cast: Cast
    random: Random
    begun: int
    cursor: str
    got: list[int] = field(default_factory=list[int])

    @classmethod
    def after(cls, cast: Cast, random: Random, events: int) -> Follower:
        """Return one that begins after an event's number."""
        return cls(cast, random, events, cursor(cast.servers[0].home, events))

    async def follow(self, times: int) -> None:
        """Look so many times."""
        for _ in range(times):
            await self.look()
            await asyncio.sleep(self.random.random())

    async def look(self) -> bool:
        """Look once, and tell whether there may be more."""
        server = self.cast.server(self.random)
        try:
            reply = await server.ask(self.cast.keys["admin"], CHANGES, since=self.cursor)
        except Killed:
            return True
        if reply.status != 200 or reply.codes:
            promised(reply.status == 503 or "NOT_READY" in reply.codes, f"a place that was given holds: {reply.body[:300]!r}")
            return True
        found = reply.json["data"]["changes"]
        self.got += [number(server.home, each["cursor"]) for each in found["changes"]]
        self.cursor = found["cursor"]
        return bool(found["changes"])


@dataclass
class Receiver:
    """Who receives a webhook's messages, answers some of them with an error, and some not at all."""

    server: Server
    schedule: Schedule
    webhook: Webhook
    got: list[tuple[str, bytes]] = field(default_factory=list[tuple[str, bytes]])
    failed: int = 0

    @classmethod
    def of(cls, server: Server, schedule: Schedule, key: str, events: int) -> Receiver:
        """Create a webhook of a key's that begins after an event's number."""
        webhook = Webhook.new(key_id(key) or "", "https://example.org/", Content(CHANGED, {}), position=events, now=1)
        with Deliveries.opened(server.home) as store:
            store.create(webhook, most=100)
        return cls(server, schedule, webhook)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Take a message, or do as receivers do."""
        await self.schedule.turn(self.server.loop, self.server.life, "a message is posted")
        if self.schedule.calm or self.failed >= 2 or (chance := self.schedule.random.random()) > 0.3:
            self.got.append((headers["webhook-id"], body))
            return Outcome(200)
        self.failed += 1
        self.schedule.note("its answer is lost" if chance < 0.15 else "it is refused")
        if chance < 0.15:
            self.got.append((headers["webhook-id"], body))
            return Outcome(None, "the connection was lost")
        return Outcome(500, "the receiver answered 500")

    async def receive(self) -> None:
        """Have the server send for as long as it lives, and the next one go on; cancel it."""
        while True:
            with suppress(Killed):
                await self.server.attempt(self._send, "sending")

    async def _send(self) -> None:
        await self.server.ready()
        with Deliveries.opened(self.server.home) as store:
            sending = Delivering(self.webhook.id, self.server.state, store, self.post, Turns(most=2, each=2), clock=lambda: time.time())  # type: ignore[arg-type]
            await sending.run()

    def position(self) -> tuple[int, bool]:
        """Return the place of the webhook, and whether something waits to be sent."""
        with Deliveries.opened(self.server.home) as store:
            webhook = store.webhook(self.webhook.id)
            assert webhook is not None
            promised(webhook.disabled_at is None, f"a webhook goes on: {webhook.reason}, {webhook.error}")
            return webhook.position, store.head(webhook.id) is not None

    def numbers(self) -> list[int]:
        """Return the numbers of the events, in the order in which they first came."""
        first = dict(reversed(self.got))
        ordered = list(dict.fromkeys(id_ for id_, _ in self.got))
        return [number(self.server.home, json.loads(first[id_])["data"]["changed"]["cursor"]) for id_ in ordered]


async def caught_up(follower: Follower | None, receiver: Receiver | None, events: int) -> None:
    """Wait until readers have come to an event's number."""
    while follower is not None and await follower.look():
        pass
    while receiver is not None and ((place := receiver.position())[0] < events or place[1]):
        await asyncio.sleep(1)
