"""What Neo4j does to a store while no server runs on it: fill, dump, load."""

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from graph.errors import OfflineCommandFailed
from graph.server.home import UNFINISHED, Home
from graph.server.process import PrivateServer
from graph.server.runtime import Runtime

MAIN: Final = "org.neo4j.server.startup.Neo4jAdminCommand"
DATABASE: Final = "neo4j"
NOT_THERE_YET: Final = 0
LAUNCHER_HEAP: Final = 128


@dataclass(frozen=True, slots=True)
class CsvGroup:
    """Files with one head line, for one kind: labels separated by `:` for nodes, a type for relationships."""

    kind: str
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Store:
    """A store that no server runs on, and what is needed to work on it."""

    home: Home
    runtime: Runtime
    heap: int

    def fill(self, nodes: Iterable[CsvGroup], relationships: Iterable[CsvGroup]) -> None:
        """Import CSV files into the store, which must be empty; a bad row fails it all.

        The head lines follow the importer's own form (`id:ID(Creator)`, `:START_ID(Creator)`, `views:long`, `tags:string[]`).
        """
        groups = [_option("--nodes", group) for group in nodes] + [_option("--relationships", group) for group in relationships]
        options = ("--overwrite-destination=true", "--bad-tolerance=0", "--multiline-fields=true")
        self._run("import", "full", DATABASE, *options, *groups)

    def dump(self, folder: Path) -> Path:
        """Write the store, which must have been stopped cleanly, to one file in `folder` and return it."""
        self._run("dump", DATABASE, f"--to-path={folder.absolute()}", "--overwrite-destination=true")
        return folder / f"{DATABASE}.dump"

    def load(self, folder: Path) -> None:
        """Read the store from the dump in `folder`."""
        self._run("load", DATABASE, f"--from-path={folder.absolute()}", "--overwrite-destination=true")

    def check(self) -> None:
        """Read all of the store, which must have been stopped cleanly, and refuse one that is inconsistent."""
        with tempfile.TemporaryDirectory() as report:
            self._run("check", DATABASE, f"--report-path={report}")

    def _run(self, *arguments: str) -> None:
        """Run one command; it starts a Java of its own, which takes its heap from the environment."""
        command = self.runtime.command(MAIN, "database", *arguments, "--verbose", heap=LAUNCHER_HEAP)
        folders = (("NEO4J_HOME", str(self.home.root)), ("NEO4J_CONF", str(self.home.configuration)), ("HEAP_SIZE", f"{self.heap}m"))
        # The importer leaves a report in the folder where it runs.
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                command, env=self.runtime.environment(folders), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True
            )
            if done.returncode:
                raise OfflineCommandFailed(f"neo4j {arguments[0]}: {_reason(done)}; fix that and try again, the data are unchanged")


def store_of(server: PrivateServer, home: Home) -> Store:
    """Return the store in `home`, to be worked on with the runtime and memory of `server`."""
    return Store(home, Runtime.ready(server.cache, progress=server.progress), server.memory.heap)


def replace_data(server: PrivateServer, make: Callable[[Store], None], *, check: Callable[[PrivateServer], None]) -> None:
    """Replace all that `server` holds by what `make` puts into an empty store and `check` finds good.

    The new store is started once before it takes the old one's place in one step; whatever fails before, or a kill,
    leaves the old one. Constraints and indexes are not made here.
    """
    with server.stopped() as home, tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=home.root) as folder:
        fresh = made(server, Path(folder), make, password=home.password())
        with replace(server, home=fresh.root) as started:
            check(started)
        home.adopt(fresh.data)


def made(server: PrivateServer, folder: Path, make: Callable[[Store], None], *, password: str | None = None) -> Home:
    """Return a home in an empty folder, with the store that `make` fills and the runtime and memory of `server`, whose data stay."""
    fresh = Home(folder)
    fresh.prepare()
    fresh.set_password(password or fresh.password())
    fresh.configure(port=NOT_THERE_YET, memory=server.memory)
    make(store_of(server, fresh))
    return fresh


def _option(name: str, group: CsvGroup) -> str:
    return f"{name}={group.kind}={','.join(str(file.absolute()) for file in group.files)}"


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    """Return the innermost cause that the command printed, with the file and line where it told them."""
    said = [line.strip() for line in (done.stderr or done.stdout).splitlines()]
    causes = [line.partition("Exception: ")[2] for line in said if "Exception: " in line]
    places = [line.removeprefix("data source: ") for line in said if line.startswith("data source: ")]
    told = [line for line in said if line and not line.startswith(("WARNING", "at ", "Files:"))]
    return " in ".join([*causes[-1:], *places[-1:]]) or " ".join(told[:3]) or f"exit code {done.returncode}"
