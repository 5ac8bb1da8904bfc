"""A table's records checked against their declaration: a sound one becomes a row, another a reject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.model import Property, Reference, Table, Type, Unit, columns
from graph.rows import Age, Item, Note, Reject, Row, Where
from graph.sources.faults import BadValue
from graph.sources.tables.cells import is_id, reader
from graph.sources.tables.formats import Record
from graph.sources.tables.rounding import Rounding
from graph.sources.tables.rules import PastTimes, check_row

OBSERVED_AT: Final = Property("observedAt", Type.INTEGER, "When the row was known; without it the row is undated.", Unit.TIME)
OBSERVED: Final = OBSERVED_AT.column
# What the rejects file adds, so that it can be mended and imported as it is; `reject_row` is a row that has no columns.
OF_REJECTS: Final = frozenset(("reject_place", "reject_column", "reject_value", "reject_rule", "reject_remedy", "reject_row"))
SET_ASIDE: Final = ".rejects.jsonl"
"""Ends the name of a file of rejects that came through a mapping, after the name of the file they came from."""


KEYS: Final = {"features": ("content_id", "product_id"), "mentions": (), "rates": ("currency", "date")}
"""The columns by which rows of a table tell of the same thing, where it is not `id`."""

MOST_KEYS: Final = 200_000
REPEATED: Final = "key repeated"


class TableReader:
    """Turns the records of one file of a table into rows; remembers which columns it did not know."""

    def __init__(self, of: Table, file: str, *, observed_at: int = 0) -> None:
        self.table = of
        self.file = file
        self.observed_at = observed_at
        self.columns: dict[str, Property | Reference] = {**columns(of), OBSERVED_AT.column: OBSERVED_AT}
        self._ids = frozenset(name for name, column in self.columns.items() if is_id(column))
        self._readers = [(name, reader(column), is_required(column)) for name, column in self.columns.items()]
        self._unknown: dict[str, int] = {}
        self._rounding = Rounding()
        self._times = PastTimes(self.columns)
        self._keys: dict[int, int] = {}
        self._repeated = 0

    def read(self, record: Record, place: str, position: int, *, raw: Mapping[str, Any] | None = None) -> Iterator[Item]:
        """Yield the row of a record, or the reject of one that breaks a rule; `raw` is what a reject keeps in its place."""
        kept = dict(raw or (row_text(record) if isinstance(record, BadValue) else record))
        try:
            if isinstance(record, BadValue):
                raise record
            values = self._values(record)
        except BadValue as fault:
            yield rejected(fault, kept, self.file, place, self.table.name)
            return
        self._note_repeated(values)
        observed_at = values.pop(OBSERVED, self.observed_at)
        yield Row(self.table.name, values, Age(observed_at, self.file, position), Where(self.file, place), raw=kept)

    def notes(self) -> Iterator[Note]:
        """Yield a note for each unknown column, for ids that seem to have lost digits, and for rows that repeat a key with other values."""
        for name, count in sorted(self._unknown.items()):
            yield Note("unknown column", f"{self.table.name}: {name[:80]}", self.file, count)
        for name, example, count in self._rounding.suspects():
            yield Note("ids look rounded", f"{self.table.name}: {name}, for example {example}", self.file, count)
        if self._repeated:
            subject = f"{self.file}: of {self.table.name} rows with one key, the last one counts"
            yield Note(REPEATED, subject, self.file, self._repeated)

    def _values(self, record: Mapping[str, Any]) -> dict[str, Any]:
        self._note_unknown(record)
        values: dict[str, Any] = {}
        for name, read, required in self._readers:
            raw = record.get(name)
            try:
                value = None if raw is None else read(raw)
            except BadValue as fault:
                raise fault.at(name) from None
            if value is not None:
                values[name] = value
                if isinstance(value, str) and name in self._ids:
                    self._rounding.count(name, value)
            elif required:
                raise BadValue("", "this column is required", "fill it in", column=name)
        check_row(self.table.name, values)
        self._times.check(values, values.get(OBSERVED, self.observed_at))
        return values

    def _note_repeated(self, values: Mapping[str, Any]) -> None:
        """Count a row whose key an earlier one had with other values; only so many keys are remembered, and no more needed for a hint."""
        key = [values[name] for name in KEYS.get(self.table.name, ("id",)) if name in values]
        if not key or len(self._keys) >= MOST_KEYS:
            return
        key, said = hash((*key, values.get(OBSERVED))), hash(str(values))
        self._repeated += self._keys.setdefault(key, said) != said

    def _note_unknown(self, record: Mapping[str, Any]) -> None:
        if record.keys() <= self.columns.keys():
            return
        for name in record.keys() - self.columns.keys() - OF_REJECTS:
            if name in self._unknown or len(self._unknown) < 100:
                self._unknown[name] = self._unknown.get(name, 0) + 1


def is_required(column: Property | Reference) -> bool:
    """Tell whether no row of a table can do without a column."""
    return column.required and not (isinstance(column, Property) and column.derived)


def row_text(fault: BadValue) -> dict[str, Any]:
    """Return what a reject keeps of a row that could not be taken apart: its text, to be written anew."""
    return {"reject_row": fault.row} if fault.row else {}


def rejected(fault: BadValue, raw: Mapping[str, Any], file: str, place: str, table: str) -> Reject:
    """Return the reject that a fault in a record makes of it."""
    return Reject(Where(file, place), fault.column, fault.value, fault.rule, fault.remedy, dict(raw), table)
