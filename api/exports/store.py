"""Where exports are kept: a folder each, closed to other users, under an id that nobody can guess."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import orjson

from api.exports.errors import NoSuchExport
from api.exports.record import GOING, OUTDATED, STOPPED, Record, Status
from graph.exports import size_of
from graph.exports.placing import removed
from graph.server.home import write_private

ID: Final = re.compile(r"[A-Za-z0-9_-]{32}")
RECORD: Final = "export.json"
NAMED: Final = "named.json"
MOST_NAMED: Final = 10_000
"""Creators whom the audit log names one by one; of a longer list it says that it may be of any."""

PATIENCE: Final = 3600
"""Seconds that a folder may stand without its record, which is written right after it is made."""


class Store:
    """The exports below one folder; records are read anew each time, so that several processes may share it."""

    def __init__(self, folder: Path) -> None:
        """Keep them in `folder`, made when it is first needed."""
        self._folder = folder

    @staticmethod
    def new_id() -> str:
        """Return an id of 192 random bits."""
        return secrets.token_urlsafe(24)

    def records(self) -> Iterator[Record]:
        """Yield every record, in no order; one whose process has ended is failed first."""
        if not self._folder.is_dir():
            return
        for each in self._folder.iterdir():
            with suppress(NoSuchExport):
                yield self.record(each.name)

    def record(self, id_: str) -> Record:
        """Return the record of an id; NoSuchExport for one that is none."""
        missing = NoSuchExport("no export of this key has this id; `GET /exports` lists them")
        if not ID.fullmatch(id_):
            raise missing
        try:
            found = Record.read((self._folder / id_ / RECORD).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            raise missing from None
        return self._failed(found) if found.orphaned else found

    def save(self, record: Record) -> None:
        """Write a record in one step."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = self._folder / record.id
        folder.mkdir(mode=0o700, exist_ok=True)
        write_private(folder / RECORD, record.text)

    def file(self, record: Record) -> Path:
        """Return where a record's file stands, or is to stand."""
        return self._folder / record.id / record.file_name

    def name(self, record: Record, creators: Collection[str]) -> None:
        """Keep whose scores a record's file shows, by own ids, unless they are too many."""
        if len(creators) <= MOST_NAMED:
            write_private(self._folder / record.id / NAMED, orjson.dumps(sorted(creators)).decode())

    def named(self, record: Record) -> tuple[str, ...] | None:
        """Return whose scores a record's file shows; None where that is not known, and it may be anybody's."""
        try:
            return tuple(orjson.loads((self._folder / record.id / NAMED).read_bytes()))
        except FileNotFoundError:
            return None

    def remove(self, id_: str) -> None:
        """Remove a record with all that lies beside it."""
        if ID.fullmatch(id_):
            removed(self._folder / id_)

    def clear(self, record: Record) -> None:
        """Remove all that lies beside a record, half files too."""
        for each in (self._folder / record.id).iterdir():
            if each.name != RECORD:
                removed(each)

    def outdate(self, now: int) -> None:
        """Cancel every export of before now, going or done, and remove what it has made."""
        for each in self.records():
            if each.created_at <= now and each.status is not Status.CANCELLED:
                each.status, each.error, each.finished_at = Status.CANCELLED, dict(OUTDATED), now
                self.save(each)
                self.clear(each)

    def bytes(self) -> int:
        """Return how much room all of them take."""
        return size_of(self._folder) if self._folder.is_dir() else 0

    def sweep(self, now: int) -> None:
        """Remove what is kept longer than it may be, and what a kill left without a record."""
        for each in self.records():
            if each.expires_at <= now and each.status not in GOING:
                self.remove(each.id)
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if not (folder / RECORD).exists() and folder.stat().st_mtime < now - PATIENCE:
                self.remove(folder.name)

    def _failed(self, record: Record) -> Record:
        record.status, record.progress = Status.FAILED, 0.0
        record.error = dict(STOPPED)
        self.clear(record)
        self.save(record)
        return record
