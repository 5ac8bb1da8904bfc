"""One schedule from beginning to end: the market laid out, a cast chosen by the seed, and all promises held against what came of it."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from neo4j import Driver

from api.access.grants import Grant
from api.access.store import Store
from api.access.viewer import Role
from api.webhooks.deliveries import Deliveries
from graph.connection import open_driver
from graph.rights.gaps import close_gaps
from tests.simulated import actors
from tests.simulated.actors import Cast
from tests.simulated.ending import Ending
from tests.simulated.known import promised
from tests.simulated.loop import SimulatedLoop
from tests.simulated.readers import Follower, Receiver, Runs, caught_up, reads
from tests.simulated.schedule import Schedule
from tests.simulated.server import Process, Server
from tests.simulated.world import CREATORS, Layout

EPOCH: Final = 1_760_000_000.0
ACTIONS: Final[dict[str, Callable[[Cast, Random], Awaitable[None]]]] = {
    "imports": actors.imports,
    "scores": actors.scores,
    "consents": actors.consents,
    "briefs": actors.briefs,
    "erases": actors.erases,
    "contests": actors.contests,
    "takes back": actors.takes_back,
    "revokes": actors.revokes,
}
COSTLY: Final = ("imports", "scores")


class Failed(AssertionError):
    """A schedule after which a promise was not kept, with its trace and how to have it again."""


@dataclass
class Stage:
    """What all schedules share: the loop, the market, the folder of the processes' home."""

    loop: SimulatedLoop
    layout: Layout
    watch: Driver
    auth: tuple[str, str]
    home: Path
    _keys: dict[str, str] = field(default_factory=dict[str, str])

    def play(self, seed: int, **given: Any) -> list[str]:
        """Play a schedule and return its trace; Failed where a promise was not kept."""
        schedule = Schedule(seed, **given)
        self.loop.steps = schedule
        random.seed(seed)
        with patched_clock(self.loop):
            try:
                self.loop.run_until_complete(self._played(schedule))
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                raise Failed(_told(seed, schedule, error)) from error
        return schedule.trace

    async def _played(self, schedule: Schedule) -> None:
        await self._laid_out()
        cast = await self._cast(schedule)
        part = Random(schedule.seed)
        runs = Runs(self.watch)
        _, events = runs.now()
        follower = Follower.after(cast, part, events) if part.random() < 0.4 else None
        receiver = Receiver.of(cast.servers[0], schedule, cast.keys["admin"], events) if part.random() < 0.3 else None
        receiving = [] if receiver is None else [asyncio.create_task(receiver.receive())]
        schedule.calm = False
        try:
            async with asyncio.TaskGroup() as group:
                for name in chosen(part):
                    schedule.note(name)
                    group.create_task(ACTIONS[name](cast, Random(part.random())))
                for _ in range(part.randint(1, 2)):
                    group.create_task(reads(cast, Random(part.random()), runs))
                if follower is not None:
                    group.create_task(follower.follow(part.randint(1, 3)))
            schedule.calm = True
            _, events = runs.now()
            await caught_up(follower, receiver, events)
            await cast.scorer.attempt(lambda: close_gaps(cast.scorer.driver, database="neo4j"))  # as the next import or run does
            Ending(self.watch, cast.known).hold()
            hold_readers(follower, receiver, cast, events)
        finally:
            schedule.calm = True
            for task in receiving:
                task.cancel()
            await asyncio.gather(*receiving, return_exceptions=True)
            await self._ended(cast)

    async def _laid_out(self) -> None:
        life = self.loop.begin("stage")

        async def work() -> None:
            async with open_driver(f"bolt://127.0.0.1:{life.port}", auth=self.auth) as driver:
                await self.layout.lay_out(driver)

        await self.loop.spawn(life, work())

    async def _cast(self, schedule: Schedule) -> Cast:
        store = Store(self.home)
        live = {each.grant.name for each in store.records() if each.revoked_at is None}
        self._keys |= {name: store.create(grant, now=1).text for name, grant in GRANTS.items() if grant.name not in live}
        common = self.loop, schedule, self.auth
        servers = Server("one", *common, home=self.home), Server("two", *common, home=self.home)
        processes = Process("import", *common), Process("score", *common)
        for each in (*servers, *processes):
            await each.begin()
        return Cast(servers, *processes, store, dict(self._keys))

    async def _ended(self, cast: Cast) -> None:
        for each in (*cast.servers, cast.importer, cast.scorer):
            await each.end()
        cast.store.close()
        self.loop.forget()
        with Deliveries.opened(self.home) as store:
            for webhook in store.webhooks():
                store.delete(webhook.id)


GRANTS: Final = {
    "admin": Grant("the admin", Role.ADMIN),
    "analyst": Grant("the analyst", Role.ANALYST),
    "brand": Grant("the brand", Role.BRAND, ("US",), ("b1",)),
    **{each: Grant(f"creator {each}", Role.CREATOR, creator=each) for each in CREATORS},
}


def chosen(part: Random) -> list[str]:
    """Return who acts: of what costs most, one or none."""
    costly = [each for each in COSTLY if part.random() < 0.3]
    cheap = [each for each in ACTIONS if each not in COSTLY]
    return costly + part.sample(cheap, part.randint(1, 2))


def hold_readers(follower: Follower | None, receiver: Receiver | None, cast: Cast, events: int) -> None:
    """Who follows what changes has heard of every event once, in order; a webhook's receiver at least once, under one id the same."""
    if follower is not None:
        promised(follower.got == list(range(follower.begun + 1, events + 1)), f"the list of changes told {follower.got} of {events}")
    if receiver is not None:
        begun = receiver.webhook.position
        promised(receiver.numbers() == list(range(begun + 1, events + 1)), f"the receiver got {receiver.numbers()} of {begun} to {events}")
        bodies = {id_: {body for each, body in receiver.got if each == id_} for id_, _ in receiver.got}
        erased = ("erased", "zoe") in cast.known.values  # of whom events tell less from then on
        promised(erased or all(len(each) == 1 for each in bodies.values()), f"one id, one message: {bodies}")
    for server in cast.servers:
        for life in range(1, server.lives + 1):
            heard = [event for of, event in server.told if of == life]
            promised(heard == list(range(heard[0], heard[0] + len(heard))) if heard else True, f"a server heard {heard}")


@contextmanager
def patched_clock(loop: SimulatedLoop) -> Iterator[None]:
    """Have all modules of ours, and the driver, tell the time of the schedule."""
    began, real, steady = loop.now, time.time, time.monotonic
    clocks = {real: lambda: EPOCH + loop.now - began, steady: lambda: loop.now}
    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            if name.split(".")[0] in ("api", "graph", "neo4j"):
                for attribute in ("time", "monotonic"):
                    if (clock := clocks.get(getattr(module, attribute, None))) is not None:  # type: ignore[arg-type]
                        patch.setattr(module, attribute, clock)
        patch.setattr(time, "time", clocks[real])
        yield


def _told(seed: int, schedule: Schedule, error: BaseException) -> str:
    causes = list(getattr(error, "exceptions", [error]))
    said = "; ".join(f"{type(each).__name__}: {each}" for each in causes)
    again = f"SIMULATION_FIRST={seed} SIMULATION_SEEDS=1 .venv/bin/python -m pytest tests/simulated -k promise"
    return "\n".join([*schedule.trace, f"seed {seed}: {said}", f"again: {again}"])
