"""The jars that the private Neo4j runs on: listed in a lock, checked, cached once per user."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from graph.errors import JarRefused, JarUnavailable
from graph.server.artifacts import download

LOCK: Final = Path(__file__).with_name("jars.lock")
DOWNLOADS_AT_ONCE: Final = 8

Progress = Callable[[int, int], None]
"""Told the bytes done and the bytes in all."""

Source = Callable[[str, Path], Path]
"""Brings the file of a coordinate into a folder and returns its path."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the lock."""

    coordinate: str
    sha256: str
    size: int

    @property
    def path(self) -> str:
        """Where it lies below the cache: its group as a folder, then a name that tells the version."""
        group, *rest = self.coordinate.split(":")
        return f"{group}/{'-'.join(rest)}.jar"


def locked_jars(lock: Path = LOCK) -> tuple[Jar, ...]:
    """Return the jars of a lock file, in its order."""
    lines = (line.split() for line in lock.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return tuple(Jar(coordinate, sha256, int(size)) for coordinate, sha256, size in lines)


def cached_jars(
    cache: Path, jars: Iterable[Jar] | None = None, *, progress: Progress | None = None, source: Source = download
) -> list[Path]:
    """Return the paths of the jars below `cache`, downloading what is absent.

    Every jar is checked each time (0.1 s for all): a file that rotted in the cache is fetched again,
    and one that arrives with a wrong sum is refused with `JarRefused`.
    """
    wanted = locked_jars() if jars is None else tuple(jars)
    absent = [jar for jar in wanted if not is_intact(cache / jar.path, jar)]
    total = sum(jar.size for jar in wanted)
    done = total - sum(jar.size for jar in absent)
    if progress:
        progress(done, total)
    with ThreadPoolExecutor(DOWNLOADS_AT_ONCE) as pool:
        for jar in pool.map(partial(_fetched, cache=cache, source=source), absent):
            done += jar.size
            if progress:
                progress(done, total)
    return [cache / jar.path for jar in wanted]


def is_intact(path: Path, jar: Jar) -> bool:
    """Tell whether `path` holds exactly what the lock says of `jar`."""
    if not path.is_file() or path.stat().st_size != jar.size:
        return False
    return _sha256(path) == jar.sha256


def _fetched(jar: Jar, *, cache: Path, source: Source) -> Jar:
    """Bring one jar into the cache in a single rename, so that a kill leaves it whole or absent."""
    target = cache / jar.path
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".partial-", dir=target.parent) as folder:
        try:
            file = source(jar.coordinate, Path(folder))
        except Exception as error:
            raise JarUnavailable(
                f"{jar.coordinate} could not be downloaded ({error}); the first start requires network access: "
                "try again, completed downloads are kept"
            ) from error
        if not is_intact(file, jar):
            raise JarRefused(
                f"{jar.coordinate}: the download has the checksum {_sha256(file)}, but the lock file has {jar.sha256}; "
                "it was deleted: try again, and if the error persists, do not trust the network connection"
            )
        file.replace(target)
    return jar


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
