"""A folder of event tables in Parquet: what a run reads, cut into parts by creator, with a manifest that says what it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from stat import S_ISREG
from typing import Any, Final

from api.errors import ApiError
from api.proof.manifest import package
from api.runs.result_folder import EVENTS, MANIFEST, manifest_of, result_folder, write_manifest, write_table
from scoring import proof
from scoring.errors import EventTableError
from scoring.facts import EVENT_TABLES, Period
from scoring.facts.events.arrow import Table, Tables, pa
from scoring.facts.events.checks import refuse_other_columns
from scoring.facts.events.parts import PARTED, SHARED, joined, parted, shared

PARTS: Final = 8
MOST_PARTS: Final = 4096
EARLIEST: Final = 0
LATEST: Final = 253_402_300_800
MOST_WINDOWS: Final = 10
LONGEST: Final = 3_660
SHOWN: Final = 200
DECLARED: Final = {each.name: each for each in EVENT_TABLES}
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
        parts = [self.part(number) for number in range(self.parts)]
        try:
            return joined(self.shared(), parts)
        except pa.ArrowException as error:
            raise EventFolderRefused(f"the parts of {self.path} have columns of different types ({str(error)[:SHOWN]}); {AGAIN}") from error

    def _files_of(self, table: str) -> list[str]:
        return [_shared_file(table)] if table in SHARED else [_part_file(table, number) for number in range(self.parts)]

    def _read(self, name: str) -> Table:
        """Return a file's table; EventFolderRefused where it is not the one that the manifest names."""
        file, told = self.path / name, self.files[name]
        try:
            content = _content(file, told["bytes"])
        except FileNotFoundError as error:
            raise EventFolderRefused(f"{file} is missing, but the manifest names it; {AGAIN}") from error
        except OSError as error:
            raise EventFolderRefused(f"{file} cannot be read ({error.strerror or error}); {AGAIN}") from error
        if proof.digest(content) != told["sha256"]:
            raise EventFolderRefused(f"{file} was changed since the manifest was written; {AGAIN}")
        table = _table(file, content)
        if table.num_rows != told["rows"]:
            raise EventFolderRefused(f"{file} has {table.num_rows:,} rows and not {told['rows']:,}, as the manifest says; {AGAIN}")
        return table


def write_events(path: Path, tables: Tables, period: Period, *, parts: int = PARTS, overwrite: bool = False) -> EventFolder:
    """Write event tables as the folder `path`, which stands there whole or not at all."""
    with result_folder(path, overwrite=overwrite) as aside:
        write_tables(aside, tables, period, parts=parts)
    return read_folder(path)


def write_tables(folder: Path, tables: Tables, period: Period, *, parts: int = PARTS) -> None:
    """Write event tables and their manifest into an empty folder."""
    files = {_shared_file(name): write_table(folder / _shared_file(name), table) for name, table in shared(tables).items()}
    for number, part in enumerate(parted(tables, parts)):
        files |= {_part_file(name, number): write_table(folder / _part_file(name, number), table) for name, table in part.items()}
    told = _head() | {"asOf": period.as_of, "windows": list(period.windows), "parts": parts, "files": files}
    write_manifest(folder, told)


def read_folder(path: Path) -> EventFolder:
    """Return a folder by its manifest; EventFolderRefused where there is none, or where it is of another version."""
    try:
        content = manifest_of(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise EventFolderRefused(f"{path} has no {MANIFEST}, so it is no folder of event tables, or not a whole one; {AGAIN}") from error
    except (OSError, ValueError) as error:
        raise EventFolderRefused(f"{path / MANIFEST} cannot be read ({error}); {AGAIN}") from error
    try:
        told = json.loads(content)
        _refuse_other(path, told)
        period, parts, files = _period(told), _whole(told["parts"]), dict(told["files"])
        if not 1 <= parts <= MOST_PARTS or set(files) != _names(parts):
            raise ValueError("it does not name each table of each part")
        known = {
            name: {"rows": _whole(file["rows"]), "bytes": _whole(file["bytes"]), "sha256": str(file["sha256"])}
            for name, file in files.items()
        }
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise EventFolderRefused(f"{path / MANIFEST} is not a manifest of event tables ({str(error)[:SHOWN]}); {AGAIN}") from error
    return EventFolder(path, period, parts, known, proof.digest(content))


def _period(told: Mapping[str, Any]) -> Period:
    """Return the period of a manifest; ValueError where no run has such a one."""
    as_of, windows = _whole(told["asOf"]), tuple(map(_whole, told["windows"]))
    if not EARLIEST <= as_of < LATEST:
        raise ValueError(f"asOf is {as_of}, which is not in the years 1970 to 9999")
    if not 1 <= len(windows) <= MOST_WINDOWS or len(set(windows)) != len(windows):
        raise ValueError(f"it has {len(windows)} windows; there are 1 to {MOST_WINDOWS}, and no two of the same length")
    if not all(1 <= days <= LONGEST for days in windows):
        raise ValueError(f"a window is not of 1 to {LONGEST} days")
    return Period(as_of, windows)


def _whole(value: object) -> int:
    """Return a number of a manifest; TypeError where it is not a whole one."""
    if type(value) is not int:
        raise TypeError(f"{str(value)[:SHOWN]} is not a whole number")
    return value


def _content(file: Path, size: int) -> bytes:
    """Return what is in a file of just that size; nothing else is opened, since a pipe would never end."""
    stat = file.stat()
    if not S_ISREG(stat.st_mode):
        raise EventFolderRefused(f"{file} is not a file; {AGAIN}")
    if stat.st_size != size:
        raise EventFolderRefused(f"{file} has {stat.st_size:,} bytes and not {size:,} since the manifest was written; {AGAIN}")
    return file.read_bytes()


def _table(file: Path, content: bytes) -> Table:
    """Return the declared columns of a Parquet file."""
    declared = DECLARED[file.stem]
    try:
        table = parquet.read_table(pa.BufferReader(content))
        refuse_other_columns(declared, table)
        return table.select([each.name for each in declared.columns])
    except (pa.ArrowException, OSError, LookupError, EventTableError) as error:
        raise EventFolderRefused(f"{file} is not what the manifest says ({str(error)[:SHOWN]}); {AGAIN}") from error


def _refuse_other(path: Path, told: Mapping[str, Any]) -> None:
    if told["format"] != EVENTS:
        raise EventFolderRefused(f"{path} has the format {str(told['format'])[:40]!r}, this creatorgraph reads {EVENTS!r}; {AGAIN}")
    if told["declarations"] != _declarations():
        raise EventFolderRefused(
            f"{path} was written by {str(told['package'])[:40]}, whose event tables have other columns than those of"
            f" {package()}; score it with that version, or {AGAIN}"
        )


def _head() -> dict[str, Any]:
    return {"format": EVENTS, "package": package(), "declarations": _declarations()}


def _declarations() -> str:
    """Return a digest of what the columns of event tables are called and hold."""
    told = [[table.name, [[each.name, each.type, each.unit, each.required] for each in table.columns]] for table in EVENT_TABLES]
    return proof.digest(proof.canonical(told))


def _names(parts: int) -> set[str]:
    return {*map(_shared_file, SHARED), *(_part_file(name, number) for name in PARTED for number in range(parts))}


def _shared_file(table: str) -> str:
    return f"shared/{table}.parquet"


def _part_file(table: str, number: int) -> str:
    return f"part-{number:05}/{table}.parquet"
