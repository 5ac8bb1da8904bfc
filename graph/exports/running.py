"""An export from its source to its file: read on the event loop, written in a thread, so that neither holds up the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AbstractContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from graph.exports.fitting import fitted
from graph.exports.formats import writing
from graph.exports.sheets import Row, Sheet, Source, Writer

UNTYPED: Final = "jsonl"
"""The format whose columns have no types: it holds whatever there is, and loses nothing."""

Tell = Callable[[int, int], None]
"""Hears how many rows are written, and of about how many."""

T = TypeVar("T")


@dataclass(slots=True)
class Exported:
    """What an export has made: rows a sheet, and bytes on disk."""

    rows: dict[str, int] = field(default_factory=dict[str, int])
    bytes: int = 0

    @property
    def total(self) -> int:
        """Rows of all sheets."""
        return sum(self.rows.values())


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


async def export(
    source: Source,
    path: Path,
    kind: str,
    *,
    overwrite: bool = False,
    tell: Tell = _silent,
) -> Exported:
    """Write a source as a file of the format `kind` under `path`, whole or not at all.

    Tables of several sheets become a folder, or a zip where the name ends in `.zip`. `tell` may raise to give up.
    """
    exported = Exported()
    async with _in_threads(writing(path, kind, source, overwrite=overwrite)) as writer:
        total = await source.size()
        for sheet in source.sheets:
            exported.rows[sheet.name] = 0
            await finished(writer.begin, sheet)
            async with aclosing(_ahead(source.batches(sheet))) as batches:
                async for rows in batches:
                    await finished(writer.rows, rows) if kind == UNTYPED else await finished(_write, writer, sheet, rows)
                    exported.rows[sheet.name] += len(rows)
                    tell(exported.total, total)
    exported.bytes = size_of(path)
    return exported


def _write(writer: Writer, sheet: Sheet, rows: Sequence[Row]) -> None:
    writer.rows(rows if sheet.schema is not None else fitted(sheet, rows))


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    return path.stat().st_size if path.is_file() else sum(each.stat().st_size for each in path.rglob("*") if each.is_file())


async def _ahead(batches: AsyncIterator[T]) -> AsyncGenerator[T]:
    """Yield batches, reading the next one while the last is written."""
    reading = asyncio.ensure_future(anext(batches, None))
    try:
        while (batch := await reading) is not None:
            reading = asyncio.ensure_future(anext(batches, None))
            yield batch
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)


async def finished(work: Callable[..., T], *arguments: Any) -> T:
    """Do a piece of work in a thread; where we are cancelled, let it end first, since nobody else may touch its file meanwhile."""
    running = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait((running,))
        raise


@asynccontextmanager
async def _in_threads(manager: AbstractContextManager[T]) -> AsyncGenerator[T]:
    """Enter and leave a context manager in threads, since both may take long."""
    entered = await finished(manager.__enter__)
    try:
        yield entered
    except BaseException as error:
        if not await finished(manager.__exit__, type(error), error, error.__traceback__):
            raise
    else:
        await finished(manager.__exit__, None, None, None)
