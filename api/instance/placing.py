"""Putting a restored instance into its home, which no other process uses meanwhile, so that whoever was shut out since stays out."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from api.access import store
from api.access.sqlite import alone
from api.audit import files, note
from api.audit.checking import checked
from api.audit.note import Checkpoint, Signer
from api.errors import ApiError, LogDamaged
from api.instance.contents import ALL, DATABASES, SESSIONS, link_or_copy
from graph.errors import BackupError
from graph.server.home import write_private

UNFINISHED: Final = "unfinished-restore"
SUFFIXES: Final = ("", "-wal", "-shm")
"""How the files of one SQLite database end."""


class HomeInUse(ApiError):
    """Files of a home cannot be replaced while a process uses them."""


class RestoreUnfinished(ApiError):
    """A home has some files of before a restore and some of after it."""


@dataclass(slots=True)
class Hold:
    """A home that no other process uses: its keys, None where there are none that can be read, and why not."""

    home: Path
    keys: sqlite3.Connection | None = None
    notes: list[str] = field(default_factory=list[str])


@contextmanager
def hold(home: Path) -> Generator[Hold]:
    """Keep all other processes out of a home for a block; HomeInUse where one has it open. A damaged database keeps nobody out."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as stack:
        found = Hold(home)
        for name in (*DATABASES, SESSIONS):
            if not (home / name).exists():
                continue
            try:
                database = stack.enter_context(alone(home / name))
            except BlockingIOError:
                raise HomeInUse(
                    f"a process uses {home / name}; stop `creatorgraph serve` and commands of this home, then restore again"
                ) from None
            except sqlite3.DatabaseError as error:
                found.notes.append(f"{home / name} could not be read ({error}).")
                continue
            if name == store.FILE:
                found.keys = database
                store.refuse_newer(database, home / name)
        yield found


def refuse_unfinished(home: Path) -> None:
    """Refuse to serve from a home in which a restore was cut off."""
    if (home / UNFINISHED).exists():
        raise RestoreUnfinished(f"a restore into {home} was cut off; run `creatorgraph db restore` again with the same backup")


def place(folder: Path, found: Hold) -> Path | None:
    """Move what a backup held from `folder`, on the same disk, into the home; return where what was there lies now, None for nothing.

    Keys that were revoked or ended in the home, and accounts that were blocked, stay so. The home's own audit log stays where it goes on
    from the backup's. Each file is there at every moment, the old one or the new one; a kill is made good by the same restore again.
    """
    home, aside = found.home, found.home / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    _carry_refusals(folder, found)
    _keep_longer_log(folder, found)
    try:
        write_private(home / UNFINISHED, "")
        for name in ALL:
            if (folder / name).exists() or name in DATABASES:
                _replace(folder / name, home / name, aside)
        _replace(folder / SESSIONS, home / SESSIONS, aside)
        (home / UNFINISHED).unlink()
    except OSError as error:
        raise BackupError(
            f"{home} holds only a part of the backup ({error}); mend that and restore again; what was there is in {aside}"
        ) from error
    return aside if aside.exists() else None


def _carry_refusals(folder: Path, found: Hold) -> None:
    if not (folder / store.FILE).exists():
        return
    if found.keys is None:
        if found.notes:
            found.notes.append("Revoke again which keys were revoked since the backup.")
        return
    with closing(store.Store(folder)) as restored:
        restored.carry_refusals(found.keys)


def _keep_longer_log(folder: Path, found: Hold) -> None:
    """Leave out the backup's audit log where the home's, of the same key, is sound and goes on from it."""
    log, ours, theirs = found.home / files.FOLDER, found.home / note.FILE, folder / note.FILE
    if not (log.exists() and ours.exists() and theirs.exists() and ours.read_bytes() == theirs.read_bytes()):
        return
    file = files.LogFiles(folder / files.FOLDER).checkpoint
    try:
        trusted = [Checkpoint.read(file.read_bytes(), Signer.of(folder).verifier)] if file.exists() else []
        sound = checked(found.home, trusted).sound
    except LogDamaged:
        sound = False
    if sound:
        shutil.rmtree(folder / files.FOLDER, ignore_errors=True)
        theirs.unlink()
        found.notes.append("The home's own audit log was kept, since it goes on from the backup's.")


def _replace(new: Path, old: Path, aside: Path) -> None:
    """Keep what is at `old` aside, and put `new` there, if there is one."""
    for suffix in SUFFIXES:
        present = old.with_name(f"{old.name}{suffix}")
        if not present.exists():
            continue
        aside.mkdir(exist_ok=True, mode=0o700)
        if suffix or present.is_dir() or not new.exists():
            present.replace(aside / present.name)
        else:
            link_or_copy(present, aside / present.name)
    if new.exists():
        new.replace(old)
        _own(old)


def _own(path: Path) -> None:
    """Give what was restored by root to the owner of the home, who serves it."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        for each in (path, *(path.rglob("*") if path.is_dir() else ())):
            os.chown(each, owner.st_uid, owner.st_gid)
