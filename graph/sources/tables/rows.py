"""Rows of CSV out of lines: a quote that is never closed costs its own line, and not those that follow."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import Final

from graph.sources.faults import BadValue
from graph.sources.tables.lines import LONGEST_LINE

MOST_BROKEN: Final = 1000
"""Each broken row may cost a long look ahead for the end of its quotes."""


class Rows:
    """The rows of a CSV text, each with the number of its first line, as cells or as what is wrong with it."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        csv.field_size_limit(LONGEST_LINE)
        self._lines = lines
        self._delimiter = delimiter
        self._taken: list[str] = []
        self._again: deque[str] = deque()
        self._broken = 0

    def __iter__(self) -> Iterator[tuple[int, list[str] | BadValue]]:
        number, reader = 1, self._reader()
        while True:
            self._taken.clear()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield number, self._fault(error)
                self._again.extendleft(reversed(self._taken[1:]))
                reader = self._reader()
                number += 1
                continue
            if cells is None:
                return
            yield number, cells
            number += len(self._taken)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(self._noted(), delimiter=self._delimiter, strict=True)

    def _noted(self) -> Iterator[str]:
        """Yield the lines, and note those of the current row."""
        while (line := self._again.popleft() if self._again else next(self._lines, None)) is not None:
            self._taken.append(line)
            yield line

    def _fault(self, error: csv.Error) -> BadValue:
        """Return the fault of the row's first line; BadValue is raised where there have been too many."""
        self._broken += 1
        text = self._taken[0].rstrip("\r\n") if self._taken else ""
        if self._broken > MOST_BROKEN:
            raise BadValue(text, f"a file has at most {MOST_BROKEN} rows with broken quotes", "export it again")
        return BadValue(text, f"a row is CSV ({error})", "correct its quotes", row=text)
