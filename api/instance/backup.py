"""Backups of a whole instance: its graph, and what else its home keeps, sealed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from api.instance import contents
from api.instance.sealing import Opener, Seal, seal, unseal
from api.process.ending import at_last
from api.settings import Settings
from graph.errors import BackupError
from graph.server.archive import CONTENT, Archive, Manifest, refuse_place, workplace, write_archive

FOLDER: Final = "unfinished-backup"


@contextmanager
def sealed_parts(settings: Settings, environ: Mapping[str, str], given: Seal) -> Generator[dict[str, Path]]:
    """Yield the sealed parts of a backup of this home, by their names; they are removed after the block."""
    with _own_folder(settings.home) as folder:
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
    with sealed_parts(settings, environ, given) as parts:
        manifest = Manifest.now(parts)
        write_archive(file, manifest, parts)
    return manifest


@contextmanager
def unsealed_instance(home: Path, file: Path, given: Opener) -> Generator[Path]:
    """Yield a folder of `home` with what the backup in `file` holds of an instance, which is sound; removed after the block.

    BackupError where it holds nothing, cannot be opened, or is damaged.
    """
    with Archive(file) as archive, _own_folder(home) as folder:
        if CONTENT not in (archive.manifest.sealed or {}):
            raise BackupError(f"{file} holds the graph alone; give a backup that was made with --passphrase or --recipient")
        parts = {name: folder / name for name in archive.manifest.sealed or {}}
        for name, target in parts.items():
            archive.extract(name, target)
        plain = folder / "plain"
        plain.mkdir(mode=0o700)
        unseal(parts, given, plain, belongs=contents.belongs)
        if wrong := list(contents.problems(plain)):
            raise BackupError(f"{file}: what it holds of the instance cannot be used: {'; '.join(wrong)}; use another backup")
        yield plain


def sweep(home: Path) -> None:
    """Remove what a process that was killed left of a backup in a home: secrets, as they are."""
    if (home / FOLDER).exists():
        with suppress(BackupError, OSError), workplace(home / FOLDER):
            pass  # whoever begins anew there removes what was left


@contextmanager
def _own_folder(home: Path) -> Generator[Path]:
    """Yield a folder that is removed after the block, and where the process is cut off."""
    with workplace(home / FOLDER) as folder:
        at_last(partial(shutil.rmtree, folder, ignore_errors=True))
        yield folder
