"""What belongs to an instance beside its graph: copied while a service uses it, checked, and put in place."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from api.access import demo, sessions, store
from api.access.sqlite import copied, is_unused, opened
from api.audit import files, note, pseudonyms
from api.audit.checking import checked
from api.errors import ApiError, LogDamaged, ProofError
from api.graphql.execution import cursors
from api.proof import signing
from api.settings import Settings
from api.webhooks import store as webhooks
from graph.server.home import write_private
from graph.server.locks import held

SETTINGS: Final = "settings.env"
DATABASES: Final = (store.FILE, webhooks.FILE)
SECRETS: Final = (signing.FILE, cursors.FILE, note.FILE, demo.FILE)
LEFT: Final = (sessions.FILE,)
"""Not copied, and put aside by a restore: who is signed in with a browser, by keys that may be others."""
BESIDE: Final = ("", "-wal", "-shm")
"""How the files of one SQLite database end."""


class HomeInUse(ApiError):
    """Files of a home cannot be replaced while a process uses them."""


def collect(settings: Settings, environ: Mapping[str, str], folder: Path) -> None:
    """Copy to `folder` what the home of these settings keeps, also while a service writes it, and the variables that are set."""
    home = settings.home
    for name in DATABASES:
        if (home / name).exists():
            copied(home / name, folder / name)
    for name in SECRETS:
        with suppress(FileNotFoundError):
            shutil.copy2(home / name, folder / name)
    if (home / files.FOLDER).exists():
        _copy_log(files.LogFiles(home / files.FOLDER), folder / files.FOLDER)
    lines = [f"{name}={shlex.quote(environ[name])}\n" for name in _names() if name in environ]
    write_private(folder / SETTINGS, "".join(lines))


def problems(folder: Path) -> Iterator[str]:
    """Yield what is wrong with what was collected: a database that is damaged, a key that is none, an audit log that was changed."""
    for name in DATABASES:
        if (folder / name).exists():
            yield from (f"{name}: {each}" for each in _damage(folder / name))
    try:
        signing.public_key(folder)
    except ProofError as error:
        yield f"{signing.FILE}: {error}"
    if (folder / files.FOLDER).exists():
        try:
            yield from (f"{files.FOLDER}: {each}" for each in checked(folder).problems)
        except LogDamaged as error:
            yield f"{files.FOLDER}: {error}"


def refuse_if_used(home: Path) -> None:
    """Refuse a home whose keys some process has open; HomeInUse says what to stop."""
    for name in (*DATABASES, *LEFT):
        if (home / name).exists() and not is_unused(home / name):
            raise HomeInUse(f"a process uses {home / name}; stop `creatorgraph serve` and commands of this home, then restore again")


def put(folder: Path, home: Path) -> Path | None:
    """Move what was collected from `folder`, on the same disk, into a home that no process uses; return where what was there lies now.

    Keys that were revoked here, and accounts that were blocked, stay so.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = home / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    for name in (*DATABASES, *LEFT, *SECRETS, files.FOLDER, SETTINGS):
        for end in BESIDE:
            if (home / f"{name}{end}").exists():
                aside.mkdir(exist_ok=True, mode=0o700)
                (home / f"{name}{end}").replace(aside / f"{name}{end}")
        if (folder / name).exists():
            (folder / name).replace(home / name)
    if not aside.exists():
        return None
    _refuse_again(aside, home)
    return aside


def found(folder: Path) -> list[str]:
    """Return the names of what was collected."""
    return sorted(path.name for path in folder.iterdir())


def _names() -> list[str]:
    """Return the environment variables that set something, but for the place of the home itself."""
    named = (each.metadata["env"] for each in fields(Settings))
    return [name for name in named if name not in {"CREATORGRAPH_HOME", "CREATORGRAPH_CACHE"}]


def _refuse_again(before: Path, home: Path) -> None:
    if (before / store.FILE).exists() and (home / store.FILE).exists():
        with closing(store.Store(before)) as old, closing(store.Store(home)) as new:
            new.refuse_whom(old)


def _copy_log(log: files.LogFiles, folder: Path) -> None:
    """Copy a log as it is between two entries: its files are never changed, only replaced, so that another name for each will do."""
    with held(log.lock):
        for file in sorted(log.root.rglob("*")):
            if file.is_file() and file != log.lock and not file.name.startswith(pseudonyms.FILE):
                target = folder / file.relative_to(log.root)
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                os.link(file, target)
        if (log.root / pseudonyms.FILE).exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            copied(log.root / pseudonyms.FILE, folder / pseudonyms.FILE)


def _damage(file: Path) -> list[str]:
    try:
        with closing(opened(file)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if said == ["ok"] else said
