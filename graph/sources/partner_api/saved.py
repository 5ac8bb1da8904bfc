"""Which files of a folder are whose saved responses, of which endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph.rows import Note, Reject, Where
from graph.sources.faults import BadValue
from graph.sources.options import Options
from graph.sources.partner_api.endpoint import Endpoint
from graph.sources.partner_api.endpoints import ENDPOINTS
from graph.sources.partner_api.owners import FILES, Owner, owner_files, owner_of
from graph.sources.tables import ORDER, table_of

RATES: Final = "rates.csv"
BESIDE: Final = "table among responses; import it by itself"


@dataclass(frozen=True, slots=True)
class Saved:
    """A file of responses of one endpoint, or (`endpoint` None) an owner's rates."""

    owner: Owner
    path: Path
    name: str
    endpoint: Endpoint | None
    lines: bool = False


def is_owned(folder: Path) -> bool:
    """Tell whether an owner file lies in a folder or below it."""
    return bool(owner_files(folder)) or any(is_owned(below) for below in _entries(folder) if _is_folder(below))


def saved_files(folder: Path, options: Options) -> Iterator[Saved | Owner | Note | Reject]:
    """Walk a folder in path order; yield owners before what is theirs, and what is skipped with the reason."""
    yield from _walk(folder, folder, None, options)


def shown_path(path: Path, root: Path) -> str:
    """Return a path below `root` as it is stored and shown: with `/`, and always valid Unicode."""
    return path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def slug_of(name: str) -> Endpoint | None:
    """Return the endpoint whose slug a file's name starts with: the longest that fits, followed by no letter."""
    fitting = [slug for slug in ENDPOINTS if name.startswith(slug)]
    if not fitting:
        return None
    slug = max(fitting, key=len)
    return None if name[len(slug) :][:1].isalpha() else ENDPOINTS[slug]


def _walk(folder: Path, root: Path, owner: Owner | None, options: Options) -> Iterator[Saved | Owner | Note | Reject]:
    if files := owner_files(folder):
        try:
            owner = owner_of(files, options)
        except BadValue as fault:
            where = Where(shown_path(files[0], root), "")
            yield Reject(where, fault.column, fault.value, fault.rule, fault.remedy, table="owners")
            yield Note("folder without a valid owner file", where.file)
            return
        yield owner
    for path in _entries(folder):
        if path.is_symlink():
            yield Note("link not followed", shown_path(path, root))
        elif _is_folder(path):
            yield from _walk(path, root, owner, options)
        elif path.name not in FILES:
            yield _file(path, shown_path(path, root), owner)


def _file(path: Path, name: str, owner: Owner | None) -> Saved | Note:
    is_rates = path.name == RATES and owner is not None
    if path.is_file() and table_of(path) in ORDER and not is_rates:
        return Note(BESIDE, name)
    if owner is None:
        return Note("no owner file at or above", name)
    if is_rates and path.is_file():
        return Saved(owner, path, name, None)
    stem = path.name.removesuffix(".gz")
    endpoint = slug_of(path.name)
    if endpoint is None or not stem.endswith((".json", ".jsonl")) or not path.is_file():
        return Note("unknown file", name)
    return Saved(owner, path, name, endpoint, lines=stem.endswith(".jsonl"))


def _entries(folder: Path) -> list[Path]:
    """Return a folder's entries so that a walk meets all files in the order of their whole paths."""
    with os.scandir(folder) as found:
        entries = [(f"{e.name}/" if e.is_dir(follow_symlinks=False) else e.name, e.name) for e in found]
    return [folder / name for _, name in sorted(entries)]


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
