"""Backups of a whole instance: its graph, and what else its home keeps, sealed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.instance import contents
from api.instance.sealing import Opener, Seal, seal, unseal
from api.settings import Settings
from graph.errors import BackupError
from graph.server.archive import Archive, Manifest, refuse_place, workplace, write_archive
from graph.server.backup import empty

FOLDER: Final = "unfinished-backup"


@contextmanager
def sealed(settings: Settings, environ: Mapping[str, str], given: Seal) -> Generator[dict[str, Path]]:
    """Yield the sealed parts of a backup of this home, by their names; they are removed after the block."""
    with workplace(settings.home / FOLDER) as folder:
        plain = folder / "plain"
        try:
            plain.mkdir(mode=0o700)
            contents.collect(settings, environ, plain)
            parts = seal(plain, folder, given)
        except (OSError, sqlite3.Error) as error:
            raise BackupError(f"what {settings.home} holds cannot be copied ({error}); make room there, or mend what is named") from error
        shutil.rmtree(plain)
        yield parts


def back_up_instance(settings: Settings, environ: Mapping[str, str], file: Path, given: Seal, *, overwrite: bool) -> Manifest:
    """Write a backup without a graph, for an instance whose database is another server's, and return its manifest."""
    refuse_place(file, overwrite=overwrite)
    with sealed(settings, environ, given) as parts:
        manifest = empty(parts)
        write_archive(file, manifest, parts)
    return manifest


@dataclass(frozen=True, slots=True)
class Opened:
    """What a backup holds of an instance, opened, and what is wrong with it."""

    folder: Path
    names: list[str]
    problems: list[str]


@contextmanager
def opened(home: Path, file: Path, given: Opener) -> Generator[Opened]:
    """Yield what the backup in `file` holds of an instance, in a folder of `home`; BackupError where that is nothing, or stays sealed."""
    with Archive(file) as archive, workplace(home / FOLDER) as folder:
        if not archive.manifest.sealed:
            raise BackupError(f"{file} holds the graph alone; give a backup that was made with --passphrase or --recipient")
        parts = {name: folder / name for name in archive.manifest.sealed}
        for name, target in parts.items():
            archive.extract(name, target)
        plain = folder / "plain"
        plain.mkdir(mode=0o700)
        unseal(parts, given, plain)
        yield Opened(plain, contents.found(plain), list(contents.problems(plain)))
