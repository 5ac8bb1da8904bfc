"""What keys of brands and partners are told of what they may not see: answers of paired worlds, and what an attacker gains."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from bench.figures import Figure, Report
from bench.leaks.attacker import Attacker
from bench.leaks.compare import Outcome, Pair, Plan, compared
from bench.leaks.coverage import beyond
from bench.leaks.goods import CLIENTS, World
from bench.leaks.guessing import Gain, gain, tie_auc, truth
from bench.leaks.redrawing import paired
from bench.leaks.serving import prepared, served
from bench.leaks.shrink import shrunk
from bench.leaks.values import kinds
from graph.connection import open_driver
from graph.server import Memory, PrivateServer

OPERATIONS: Final = int(os.environ.get("LEAKS_OPERATIONS", "10000"))
QUESTIONS: Final = int(os.environ.get("LEAKS_QUESTIONS", "10000"))
CONTROLS: Final = 300
ROLES: Final = {"brand": CLIENTS[:1], "partner": CLIENTS}
MEMORY: Final = Memory(heap=1024, page_cache=128)
METHOD: Final = f"""A market of 60 creators in three regions and 15 brands, and for each role a copy in which everything hidden from it is
another: order lines of others within the published ranges, who works with whom within counts in fives, terms, ratings, reports within
their ranges, briefs, appeals, other regions. Both are imported, scored twice, and asked the same {OPERATIONS:,} operations, made from the
schema: GraphQL with every argument, filter, sort and cursor, tools of MCP, exports. A finding is a field that differs by a byte. An
attacker asks {QUESTIONS:,} questions, learns from those who consent which numbers tell sales, and guesses those of the others: its mean
absolute log error over that of the middle of the published range; and its chance to hold a tie for likelier than none, among alike."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What one role was asked, what differed, what an administrator saw differ, and what an attacker with the role's key gained."""

    outcome: Outcome
    control: Outcome
    gains: Sequence[Gain]
    auc: float

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures and what is promised."""
        role = self.outcome.role
        return (
            Figure(f"{role}: operations", self.outcome.operations, "", at_least=10_000),
            Figure(f"{role}: fields read, of those that can be reached", 100 * self.outcome.coverage, "%", at_least=90),
            Figure(f"{role}: fields read that should be out of reach", len(beyond(self.outcome.read)), "", at_most=0),
            Figure(f"{role}: fields that differ", len(self.outcome.findings), "", at_most=0),
            Figure(
                f"{role}: fields that differ for an administrator, of {CONTROLS} operations", len(self.control.findings), "", at_least=1
            ),
            *(Figure(f"{role}: attacker's error / that of ranges, {each.of}", each.ratio, "", at_least=0.9) for each in self.gains),
            Figure(f"{role}: attacker's chance on ties", self.auc, "", at_most=0.55),
        )


async def proof(role: str) -> Proof:
    """Ask and attack with a role's key."""
    before, after = paired(own=ROLES[role])
    cache = Path(os.environ.get("CREATORGRAPH_CACHE") or platformdirs.user_cache_path("creatorgraph"))
    with tempfile.TemporaryDirectory() as folder:
        async with worlds((before, after), Path(folder), cache=cache) as pair:
            return await proven(pair, role, before, after)


async def proven(pair: Pair, role: str, before: World, after: World) -> Proof:
    """Ask and attack worlds that are served."""
    ids = kinds(before, after)
    outcome = await compared(pair, role, Plan(ids, seed=1, many=OPERATIONS))
    control = await compared(pair, "admin", Plan(ids, seed=1, many=CONTROLS))
    for name, each in outcome.findings.items():
        outcome.findings[name] = await shrunk(pair, role, each)
    attacker = Attacker(pair[0], role, most=QUESTIONS)
    await attacker.look()
    true = truth(before)
    return Proof(outcome, control, [gain(attacker, true, of) for of in ("gmv", "orders")], tie_auc(attacker, before))


@asynccontextmanager
async def worlds(pair: Sequence[World], folder: Path, *, cache: Path) -> AsyncGenerator[Pair]:
    """Serve two worlds until the block ends, each from a database of its own."""
    keys = prepared(folder / "base")
    async with AsyncExitStack() as open_:
        made = []
        for n, world in enumerate(pair):
            server = open_.enter_context(PrivateServer(folder / f"server{n}" / "neo4j", cache=cache, memory=MEMORY))
            driver = await open_.enter_async_context(open_driver(server.uri, auth=server.auth))
            made.append(await open_.enter_async_context(served(driver, world, folder / "base", keys, folder / f"world{n}")))
        yield made[0], made[1]


def reported(proofs: Sequence[Proof]) -> Report:
    """Return the figures of all roles."""
    return Report("What leaks", METHOD, tuple(figure for each in proofs for figure in each.figures))


def report() -> Report:
    """Ask and attack with the keys of both roles."""
    return reported([asyncio.run(proof(role)) for role in ROLES])
