"""The rejected rows of an import: files to fetch, the rows of one table to look at, and those that were mended, as a file to import."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import RawIOBase
from itertools import islice
from pathlib import Path
from typing import Any, Final

from api.imports.texts import printable
from graph import json_text
from graph.load.rejects import TABLES
from graph.model import TABLES as DECLARED

PIECE: Final = 64 * 1024
ROW: Final = "reject_"
"""Begins the columns that say what is wrong with a row."""

NAMES: Final = frozenset(each.name for each in DECLARED)


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row as it was rejected: its number in the file, from 1, where it stood, why, and its cells as text or as JSON."""

    row: int
    place: str
    column: str
    value: str
    rule: str
    remedy: str
    cells: Mapping[str, Any]


def reject_files(folder: Path) -> list[tuple[str, int]]:
    """Return the names of the files below a folder of rejects, as paths with /, and their bytes."""
    found = [each for each in sorted(folder.rglob("*")) if each.is_file()] if folder.is_dir() else []
    return [(each.relative_to(folder).as_posix(), each.stat().st_size) for each in found]


def rows_of(folder: Path, table: str, *, after: int = 0, most: int) -> list[RejectedRow]:
    """Return rejected rows of a table after a row's number, at most so many; none where none of the table were rejected."""
    found = (_row(number, line) for number, line in _lines(folder, table) if number > after)
    return list(islice((row for row in found if row is not None), most))


def rows_numbered(folder: Path, table: str, wanted: Collection[int]) -> dict[int, RejectedRow]:
    """Return the rejected rows of a table that have the wanted numbers, by number, as far as there are such."""
    rows = (_row(number, line) for number, line in islice(_lines(folder, table), max({0, *wanted})) if number in wanted)
    return {row.row: row for row in rows if row is not None}


def mended(row: RejectedRow, cells: Mapping[str, str | None]) -> bytes:
    """Return a row as a line of JSON with other cells; None leaves a cell empty."""
    values = {**row.cells, **cells}
    return json_text.dumps({name: value for name, value in values.items() if value is not None}) + b"\n"


def zipped(folder: Path, names: Sequence[str]) -> Iterator[bytes]:
    """Yield a zip of files of a folder, piece by piece; nothing of it is kept."""
    out = _Pieces()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            info = zipfile.ZipInfo.from_file(folder / name, name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with (folder / name).open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
                while piece := source.read(PIECE):
                    target.write(piece)
                    yield out.taken()
    yield out.taken()


class _Pieces(RawIOBase):
    """What a zip is written to, which cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self._content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        self._content += content
        return len(content)

    def taken(self) -> bytes:
        content, self._content = bytes(self._content), bytearray()
        return content


def _lines(folder: Path, table: str) -> Iterator[tuple[int, bytes]]:
    path = folder / TABLES / f"{table}.jsonl"
    if table in NAMES and path.is_file():
        with path.open("rb") as file:
            yield from enumerate(file, 1)


def _row(number: int, line: bytes) -> RejectedRow | None:
    """Return the row of a line; None for one that is not whole, as the last of an import that was killed or had no room."""
    if not line.endswith(b"\n"):
        return None
    try:
        record = json_text.loads(line)
    except ValueError:
        return None
    values: dict[str, Any] = record if isinstance(record, dict) else {}
    told = {name: printable(str(values.get(f"{ROW}{name}", ""))) for name in ("place", "column", "value", "rule", "remedy")}
    return RejectedRow(number, **told, cells={name: each for name, each in values.items() if not name.startswith(ROW)})
