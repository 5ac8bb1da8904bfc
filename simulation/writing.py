"""The market on disk: one file a table, the same bytes for the same market."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from typing import Any, Final, cast

import orjson

from simulation.arrow import Table, pq
from simulation.errors import FolderRefused

BATCH: Final = 20_000


class Format(StrEnum):
    """The formats in which tables can be written."""

    PARQUET = "parquet"
    CSV = "csv"
    CSV_GZ = "csv.gz"
    JSONL = "jsonl"


def write_tables(
    tables: Mapping[str, Table], folder: Path, *, format_: Format = Format.PARQUET, progress: Callable[[str], None] = lambda _name: None
) -> list[Path]:
    """Write each table to `folder/<name>.<format>` and return the paths; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name, table in tables.items():
        progress(name)
        path = folder / f"{name}.{format_}"
        WRITERS[format_](table, path)
        written.append(path)
    return written


def emptied(folder: Path, *, overwrite: bool, parts: Iterable[str]) -> None:
    """Make sure that nothing old is mixed with what will be written.

    A folder that holds anything raises FolderRefused; with `overwrite`, the files and folders in it that are called as
    one of `parts` are removed, and nothing else.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not overwrite:
        raise FolderRefused(f"{folder} is not empty; name another folder, or add --overwrite to replace the market in it")
    for path in (folder / part for part in parts):
        if path.is_dir() and not path.is_symlink():
            rmtree(path)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def undone_on_failure(places: Mapping[Path, Iterable[str]]) -> Generator[None]:
    """Leave no half of a market: whatever ends the block early, the files and folders that it wrote are removed again.

    `places` says for each folder what the files and folders in it can be called.
    """
    missing = [folder for folder in places if not folder.exists()]
    try:
        yield
    except BaseException:
        for folder, parts in places.items():
            with suppress(OSError):
                emptied(folder, overwrite=True, parts=parts)
                if folder in missing:
                    folder.rmdir()
        raise


def files_of(names: Iterable[str]) -> list[str]:
    """Return the names that files of these tables can have, in any format."""
    return [f"{name}.{format_}" for name in names for format_ in Format]


def refuse_inside(inner: Path, outer: Path) -> None:
    """Raise FolderRefused where `inner` is `outer` or lies in it: an import of `outer` would meet it."""
    if inner.resolve().is_relative_to(outer.resolve()):
        raise FolderRefused(f"{inner} lies in {outer}, which is made to be imported; name a folder outside of it")


def _parquet(table: Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd")


def _csv(table: Table, path: Path) -> None:
    with path.open("wb") as file:
        _csv_into(table, file)


def _csv_gz(table: Table, path: Path) -> None:
    with path.open("wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed:
        _csv_into(table, packed)


def _csv_into(table: Table, file: Any) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(table.column_names)
    for batch in table.to_batches(BATCH):
        lines.writerows(zip(*([_cell(value) for value in column.to_pylist()] for column in batch.columns), strict=True))
    text.flush()
    text.detach()


def _cell(value: Any) -> Any:
    """Write lists separated by `|` and truth as `true` or `false`."""
    if isinstance(value, list):
        return "|".join(str(_cell(each)) for each in cast("list[Any]", value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _jsonl(table: Table, path: Path) -> None:
    with path.open("wb") as file:
        for batch in table.to_batches(BATCH):
            for row in batch.to_pylist():
                present = {name: value for name, value in row.items() if value is not None}
                file.write(orjson.dumps(present, option=orjson.OPT_APPEND_NEWLINE))


WRITERS: Final[dict[Format, Callable[[Table, Path], None]]] = {
    Format.PARQUET: _parquet,
    Format.CSV: _csv,
    Format.CSV_GZ: _csv_gz,
    Format.JSONL: _jsonl,
}
