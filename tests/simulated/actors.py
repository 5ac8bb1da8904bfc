"""Who does what in a schedule; each goes on after whatever breaks, as its kind does in earnest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from neo4j.exceptions import DriverError, Neo4jError

from api.access.store import Store
from api.runs.job import ScoringCancelled
from api.runs.scoring_run import score
from graph.errors import GraphError
from graph.load import load
from tests.simulated.cards import DAY
from tests.simulated.known import Known, promised
from tests.simulated.server import Killed, Process, Reply, Server
from tests.simulated.world import CREATORS, rows

TRIES: Final = 12
AWAY: Final = (Killed, DriverError, Neo4jError, GraphError, OSError, ScoringCancelled)

CONSENT: Final = "mutation ($consent: Boolean!) { setSalesConsent(input: {consent: $consent}) { creator { id } userErrors { code } } }"
OBJECT: Final = "mutation ($objects: Boolean!) { setRatingObjection(input: {objects: $objects}) { creator { id } userErrors { code } } }"
ERASE: Final = "mutation ($id: ID!, $handle: String!) { eraseCreator(input: {creatorId: $id, handle: $handle}) { userErrors { code } } }"
BRIEF: Final = "mutation ($name: String!) { createBrief(input: {name: $name, brief: {}}) { brief { id } userErrors { code } } }"
CONTEST: Final = """mutation ($id: ID!, $reason: String!) {
  contestEvent(input: {subjectId: $id, reason: $reason}) { appeal { id } userErrors { code } } }"""
DECIDE: Final = """mutation ($id: ID!) {
  decideAppeal(input: {appealId: $id, decision: UPHELD, answer: "yes"}) { appeal { id } userErrors { code } } }"""
TAKE_BACK: Final = "mutation ($run: ID!) { takeBackRun(input: {runId: $run}) { run { id } userErrors { code } } }"
PUBLISH: Final = "mutation ($run: ID!) { publishRun(input: {runId: $run}) { run { id } userErrors { code } } }"
RUNS: Final = "{ scoringRuns(first: 5) { nodes { id status } } }"


@dataclass
class Cast:
    """All processes of a schedule, the keys of those who ask, and what they know."""

    servers: tuple[Server, Server]
    importer: Process
    scorer: Process
    store: Store
    keys: dict[str, str]
    known: Known = field(default_factory=Known)

    def server(self, random: Random) -> Server:
        """Return one of the two."""
        return random.choice(self.servers)


async def persist(work: Callable[[], Awaitable[Any]]) -> None:
    """Do something again until it is done, as whoever ran a command does."""
    for _ in range(TRIES):
        try:
            await work()
        except AWAY:
            await asyncio.sleep(1)
        else:
            return
    raise AssertionError(f"not done after {TRIES} tries")


async def imports(cast: Cast, random: Random) -> None:
    """Import the next export, and one of the earlier ones again."""
    number = cast.known.begun = cast.known.begun + 1
    await persist(lambda: cast.importer.attempt(lambda: load(cast.importer.driver, rows(number)), f"import {number}"))
    cast.known.imports = max(cast.known.imports, number)


async def scores(cast: Cast, random: Random) -> None:
    """Score."""
    cast.known.runs_begun += 1
    as_of = (1 + cast.known.runs_begun) * DAY
    await persist(lambda: cast.scorer.attempt(lambda: score(cast.scorer.driver, as_of=as_of, kept=2), "score"))


def outcome(reply: Reply | None, field_: str) -> bool | None:
    """Tell whether a change was made, as its client was told; None where nobody told."""
    if reply is None or "UNCONFIRMED" in reply.codes:
        return None
    made = (reply.json.get("data") or {}).get(field_)
    return made is not None and not made["userErrors"]


async def changed(cast: Cast, server: Server, key: str, query: str, field_: str, **variables: Any) -> bool | None:
    """Send a mutation once, and tell whether it was made."""
    try:
        reply = await server.ask(cast.keys[key], query, **variables)
    except Killed:
        return None
    promised(reply.status in (200, 401, 503), f"a change is answered by {reply.status}: {reply.body[:300]!r}")
    return outcome(reply, field_)


async def consents(cast: Cast, random: Random) -> None:
    """Give or withdraw consent, or object to being rated, a few times."""
    creator = random.choice(CREATORS[:3])
    for _ in range(random.randint(1, 3)):
        value, kind = random.random() < 0.4, random.choice(("consent", "objects"))
        query, field_ = (CONSENT, "setSalesConsent") if kind == "consent" else (OBJECT, "setRatingObjection")
        before = cast.known.values.get((kind, creator))
        cast.known.change((kind, creator))
        made = await changed(cast, cast.server(random), creator, query, field_, **{kind: value})
        if made is not None:
            cast.known.settle((kind, creator), value if made else before)
        elif random.random() < 0.5:
            continue
        else:
            return


async def briefs(cast: Cast, random: Random) -> None:
    """Save briefs under names of their own; of which nobody knows whether it was saved is not saved again."""
    for _ in range(random.randint(1, 2)):
        name = f"brief {len(cast.known.briefs)}"
        cast.known.briefs[name] = None
        cast.known.briefs[name] = await changed(cast, cast.server(random), "brand", BRIEF, "createBrief", name=name)


async def erases(cast: Cast, random: Random) -> None:
    """Erase a creator, again until it is certain."""
    creator = "zoe"
    cast.known.change(("erased", creator))
    for _ in range(TRIES):
        given = {"id": f"Creator:{creator}", "handle": f"name-{creator}"}
        if await changed(cast, cast.server(random), "admin", ERASE, "eraseCreator", **given):
            cast.known.settle(("erased", creator), True)
            return
        again = await answered(cast, random, '{ creator(id: "Creator:zoe") { id } }')
        if again is not None and again.json["data"]["creator"] is None:
            cast.known.settle(("erased", creator), True)
            return
        await asyncio.sleep(1)


async def answered(cast: Cast, random: Random, query: str, key: str = "admin") -> Reply | None:
    """Ask until there is an answer without errors."""
    for _ in range(TRIES):
        try:
            reply = await cast.server(random).ask(cast.keys[key], query)
        except Killed:
            continue
        if reply.status == 200 and not reply.codes:
            return reply
        await asyncio.sleep(1)
    return None


async def contests(cast: Cast, random: Random) -> None:
    """Contest a sale, and decide."""
    place = random.randrange(3)
    creator = CREATORS[place]
    given = {"id": f"Sale:o1-{place}:1", "reason": f"because {creator}"}
    for _ in range(2):
        if await changed(cast, cast.server(random), creator, CONTEST, "contestEvent", **given):
            break
    await changed(cast, cast.server(random), "admin", DECIDE, "decideAppeal", id=f"Appeal:{creator}|Sale|o1-{place}:1")


async def takes_back(cast: Cast, random: Random) -> None:
    """Take the current run back, and perhaps publish it again."""
    for query, field_, status in ((TAKE_BACK, "takeBackRun", "CURRENT"), (PUBLISH, "publishRun", "HELD")):
        reply = await answered(cast, random, RUNS)
        runs = [each["id"] for each in reply.json["data"]["scoringRuns"]["nodes"] if each["status"] == status] if reply else []
        if runs:
            await changed(cast, cast.server(random), "admin", query, field_, run=runs[0])


async def revokes(cast: Cast, random: Random) -> None:
    """Revoke the analyst's key, as another process does."""
    await asyncio.sleep(random.random())
    cast.store.revoke("the analyst", now=int(asyncio.get_running_loop().time()))
    cast.known.settle(("revoked", "analyst"), True)
