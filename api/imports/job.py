"""An import as a job: read, tried or loaded; how far it is stands in its record, and it is given up where somebody cancels it there."""

from __future__ import annotations

import asyncio
import logging
import resource
from collections.abc import Awaitable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Lock
from time import time
from typing import Final

from neo4j import AsyncDriver

from api.errors import BadUserInput
from api.imports.names import MAPPING
from api.imports.record import Job, Record, Status
from api.imports.store import Store
from api.imports.summary import summary_of
from api.process.ending import WAS_STOPPED
from api.process.failures import explained
from api.settings import Settings
from graph.exports.placing import removed
from graph.load import Listener, Tally, load
from graph.load.folders import items_of, sources_below
from graph.load.rejects import RejectFiles
from graph.rows import Item, Note
from graph.sources import Options
from graph.sources.mapped import NOT_MAPPED
from graph.sources.mapping import load_mapping

LOG: Final = logging.getLogger("creatorgraph.imports")
SECONDS: Final = 0.5
"""Between two notes of how far it is, and two looks whether somebody has cancelled."""

MEBIBYTE: Final = 1024 * 1024
OPEN_BESIDE: Final = 128
"""Files that a job has open beside those that it reads: connections, the log, files of rejects."""


@dataclass(slots=True)
class Progress:
    """How far a job is, told into its record."""

    store: Store
    record: Record
    tally: Tally = field(default_factory=Tally)
    cancelled: bool = False
    _saving: Lock = field(default_factory=Lock)

    def watched(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items, noting what is read. May be gone through in any thread."""
        for item in items:
            if not isinstance(item, Note):
                self.record.table = item.table or self.record.table
                self.record.rows += 1
            yield item

    def wait(self, message: str) -> None:
        """Note what the job waits for."""
        self.record.waits_for = message

    def note(self, tally: Tally) -> None:
        """Note what came of the rows so far."""
        self.tally, self.record.waits_for = tally, None

    async def follow(self, task: asyncio.Task[object]) -> None:
        """Keep the record, until cancelled; cancel the task where somebody asks for that."""
        while True:
            with suppress(OSError):  # a full disk keeps nobody from cancelling
                await asyncio.to_thread(self._save)
            if await asyncio.to_thread(self.store.is_cancelled, self.record.id):
                self.cancelled = True
                task.cancel()
                return
            await asyncio.sleep(SECONDS)

    def end(self, status: Status, error: str | None = None) -> None:
        """Note how the job ended, with what came of it so far."""
        record = self.record
        record.end(status, error, now=int(time()))
        record.event = self.tally.event
        summary = summary_of(self.tally) if self.tally.counts or self.tally.notes else None
        if record.job is Job.CHECK:
            record.check, record.expected = (summary, self.tally.total("read")) if status is Status.CHECKED else (None, None)
        else:
            record.summary = summary
        self._save()

    def _save(self) -> None:
        with self._saving:  # a thread that still writes how far it was must not come after the one that says how it ended
            self.store.save(self.record)


async def done(progress: Progress, work: Awaitable[None]) -> bool:
    """Do the work of a job, whose record says how it ended, and tell whether it failed by a mistake of ours.

    CancelledError where the process is to end.
    """
    task = asyncio.current_task()
    assert task is not None, "a coroutine runs in a task"
    following = asyncio.create_task(progress.follow(task))
    try:
        await work
    except asyncio.CancelledError:
        await _ended(following)
        if not progress.cancelled:
            progress.end(Status.FAILED, progress.record.told(WAS_STOPPED))
            raise
        task.uncancel()
        progress.end(Status.CANCELLED)
    except Exception as error:
        await _ended(following)
        progress.end(Status.FAILED, _failure(error))
        return explained(error) is None and _logged()
    else:
        await _ended(following)
        progress.end(Status.CHECKED if progress.record.job is Job.CHECK else Status.DONE)
    return False


async def worked(driver: AsyncDriver, progress: Progress, settings: Settings) -> None:
    """Do the job, with the folder of the files as the current one, so that places are named as they were uploaded."""
    store, record = progress.store, progress.record
    mapping = store.at(record.id) / MAPPING if record.mapped else None
    options = Options(document_bytes=settings.max_document_mb * MEBIBYTE, encoding=record.encoding, delimiter=record.delimiter)
    items = progress.watched(items_of(sources(), options=options) if mapping is None else mapped(mapping))
    dry = record.job is Job.CHECK
    with _rejects(store, record) as rejects:
        rejected = (lambda _: None) if dry else rejects.write
        listener = Listener(rejected=rejected, waiting=progress.wait, progress=progress.note, uploaded=True)
        progress.note(await load(driver, items, database=settings.neo4j_database, dry_run=dry, listener=listener))


def sources() -> list[Path]:
    """Return what is to be read below the current folder; BadUserInput where that is more than can be open at once."""
    return _openable(sources_below(Path()))


def mapped(mapping: Path) -> Iterator[Item]:
    """Return all below the current folder that a mapping takes, and a note for each file that it does not.

    BadMapping where it takes none, BadUserInput where that is more than can be open at once.
    """
    rules = load_mapping(mapping)
    files = sorted(each for each in Path().rglob("*") if each.is_file())
    folders = {each.parent for each in files if rules.takes(each.name)} or {Path()}
    notes = (Note(NOT_MAPPED, each.as_posix()) for each in files if each.parent not in folders)
    return chain(items_of(_openable(sorted(folders)), mapping=mapping), notes)


def _openable(found: list[Path]) -> list[Path]:
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit != resource.RLIM_INFINITY and len(found) > (most := limit - OPEN_BESIDE):
        raise BadUserInput(
            f"the import has {len(found):,} folders and files that are read by themselves, and this process may have {max(most, 1):,} of "
            "them open at once; import some of the folders by themselves, or raise the limit on open files (`ulimit -n`) of the service"
        )
    return found


@contextmanager
def _rejects(store: Store, record: Record) -> Generator[RejectFiles]:
    folder = store.rejects(record.id)
    if record.job is Job.IMPORT:
        removed(folder)
    with RejectFiles(folder, mapped=record.mapped) as rejects:
        yield rejects


async def _ended(following: asyncio.Task[None]) -> None:
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


def _logged() -> bool:
    LOG.exception("an import has failed")
    return True


def _failure(error: Exception) -> str:
    """Return why it failed in one line; a mistake of ours is only named, since its message may hold anything."""
    found = explained(error) or f"{type(error).__name__}, a mistake of ours; the log of the service has the whole"
    return " ".join(found.split())
