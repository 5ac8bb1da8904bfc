"""Rows into nodes and edges: the same graph whatever the order, however often, whenever it was killed.

Every node keeps, hidden, how old each of its fields is; a row changes only what is older than itself. Who is who is
settled at the end, from all that was ever seen.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from neo4j import AsyncDriver

from graph import connection  # its `writing` is called as our module is
from graph.load.exchange import rates_in
from graph.load.lock import held
from graph.load.rules import prepare
from graph.load.running import Import, Sink, Transactions
from graph.load.tally import Tally
from graph.rows import Item, Reject, Row
from graph.tracing import ROOT, span

__all__ = ["Listener", "Tally", "load", "prepare"]

BATCH: Final = 2000
SECONDS_A_TURN: Final = 0.0005
FETCH: Final = 5000
"""A batch's answers come in one go."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told what happens while it does; `uploaded` says that the files came over HTTP."""

    rejected: Sink = field(default=lambda _: None)
    waiting: Callable[[str], None] = field(default=lambda _: None)
    progress: Callable[[Tally], None] = field(default=lambda _: None)
    uploaded: bool = False


async def load(
    driver: AsyncDriver, items: Iterable[Item], *, database: str = "neo4j", dry_run: bool = False, listener: Listener | None = None
) -> Tally:
    """Load rows into a migrated database and return what came of them.

    Two loads at once wait for each other. A dry run does the same in transactions that are rolled back, one for
    every 50,000 rows: what is told of in two such stretches counts as created in both.
    """
    told = listener or Listener()
    if not dry_run:
        await prepare(driver, database=database)
    with span("import", {"creatorgraph.import.dry_run": dry_run}, ROOT) as importing:
        async with (
            held(driver, database=database, waiting=told.waiting) as lock,
            connection.writing(driver, database, fetch_size=FETCH) as session,
        ):
            transactions = Transactions(driver, session, database, lock, dry_run)
            try:
                running = Import(transactions, Tally(uploaded=told.uploaded), told.rejected, await transactions.run(rates_in))
                await _take_all(running, items, told.progress)
                await running.finish()
            finally:
                await transactions.close()
        for name in ("read", "created", "rejected"):
            importing.set(f"creatorgraph.import.{name}", running.tally.total(name))
        return running.tally


async def _take_all(running: Import, items: Iterable[Item], progress: Callable[[Tally], None]) -> None:
    """Take batch after batch, reading the next one while the database works on the last."""
    batches = _batches(running, iter(items))
    with _short_turns():
        reading = asyncio.create_task(asyncio.to_thread(next, batches, None))
        while (each := await reading) is not None:
            reading = asyncio.create_task(asyncio.to_thread(next, batches, None))
            await running.take(*each)
            progress(running.tally)


@contextmanager
def _short_turns() -> Generator[None]:
    """Let whoever waits for the database go on at once when it answers, while another thread reads files; by default that takes 5 ms."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SECONDS_A_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _batches(running: Import, items: Iterator[Item]) -> Iterator[tuple[str, list[Row]]]:
    """Yield rows by table, a batch at a time; rates come before whatever follows them."""
    waiting: dict[str, list[Row]] = {}
    for item in items:
        if isinstance(item, Row):
            if item.table != "rates" and "rates" in waiting:
                yield "rates", waiting.pop("rates")
            waiting.setdefault(item.table, []).append(item)
            running.tally.count(item.table, "read")
            if len(waiting[item.table]) >= BATCH:
                yield item.table, waiting.pop(item.table)
        elif isinstance(item, Reject):
            running.tally.reject(item, read=False)
            running.rejected(item)
        else:
            running.tally.note(item)
    yield from waiting.items()
