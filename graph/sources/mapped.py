"""Tables of other shapes to rows, as a mapping file says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, Final

from graph.model import table
from graph.rows import Item, Note, Reject, Where
from graph.sources.encodings import shown_name
from graph.sources.faults import BadMapping, BadValue
from graph.sources.mapped_values import found_at, is_there, items_of, values_of
from graph.sources.mapping import SourceMapping, Target, load_mapping
from graph.sources.tables.checks import OF_REJECTS, REPEATED, TableReader, rejected, row_text
from graph.sources.tables.formats import EXTENSIONS, Record, assumptions, is_json, records

NOT_MAPPED: Final = "file not in the mapping"
MOST_NOTED = 100
"""A broken file could have millions of names."""


def read_mapped(folder: Path, mapping: Path, *, alone: bool = True) -> Iterator[Item]:
    """Yield the rows that a mapping makes of a folder's files (or of one file), or of what was rejected of them before.

    BadMapping where the mapping is unsound or takes none of the files, and on reading where the only file lacks a column that it names;
    of several, such a file is rejected, also where the folder is not read `alone`.
    """
    rules = load_mapping(mapping)
    files = [folder] if folder.is_file() else sorted(p for p in folder.iterdir() if p.is_file() and not p.is_symlink())
    taken = [path for path in files if rules.takes(path.name) and path.name.lower().endswith(EXTENSIONS)]
    unread = [path.name for path in files if rules.takes(path.name)]
    if not taken and unread:
        raise BadMapping(f"{', '.join(unread[:5])}: unsupported kind of file; save it as CSV, JSON Lines, JSON or Parquet")
    if not taken:
        raise BadMapping(f"{mapping.name}: no file in {folder} is called {' or '.join(rules.files)}; correct [source] files")
    notes = [Note(NOT_MAPPED, shown_name(path)) for path in files if path not in taken]
    return chain(notes, _items(taken, rules, alone=alone and len(taken) == 1))


def _items(taken: list[Path], rules: SourceMapping, *, alone: bool) -> Iterator[Item]:
    for path in taken:
        try:
            yield from _file(path, rules)
        except BadMapping as error:
            if alone:
                raise
            name = shown_name(path)
            yield Reject(Where(name, ""), "", name, str(error), "correct the names in the mapping", table=rules.targets[0].table)


def _file(path: Path, rules: SourceMapping) -> Iterator[Item]:
    name = shown_name(path)
    yield from assumptions(path, rules.layout, name)
    made = RecordReader(rules, name)
    names, place = _Names(rules.source_columns), None
    try:
        for place, _, record in records(path, rules.layout):
            if not isinstance(record, BadValue):
                if not names.any:
                    check_columns(path, record, rules)
                names.see(record)
            yield from made.read(record, place)
    except BadValue as fault:
        yield rejected(fault, {}, name, "", rules.targets[0].table)
    else:
        yield from () if place is not None else (Note("empty file", name),)
    yield from names.notes(name)
    yield from made.notes()


class RecordReader:
    """Turns the records of one file into the rows of the mapping's tables."""

    def __init__(self, rules: SourceMapping, file: str) -> None:
        self._rules, self._file = rules, file
        self._readers = [(target, TableReader(table(target.table), file)) for target in rules.targets]
        self._positions = count(1)

    def read(self, record: Record, place: str, *, most: int | None = None) -> Iterator[Item]:
        """Yield the rows of one record, all of them or, where one is unsound, its reject alone: the record is corrected as a whole.

        `most` is how many rows are made and looked at, where not all are wanted.
        """
        if isinstance(record, BadValue):
            yield rejected(record, row_text(record), self._file, place, self._rules.targets[0].table)
            return
        items = list(islice(self._items(record, place), most))
        fault = next((item for item in items if isinstance(item, Reject)), None)
        yield from items if fault is None else (fault,)

    def notes(self) -> Iterator[Note]:
        """Yield the notes of each table; what other tables of the mapping refer to comes again with each of their rows."""
        named = {getattr(target.columns[name], "node", None) for target in self._rules.targets for name in target.cells}
        for _, reader in self._readers:
            yield from (note for note in reader.notes() if note.kind != REPEATED or reader.table.node not in named)

    def _items(self, record: dict[str, Any], place: str) -> Iterator[Item]:
        for target, reader in self._readers:
            for made in made_of(record, target, self._rules):
                yield from reader.read(made, place, next(self._positions), raw=record)


class _Names:
    """Which names of a source's records the mapping leaves out, and which of its own no record has."""

    def __init__(self, mapped: frozenset[str]) -> None:
        self.any = False
        self._mapped = mapped
        self._known = set(mapped | OF_REJECTS)
        self._unseen = set(mapped)
        self._unmapped: dict[str, int] = {}

    def see(self, record: Mapping[str, Any]) -> None:
        """Look at one record."""
        self.any = True
        if self._unseen:
            self._unseen -= {name for name in self._unseen if is_there(record, name)}
        if not record.keys() <= self._known and len(self._known) <= len(self._mapped) + MOST_NOTED:
            new = record.keys() - self._known
            self._known |= new
            self._unmapped |= {name: 0 for name in new if not any(each.startswith(f"{name}.") for each in self._mapped)}
        for name in self._unmapped:
            if name in record:
                self._unmapped[name] += 1

    def notes(self, file: str) -> Iterator[Note]:
        """Yield a note for each such name, if there was any record; what is left out counts in records, as it does everywhere."""
        for name, times in sorted(self._unmapped.items()):
            yield Note("column not mapped", name[:80], file, times)
        for name in sorted(self._unseen) if self.any else ():
            yield Note("mapped column that no record has", name[:80], file)


def check_columns(path: Path, record: Mapping[str, Any], rules: SourceMapping) -> None:
    """Raise BadMapping where the mapping names a column that is not there."""
    missing = [name for name in sorted(rules.source_columns) if not is_there(record, name)]
    # JSON objects may leave out what is empty, at the top or in an object within; rows of the other formats have every column.
    missing = [] if is_json(path) else [name for name in missing if name.partition(".")[0] not in record]
    if missing:
        raise BadMapping(f"{path.name}: no column {', '.join(missing)}; it has {', '.join(record)}")


def made_of(record: dict[str, Any], target: Target, rules: SourceMapping) -> Iterator[Record]:
    """Yield the cells that a source's record becomes in one table, or what is wrong with them."""
    for each in _exploded(record, target):
        try:
            yield values_of(each, target, rules)
        except BadValue as fault:
            yield fault


def _exploded(record: dict[str, Any], target: Target) -> Iterator[dict[str, Any]]:
    if target.for_each is None:
        yield record
        return
    for item in items_of(found_at(record, target.for_each), target.separator):
        yield record | {target.for_each: item}
