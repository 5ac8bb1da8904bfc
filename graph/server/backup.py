"""A backup: one file, a tar of a manifest and Neo4j's own dump."""

import asyncio
import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, LiteralString, Self, TypeVar

from neo4j import AsyncDriver

from graph.connection import open_driver
from graph.digest import content_digest
from graph.errors import BackupError
from graph.migrations import refuse_newer, schema_version
from graph.server.home import UNFINISHED
from graph.server.offline import DATABASE, Store, replace_data, store_of
from graph.server.process import PrivateServer

FORMAT: Final = "creatorgraph backup 1"
MANIFEST: Final = "manifest.json"
DUMP: Final = f"{DATABASE}.dump"
DAMAGED: Final = (KeyError, EOFError, OSError, tarfile.TarError, zlib.error)
"""What reading an archive that is cut off raises, packed or not."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself; `digest` is the content digest of the graph, where it was asked for."""

    format: str
    schema: int | None
    product: str
    created_at: str
    sha256: str
    size: int
    digest: str | None = None

    @classmethod
    def parsed(cls, text: bytes) -> Self:
        """Return the manifest in `text`; ValueError or TypeError for anything else."""
        manifest = cls(**json.loads(text))
        if manifest.format != FORMAT:
            raise ValueError(manifest.format)
        return manifest


def back_up(server: PrivateServer, file: Path, *, digest: bool = False, overwrite: bool = False) -> Manifest:
    """Write all that `server` holds to `file`, readable by this user only, and return its manifest.

    The server is started and stopped for it, since Community cannot be copied while it runs; so data left by a killed
    server are recovered first. Patient users wait meanwhile. `digest` reads the whole graph once more. Not for use inside an event loop.
    """
    if file.exists() and not overwrite:
        raise BackupError(f"{file} already exists; choose another name, or replace it with --overwrite")
    _probe(file)
    with server:
        schema = _asked(server, schema_version)
        content = _asked(server, content_digest) if digest else None
    with server.stopped() as home, tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=home.root) as folder:
        dump = store_of(server, home).dump(Path(folder))
        with dump.open("rb") as dumped:
            checksum = hashlib.file_digest(dumped, "sha256").hexdigest()
        manifest = Manifest(
            format=FORMAT,
            schema=schema,
            product=version("creatorgraph"),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256=checksum,
            size=dump.stat().st_size,
            digest=content,
        )
        _write(file, manifest, dump)
    return manifest


def restore(server: PrivateServer, file: Path) -> Manifest:
    """Replace all that `server` holds by the backup in `file`, and return its manifest.

    A backup that is damaged, or was made by a newer version, is refused, and the data stay. Patient users wait meanwhile.
    Not for use inside an event loop.
    """
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        refuse_newer(manifest.schema)

        def make(store: Store) -> None:
            with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=store.home.root) as folder:
                _extract(archive, manifest, Path(folder) / DUMP, file)
                store.load(Path(folder))

        def check(started: PrivateServer) -> None:
            refuse_newer(_asked(started, schema_version))
            if manifest.digest and _asked(started, content_digest) != manifest.digest:
                raise BackupError(f"{file}: the restored data differ from the backup; the database was left unchanged")
            _asked(started, _number_anew)

        replace_data(server, make, check=check)
    return manifest


NUMBER_ANEW: Final[LiteralString] = """
MATCH (state:State {id: 'data'})
SET state.version = CASE WHEN state.version < timestamp() THEN timestamp() ELSE state.version + 1 END
"""


async def _number_anew(driver: AsyncDriver) -> None:
    """Give the data a version that they never had, so that a server takes nothing from its caches that is of other data."""
    await driver.execute_query(NUMBER_ANEW)


def read_manifest(file: Path) -> Manifest:
    """Return what the backup in `file` says of itself, without checking the rest."""
    with _opened(file) as archive:
        return _manifest(archive, file)


def _write(file: Path, manifest: Manifest, dump: Path) -> None:
    """Write manifest and dump to `file` in one rename."""
    partial = file.with_name(f".{file.name}.partial")
    text = json.dumps(asdict(manifest), indent=2).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(text), 0o600
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            with tarfile.open(fileobj=target, mode="w") as archive:
                archive.addfile(entry, io.BytesIO(text))
                archive.add(dump, DUMP)
            target.flush()
            os.fsync(target.fileno())
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupError(f"{file} cannot be written ({error.strerror}); choose a folder with room where you may write") from error


def _probe(file: Path) -> None:
    """Refuse a place where nothing can be written, before anything is stopped for it."""
    try:
        with tempfile.TemporaryFile(dir=file.absolute().parent):
            pass
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror}); choose a folder that exists and where you may write") from error


def _opened(file: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(file)
    except (OSError, tarfile.TarError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no tar archive"
        raise BackupError(f"{file} cannot be read as a backup ({reason}); name a file that `creatorgraph db backup` wrote") from error


def _manifest(archive: tarfile.TarFile, file: Path) -> Manifest:
    """Return the manifest, which comes first, of an archive that is complete."""
    try:
        first = archive.next()
        member = archive.extractfile(first) if first and first.name == MANIFEST else None
        manifest = Manifest.parsed(member.read() if member else b"")
        archive.getmember(DUMP)
    except (ValueError, TypeError) as error:
        raise BackupError(f"{file} has no manifest of a creatorgraph backup; give a file that `db backup` wrote") from error
    except DAMAGED as error:
        raise _damaged(file, error) from error
    return manifest


def _damaged(file: Path, error: Exception) -> BackupError:
    return BackupError(
        f"{file} is incomplete or damaged ({error}), as after an interrupted copy; copy it again from where it was made, "
        "or restore another backup"
    )


def _extract(archive: tarfile.TarFile, manifest: Manifest, target: Path, file: Path) -> None:
    """Copy the dump out of the archive to `target`, refusing one that is not what the manifest says."""
    digest = hashlib.sha256()
    try:
        member = archive.extractfile(DUMP)
        with target.open("wb") as copy:
            while member and (chunk := member.read(1 << 20)):
                digest.update(chunk)
                copy.write(chunk)
    except DAMAGED as error:
        raise _damaged(file, error) from error
    if digest.hexdigest() != manifest.sha256:
        raise _damaged(file, ValueError(f"its SHA-256 is {digest.hexdigest()}, and its manifest says {manifest.sha256}"))


def _asked(server: PrivateServer, question: Callable[[AsyncDriver], Awaitable[Answer]]) -> Answer:
    """Return what `question` answers about a running server."""

    async def answer() -> Answer:
        async with open_driver(server.uri, auth=server.auth) as driver:
            return await question(driver)

    return asyncio.run(answer())
