"""An archive of the classes that the server loads, parsed and linked: with it, the runtime starts in little more than half the time.

It is made once for a cache and its jars. The runtime itself checks that it fits, and starts without it where it does not.
"""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from graph.errors import ArchiveFailed

FOLDER: Final = "classes"
HEAP: Final = 768
LONGEST: Final = 4000
"""Characters of a line that the runtime still reads in a list of classes."""

SHOWN: Final = 300
"""Characters of what the runtime says."""

NAMES_OTHERS: Final = ("jaxb-runtime",)
"""Jars whose manifest names further jars: the runtime puts those behind them, and takes an archive only where none of the list follows."""


def ordered(jars: Iterable[Path]) -> list[Path]:
    """Return the jars as a class path with which archives are accepted."""
    return sorted(jars, key=lambda jar: jar.name.startswith(NAMES_OTHERS))


def place(cache: Path, release: Path, jars: Sequence[Path]) -> Path:
    """Return where the archive lies below `cache`, there or not; another `release` of the runtime, or a jar written anew, has another."""
    told = hashlib.sha256(release.read_bytes())
    for file in jars:
        status = file.stat()
        told.update(f"{file}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return cache / FOLDER / f"{told.hexdigest()[:16]}.jsa"


def listing(path: Path) -> str:
    """Return the option with which a server writes the classes that it loads to `path`."""
    return f"-XX:DumpLoadedClassList={path}"


def written(archive: Path, classes: Path, command: Sequence[str], environment: dict[str, str]) -> None:
    """Write the archive of the listed classes in one step, and remove those of other files; `command` begins a runtime.

    ArchiveFailed where the runtime or the disk refuses; nothing is left then.
    """
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".partial-", dir=archive.parent) as folder:
            readable, made = Path(folder) / "classes", Path(folder) / archive.name
            readable.write_text("".join(_readable(classes.read_text("utf-8").splitlines(keepends=True))), "utf-8")
            options = ("-Xshare:dump", f"-XX:SharedClassListFile={readable}", f"-XX:SharedArchiveFile={made}")
            done = subprocess.run(
                [*command, *options], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
            )
            if done.returncode or not made.exists():
                raise ArchiveFailed(f"no archive of the database's classes was made: {_reason(done.stdout + done.stderr)}")
            made.replace(archive)
    except OSError as error:
        raise ArchiveFailed(f"no archive of the database's classes was made: {archive}: {error.strerror}; free some space") from error
    for other in archive.parent.glob("*.jsa"):
        if other != archive:
            other.unlink(missing_ok=True)


def _readable(lines: Iterable[str]) -> Iterable[str]:
    """Leave out what the runtime would not find again, and what it cannot read."""
    return (line for line in lines if len(line) < LONGEST and "/$Proxy" not in line)


def _reason(said: str) -> str:
    lines = [" ".join(line.split()) for line in said.splitlines() if "[warning]" not in line]
    return " ".join(lines)[:SHOWN].strip() or "the runtime said nothing"
