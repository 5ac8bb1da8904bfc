"""Where imports are kept: a folder each below the home, closed to other users, with the record, the files and the rejects.

Several processes share it. Whoever changes a record holds the lock of the folder; while a job is under way that is its process alone.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from time import time
from typing import Final

from api.errors import BadUserInput, TooLarge
from api.imports.errors import ImportBusy, ImportClosed, ImportEmpty, NoSuchImport
from api.imports.names import MAPPING
from api.imports.record import LOST, Job, Reading, Record, Status
from graph.exports import size_of
from graph.exports.placing import removed
from graph.processes import Identity
from graph.server.home import write_private
from graph.server.locks import held

FOLDER: Final = "imports"
ID: Final = re.compile(r"[0-9a-f]{32}")
ASIDE: Final = re.compile(r"\.[0-9a-f]{16}\.removed")
RECORD: Final = "import.json"
FILES, PARTS, REJECTS, CANCEL = "files", "parts", "rejects", "cancel"
PATIENCE: Final = 3600
"""Seconds that a folder may stand without its record, which is written right after it is made."""

MOST_FILES: Final = 10_000
MOST_RECORDS: Final = 1_000
"""Records of imports that are over, the newest of which are kept."""


class Store:
    """The imports below one home."""

    def __init__(self, home: Path) -> None:
        """Keep them in a folder of `home`, made when it is first needed."""
        self.folder = home.absolute() / FOLDER

    @staticmethod
    def new_id() -> str:
        """Return an id of 128 random bits."""
        return secrets.token_hex(16)

    def records(self) -> list[Record]:
        """Return every record, the newest first; one whose process has ended is failed first."""
        found: list[Record] = []
        for each in self.folder.iterdir() if self.folder.is_dir() else ():
            with suppress(NoSuchImport):
                found.append(self.record(each.name))
        return sorted(found, key=lambda each: (-each.created_at, each.id))

    def record(self, id_: str) -> Record:
        """Return the record of an id; NoSuchImport for one that is none."""
        found = self._read(id_)
        if not found.is_orphaned:
            return found
        try:
            return self.changed(id_, _lost)
        except OSError:  # nothing can be written: it has failed all the same
            _lost(found)
            return found

    def add(self, record: Record) -> None:
        """Keep a new record."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in (self.at(record.id), self.files(record.id), self.at(record.id) / PARTS):
            each.mkdir(mode=0o700)
        self.save(record)

    def save(self, record: Record) -> None:
        """Write a record in one step."""
        write_private(self.at(record.id) / RECORD, record.text)

    def changed(self, id_: str, change: Callable[[Record], None]) -> Record:
        """Change a record with the lock held, and return it; it stays as it was where `change` raises."""
        with self._locked(id_) as found:
            change(found)
            self.save(found)
        return found

    def claim(self, id_: str, job: Job, process: Identity, *, now: int, expires_at: int) -> Record:
        """Note that a process begins a job; ImportBusy, ImportClosed or ImportEmpty where it cannot."""

        def begin(record: Record) -> None:
            going = next((each for each in self._all() if each.is_going and not each.is_orphaned), None)
            if going is not None:
                raise ImportBusy(in_the_way(going))
            refuse_closed(record)
            record.files, record.bytes = self.count(id_), size_of(self.files(id_))
            if not record.files:
                raise ImportEmpty(f"import {id_} has no files; upload some first")
            record.begin(job, process, now=now)
            record.expires_at = expires_at
            (self.at(id_) / CANCEL).unlink(missing_ok=True)

        return self.changed(id_, begin)

    def place(self, id_: str, part: Path, name: PurePosixPath, *, most: int, expires_at: int) -> Record:
        """Put an uploaded file under its name; TooLarge where all files together are more than `most` bytes."""

        def put(record: Record) -> None:
            refuse_closed(record)
            target = self.files(id_) / name
            before = target.stat().st_size if target.is_file() else None
            total, count = record.bytes - (before or 0) + part.stat().st_size, record.files + (before is None)
            if total > most:
                raise too_large(total, most)
            if count > MOST_FILES:
                raise BadUserInput(f"import {id_} has {MOST_FILES:,} files, which is the limit; import the others by themselves")
            _moved(part, target, name)
            record.open_again()
            record.expires_at, record.files, record.bytes = expires_at, count, total

        return self.changed(id_, put)

    def read_as(self, id_: str, reading: Reading, *, expires_at: int) -> Record:
        """Note how the files of an import are to be read, which takes back what a check found."""

        self.record(id_)  # one whose process has ended is failed first

        def change(record: Record) -> None:
            refuse_closed(record)
            if reading.mapping is None:
                (self.at(id_) / MAPPING).unlink(missing_ok=True)
            else:
                write_private(self.at(id_) / MAPPING, reading.mapping)
            record.mapped, record.encoding, record.delimiter = reading.mapping is not None, reading.encoding, reading.delimiter
            record.open_again()
            record.expires_at = expires_at

        return self.changed(id_, change)

    def part(self, id_: str) -> Path:
        """Return a path for a file that is not whole yet, of an import that takes files."""
        refuse_closed(self.record(id_))
        return self.at(id_) / PARTS / secrets.token_hex(8)

    def cancel(self, id_: str) -> None:
        """Ask the process that works on an import to give it up, whichever it is."""
        with self._locked(id_):
            (self.at(id_) / CANCEL).touch(mode=0o600)

    def is_cancelled(self, id_: str) -> bool:
        """Tell whether somebody has asked to give it up."""
        return (self.at(id_) / CANCEL).exists()

    def at(self, id_: str) -> Path:
        """Return the folder of an import."""
        return self.folder / id_

    def files(self, id_: str) -> Path:
        """Return the folder with what was uploaded."""
        return self.at(id_) / FILES

    def rejects(self, id_: str) -> Path:
        """Return the folder with the rows that were rejected."""
        return self.at(id_) / REJECTS

    def mapping(self, record: Record) -> str | None:
        """Return the TOML through which an import is read; None where it is read as tables, or its rejects are kept no longer."""
        try:
            return (self.at(record.id) / MAPPING).read_text("utf-8") if record.mapped else None
        except OSError:
            return None

    def count(self, id_: str) -> int:
        """Return how many files were uploaded."""
        return sum(each.is_file() for each in self.files(id_).rglob("*"))

    def remove(self, id_: str) -> None:
        """Remove an import with all that was uploaded; ImportClosed while a job is under way."""
        with self._locked(id_) as record:
            if record.is_going and not record.is_orphaned:
                raise ImportClosed(f"import {id_} is under way; cancel it first, and remove it once it has ended")
            aside = self._aside(self.at(id_))
        removed(aside)

    def sweep(self, now: int, *, kept: int) -> None:
        """Remove the files that are kept no longer: the whole import where nothing was loaded of it, else all but its record.

        A record that cannot be read, as one that a power cut left without its bytes, is none once it is older than `kept` seconds.
        """
        over = 0
        for each in self.records():
            over += each.emptied
            with suppress(NoSuchImport, OSError):  # another process removes the same, or the disk is full: the next sweep has the rest
                self._swept(each.id, now, drop=each.emptied and over > MOST_RECORDS)
        for folder in list(self.folder.iterdir()) if self.folder.is_dir() else ():
            with suppress(OSError):
                if ASIDE.fullmatch(folder.name) or (ID.fullmatch(folder.name) and _is_lost(folder, now, kept)):
                    removed(folder)

    def clear_files(self, id_: str) -> None:
        """Remove what was uploaded, which nobody needs any more."""
        for each in (self.files(id_), self.at(id_) / PARTS):
            removed(each)

    def _swept(self, id_: str, now: int, *, drop: bool) -> None:
        """Set aside what is kept no longer of one import, all of it to `drop` it."""
        with self._locked(id_) as record:
            if drop or (not record.is_going and not record.emptied and record.expires_at <= now and record.summary is None):
                self._aside(self.at(id_))
            elif not record.is_going and not record.emptied and record.expires_at <= now:
                for each in (self.files(id_), self.at(id_) / PARTS, self.rejects(id_)):
                    if each.exists():
                        self._aside(each)
                (self.at(id_) / MAPPING).unlink(missing_ok=True)
                record.emptied = True
                self.save(record)
            else:
                _remove_old(self.at(id_) / PARTS, now)

    def _aside(self, path: Path) -> Path:
        """Rename a folder in one step to one that is nobody's, which is then removed, after a kill by the next sweep."""
        return path.rename(self.folder / f".{secrets.token_hex(8)}.removed")

    def _all(self) -> Iterator[Record]:
        for each in self.folder.iterdir():
            with suppress(NoSuchImport):
                yield self._read(each.name)

    def _read(self, id_: str) -> Record:
        missing = NoSuchImport(f"there is no import {id_[:40]!r}; it may have been removed, as what is not imported is after some time")
        if not ID.fullmatch(id_):
            raise missing
        try:
            return Record.read((self.at(id_) / RECORD).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            raise missing from None

    @contextmanager
    def _locked(self, id_: str) -> Generator[Record]:
        """Yield a record with the lock held, as it is then."""
        self._read(id_)  # without a record there may be no folder to lock
        with held(self.folder / ".lock"):
            yield self._read(id_)


def refuse_closed(record: Record) -> None:
    """Raise ImportClosed where files can no longer be added, and no job begun."""
    if record.is_going:
        raise ImportClosed(f"import {record.id} is {record.status.lower()}; wait until that has ended, or cancel it")
    if not record.is_open:
        raise ImportClosed(f"import {record.id} is done; begin another one")


def too_large(total: int, most: int) -> TooLarge:
    """Return the error of an import of more bytes than the settings allow."""
    return TooLarge(
        f"the import has {total:,} bytes or more, and at most {most:,} are allowed (CREATORGRAPH_IMPORT_MB); upload less, or in parts",
        limit=most,
    )


def in_the_way(record: Record) -> str:
    """Return which import keeps another from being begun, and what to do."""
    return (
        f"import {record.id}, started by the key {record.started_by!r}, is {record.status.lower()}; wait until it has ended, or cancel it"
    )


def _moved(part: Path, target: Path, name: PurePosixPath) -> None:
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.replace(target)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise BadUserInput(f"the file name {str(name)!r} is that of a folder, or lies in a file; rename one of the two") from None


def _lost(record: Record) -> None:
    if record.is_orphaned:  # it may have told meanwhile how it ended
        record.end(Status.FAILED, record.told(LOST), now=int(time()))


def _remove_old(parts: Path, now: int) -> None:
    """Remove what is left of uploads whose process was killed."""
    for each in parts.iterdir() if parts.is_dir() else ():
        if each.stat().st_mtime < now - PATIENCE:
            removed(each)


def _is_lost(folder: Path, now: int, kept: int) -> bool:
    """Tell whether a folder is that of no import, or of one whose record has not been readable for so long."""
    try:
        Record.read((folder / RECORD).read_bytes())
    except FileNotFoundError:
        return folder.stat().st_mtime < now - PATIENCE
    except (ValueError, KeyError, TypeError):
        return (folder / RECORD).stat().st_mtime < now - kept
    return False
