"""A folder of event tables in Parquet: what a run reads, cut into parts by creator, with a manifest that says what it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from api.errors import ApiError
from graph.exports.placing import placed
from scoring import proof
from scoring.facts import EVENT_TABLES, Period
from scoring.facts.events.arrow import Table, Tables, pa
from scoring.facts.events.parts import PARTED, SHARED, joined, parted, shared

FORMAT: Final = "creatorgraph-events-1"
MANIFEST: Final = "manifest.json"
PARTS: Final = 8
MOST_PARTS: Final = 4096
AGAIN: Final = "write it again with `creatorgraph export events`"

parquet: Final[Any] = import_module("pyarrow.parquet")


class EventFolderRefused(ApiError):
    """A folder of event tables is none, is not whole, was changed, or is of another version."""


@dataclass(frozen=True, slots=True)
class EventFolder:
    """A folder whose manifest was read; files are held against it when they are read."""

    path: Path
    period: Period
    parts: int
    files: Mapping[str, Mapping[str, Any]]
    manifest: str
    """Digest of the manifest, and so of everything that it names."""

    @property
    def rows(self) -> dict[str, int]:
        """Rows of each table, over all parts."""
        return {each.name: sum(self.files[file]["rows"] for file in self._files_of(each.name)) for each in EVENT_TABLES}

    @property
    def bytes(self) -> int:
        """Bytes of all tables on disk."""
        return sum(file["bytes"] for file in self.files.values())

    def shared(self) -> Tables:
        """Return the tables that every part needs."""
        return {name: self._read(_shared_file(name)) for name in SHARED}

    def part(self, number: int) -> Tables:
        """Return the other tables of one part."""
        return {name: self._read(_part_file(name, number)) for name in PARTED}

    def tables(self) -> Tables:
        """Return all event tables, whole."""
        return joined(self.shared(), [self.part(number) for number in range(self.parts)])

    def _files_of(self, table: str) -> list[str]:
        return [_shared_file(table)] if table in SHARED else [_part_file(table, number) for number in range(self.parts)]

    def _read(self, name: str) -> Table:
        """Return a file's table; EventFolderRefused where it is not the one that the manifest names."""
        told = self.files[name]
        try:
            content = (self.path / name).read_bytes()
        except FileNotFoundError as error:
            raise EventFolderRefused(f"{self.path / name} is missing, but the manifest names it; {AGAIN}") from error
        if hashlib.sha256(content).hexdigest() != told["sha256"]:
            what = "was changed" if len(content) == told["bytes"] else f"has {len(content):,} bytes and not {told['bytes']:,}"
            raise EventFolderRefused(f"{self.path / name} {what} since the manifest was written; {AGAIN}")
        return parquet.read_table(pa.BufferReader(content))


def write_events(path: Path, tables: Tables, period: Period, *, parts: int = PARTS, overwrite: bool = False) -> EventFolder:
    """Write event tables as the folder `path`, which stands there whole or not at all."""
    with placed(path, overwrite=overwrite) as aside:
        aside.mkdir(mode=0o700)
        files = {_shared_file(name): _written(aside / _shared_file(name), table) for name, table in shared(tables).items()}
        for number, part in enumerate(parted(tables, parts)):
            files |= {_part_file(name, number): _written(aside / _part_file(name, number), table) for name, table in part.items()}
        told = _head() | {"asOf": period.as_of, "windows": list(period.windows), "parts": parts, "files": files}
        (aside / MANIFEST).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return read_folder(path)


def read_folder(path: Path) -> EventFolder:
    """Return a folder by its manifest; EventFolderRefused where there is none, or where it is of another version."""
    try:
        content = (path / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EventFolderRefused(f"{path} has no {MANIFEST}, so it is no folder of event tables, or not a whole one; {AGAIN}") from error
    try:
        told = json.loads(content)
        _refuse_other(path, told)
        period, parts, files = Period(int(told["asOf"]), tuple(map(int, told["windows"]))), int(told["parts"]), dict(told["files"])
        if not 1 <= parts <= MOST_PARTS or set(files) != _names(parts):
            raise ValueError("it does not name each table of each part")
        known = {
            name: {"rows": int(file["rows"]), "bytes": int(file["bytes"]), "sha256": str(file["sha256"])} for name, file in files.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EventFolderRefused(f"{path / MANIFEST} is not a manifest of event tables ({error}); {AGAIN}") from error
    return EventFolder(path, period, parts, known, hashlib.sha256(content).hexdigest())


def _refuse_other(path: Path, told: Mapping[str, Any]) -> None:
    if told["format"] != FORMAT:
        raise EventFolderRefused(f"{path} has the format {str(told['format'])[:40]!r}, this creatorgraph reads {FORMAT!r}; {AGAIN}")
    if told["declarations"] != _declarations():
        raise EventFolderRefused(
            f"{path} was written by {str(told['package'])[:40]}, whose event tables have other columns than those of"
            f" {_package()}; score it with that version, or {AGAIN}"
        )


def _head() -> dict[str, Any]:
    return {"format": FORMAT, "package": _package(), "declarations": _declarations()}


def _package() -> str:
    return f"creatorgraph {version('creatorgraph')}"


def _declarations() -> str:
    """Return a digest of what the columns of event tables are called and hold."""
    told = [[table.name, [[each.name, each.type, each.unit, each.required] for each in table.columns]] for table in EVENT_TABLES]
    return proof.digest(proof.canonical(told))


def _written(file: Path, table: Table) -> dict[str, Any]:
    file.parent.mkdir(exist_ok=True)
    parquet.write_table(table, file, compression="zstd")
    content = file.read_bytes()
    return {"rows": table.num_rows, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _names(parts: int) -> set[str]:
    return {*map(_shared_file, SHARED), *(_part_file(name, number) for name in PARTED for number in range(parts))}


def _shared_file(table: str) -> str:
    return f"shared/{table}.parquet"


def _part_file(table: str, number: int) -> str:
    return f"part-{number:05}/{table}.parquet"
