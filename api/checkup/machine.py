"""The machine: interpreter, system, memory, disk, clock."""

from __future__ import annotations

import platform as system
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil

from api.checkup.finding import Finding, Level, fail, graded, level_of, ok, warn
from api.settings import Settings
from graph.server import Memory

OLDEST_PYTHON: Final = (3, 11)
KNOWN_SYSTEMS: Final = ("Linux", "Darwin")
KNOWN_PROCESSORS: Final = ("x86_64", "AMD64", "aarch64", "arm64")
GIBIBYTE: Final = 2**30
BESIDE_HEAP_MB: Final = 700
SECONDS_APART: Final = 5
RELEASED: Final = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


def python(_: Settings) -> Iterator[Finding]:
    """Is the interpreter new enough?"""
    if sys.version_info >= OLDEST_PYTHON:
        yield ok("Python", system.python_version())
    else:
        yield fail("Python", f"{system.python_version()} is older than 3.11", "install Python 3.11 or later, then set up again")


def platform(settings: Settings) -> Iterator[Finding]:
    """Is this a system that the database's runtime is made for?"""
    found = f"{system.system()} {system.machine()}"
    if system.system() in KNOWN_SYSTEMS and system.machine() in KNOWN_PROCESSORS:
        yield ok("platform", found)
    elif settings.neo4j_uri:
        yield warn("platform", f"{found} is untested", "use Linux or macOS if something fails")
    else:
        yield fail("platform", f"{found} has no bundled runtime", "use Linux or macOS, or set NEO4J_URI to a Neo4j 5.26")


def memory(settings: Settings) -> Iterator[Finding]:
    """Is there room for the database, unless it runs elsewhere or already?"""
    modest = Memory.for_machine()
    needed = (settings.heap_mb or modest.heap) + (settings.page_cache_mb or modest.page_cache) + BESIDE_HEAP_MB
    free = psutil.virtual_memory().available / 2**20
    level = Level.OK if settings.neo4j_uri else level_of(free, enough=needed, least=needed / 2)
    text = f"{free:,.0f} MiB free" + ("" if settings.neo4j_uri else f", the database takes up to {needed:,} MiB")
    yield graded(level, "memory", text, "close some programs, or lower CREATORGRAPH_HEAP_MB and CREATORGRAPH_PAGE_CACHE_MB")


def disk(settings: Settings) -> Iterator[Finding]:
    """Is there room to write?"""
    for name, folder in (("home", settings.home), ("cache", settings.cache)):
        free = shutil.disk_usage(_existing(folder)).free / GIBIBYTE
        level = level_of(free, enough=4, least=0.5)
        yield graded(level, f"disk of {name}", f"{free:,.1f} GiB free at {folder}", f"free some, or set CREATORGRAPH_{name.upper()}")


def clock(settings: Settings) -> Iterator[Finding]:
    """Do the system's clock and the file system's agree, on a time after this was released?"""
    if time.time() < RELEASED:
        yield fail("clock", f"it is {datetime.now(UTC):%Y-%m-%d %H:%M} UTC here", "set the clock: scores depend on dates")
        return
    try:
        with tempfile.NamedTemporaryFile(dir=_existing(settings.home)) as file:
            apart = abs(Path(file.name).stat().st_mtime - time.time())
    except OSError as error:
        yield fail("clock", f"{settings.home} is not writable ({error.strerror})", "make it writable, or set CREATORGRAPH_HOME")
        return
    level = Level.OK if apart < SECONDS_APART else Level.FAIL
    yield graded(level, "clock", f"{apart:.1f} s from the file system's", "set both clocks by NTP")


def _existing(folder: Path) -> Path:
    """Return the folder or the nearest above it that exists."""
    return next(each for each in (folder, *folder.parents) if each.exists())
