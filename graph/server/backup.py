"""Backups of the graph: made, checked and restored with Neo4j's own dump."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, LiteralString, TypeVar

from neo4j import AsyncDriver

from graph.connection import open_driver
from graph.digest import content_digest
from graph.errors import BackupError, OfflineCommandFailed
from graph.migrations import refuse_newer, schema_version
from graph.server.archive import DUMP, Archive, Manifest, refuse_place, sha256, workplace, write_archive
from graph.server.configuration import Memory
from graph.server.home import LEAST_FREE, UNFINISHED
from graph.server.offline import Store, made, replace_data, store_of
from graph.server.process import PrivateServer

Answer = TypeVar("Answer")
MODEST: Final = Memory(heap=1_024, page_cache=256)
UNPACKED: Final = 10
"""How many times as large as its dump a graph is at most, with the dump beside it."""


def back_up(
    server: PrivateServer, file: Path, *, digest: bool = False, overwrite: bool = False, sealed: Mapping[str, Path] | None = None
) -> Manifest:
    """Write all that `server` holds to `file`, with the `sealed` parts, and return the manifest.

    The server is started and stopped for it, since Community cannot be copied while it runs; so data left by a killed
    server are recovered first. Patient users wait meanwhile. `digest` reads the whole graph once more. Not for use inside an event loop.
    """
    refuse_place(file, overwrite=overwrite)
    with server:
        schema = _asked(server, schema_version)
        content = _asked(server, content_digest) if digest else None
    with server.stopped() as home, tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=home.root) as folder:
        dump = store_of(server, home).dump(Path(folder))
        manifest = replace(Manifest.now(sealed or {}), schema=schema, sha256=sha256(dump), size=dump.stat().st_size, digest=content)
        write_archive(file, manifest, {DUMP: dump, **(sealed or {})})
    return manifest


def restore(server: PrivateServer, file: Path) -> Manifest:
    """Replace all that `server` holds by the graph of the backup in `file`, and return its manifest.

    A backup that is damaged, or was made by a newer version, is refused, and the data stay. Patient users wait meanwhile.
    Not for use inside an event loop.
    """
    with Archive(file) as archive:

        def check(started: PrivateServer) -> None:
            _same(started, archive.manifest, file)
            _asked(started, _number_anew)

        replace_data(server, _loaded(archive, file), check=check)
    return archive.manifest


@dataclass(frozen=True, slots=True)
class GraphSize:
    """How much a backup's graph was found to hold."""

    nodes: int
    relationships: int


def verify(server: PrivateServer, file: Path) -> GraphSize:
    """Load the graph of the backup in `file` beside what `server` holds, which stays, and check it as a restore would, page by page too.

    It is loaded into a folder that is removed afterwards, and read with little memory. BackupError where there is no room for it, where a
    restore would be refused, and where Neo4j finds what is inconsistent. Not for use inside an event loop.
    """
    place = server.home.with_name(f"{server.home.name}-verifying")
    with Archive(file) as archive, workplace(place) as folder:
        _refuse_without_room(archive.manifest, place, file)
        load = _loaded(archive, file)

        def make(store: Store) -> None:
            load(store)
            try:
                store.check()
            except OfflineCommandFailed as error:
                raise BackupError(f"{file}: its graph is inconsistent, and was so when backed up ({error}); use another backup") from error

        modest = replace(server, memory=Memory(min(server.memory.heap, MODEST.heap), min(server.memory.page_cache, MODEST.page_cache)))
        with replace(modest, home=made(modest, folder, make).root) as started:
            _same(started, archive.manifest, file)
            return _asked(started, _sizes)


def _refuse_without_room(manifest: Manifest, place: Path, file: Path) -> None:
    needed, free = manifest.size * UNPACKED + LEAST_FREE, shutil.disk_usage(place).free
    if free < needed:
        raise BackupError(f"{place} has {free / 1e6:,.0f} MB free, and checking {file} needs up to {needed / 1e6:,.0f}; make room there")


NUMBER_ANEW: Final[LiteralString] = """
MATCH (state:State {id: 'data'})
SET state.version = CASE WHEN state.version < timestamp() THEN timestamp() ELSE state.version + 1 END
"""
SIZES: Final[LiteralString] = "RETURN COUNT { MATCH () } AS nodes, COUNT { MATCH ()-[]->() } AS relationships"


async def _number_anew(driver: AsyncDriver) -> None:
    """Give the data a version that they never had, so that a server takes nothing from its caches that is of other data."""
    await driver.execute_query(NUMBER_ANEW)


async def _sizes(driver: AsyncDriver) -> GraphSize:
    [record] = (await driver.execute_query(SIZES)).records
    return GraphSize(record["nodes"], record["relationships"])


def _loaded(archive: Archive, file: Path) -> Callable[[Store], None]:
    """Return what loads the graph of a backup into an empty store; refused where it has none, or one of a newer version."""
    manifest = archive.manifest
    if manifest.sha256 is None:
        raise BackupError(f"{file} holds no graph, only what is sealed; it was made of an instance whose database is another server's")
    refuse_newer(manifest.schema)

    def load(store: Store) -> None:
        with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=store.home.root) as folder:
            archive.extract(DUMP, Path(folder) / DUMP)
            store.load(Path(folder))

    return load


def _same(started: PrivateServer, manifest: Manifest, file: Path) -> None:
    """Refuse loaded data that are not what the backup's manifest says."""
    refuse_newer(_asked(started, schema_version))
    if manifest.digest and _asked(started, content_digest) != manifest.digest:
        raise BackupError(f"{file}: the restored data differ from the backup; the database was left unchanged")


def _asked(server: PrivateServer, question: Callable[[AsyncDriver], Awaitable[Answer]]) -> Answer:
    """Return what `question` answers about a running server."""

    async def answer() -> Answer:
        async with open_driver(server.uri, auth=server.auth) as driver:
            return await question(driver)

    return asyncio.run(answer())
