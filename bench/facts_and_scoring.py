"""Reading the facts of a market and scoring it, against one bare Cypher pass over the same facts."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, LiteralString

import platformdirs
from neo4j import AsyncDriver

from api.runs.inputs import read_market
from api.runs.scorecards import scored
from api.runs.scoring_run import score
from bench.figures import Figure, Report, table
from bench.filling import fill
from graph.connection import open_driver
from graph.events import latest
from graph.migrations import migrate
from graph.reader import Reader
from graph.server import Memory, PrivateServer
from scoring import NAMES, camel
from scoring.facts import Period
from scoring.forecast import outlook
from simulation.market import market as simulated

CREATORS: Final = 20_000
DAYS: Final = 180
MEMORY: Final = Memory(heap=2048, page_cache=1024)
ROUNDS: Final = 3

METHOD: Final = """A simulated market of {creators:,} creators over {days} days ({contents:,} contents, {sales:,} order lines, {deals:,}
collaborations). The bare pass is one Cypher query that reads every node, relationship and property that the facts of the last 90 days
are made of, and adds them up for each creator in the server; over all {days} days it reads those of the whole market. Each side is
run {rounds} times, in turn, and the fastest counts. Memory is the peak of the process that reads and scores; the database is another."""

BARE: Final[LiteralString] = """
MATCH (c:Creator)
CALL (c) {
  MATCH (c)-[:PUBLISHED]->(t:Content)
  WHERE t.publishedAt >= $since AND t.publishedAt < $until
  OPTIONAL MATCH (t)-[f:FEATURES]->(p:Product)
  RETURN count(DISTINCT t.id) AS posts, count(p.id) AS shown, sum(coalesce(f.clicks, 0)) AS clicks, sum(coalesce(f.gmvUsd, 0.0)) AS gmv,
    sum(coalesce(f.orders, 0) + coalesce(f.units, 0) + coalesce(f.refundedUnits, 0) + coalesce(f.seenAt, 0)) AS sums,
    sum(coalesce(t.views, 0) + coalesce(t.likes, 0) + coalesce(t.comments, 0) + coalesce(t.shares, 0)) AS reach,
    sum(CASE t.kind WHEN 'LIVE' THEN coalesce(t.durationSeconds, t.endedAt - t.publishedAt, 0) ELSE 0 END) AS live
}
CALL (c) {
  MATCH (c)<-[:CREDITED_TO]-(s:Sale)-[:OF]->(p:Product)
  WHERE s.at >= $since AND s.at < $until
  OPTIONAL MATCH (s)-[:THROUGH]->(t:Content)
  RETURN count(DISTINCT s.orderId) AS orders, sum(s.quantity - coalesce(s.refundedQuantity, 0)) AS units, sum(s.gmvUsd) AS sold,
    count(p.id) + count(t.id) + count(coalesce(t.kind, s.contentKind)) AS through, sum(size(s.seenAt)) AS seen,
    sum(CASE s.status WHEN 'REFUNDED' THEN 1 ELSE 0 END) AS refunded
}
CALL (c) {
  MATCH (c)<-[:WITH]-(k:Collaboration)
  OPTIONAL MATCH (k)<-[:OFFERED]-(b:Brand)
  RETURN count(b.id) + count(k.kind) + count(k.status) + sum(size(k.seenAt)) + sum(size(k.statuses)) + count(k.accepted) AS deals,
    sum(coalesce(k.offeredAt, 0) + coalesce(k.answeredAt, 0) + coalesce(k.dueAt, 0) + coalesce(k.endsAt, 0) + coalesce(k.deliveredAt, 0)
      + coalesce(k.approvedAt, 0) + coalesce(k.sampleDeliveredAt, 0) + coalesce(k.ratedAt, 0)) AS times,
    sum(coalesce(k.rating, 0)) AS rating, sum(COUNT { (k)-[:PROMOTES]->(:Product) }) AS promoted
}
CALL (c) {
  MATCH (c)-[:PUBLISHED]->(t:Content)-[:MENTIONS]->(other:Creator)
  WHERE t.publishedAt >= $since AND t.publishedAt < $until
  RETURN count(other.id) AS named
}
CALL (c) {
  MATCH (c)<-[:ABOUT]-(r:Report)
  RETURN max(r.at) AS reported, sum(coalesce(r.videoViews, 0)) AS views
}
WITH c, posts + shown + clicks + gmv + sums + reach + live + orders + units + coalesce(sold, 0) + through + coalesce(seen, 0) + refunded
  + coalesce(deals, 0) + times + rating + promoted + named + coalesce(reported, 0) + views + coalesce(c.followerCount, 0)
  + coalesce(c.joinedAt, 0) + coalesce(c.firstSeenAt, 0) + size(c.region) AS facts
RETURN count(c) AS creators, sum(facts) AS facts
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of each side, and what was beside them."""

    bare_90: float
    bare_all: float
    read: float
    score: float
    forecast: float
    peak: int
    stored_per_second: float
    publish: float
    scorecards: int

    @property
    def ours(self) -> float:
        """Reading and scoring, in seconds."""
        return self.read + self.score


def report() -> Report:
    """Measure at full size."""
    return run(CREATORS)


def run(size: int, *, home: Path | None = None) -> Report:
    """Make a market of `size` creators (or take the one in `home`), measure both sides in a process of their own, and report."""
    with tempfile.TemporaryDirectory() as fresh:
        folder = home or Path(fresh)
        server = PrivateServer(folder / "neo4j", cache=platformdirs.user_cache_path("creatorgraph"), memory=MEMORY)
        counts = _filled(server, size, folder)
        with server:
            measured = _measured(server)
    method = METHOD.format(creators=size, days=DAYS, rounds=ROUNDS, **counts)
    return Report("Facts and scoring", method, _figures(measured))


def _figures(measured: Measured) -> tuple[Figure, ...]:
    return (
        Figure("reading and scoring, over the bare pass", measured.ours / measured.bare_90, "×", at_most=3),
        Figure(f"the same, over the bare pass of all {DAYS} days", measured.ours / measured.bare_all, "×"),
        Figure("forecasting too, over the bare pass", (measured.ours + measured.forecast) / measured.bare_90, "×", at_most=5),
        Figure("bare pass", measured.bare_90, "s"),
        Figure(f"bare pass of all {DAYS} days", measured.bare_all, "s"),
        Figure("reading the facts", measured.read, "s"),
        Figure("scoring", measured.score, "s"),
        Figure("forecasting, with two replayed dates", measured.forecast, "s"),
        Figure("memory beside the database, peak", measured.peak / 2**20, "MiB", at_most=2048),
        Figure("scorecards", measured.scorecards, ""),
        Figure("storing scorecards and what goes with them", measured.stored_per_second, "/s"),
        Figure("publishing", measured.publish, "s"),
    )


def _filled(server: PrivateServer, size: int, folder: Path) -> dict[str, int]:
    """Fill the server with a market, unless a note beside it says that it is there; returns what is in it."""
    note = folder / f"market-{size}-{DAYS}.json"
    if not note.exists():
        made = simulated(creators=size, days=DAYS)
        fill(server, made)
        counts = {"contents": made["contents"].num_rows, "sales": made["sales"].num_rows, "deals": made["collaborations"].num_rows}
        note.write_text(json.dumps(counts))
    return json.loads(note.read_text())


def _measured(server: PrivateServer) -> Measured:
    """Measure in a fresh process, whose peak of memory is then that of reading and scoring alone."""
    words = [sys.executable, "-m", "bench.facts_and_scoring", "--measure", server.uri]
    done = subprocess.run(words, input=json.dumps(server.auth), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"measuring failed:\n{done.stderr}")
    return Measured(**json.loads(done.stdout))


async def _measure(uri: str, auth: tuple[str, str]) -> Measured:
    async with open_driver(uri, auth=auth) as driver:
        await migrate(driver, indicators=[camel(name) for name in NAMES])
        reader = Reader(driver)
        period = Period(await latest(reader) or 0)
        times: dict[str, list[float]] = {"bare": [], "all": [], "read": [], "score": [], "forecast": []}
        for _ in range(ROUNDS):
            times["bare"].append(await _timed(lambda: _bare(driver, period.start, period.until)))
            times["all"].append(await _timed(lambda: _bare(driver, 0, period.until)))
            read, scoring, forecasting = await _read_and_score(reader, period)
            times["read"].append(read)
            times["score"].append(scoring)
            times["forecast"].append(forecasting)
        peak = _peak()
        outcome = await score(driver, as_of=period.as_of)
    fastest = min(range(ROUNDS), key=lambda at: times["read"][at] + times["score"][at])
    return Measured(
        bare_90=min(times["bare"]),
        bare_all=min(times["all"]),
        read=times["read"][fastest],
        score=times["score"][fastest],
        forecast=times["forecast"][fastest],
        peak=peak,
        stored_per_second=outcome.scorecards / outcome.seconds["store"],
        publish=outcome.seconds["publish"],
        scorecards=outcome.scorecards,
    )


async def _read_and_score(reader: Reader, period: Period) -> tuple[float, float, float]:
    start = time.perf_counter()
    read = await read_market(reader, period)
    between = time.perf_counter()
    result = scored(read)
    after = time.perf_counter()
    outlook(read, result.selling)
    return between - start, after - between, time.perf_counter() - after


async def _bare(driver: AsyncDriver, since: int, until: int) -> None:
    async with driver.session(default_access_mode="READ") as session:
        await (await session.run(BARE, since=since, until=until)).consume()


async def _timed(work: Callable[[], Awaitable[Any]]) -> float:
    start = time.perf_counter()
    await work()
    return time.perf_counter() - start


def _peak() -> int:
    """Return the most memory that this process has had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def main(words: list[str]) -> None:
    """Run `CREATORS [HOME]` and print the report; `--measure URI` is what `run` starts."""
    if words[:1] == ["--measure"]:
        sys.stdout.write(json.dumps(asdict(asyncio.run(_measure(words[1], tuple(json.load(sys.stdin)))))))
        return
    size, home = int((words or [CREATORS])[0]), Path(words[1]) if len(words) > 1 else None
    if home:
        home.mkdir(parents=True, exist_ok=True)
    print(table(run(size, home=home)))


if __name__ == "__main__":
    main(sys.argv[1:])
