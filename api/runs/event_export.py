"""Event tables out of the graph into a folder, as a run that began now would read them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from neo4j import AsyncDriver

from api.runs.event_folder import PARTS, EventFolder, read_folder, write_tables
from api.runs.inputs import read_events, read_withdrawals
from api.runs.result_folder import refuse_place, result_folder
from graph.load.lock import IMPORT, held
from graph.reader import Reader
from graph.runs import RunOutdated


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

    Nothing is imported while they are read; RunOutdated where somebody objects or is erased before the folder stands there.
    """
    refuse_place(path, overwrite=overwrite)
    reader = Reader(driver, database)
    async with held(driver, IMPORT, database=database, waiting=waiting):
        withdrawals = await read_withdrawals(reader)
        tables, period = await read_events(reader, as_of)
    with result_folder(path, overwrite=overwrite) as aside:
        await asyncio.to_thread(write_tables, aside, tables, period, parts=parts)
        if await read_withdrawals(reader) != withdrawals:
            raise RunOutdated("a creator objected to being rated, or was erased, while the events were exported; export them again")
    return await asyncio.to_thread(read_folder, path)
