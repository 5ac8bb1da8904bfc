"""The soak from end to end, and what is promised of it."""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from time import sleep
from typing import Final, LiteralString

import httpx
import psutil

from api.access.grants import Grant
from api.access.viewer import Role
from api.runs.scoring_run import score
from bench.figures import Figure, Report
from bench.filling import fill
from bench.reads import MEMORY, jars, keys_in, served
from bench.soak.followers import HOOK, Receiver, Stream, asked, fed, receiver
from bench.soak.readers import CLIENTS, PAUSE, Seen, read
from bench.soak.work import SECONDS_BETWEEN_IMPORTS, Work, environment
from bench.start import ready
from graph.connection import open_driver
from graph.server import PrivateServer
from simulation import market

MINUTES: Final = float(os.environ.get("SOAK_MINUTES", "30"))
SCORE_MINUTES: Final = float(os.environ.get("SOAK_SCORE_MINUTES", "5"))
CREATORS: Final = int(os.environ.get("SOAK_CREATORS", "1000"))
SEED: Final = 3
STREAMS: Final = 4
SECONDS_TO_CATCH_UP: Final = 60
SETTINGS: Final = {"CREATORGRAPH_WEBHOOKS_TO_PRIVATE_ADDRESSES": "true", "CREATORGRAPH_WARM_UP_SECONDS": "60"}

METHOD: Final = f"""A simulated market of {CREATORS:,} creators over 180 days, served by one process, and everything on one machine.
{CLIENTS} clients ask questions of eight kinds as a brand and as an analyst, each one every {PAUSE:g} s on average; a question that has to
wait for the client's last answer counts from when it was due. They are alone for a sixth of the time (*quiet*), and then for {MINUTES:g}
minutes in which `creatorgraph import` brings 300 new order lines and refunds 300 every {SECONDS_BETWEEN_IMPORTS:g} s, all is scored every
{SCORE_MINUTES:g} minutes, and {STREAMS} streams and a webhook are told of every change. Memory is that of the serving process: the median
of the last sixth of the time over that of the sixth that begins after a third."""

IDS: Final[LiteralString] = """
CALL { MATCH (c:Creator {region: 'US'}) WITH c ORDER BY c.id LIMIT 200 RETURN collect('Creator:' + c.id) AS creators }
CALL { MATCH (b:Brand) WITH b ORDER BY b.id LIMIT 1 RETURN collect(b.id) AS brands }
RETURN creators, brands
"""


def report() -> Report:
    """Soak a service and return what became of it."""
    made = market(SEED, creators=CREATORS, days=180)
    with tempfile.TemporaryDirectory() as home, receiver() as hook:
        server = PrivateServer(Path(home) / "neo4j", jars(), MEMORY)
        fill(server, made)
        with server:
            creators, (brand,) = asyncio.run(_scored(server))
            keys = _keys(Path(home), brand)
            with served(server, home, **SETTINGS) as port:
                url = f"http://127.0.0.1:{port}"
                while not ready(url):
                    sleep(0.2)
                work = Work(Path(home) / "rounds", made.tables["sales"], environment(home, server.uri, server.auth))
                soak = Soak(url, keys, {"creator": creators, "brand": [f"Brand:{brand}"]}, work, hook)
                return Report("Soak", METHOD, asyncio.run(soak.run()))


class Soak:
    """All who take part, and what they found."""

    def __init__(self, url: str, keys: dict[str, str], ids: dict[str, list[str]], work: Work, hook: Receiver) -> None:
        """Take part at `url`."""
        self._url, self._keys, self._ids, self._work, self._hook = url, keys, ids, work, hook
        self._memory: list[int] = []

    async def run(self) -> list[Figure]:
        """Read alone, then beside everything else, and compare."""
        readers = [self._keys["brand"], self._keys["analyst"]]
        await read(self._url, readers, self._ids, 20)
        quiet = await read(self._url, readers, self._ids, 10 * MINUTES)
        async with AsyncExitStack() as stack:
            admin, analyst = [await stack.enter_async_context(self._client(name)) for name in ("admin", "analyst")]
            since = (await asked(analyst, "{ changes(first: 1) { cursor } }"))["changes"]["cursor"]
            hooked = (await asked(analyst, HOOK, url=self._hook.url))["createWebhook"]
            assert not hooked["userErrors"], hooked
            streams = [Stream(analyst, since) for _ in range(STREAMS)]
            async with asyncio.TaskGroup() as group:
                beside = [group.create_task(each) for each in (self._watch(), *(each.follow() for each in streams))]
                work = self._work.importing(), self._work.scoring(admin, 60 * SCORE_MINUTES)
                working = [group.create_task(each) for each in work]
                busy = await read(self._url, readers, self._ids, 60 * MINUTES)
                self._work.over.set()
                await asyncio.gather(*working)
                happened = await fed(analyst, since)
                await self._caught_up(streams, happened)
                for each in beside:
                    each.cancel()
        return self._figures(quiet, busy, streams, happened)

    async def _caught_up(self, streams: list[Stream], happened: list[str]) -> None:
        """Give followers a while for what came last."""
        for _ in range(SECONDS_TO_CATCH_UP):
            if all(len(each.cursors) >= len(happened) for each in streams) and len(self._hook.cursors) >= len(happened):
                return
            await asyncio.sleep(1)

    async def _watch(self) -> None:
        """Look how much memory the service has, every other second."""
        [process] = [each for each in psutil.Process().children() if "serve" in each.cmdline()]
        while True:
            self._memory.append(process.memory_info().rss)
            await asyncio.sleep(2)

    def _client(self, name: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self._url, headers={"Authorization": f"Bearer {self._keys[name]}"}, timeout=120)

    def _figures(self, quiet: Seen, busy: Seen, streams: list[Stream], happened: list[str]) -> list[Figure]:
        sixth = max(1, len(self._memory) // 6)
        early, late = median(self._memory[2 * sixth : 3 * sixth]), median(self._memory[-sixth:])
        failed = sum(times for end, times in self._work.ends.items() if end not in ("import 0", "run SUCCEEDED"))
        others = busy.others + quiet.others
        for code, times in others.items():
            print(f"{code}: {times}")
        return [
            Figure("questions answered, quiet", len(quiet.seconds), ""),
            Figure("questions answered, soaked", len(busy.seconds), ""),
            Figure("questions not answered", others.total(), "", at_most=0),
            Figure("quiet, 99th percentile", 1000 * quiet.p99, "ms"),
            Figure("soaked, 99th percentile", 1000 * busy.p99, "ms"),
            Figure("soaked, the slowest", 1000 * max(busy.seconds), "ms"),
            Figure("soaked / quiet", busy.p99 / quiet.p99, "×", at_most=3),
            Figure("imports", len(self._work.import_seconds), ""),
            Figure("an import, median", median(self._work.import_seconds), "s"),
            Figure("scoring runs", len(self._work.run_seconds), ""),
            Figure("a scoring run, median", median(self._work.run_seconds), "s"),
            Figure("imports and runs that failed", failed, "", at_most=0),
            Figure("changes", len(happened), ""),
            Figure("changes missed or doubled by a stream", sum(each.cursors != happened for each in streams), "streams", at_most=0),
            Figure("streams cut off or refused", sum(each.cuts for each in streams), "times", at_most=0),
            Figure("changes missed, doubled or swapped by the webhook", self._hook.cursors != happened, "", at_most=0),
            Figure("messages that the webhook brought again", self._hook.again, ""),
            Figure("memory after a third", early / 2**20, "MiB"),
            Figure("growth of memory since", late / early - 1, "", at_most=0.05),
        ]


async def _scored(server: PrivateServer) -> tuple[list[str], list[str]]:
    async with open_driver(server.uri, auth=server.auth) as driver:
        await score(driver)
        found = (await driver.execute_query(IDS)).records[0]
        return found["creators"], found["brands"]


def _keys(home: Path, brand: str) -> dict[str, str]:
    grants = {
        "admin": Grant("soak admin", Role.ADMIN),
        "analyst": Grant("soak analyst", Role.ANALYST),
        "brand": Grant("soak brand", Role.BRAND, ("US",), (brand,)),
    }
    return keys_in(home, grants)
