"""Failures of the machine and of the database, each as one line that names what to do."""

from __future__ import annotations

import errno
import sqlite3
from typing import Final, cast

REMEDIES: Final = {
    errno.ENOSPC: "free some space there, or set CREATORGRAPH_HOME (and TMPDIR) to folders on another disk",
    errno.EDQUOT: "free some space there, or ask for a larger quota",
    errno.EFBIG: "raise the limit on the size of files (`ulimit -f`)",
    errno.EROFS: "make it writable, or set CREATORGRAPH_HOME to a folder that is",
    errno.EACCES: "give this user access to it, or set CREATORGRAPH_HOME to a folder of your own",
    errno.EPERM: "give this user access to it, or set CREATORGRAPH_HOME to a folder of your own",
    **dict.fromkeys(
        (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP, errno.EIO),
        "check that the path is right and its disk works, or set CREATORGRAPH_HOME to a folder where files can be created",
    ),
    errno.EMFILE: "raise the limit on open files (`ulimit -n`)",
    errno.ENOMEM: "close some programs, or lower CREATORGRAPH_HEAP_MB and CREATORGRAPH_PAGE_CACHE_MB",
}
OF_KEYS: Final = "check the free space and the permissions of CREATORGRAPH_HOME, which holds `access.sqlite`"
AGAIN: Final = "then run the command again; what was written before is kept"
OF_DATABASE: Final = f"check the free space of its disk and the folder `neo4j/logs` below CREATORGRAPH_HOME, {AGAIN}"

OF_MEMORY: Final = (
    "the database needs more memory for this than it has; raise CREATORGRAPH_HEAP_MB (or, of a database of your own, "
    "`dbms.memory.transaction.total.max`) and run the command again: what was written before is kept"
)

MESSAGE_SHOWN: Final = 160


def explained(error: Exception) -> str | None:
    """Return an error in one line with its remedy; None where it is a mistake of ours, whose traceback is needed."""
    # Imported late: a command that does not score should not wait for numerical libraries.
    from neo4j.exceptions import DriverError, Neo4jError

    from api.errors import ApiError
    from graph.codes import OUT_OF_MEMORY
    from graph.errors import GraphError
    from scoring.errors import ScoringError

    if isinstance(error, ApiError | GraphError | ScoringError):
        return str(error)
    if isinstance(error, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", error)
        return next((told for each in group.exceptions if isinstance(each, Exception) and (told := explained(each))), None)
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, sqlite3.OperationalError):
        return f"the keys cannot be read or written ({error}); {OF_KEYS}"
    if isinstance(error, Neo4jError) and error.code.endswith(OUT_OF_MEMORY):
        return OF_MEMORY
    if isinstance(error, DriverError) or (isinstance(error, Neo4jError) and not error.code.startswith("Neo.ClientError.Statement")):
        return _full_disk() or f"the database failed ({_first_line(error)}); {_remedy_of_database()}"
    return None


def _of_system(error: OSError) -> str | None:
    remedy = REMEDIES.get(error.errno or 0)
    if remedy is None:
        return None
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror}; {remedy}"


def _remedy_of_database() -> str:
    """Return what to do about a database that failed: ours, or the one that NEO4J_URI names."""
    from api.settings import SettingRefused, load

    try:
        uri = load().neo4j_uri
    except SettingRefused:
        uri = None
    return OF_DATABASE if uri is None else f"check that {uri} runs and can be reached, {AGAIN}"


def _full_disk() -> str | None:
    """Return what to do where the private database has no room, which its own errors name in many ways; None where that is not so."""
    from api.settings import SettingRefused, load
    from graph.server.home import Home

    try:
        settings = load()
        home = Home(settings.home)
        if settings.neo4j_uri is not None or not home.is_full:
            return None
    except (SettingRefused, OSError):
        return None
    return (
        f"{settings.home}: the disk is full ({home.free / 1e6:,.1f} MB are free), so the database stopped; free some space there, then run"
        " the command again: what was written before is kept"
    )


def _first_line(error: Exception) -> str:
    code, message = getattr(error, "code", None), getattr(error, "message", None) or str(error)
    return f"{code or type(error).__name__}: {message.partition(chr(10))[0][:MESSAGE_SHOWN]}".rstrip(": ")
