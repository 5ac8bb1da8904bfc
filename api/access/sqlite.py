"""What the files of SQLite that a home holds have in common."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path


def opened(file: Path, *, timeout: float = 5.0) -> sqlite3.Connection:
    """Open a file, made for its owner alone where it is missing; `timeout` is how many seconds to wait for another writer.

    A file that is there is never opened past SQLite. Whoever closes a descriptor of a file loses all locks that its process
    has on it, those of other connections among them; the next process to close the file then takes their log from under them.
    Source: https://www.sqlite.org/howtocorrupt.html, section 2.2.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    database = sqlite3.connect(file, timeout=timeout, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    return database


def copy_to(file: Path, target: Path) -> None:
    """Copy a file to a new one as it is between two changes, while others write it."""
    with closing(opened(file)) as source, closing(opened(target)) as copy:
        source.backup(copy)


@contextmanager
def alone(file: Path) -> Generator[sqlite3.Connection]:
    """Hold a file that nobody else has open, and yield the connection; BlockingIOError where somebody has.

    Only then does SQLite leave the journal that several share. `sqlite3.DatabaseError` for a file that is damaged.
    """
    try:
        database = opened(file, timeout=0)
    except sqlite3.OperationalError as error:
        raise _blocking(error) from error
    with closing(database):
        try:
            database.execute("PRAGMA journal_mode = DELETE")
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _blocking(error) from error
        yield database


def _blocking(error: sqlite3.OperationalError) -> Exception:
    return BlockingIOError(str(error)) if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} else error


@contextmanager
def writing(database: sqlite3.Connection) -> Generator[None]:
    """Have a block's changes made all or none, while no other process makes any; for connections that begin no transaction themselves."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def changes(database: sqlite3.Connection) -> int:
    """Return a number that differs once another connection has changed the file; costs microseconds."""
    return database.execute("PRAGMA data_version").fetchone()[0]
