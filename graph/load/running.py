"""One import from its first row to the last thing that follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, LiteralString, TypeVar

from neo4j import AsyncDriver, AsyncManagedTransaction, AsyncSession, AsyncTransaction

from graph.load import features, mentions, nodes, objections, order_lines, pending, resolve, terms
from graph.load.batches import Tx, run
from graph.load.categories import circle_reject, draw_tree
from graph.load.credit import OF_UNKNOWN_CONTENT, Credited, credit_by_content
from graph.load.erased import without_erased
from graph.load.exchange import rates_in, reckon_anew
from graph.load.lock import Held
from graph.load.money import UsdPerUnit
from graph.load.tally import Outcome, Tally
from graph.outbox import IMPORT_FINISHED, Event, record
from graph.rights.gaps import close_gaps
from graph.rights.gate import passed
from graph.rows import ORDER_LINES, Reject, Row

Value = TypeVar("Value")
Sink = Callable[[Reject], None]

DRY_ROWS: Final = 50_000
NAMES_AT_ONCE: Final = 200
NODES_AT_ONCE: Final = 2000

COUNT_UP: Final[LiteralString] = """
MERGE (s:State {id: 'data'})
SET s.version = coalesce(s.version, 0) + 1
"""


@dataclass(slots=True)
class Transactions:
    """Runs work in transactions of its own, or, to see only what would be, in one that is never committed."""

    driver: AsyncDriver
    session: AsyncSession
    database: str
    lock: Held
    dry: bool
    open_tx: AsyncTransaction | None = None
    rows: int = 0

    async def run(self, work: Callable[[Tx], Awaitable[Value]], *, rows: int = 0) -> Value:
        """Do `work` in a transaction: all of it or nothing, again where the database asks for that."""
        await self.lock.check()
        if not self.dry:

            async def managed(tx: AsyncManagedTransaction) -> Value:
                await passed(tx)
                return await work(tx)

            return await self.session.execute_write(managed)
        return await work(await self._open(rows))

    async def _open(self, rows: int) -> AsyncTransaction:
        self.rows += rows
        if self.open_tx is not None and self.rows > DRY_ROWS:
            await self.close()
            self.rows = rows
        if self.open_tx is None:
            self.open_tx = await self.session.begin_transaction()
        return self.open_tx

    async def close(self) -> None:
        """Throw away what was only tried."""
        if self.open_tx is not None:
            await self.open_tx.close()
            self.open_tx = None


@dataclass(slots=True)
class Import:
    """Takes batches of rows into the graph and settles what follows from them."""

    transactions: Transactions
    tally: Tally
    rejected: Sink
    rate: UsdPerUnit
    categories: dict[str, Row] = field(default_factory=dict[str, Row])
    uncredited: set[str] = field(default_factory=set[str])
    noted: Counter[str] = field(default_factory=Counter[str])
    """What its batches have noted for the event."""

    async def take(self, table: str, rows: list[Row]) -> None:
        """Take a batch of one table's rows, all or nothing."""

        async def work(tx: Tx) -> Outcome:
            taken, outcome = await without_erased(tx, table, rows, dry=self.transactions.dry)
            if taken:
                outcome.join(await _taken(tx, table, taken, self.rate))
            if outcome.written:
                await run(tx, COUNT_UP)
                await pending.note_changes(tx, outcome)
            return outcome

        outcome = await self.transactions.run(work, rows=len(rows))
        self._count(table, outcome)
        if table == "categories":
            self.categories |= {row.values["id"]: row for row in rows}
        if table == "rates":
            self.rate = await self.transactions.run(rates_in)

    async def finish(self) -> None:
        """Settle who is who, whose sales are whose, the tree of categories, and amounts whose rates changed."""
        await self._settle_names()
        await self._credit()
        work = await self.transactions.run(pending.pending)
        if pending.CATEGORIES in work or self.categories:  # a circle that is imported again is told again
            self._reject_circles(await self.transactions.run(draw_tree))
        programmes = [each.removeprefix(pending.PROGRAMME) for each in work if each.startswith(pending.PROGRAMME)]
        for start in range(0, len(programmes), NAMES_AT_ONCE):
            await self._show_terms(programmes[start : start + NAMES_AT_ONCE])
        for each in work:
            if each.startswith(pending.RATES) and not self.transactions.dry:
                await self._reckon(each)
        if not self.transactions.dry:
            await close_gaps(self.transactions.driver, database=self.transactions.database)
        if pending.EVENT in work:
            number = await self.transactions.run(self._tell)
            self.tally.event = None if self.transactions.dry else number

    async def _tell(self, tx: Tx) -> int:
        """Record what has changed, with what earlier imports changed that came to no end."""
        before = await pending.told(tx)
        before.subtract(self.noted)
        return await record(tx, finished(self.tally, before))

    async def _credit(self) -> None:
        """Credit lines without a creator, some at a time; a kill leaves the rest to the next import."""
        after = ""
        while True:

            async def work(tx: Tx, after: str = after) -> Credited:
                credited = await credit_by_content(tx, after=after, most=NODES_AT_ONCE)
                if credited.changed:
                    await run(tx, COUNT_UP)
                return credited

            credited = await self.transactions.run(work)
            if unknown := len(credited.unknown & self.uncredited):
                self.tally.notes[OF_UNKNOWN_CONTENT] += unknown
            if not (after := credited.last):
                return

    async def _show_terms(self, programmes: list[str]) -> None:
        found = await self.transactions.run(lambda tx: terms.collaborations(tx, programmes))
        for start in range(0, len(found), NODES_AT_ONCE):
            part = found[start : start + NODES_AT_ONCE]
            await self.transactions.run(lambda tx, part=part: terms.show(tx, part, self.rate))
        await self.transactions.run(lambda tx: terms.shown(tx, programmes))

    async def _reckon(self, work: str) -> None:
        transactions = self.transactions
        await reckon_anew(transactions.driver, work.removeprefix(pending.RATES), self.rate, database=transactions.database)

        async def done(tx: Tx) -> None:
            await pending.done(tx, work)
            await run(tx, COUNT_UP)

        await transactions.run(done)

    async def _settle_names(self) -> None:
        """Settle names some at a time; a kill leaves the rest marked for the next import."""
        while names := await self.transactions.run(lambda tx: resolve.unsettled(tx, limit=NAMES_AT_ONCE)):
            batch = names
            await self.transactions.run(lambda tx, batch=batch: objections.follow(tx, batch))
            found = await self.transactions.run(lambda tx, batch=batch: resolve.users(tx, batch))
            for start in range(0, len(found), NODES_AT_ONCE):
                part = found[start : start + NODES_AT_ONCE]
                await self.transactions.run(lambda tx, part=part: resolve.lead_users(tx, part))
            await self.transactions.run(lambda tx, batch=batch: self._settle(tx, batch))

    async def _settle(self, tx: Tx, names: list[str]) -> None:
        await resolve.show_sayings(tx, names, self.rate)
        await resolve.settled(tx, names)
        await run(tx, COUNT_UP)

    def _reject_circles(self, circle: frozenset[str]) -> None:
        for key in sorted(circle & self.categories.keys()):
            reject = circle_reject(self.categories[key])
            self.tally.recount(reject)
            self.rejected(reject)

    def _count(self, table: str, outcome: Outcome) -> None:
        for (kind, what), times in outcome.counts.items():
            self.tally.count(kind, what, times)
        self.tally.notes += outcome.notes
        self.uncredited |= outcome.uncredited
        self.tally.written |= outcome.written
        if outcome.written:
            self.noted += outcome.changes
        for reject in outcome.rejects:
            self.tally.reject(reject, read=reject.kind != ORDER_LINES)
            self.rejected(reject)


def finished(tally: Tally, before: Counter[str] | None = None) -> Event:
    """Return the event of an import that has changed something, or that ends what was changed `before`."""
    uploaded = {"uploaded": True} if tally.uploaded else {}
    more = before or Counter[str]()
    return Event(IMPORT_FINISHED, "data", {each: tally.total(each) + more[each] for each in IMPORT_FINISHED.payload} | uploaded)


async def _taken(tx: Tx, table: str, rows: list[Row], rate: UsdPerUnit) -> Outcome:
    if table in {"orders", "sales"}:
        return await order_lines.take(tx, table, rows, rate)
    if table == "features":
        return await features.take(tx, rows, rate)
    if table == "programmes":
        return await terms.take(tx, rows, rate)
    if table == "mentions":
        return await mentions.take(tx, rows, rate)
    return await nodes.take(tx, table, rows, rate)
