"""Exports as jobs: ordered, queued, made one at a time for each key, kept for a while, cancelled or deleted."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic, time
from typing import TYPE_CHECKING, Final

from api.access.viewer import Viewer
from api.error_mapping import translated
from api.errors import ApiError
from api.exports.creators import Creators
from api.exports.errors import ExportsFull, NoSuchExport
from api.exports.order import Order
from api.exports.record import GOING, STOPPED, Record, Status, bounds_of
from api.exports.sizes import MEBIBYTE, estimate_of
from api.exports.sources import permitted, reading_of, source_of
from api.exports.store import Store
from graph.errors import GraphError
from graph.exports import GRAPHS, export
from graph.processes import this_process

if TYPE_CHECKING:
    from api.graphql.execution.request import ReadState

LOG: Final = logging.getLogger("creatorgraph.exports")
AT_ONCE: Final = 2
"""Jobs of all keys that run at the same time in one process: each keeps a core busy now and then."""

PERIOD: Final = 0.5
"""Seconds between two looks at a job's progress, its room, and whether it is still wanted."""

MOMENT: Final = 0.1
"""Seconds that a driver takes at most to be closed once its connections are."""

SWEEP: Final = 600.0
PART: Final = '"options": {"labels": ["Creator", "Brand"]}'


class Jobs:
    """The jobs of one process; what they have made is in `Kept`, which outlives it."""

    def __init__(self, state: ReadState, *, clock: Callable[[], float] = time) -> None:
        """Work for the process of `state`; `clock` tells when exports expire."""
        self._state, self._clock = state, clock
        self.kept = Store(state.settings.home / "exports")
        self._tasks = dict[str, asyncio.Task[None]]()
        self._turns, self._all = defaultdict[str, asyncio.Lock](asyncio.Lock), asyncio.Semaphore(AT_ONCE)
        self._making = asyncio.Lock()
        self._sweeper: asyncio.Task[None] | None = None

    async def order(self, order: Order, viewer: Viewer) -> Record:
        """Begin a job and return its record; ExportsFull where the key holds as many exports as it may."""
        await permitted(order, viewer, self._state)
        estimate = await estimate_of(order, reading_of(self._state))
        async with self._making:
            self._refuse_full(viewer)
            record = self._new(order, viewer)
            if estimate is not None:
                record.estimated_bytes, record.notice = estimate.bytes, estimate.notice(PART)
            self.kept.save(record)
        self._tasks[record.id] = asyncio.create_task(self._made(record, viewer))
        self._tasks[record.id].add_done_callback(lambda _: self._tasks.pop(record.id, None))
        self._sweep_on()
        return record

    def records(self, viewer: Viewer) -> list[Record]:
        """Return the viewer's exports, the newest first; not those of an account that saw more, or other things, when it ordered them."""
        self.kept.sweep(int(self._clock()))
        mine = [each for each in self.kept.records() if each.readable_by(viewer)]
        return sorted(mine, key=lambda each: (-each.created_at, each.id))

    def record(self, id_: str, viewer: Viewer) -> Record:
        """Return one of the viewer's exports; NoSuchExport for any other's, as for none."""
        found = self.kept.record(id_)
        if not found.readable_by(viewer) or found.expires_at <= self._clock():
            raise NoSuchExport("no export of this key has this id; `GET /exports` lists them")
        return found

    def file(self, record: Record) -> Path:
        """Return the file that a job has made."""
        return self.kept.file(record)

    async def remove(self, id_: str, viewer: Viewer) -> Record | None:
        """Cancel an export that is going and return its record, or delete one that is over, of which nothing is left."""
        found = self.record(id_, viewer)
        if found.status not in GOING:
            self.kept.remove(id_)
            return None
        found.status, found.finished_at = Status.CANCELLED, int(self._clock())
        self.kept.save(found)
        task = self._tasks.get(id_)
        if task is not None:
            task.cancel()
            await asyncio.wait((task,))
        return found

    async def stop(self) -> None:
        """Cancel what is going, as the process ends; it is failed, and said to be."""
        tasks = [*self._tasks.values(), *([self._sweeper] if self._sweeper else [])]
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _new(self, order: Order, viewer: Viewer) -> Record:
        now = int(self._clock())
        return Record(
            id=Store.new_id(),
            key=viewer.account,
            what=order.what,
            format=order.format,
            options=dict(order.options),
            file_name=file_name(order),
            created_at=now,
            expires_at=now + self._state.settings.export_hours * 3600,
            process=this_process(),
            bounds=bounds_of(viewer),
        )

    def _refuse_full(self, viewer: Viewer) -> None:
        """Raise ExportsFull at the limits; exports that the account can no longer read count until they expire."""
        self.kept.sweep(int(self._clock()))
        settings, mine = self._state.settings, [each for each in self.kept.records() if each.key == viewer.account]
        if len(mine) >= settings.export_jobs:
            wait = max(1, min(each.expires_at for each in mine) - int(self._clock()))
            raise ExportsFull(
                f"{len(mine)} exports of this key are stored, which is the limit; delete some with DELETE /exports/{{id}}",
                headers={"Retry-After": str(wait)},
                retryAfter=wait,
            )
        self._refuse_no_room()

    def _refuse_no_room(self) -> None:
        most = self._state.settings.export_mb
        if self.kept.bytes() >= most * MEBIBYTE:
            raise ExportsFull(
                f"stored exports have reached the limit of {most:,} MiB; delete some, or try again after others have expired",
                headers={"Retry-After": "600"},
                retryAfter=600,
            )

    async def _made(self, record: Record, viewer: Viewer) -> None:
        """Make an export when its turn comes; whatever happens ends in its record."""
        try:
            async with self._turn(record.key):
                self._refuse_unwanted(record)
                record.status = Status.RUNNING
                self.kept.save(record)
                await self._written(record, viewer)
            record.status, record.progress = Status.DONE, 1.0
        except asyncio.CancelledError:
            self._ended(record, STOPPED)
            raise
        except Exception as error:
            record.error = _told(error, record.id)
            record.status = Status.FAILED
        self._ended(record)

    @asynccontextmanager
    async def _turn(self, key: str) -> AsyncGenerator[None]:
        async with self._turns[key], self._all:
            yield

    async def _written(self, record: Record, viewer: Viewer) -> None:
        watch, path = _Watch(self, record), self.kept.file(record)
        try:
            async with source_of(record.order, viewer, self._state) as source:
                done = await export(source, path, record.format, tell=watch.tell)
        except Exception:
            await self._refuse_let_go()
            raise
        if isinstance(source, Creators):
            self.kept.name(record, source.named)
        path.chmod(0o600)
        record.rows, record.bytes, record.facts = done.total, done.bytes, dict(source.facts)

    async def _refuse_let_go(self) -> None:
        """End the job where the process has closed its driver, as at its end: connections break a moment before it says so."""
        await asyncio.sleep(MOMENT)
        # The driver tells of it nowhere else; a test notices if that changes.
        if self._state.driver._closed:  # pyright: ignore[reportPrivateUsage]
            raise asyncio.CancelledError

    def _ended(self, record: Record, stopped: dict[str, str] | None = None) -> None:
        """Write down how a job has ended, unless it was cancelled or deleted meanwhile, which is written already."""
        record.finished_at = int(self._clock())
        record.expires_at = record.finished_at + self._state.settings.export_hours * 3600
        if stopped:
            record.status, record.error = Status.FAILED, stopped
        LOG.info("export", extra={"fields": {"key": record.key, "export": record.id[:8], "what": record.what, "status": record.status}})
        try:
            if self.kept.record(record.id).status is not Status.CANCELLED:
                self.kept.save(record)
            else:
                self.kept.clear(record)
        except NoSuchExport:
            self.kept.remove(record.id)

    def note(self, record: Record) -> None:
        """Save a job's progress; raise where it is no longer wanted, or its room is filled."""
        self._refuse_unwanted(record)
        self.kept.save(record)
        self._refuse_no_room()

    def _refuse_unwanted(self, record: Record) -> None:
        """End the job where it was cancelled, perhaps through another process."""
        if self.kept.record(record.id).status is Status.CANCELLED:
            raise asyncio.CancelledError

    def _sweep_on(self) -> None:
        if self._sweeper is None or self._sweeper.done():
            self._sweeper = asyncio.create_task(self._swept())

    async def _swept(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            await asyncio.to_thread(self.kept.sweep, int(self._clock()))


class _Watch:
    """Hears of a job's progress, and hands it on now and then."""

    def __init__(self, jobs: Jobs, record: Record) -> None:
        self._jobs, self._record, self._last = jobs, record, 0.0

    def tell(self, done: int, total: int) -> None:
        self._record.rows = done
        self._record.progress = min(0.99, done / total) if total else 0.0
        if monotonic() - self._last >= PERIOD:
            self._last = monotonic()
            self._jobs.note(self._record)


def file_name(order: Order) -> str:
    """Return the name under which an export's file is offered: letters, digits, `-` and `.`, whatever was ordered."""
    parts = [order.what, *(each for each in ("tables", "manifest") if order.options.get(each))]
    if "brand" in order.options:
        parts.append(re.sub(r"[^A-Za-z0-9]+", "-", order.options["brand"]).strip("-")[:60])
    folder = (order.what in ("graph", "network", "creator") and order.format not in GRAPHS) or order.options.get("manifest")
    return f"{'-'.join(filter(None, parts))}.{f'{order.format}.zip' if folder else order.format}"


def _told(error: Exception, id_: str) -> dict[str, str]:
    """Return what the key's holder is told of a failure; what is ours is masked, and logged whole under the export's id."""
    if isinstance(error, GraphError):
        return {"message": str(error), "code": "EXPORT_FAILED"}
    told = error if isinstance(error, ApiError) else translated(error, id_[:8])
    return {"message": told.message, "code": told.code}
