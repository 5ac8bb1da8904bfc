"""A file or a folder that stands under its name only when it is whole."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from graph.exports.errors import ExportError, FileThere

PART: Final = ".part"
LONGEST_NAME: Final = 200


@contextmanager
def placed(path: Path, *, overwrite: bool = False) -> Generator[Path]:
    """Yield a name beside `path`, free to be made a file or a folder, that becomes `path` when the block ends well.

    What stands there is refused without `overwrite`, when the block begins and again when it ends. A block that fails
    leaves nothing; a process that is killed leaves a `.part`, never anything under `path`.
    """
    refuse_unfit(path, overwrite=overwrite)
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}{PART}")
    try:
        yield part
        _synced(part)
        refuse_unfit(path, overwrite=overwrite)
        _moved(part, path)
    except OSError as error:
        room = "free some space, or " if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        raise ExportError(f"{path}: {error.strerror or error}; {room}choose another location") from error
    finally:
        removed(part)


def refuse_unfit(path: Path, *, overwrite: bool) -> None:
    """Raise ExportError where nothing can be put, or where something stands that is not to be replaced."""
    if not path.name or len(path.name) > LONGEST_NAME:
        raise ExportError(f"{path} is not a valid file name; use at most {LONGEST_NAME} characters")
    if not path.parent.is_dir():
        raise ExportError(f"{path.parent} is not a folder; create it first, or choose another location")
    if os.path.lexists(path) and not overwrite:
        raise FileThere(f"{path} already exists; choose another name, or replace it with --overwrite")


def removed(path: Path) -> None:
    """Remove a file or a whole folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    elif os.path.lexists(path):  # where nothing can be written, removing what is not there fails too
        with suppress(FileNotFoundError):
            path.unlink()


def _moved(part: Path, path: Path) -> None:
    """Put the part under its name; a folder cannot replace another in one step, so the old one steps aside first."""
    if not os.path.lexists(path) or not (path.is_dir() or part.is_dir()):
        part.replace(path)
        return
    aside = path.with_name(f".{path.name}.{secrets.token_hex(6)}{PART}")
    path.replace(aside)
    try:
        part.replace(path)
    except OSError:
        aside.replace(path)
        raise
    removed(aside)


def _synced(part: Path) -> None:
    """Bring a file to the disk before its name does: a power cut leaves the whole or nothing."""
    for each in [part] if part.is_file() else [file for file in part.rglob("*") if file.is_file()]:
        with each.open("rb") as file:
            os.fsync(file.fileno())
