"""Event tables out of the graph into a folder, as a run that began now would read them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from neo4j import AsyncDriver

from api.runs.event_folder import PARTS, EventFolder, write_events
from api.runs.inputs import read_events
from graph.load.lock import IMPORT, held
from graph.reader import Reader


async def export_events(  # noqa: PLR0913 -- each is an option of the export
    driver: AsyncDriver,
    path: Path,
    *,
    as_of: int | None = None,
    parts: int = PARTS,
    overwrite: bool = False,
    database: str = "neo4j",
    waiting: Callable[[str], None] = lambda _: None,
) -> EventFolder:
    """Write the event tables of a run as of `as_of` (Unix seconds; None: as far as the data tell); NothingToScore where there are none.

    Nothing is imported while they are read.
    """
    async with held(driver, IMPORT, database=database, waiting=waiting):
        tables, period = await read_events(Reader(driver, database), as_of)
    return await asyncio.to_thread(write_events, path, tables, period, parts=parts, overwrite=overwrite)
