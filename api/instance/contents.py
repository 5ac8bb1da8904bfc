"""What belongs to an instance beside its graph: copied while a service uses it, and checked."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import fields
from pathlib import Path, PurePosixPath
from typing import Final

from api.access import demo, sessions, store
from api.access.sqlite import copy_to, opened
from api.audit import files, note, pseudonyms
from api.audit.checking import checked
from api.errors import AccessError, LogDamaged, ProofError
from api.graphql.execution import cursors
from api.proof import signing
from api.settings import Settings
from api.webhooks import store as webhooks
from graph.server.home import write_private
from graph.server.locks import held

SETTINGS: Final = "settings.env"
DATABASES: Final = (store.FILE, webhooks.FILE)
SESSIONS: Final = sessions.FILE
"""Not copied: who is signed in with a browser, by keys that may be others after a restore."""
SECRETS: Final = (signing.FILE, cursors.FILE, demo.FILE)
LOG: Final = (files.FOLDER, note.FILE)
"""The audit log, and the key that signs it."""
ALL: Final = (*LOG, *SECRETS, SETTINGS, *DATABASES)


def collect(settings: Settings, environ: Mapping[str, str], folder: Path) -> None:
    """Copy to `folder`, on the same disk, what the home of these settings keeps, also while a service writes it, and the settings set."""
    home = settings.home
    for name in DATABASES:
        if (home / name).exists():
            copy_to(home / name, folder / name)
    for name in (*SECRETS, note.FILE):
        with suppress(FileNotFoundError):
            shutil.copy2(home / name, folder / name)
    if (home / files.FOLDER).exists():
        _copy_log(files.LogFiles(home / files.FOLDER), folder / files.FOLDER)
    lines = [f"{name}={shlex.quote(environ[name])}\n" for name in _variables() if name in environ]
    write_private(folder / SETTINGS, "".join(lines))


def belongs(path: PurePosixPath) -> bool:
    """Tell whether a file of an instance may have this path within its folder."""
    inside = path.parts[0] == files.FOLDER and len(path.parts) > 1 and ".." not in path.parts
    return inside or (len(path.parts) == 1 and path.name in ALL and path.name != files.FOLDER)


def names(folder: Path) -> list[str]:
    """Return the names of what was collected."""
    return sorted(path.name for path in folder.iterdir())


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with what was collected: a damaged or newer database, a key that is none, an audit log that was changed."""
    for name in DATABASES:
        if (folder / name).exists():
            yield from (f"{name}: {each}" for each in _damage(folder / name))
    try:
        if (folder / store.FILE).exists():
            store.Store(folder).close()
        signing.public_key(folder)
    except (AccessError, ProofError) as error:
        yield str(error.message)
    except sqlite3.DatabaseError:
        pass  # told above
    if (folder / files.FOLDER).exists():
        yield from (f"{files.FOLDER}: {each}" for each in _wrong_in_log(folder))


def _wrong_in_log(folder: Path) -> list[str]:
    if not (folder / note.FILE).exists():
        return [f"{note.FILE}, which signs it, is missing"]
    try:
        return checked(folder).problems
    except LogDamaged as error:
        return [error.message]


def _variables() -> list[str]:
    """Return the environment variables that set something, but for the places of the home and of the cache."""
    named: list[str] = [each.metadata["env"] for each in fields(Settings)]
    return [name for name in named if name not in {"CREATORGRAPH_HOME", "CREATORGRAPH_CACHE"}]


def _copy_log(log: files.LogFiles, folder: Path) -> None:
    """Copy a log as it is between two entries: its files are never changed, only replaced, so that another name for each will do."""
    folder.mkdir(mode=0o700)
    with held(log.lock):
        for file in sorted(log.root.rglob("*")):
            if file.is_file() and file != log.lock and not file.name.startswith(pseudonyms.FILE):
                target = folder / file.relative_to(log.root)
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                link_or_copy(file, target)
    if (log.root / pseudonyms.FILE).exists():  # written before the entries that lead to it
        copy_to(log.root / pseudonyms.FILE, folder / pseudonyms.FILE)


def link_or_copy(file: Path, target: Path) -> None:
    """Give a file that is only ever replaced another name; where that cannot be, as on another disk, copy it."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copy2(file, target)


def _damage(file: Path) -> list[str]:
    try:
        with closing(opened(file)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if said == ["ok"] else said
