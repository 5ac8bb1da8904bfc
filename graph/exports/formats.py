"""The formats by name, and which of them can hold what."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from graph.exports.columnar import OPENERS, Columnar, JsonLines, head
from graph.exports.errors import FormatRefused
from graph.exports.gexf import GEXF
from graph.exports.graphml import GraphML
from graph.exports.placing import PART, placed, removed
from graph.exports.sheets import Role, Row, Sheet, Source, Writer

GRAPHS: Final = ("graphml", "gexf")
TABLES: Final = tuple(OPENERS)
FORMATS: Final = (*GRAPHS, *TABLES)
PACKED: Final = frozenset({"parquet"})
"""Formats that are packed already, which a zip holds as they are."""

ABOUT: Final = "about.json"


def suffix(kind: str, sheets: Sequence[Sheet]) -> str:
    """Return how the name of a file of this format ends: several tables come in a zip."""
    return "zip" if kind in TABLES and len(sheets) > 1 else kind


def refuse_unfit(kind: str, sheets: Sequence[Sheet]) -> None:
    """Raise `FormatRefused` for a format that is unknown, or cannot hold these sheets."""
    if kind not in FORMATS:
        raise FormatRefused(f"{kind!r} is not a format; use one of {', '.join(FORMATS)}")
    if kind in GRAPHS and any(sheet.role is Role.ROWS for sheet in sheets):
        raise FormatRefused(f"{kind} holds nodes and edges, but this export is a table; use one of {', '.join(TABLES)}")


@contextmanager
def writing(path: Path, kind: str, source: Source, *, overwrite: bool = False) -> Generator[Writer]:
    """Yield the writer of a file or folder that stands under `path` when the block ends well; several tables become a folder, or a zip."""
    sheets = source.sheets
    refuse_unfit(kind, sheets)
    with placed(path, overwrite=overwrite) as part:
        if kind in GRAPHS:
            with part.open("w", encoding="utf-8", newline="\n") as file:
                graph = (
                    GraphML(file, sheets, source.facts) if kind == "graphml" else GEXF(file, sheets, source.facts, colours=source.colours)
                )
                yield graph
                graph.close()
        elif len(sheets) == 1 and path.suffix != ".zip":
            with _Files(part, kind, alone=True) as single:
                yield single
        else:
            with _tables(part, kind, source, zipped=path.suffix == ".zip") as folder:
                yield folder


@contextmanager
def _tables(part: Path, kind: str, source: Source, *, zipped: bool) -> Generator[Writer]:
    """Yield the writer of a folder of tables, which ends as a zip where one is wanted."""
    folder = part.with_name(f"{part.name}.d{PART}") if zipped else part
    try:
        folder.mkdir()
        with _Files(folder, kind) as files:
            yield files
        (folder / ABOUT).write_text(head(source.sheets, source.facts, kind), "utf-8")
        if zipped:
            _zip(folder, part, zipfile.ZIP_STORED if kind in PACKED else zipfile.ZIP_DEFLATED)
    finally:
        if zipped:
            removed(folder)


class _Files:
    """Writes each sheet into a file of its own, one open at a time; `alone` takes the path as the only file's."""

    def __init__(self, path: Path, kind: str, *, alone: bool = False) -> None:
        self._path, self._kind, self._alone, self._open = path, kind, alone, ExitStack()
        self._writer: Columnar | JsonLines | None = None

    def begin(self, sheet: Sheet) -> None:
        self._finish()
        path = self._path if self._alone else self._path / f"{sheet.name}.{self._kind}"
        path.parent.mkdir(exist_ok=True)
        self._writer = OPENERS[self._kind](self._open.enter_context(path.open("wb")), sheet)

    def rows(self, rows: Sequence[Row]) -> None:
        assert self._writer is not None
        self._writer.rows(rows)

    def close(self) -> None:
        self._finish()

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        # Also after a failure: a writer that is left open would end its file when it is collected, long after that is closed.
        self._finish()

    def _finish(self) -> None:
        writer, self._writer = self._writer, None
        with self._open:
            if writer is not None:
                writer.close()


def _zip(folder: Path, path: Path, method: int) -> None:
    """Pack a folder; entries bear no time, so that the same export is the same file."""
    with zipfile.ZipFile(path, "w") as packed:
        for each in sorted(file for file in folder.rglob("*") if file.is_file()):
            entry = zipfile.ZipInfo(each.relative_to(folder).as_posix())
            entry.compress_type, entry.external_attr = method, 0o600 << 16
            with each.open("rb") as source, packed.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
