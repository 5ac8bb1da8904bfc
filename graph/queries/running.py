"""Runs a query that the guard has cleared, within bounds, and hands its rows on in batches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Final, LiteralString, cast

from neo4j import AsyncDriver, AsyncResult, AsyncSession, Query, ResultSummary
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import ROWS_A_MESSAGE, Foreign, reading
from graph.errors import DatabaseUnreachable
from graph.queries.columns import Column, Typing
from graph.queries.errors import QueryError, TooLarge, TooLong
from graph.queries.failures import failed, packed
from graph.queries.guard import GRACE, Cleared
from graph.queries.meter import Meter
from graph.queries.notifications import Notification, notifications
from graph.queries.readable import refuse_unreadable
from graph.queries.values import ends, identity
from graph.reachability import responds

BATCH: Final = ROWS_A_MESSAGE
"""As many rows as the database sends before it waits to be asked for more."""

LOOK_UP: Final = 10_000
BY_ROWS: Final = "ROWS"
BY_BYTES: Final = "BYTES"

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an answer may be: `bytes` as the database sends them."""

    rows: int
    bytes: int
    seconds: float


@dataclass(slots=True)
class Answer:
    """The rows of a query, while they come; what was cut off is known when the last batch is there."""

    names: tuple[str, ...]
    _reading: _Reading
    ids: dict[str, str | None] = field(default_factory=dict[str, "str | None"])
    row_count: int = 0
    truncated_by: str | None = None
    summary: ResultSummary | None = None
    failed: bool = False

    def __post_init__(self) -> None:
        """Begin with no row seen."""
        self._reading.typing = Typing(self.names)

    @property
    def columns(self) -> list[Column]:
        """The columns as the rows so far show them."""
        return self._reading.typing.columns()

    @property
    def notifications(self) -> list[Notification]:
        """What the database warns of, once the last batch is there."""
        return notifications(self.summary)

    @property
    def typing(self) -> Typing:
        """The types that the rows so far show, each with the row that shows it first."""
        return self._reading.typing

    @property
    def broken(self) -> bool:
        """Whether a row was too large, so that the connection had to be given up."""
        return self._reading.meter.exceeded

    def leave(self, *, whole: bool) -> None:
        """Stop counting; an answer that is left before it is whole is not read to its end, its connection closes instead."""
        if whole:
            self._reading.meter.remove()
        else:
            self._reading.meter.shut()

    async def end(self) -> None:
        """End a query whose rows nobody wants any more: what is on its way is read, the rest is not sent."""
        with suppress(DriverError, Neo4jError, OSError):
            self.summary = self.summary or await self._reading.result.consume()

    async def batches(self, size: int = BATCH) -> AsyncIterator[list[Row]]:
        """Yield the rows as the database's values, `ids` holding the id of each node in them; at the end there is a summary."""
        rows: list[Row] = []
        async for row in self._rows():
            self._reading.typing.see(row)
            rows.append(row)
            self.row_count += 1
            if len(rows) == size:
                yield await self._known(rows)
                rows = []
        if rows:
            yield await self._known(rows)

    async def _rows(self) -> AsyncIterator[Row]:
        """Yield rows up to the bounds; where a row breaks the bound of bytes, those before it stand."""
        running = self._reading
        try:
            async for record in running.result:
                if running.meter.bytes > running.bounds.bytes:
                    self.truncated_by = BY_BYTES
                elif self.row_count == running.bounds.rows:
                    self.truncated_by = BY_ROWS
                if self.truncated_by:
                    break
                # Not `record.values()`: it fails at the first value that the driver could not decode, and not at those within lists.
                row: Row = [*tuple[Any, ...].__iter__(record)]
                refuse_unreadable(self.names, row, self.row_count + 1)
                yield row
            self.summary = await running.result.consume()
        except (DriverError, OSError) as error:
            if not self.broken:
                raise
            self.truncated_by = self.truncated_by or BY_BYTES
            if not self.row_count:
                most = running.bounds.bytes
                raise TooLarge(f"the first row alone is larger than {most:,} bytes; return parts of it, or aggregate") from error

    async def _known(self, rows: list[Row]) -> list[Row]:
        """Learn the ids of the nodes within rows; those at the ends of relationships have to be asked for."""
        bare: set[str] = set()
        for node in ends(value for row in rows for value in row):
            if node.labels or len(node):
                self.ids.setdefault(node.element_id, identity(node.labels, node.get("id")))
            else:
                bare.add(node.element_id)
        asked = [each for each in bare if each not in self.ids]
        for start in range(0, len(asked), LOOK_UP):
            self.ids.update(await _identities(self._reading, asked[start : start + LOOK_UP]))
        return rows


@dataclass(slots=True)
class _Reading:
    driver: AsyncDriver
    cleared: Cleared
    bounds: Bounds
    result: AsyncResult
    meter: Meter
    typing: Typing = field(default_factory=lambda: Typing(()))


@asynccontextmanager
async def answering(driver: AsyncDriver, cleared: Cleared, bounds: Bounds, *, tag: str) -> AsyncGenerator[Answer]:
    """Yield the answer to a cleared query while it runs; when the block is left, the query has ended or been told to.

    `TooLong`, `TooMuchMemory` and `Faulty` come from within the block too. The database knows the query by `tag`, for
    `graph.queries.lingering`: one whose task is cancelled is ended with its connection.
    """
    answer: Answer | None = None
    began = monotonic()
    try:
        async with asyncio.timeout(bounds.seconds + GRACE), reading(driver, cleared.database, notified=True) as session:
            answer = await _started(driver, session, cleared, bounds, tag)
            try:
                yield answer
            except Neo4jError:
                answer.leave(whole=True)
                raise
            except QueryError:
                await answer.end()
                raise
            except Exception:
                answer.failed = True
                raise
            finally:
                answer.leave(whole=answer.summary is not None)
    except TimeoutError as error:
        if not await responds(driver, cleared.database, since=began):
            raise DatabaseUnreachable("the database has stopped answering") from error
        raise TooLong(f"the query's {bounds.seconds:g} s limit was exceeded; match less, or raise the limit") from error
    except Neo4jError as error:
        raise failed(error) from error
    except (DriverError, OSError):
        # An answer that is left early breaks its connection on purpose; what failed before that is told.
        if answer is None or answer.failed or not answer.broken:
            raise


async def _started(driver: AsyncDriver, session: AsyncSession, cleared: Cleared, bounds: Bounds, tag: str) -> Answer:
    # The guard has cleared this very text; nothing else may reach this line.
    query = Foreign(cast("LiteralString", cleared.text), metadata={"query": tag}, timeout=bounds.seconds)
    with packed():
        result = await session.run(query, dict(cleared.parameters))
    return Answer(tuple(result.keys()), _Reading(driver, cleared, bounds, result, Meter(session, most=2 * bounds.bytes)))


IDENTITIES: Final[LiteralString] = """
MATCH (n)
WHERE elementId(n) IN $ids
RETURN elementId(n) AS element, labels(n) AS labels, n.id AS id
"""


async def _identities(known: _Reading, ids: list[str]) -> dict[str, str | None]:
    """Return the ids of nodes by the engine's own, within the time that the query itself may take."""
    async with reading(known.driver, known.cleared.database) as session:
        found = await session.run(Query(IDENTITIES, timeout=known.bounds.seconds), ids=ids)
        return {row["element"]: identity(row["labels"], row["id"]) async for row in found}
