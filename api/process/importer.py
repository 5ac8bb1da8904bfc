"""Imports that a serving process starts: in a process of its own, which ends with this one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from time import time
from typing import Final

from neo4j import AsyncDriver

from api.imports.errors import ImportBusy, ImportNotStarted, NoSuchImport
from api.imports.record import Job, Record, Status
from api.imports.store import Store
from api.process.job_processes import JobProcesses, reason
from api.process.own import alongside
from api.process.state import State
from api.settings import Settings
from graph.load.lock import IMPORT, holder_of
from graph.processes import this_process

LOG: Final = logging.getLogger("creatorgraph.imports")
SWEEP: Final = 600.0
UNSTARTED: Final = "it was given up before its process was started"


def kept(settings: Settings) -> int:
    """Return for how many seconds files and rejects are kept."""
    return settings.import_hours * 3600


def importer(state: State) -> Importer:
    """Return the one of a serving process."""

    def make() -> Importer:
        made = Importer(state.settings, state.driver)
        state.own.at_end(made.end)
        return made

    return state.own.of(Importer, make)


class Importer:
    """Starts processes that import, and looks after them."""

    def __init__(self, settings: Settings, driver: AsyncDriver) -> None:
        """Start none yet."""
        self._settings, self._driver = settings, driver
        self.store = Store(settings.home)
        self._processes = JobProcesses(settings, "api.process.import_worker", given=("max_document_mb",))

    @property
    def expires_at(self) -> int:
        """Until when what is touched now is kept (Unix seconds)."""
        return int(time()) + kept(self._settings)

    async def start(self, id_: str, job: Job) -> Record:
        """Have a job done, and return its record at once.

        ImportBusy where another import is under way, also one of the command line; ImportNotStarted where no process can be started.
        """
        await self._refuse_busy(id_)
        record = await asyncio.to_thread(self.store.claim, id_, job, this_process(), now=int(time()), expires_at=self.expires_at)
        try:
            process = await self._processes.started({"id": id_})
        except OSError as error:
            told = f"no process could be started ({error.strerror}); free some memory"
            await self._failed(id_, told)
            raise ImportNotStarted(f"{told}, and start it again") from error
        except BaseException:  # a request that is cancelled too: what it claimed would keep others waiting
            await asyncio.shield(self._failed(id_, UNSTARTED))
            raise
        self._processes.watch(process, lambda code: self._ended(id_, code))
        return record

    async def end(self) -> None:
        """End every process in order, or else end it."""
        await self._processes.end()

    async def _refuse_busy(self, id_: str) -> None:
        """Raise ImportBusy where somebody else holds the lock of imports; one of this home is named by its record instead."""
        if any(each.is_going for each in await asyncio.to_thread(self.store.records)):
            return
        holder = await holder_of(self._driver, IMPORT, database=self._settings.neo4j_database)
        if holder is not None:
            raise ImportBusy(
                f"{holder} holds the lock of imports: an import of the command line, or a scoring run that reads; start import {id_} once "
                "it has ended"
            )

    async def _ended(self, id_: str, code: int) -> None:
        """Say of a process that ended without having said so itself that it failed."""
        if code:
            LOG.warning("an import has ended before it was done", extra={"fields": {"import": id_, "code": code}})
        await self._failed(id_, reason(code) if code else UNSTARTED)

    async def _failed(self, id_: str, error: str) -> None:
        def fail(record: Record) -> None:
            if record.is_going:
                record.end(Status.FAILED, record.told(error), now=int(time()))

        with suppress(NoSuchImport, OSError):
            await asyncio.to_thread(self.store.changed, id_, fail)


@asynccontextmanager
async def sweeping(settings: Settings) -> AsyncGenerator[None]:
    """Have imports that are kept no longer removed within the block, from its beginning on."""
    async with alongside(_swept(settings)):
        yield


async def _swept(settings: Settings) -> None:
    store = Store(settings.home)
    while True:
        try:
            await asyncio.to_thread(store.sweep, int(time()), kept=kept(settings))
        except Exception:  # the disk may be read again later, and whoever serves goes on
            LOG.exception("imports that are kept no longer could not be removed")
        await asyncio.sleep(SWEEP)
