"""What the files of SQLite that a home holds have in common."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager


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
