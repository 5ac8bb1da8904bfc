"""What a process has shown and not written yet: taken at once, written in batches, and nothing more is shown where that fails."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import time
from typing import Final, Protocol

from api.access.viewer import Viewer
from api.audit.entries import Entry, Showing
from api.audit.files import FOLDER
from api.audit.log import AuditLog
from api.audit.pseudonyms import Pseudonyms
from api.errors import AuditUnavailable, LogDamaged
from api.process.own import Own
from api.settings import Settings

LOG: Final = logging.getLogger("creatorgraph.audit")
SECONDS: Final = 1.0
"""What is shown is on the disk so much later at most, and the time that writing takes: a crash loses no more."""

MOST: Final = 10_000
"""Showings that may wait: beyond that, nothing is shown until they are written."""

CREATORS: Final = 3_000
"""Pseudonyms that one entry holds."""

HOUR: Final = 3_600
FAILURES: Final = (OSError, sqlite3.Error, LogDamaged)


@dataclass(slots=True)
class Shown:
    """How often an answer was shown to the holder of a key and is not written yet."""

    viewer: Viewer
    showing: Showing
    times: int = 0


Pending = dict[tuple[str, Showing], Shown]
"""By the key's id, whose hash is at hand; a key's grant never changes."""


class Place(Protocol):
    """What a process has that the log needs."""

    @property
    def settings(self) -> Settings: ...

    @property
    def own(self) -> Own: ...


class Recorder:
    """The one way into the log for what a process answers; belongs to the process's event loop."""

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = time) -> None:
        """Write to the log of the settings' home, which is opened with the first batch."""
        self._settings, self._clock = settings, clock
        self._pending: Pending = {}
        self._writer: asyncio.Task[None] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._kept: tuple[AuditLog, Pseudonyms] | None = None
        self._failing = ""
        self._pruned = -1

    def note(self, viewer: Viewer, showing: Showing) -> None:
        """Take down what is about to be shown; AuditUnavailable where it could not be written, and must not be shown."""
        if viewer.unseen:
            return
        if not self.writable:
            raise AuditUnavailable(
                "scores are not shown while the audit log cannot be written; try again later, or tell the administrator",
                headers={"Retry-After": "5"},
            )
        place = viewer.key_id, showing
        shown = self._pending.get(place)
        if shown is None:
            shown = self._pending[place] = Shown(viewer, showing)
        shown.times += 1
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._written())

    @property
    def writable(self) -> bool:
        """Whether what is shown can be written; nothing is shown while it cannot."""
        return not self._failing and len(self._pending) < MOST

    async def close(self) -> None:
        """Write what is left, as the process ends; a batch that is being written comes first, for its thread needs the open files."""
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.gather(self._writer, return_exceptions=True)
        if self._writing is not None:
            await self._writing
        if self._pending:
            await self._write()
        if self._kept is not None:
            self._kept[1].close()

    async def _written(self) -> None:
        """Write a batch each second for as long as there is something to write."""
        try:
            while self._pending:
                await asyncio.sleep(SECONDS)
                # What is being written is written to its end: it is in the log, or it is still pending.
                self._writing = asyncio.create_task(self._write())
                await asyncio.shield(self._writing)
        finally:
            self._writer = None

    async def _write(self) -> None:
        batch, self._pending = self._pending, {}
        try:
            await asyncio.to_thread(self._append, batch)
        except FAILURES as error:
            self._failed(batch, error)
        else:
            if self._failing:
                LOG.warning("the audit log is written again")
            self._failing = ""

    def _failed(self, batch: Pending, error: Exception) -> None:
        """Keep what could not be written, and open the log anew the next time: somebody may have made room, or moved it away."""
        for place, shown in self._pending.items():
            batch.setdefault(place, Shown(shown.viewer, shown.showing)).times += shown.times
        self._pending = batch
        if not self._failing:
            fields = {"error": str(error)}
            LOG.error("the audit log cannot be written; no scores are shown until it can", extra={"fields": fields})
        self._failing = str(error)
        if self._kept is not None:
            self._kept[1].close()
            self._kept = None

    def _append(self, batch: Pending) -> None:
        """Write a batch; the salts of its pseudonyms are on the disk before they are named."""
        if self._kept is None:
            home = self._settings.home
            self._kept = AuditLog(home, days=self._settings.audit_days), Pseudonyms(home / FOLDER)
        log, pseudonyms = self._kept
        now = int(self._clock())
        for text in {showing.text for _, showing in batch if showing.text is not None}:
            pseudonyms.keep(text)
        named = pseudonyms.of({creator for _, showing in batch for creator in showing.creators or ()})
        log.append([entry for shown in batch.values() for entry in _entries(shown, named, now)])
        self._prune(log, now)

    def _prune(self, log: AuditLog, now: int) -> None:
        """Drop what is too old, once an hour; where that fails, it is tried again an hour later."""
        if self._pruned == now // HOUR:
            return
        self._pruned = now // HOUR
        try:
            log.prune(now)
        except FAILURES as error:
            LOG.warning("old entries of the audit log cannot be removed", extra={"fields": {"error": str(error)}})


def recorder(place: Place) -> Recorder:
    """Return the recorder of a process; what it holds is written at the process's end."""

    def opened() -> Recorder:
        made = Recorder(place.settings)
        place.own.at_end(made.close)
        return made

    return place.own.of(Recorder, opened)


def _entries(shown: Shown, named: Mapping[str, str], now: int) -> Sequence[Entry]:
    """Return the entries of a showing: one, unless it showed more creators than one holds."""
    creators = shown.showing.creators
    entry = Entry.of(shown.viewer, shown.showing, now, times=shown.times)
    if creators is None:
        return [entry]
    pseudonyms = tuple(named[each] for each in creators)
    starts = range(0, len(pseudonyms), CREATORS)
    return [replace(entry, creators=pseudonyms[at : at + CREATORS], part=at // CREATORS) for at in starts]
