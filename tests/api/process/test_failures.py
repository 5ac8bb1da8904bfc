"""Failures of the machine become one line with a remedy; mistakes of ours keep their traceback."""

from __future__ import annotations

import errno
import os
import sqlite3

import pytest
from neo4j.exceptions import ServiceUnavailable, TransientError

from api.errors import BadUserInput
from api.process.failures import explained

OUT_OF_MEMORY = TransientError._hydrate_neo4j(code="Neo.TransientError.General.MemoryPoolOutOfMemoryError", message="The allocation of")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/full/file"), "/full/file: No space left on device; free some space"),
        (
            OSError(errno.EROFS, os.strerror(errno.EROFS), "/home"),
            "/home: Read-only file system; make it writable, or set CREATORGRAPH_HOME",
        ),
        (PermissionError(errno.EACCES, "Permission denied", "/home"), "/home: Permission denied; give this user access"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "/proc"), "/proc: No such file or directory; check that the path"),
        (NotADirectoryError(errno.ENOTDIR, "Not a directory", "/etc/passwd/x"), "/etc/passwd/x: Not a directory; check that the path"),
        (OSError(errno.EFBIG, "File too large", "/file"), "ulimit -f"),
        (
            sqlite3.OperationalError("database or disk is full"),
            "the keys cannot be read or written (database or disk is full); check the free",
        ),
        (ServiceUnavailable("Connection refused"), "the database failed (ServiceUnavailable: Connection refused); check the free space"),
        (
            TransientError._hydrate_neo4j(
                code="Neo.TransientError.General.MemoryPoolOutOfMemoryError", message="The allocation of an extra"
            ),
            "the database needs more memory for this than it has; raise CREATORGRAPH_HEAP_MB",
        ),
        (BadUserInput("first: 0 is too small"), "first: 0 is too small"),
        (ExceptionGroup("two", [ValueError("x"), OSError(errno.ENOSPC, "No space left on device", "/x")]), "/x: No space left on device"),
    ],
)
def test_it_is_told_in_one_line(error: Exception, words: str) -> None:
    told = explained(error)
    assert told is not None
    assert words in told
    assert "\n" not in told


def test_a_database_of_your_own_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "x")
    assert "check that bolt://127.0.0.1:1 runs and can be reached, then run" in (explained(ServiceUnavailable("Connection refused")) or "")


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), OSError("x"), ConnectionResetError(errno.ECONNRESET, "reset")])
def test_a_mistake_of_ours_is_not_explained_away(error: Exception) -> None:
    assert explained(error) is None
