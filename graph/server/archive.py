"""The file of a backup: a tar of a manifest, and of the parts that it names."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final, Self

from graph.errors import BackupError
from graph.server.locks import take

FORMAT: Final = "creatorgraph backup 1"
MANIFEST: Final = "manifest.json"
DUMP: Final = "neo4j.dump"
CONTENT: Final = "instance.age"
IDENTITY: Final = "instance-identity.age"
"""What opens the content, itself sealed with a passphrase."""
SEALED: Final = frozenset({CONTENT, IDENTITY})
DAMAGED: Final = (KeyError, EOFError, OSError, tarfile.TarError, zlib.error)
"""What reading an archive that is cut off raises, packed or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself.

    `sha256` and `size` are those of the graph's dump, None and 0 in a backup without the graph; `digest` is the content digest
    of the graph, where it was asked for; `sealed` names the other parts with their SHA-256, which are for whoever can open them.
    """

    format: str
    schema: int | None
    product: str
    created_at: str
    sha256: str | None
    size: int
    digest: str | None = None
    sealed: Mapping[str, str] | None = None

    @classmethod
    def parsed(cls, text: bytes) -> Self:
        """Return the manifest in `text`, without what only a later version knows; ValueError or TypeError for anything else."""
        known = {each.name for each in fields(cls)}
        manifest = cls(**{name: value for name, value in json.loads(text).items() if name in known})
        if manifest.format != FORMAT or not SEALED.issuperset(manifest.sealed or ()):
            raise ValueError(manifest.format)
        return manifest

    @classmethod
    def now(cls, sealed: Mapping[str, Path]) -> Self:
        """Return the manifest of a backup made now of the sealed parts alone."""
        return cls(
            format=FORMAT,
            schema=None,
            product=version("creatorgraph"),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            sha256=None,
            size=0,
            sealed={name: sha256(part) for name, part in sealed.items()} or None,
        )

    @property
    def text(self) -> bytes:
        """The manifest as it is written; a part that is not there is not named, so that versions without it read the rest."""
        return json.dumps({name: value for name, value in asdict(self).items() if name != "sealed" or value}, indent=2).encode()

    @property
    def parts(self) -> dict[str, str]:
        """The SHA-256 of each part, by its name in the file."""
        return {**({DUMP: self.sha256} if self.sha256 else {}), **(self.sealed or {})}


class Archive:
    """A backup's file, opened, with all the parts that its manifest names; BackupError where it is no such file, or cut off."""

    def __init__(self, file: Path) -> None:
        """Open the file, and read its manifest."""
        self._file = file
        self._tar = _opened(file)
        try:
            self.manifest = self._manifest()
        except BaseException:
            self._tar.close()
            raise

    def __enter__(self) -> Self:
        """Close it with the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._tar.close()

    def extract(self, part: str, target: Path) -> None:
        """Copy a part out of the archive to `target`, refusing one that is not what the manifest says."""
        digest, said = hashlib.sha256(), self.manifest.parts[part]
        try:
            member = self._tar.extractfile(part)
            with target.open("wb") as copy:
                while member and (chunk := member.read(1 << 20)):
                    digest.update(chunk)
                    copy.write(chunk)
        except DAMAGED as error:
            raise self._damaged(error) from error
        if digest.hexdigest() != said:
            raise self._damaged(ValueError(f"the SHA-256 of {part} is {digest.hexdigest()}, and the manifest says {said}"))

    def _manifest(self) -> Manifest:
        """Return the manifest, which comes first, of an archive that is complete."""
        try:
            first = self._tar.next()
            member = self._tar.extractfile(first) if first and first.name == MANIFEST else None
            manifest = Manifest.parsed(member.read() if member else b"")
            for part in manifest.parts:
                self._tar.getmember(part)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise BackupError(f"{self._file} has no manifest of a creatorgraph backup; give a file that `db backup` wrote") from error
        except DAMAGED as error:
            raise self._damaged(error) from error
        return manifest

    def _damaged(self, error: Exception) -> BackupError:
        return BackupError(
            f"{self._file} is incomplete or damaged ({error}), as after an interrupted copy; copy it again from where it was made, "
            "or restore another backup"
        )


def read_manifest(file: Path) -> Manifest:
    """Return what the backup in `file` says of itself, without checking the rest."""
    with Archive(file) as archive:
        return archive.manifest


def write_archive(file: Path, manifest: Manifest, parts: Mapping[str, Path]) -> None:
    """Write manifest and parts to `file`, readable by this user only, in one rename."""
    partial = file.with_name(f".{file.name}.partial")
    text = manifest.text
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode = len(text), 0o600
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            with tarfile.open(fileobj=target, mode="w") as archive:
                archive.addfile(entry, io.BytesIO(text))
                for name, part in parts.items():
                    archive.add(part, name, filter=_nobodys)
            target.flush()
            os.fsync(target.fileno())
        partial.replace(file)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise BackupError(f"{file} cannot be written ({error.strerror}); choose a folder with room where you may write") from error


def refuse_place(file: Path, *, overwrite: bool) -> None:
    """Refuse a place where nothing can or may be written, before anything is stopped for it."""
    if file.exists() and not overwrite:
        raise BackupError(f"{file} already exists; choose another name, or replace it with --overwrite")
    try:
        with tempfile.TemporaryFile(dir=file.absolute().parent):
            pass
    except OSError as error:
        raise BackupError(f"{file} cannot be written ({error.strerror}); choose a folder that exists and where you may write") from error


@contextmanager
def workplace(folder: Path) -> Generator[Path]:
    """Yield an empty folder for work on a backup, which one process at a time has, and which is removed after the block."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = take(folder.with_name(f"{folder.name}.lock"), wait=False)
    if lock is None:
        raise BackupError(f"another process works on a backup in {folder}; wait until it has ended")
    try:
        shutil.rmtree(folder, ignore_errors=True)  # of one that was killed
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        try:
            shutil.rmtree(folder)
        finally:
            os.close(lock)


def sha256(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out whose file it was, and let its owner alone read it."""
    entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
    return entry


def _opened(file: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(file)
    except (OSError, tarfile.TarError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no tar archive"
        raise BackupError(f"{file} cannot be read as a backup ({reason}); name a file that `creatorgraph db backup` wrote") from error
