"""Columns of long ids all of which end as rounded numbers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.sources.identifiers import SUSPECT_LENGTH, looks_rounded


@dataclass(slots=True)
class Rounding:
    """Counts the long ids of each column until one has all its digits: a program that rounds, rounds them all."""

    _rounded: dict[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])
    _whole: set[str] = field(default_factory=set[str])

    def count(self, column: str, found: str) -> None:
        """Count one id of a column."""
        if len(found) < SUSPECT_LENGTH or column in self._whole or not found.isdigit():
            return
        if looks_rounded(found):
            first, times = self._rounded.get(column, (found, 0))
            self._rounded[column] = (first, times + 1)
        else:
            self._whole.add(column)
            self._rounded.pop(column, None)

    def suspects(self) -> Iterator[tuple[str, str, int]]:
        """Yield the columns all of whose long ids look rounded, with their first such id and how many they are."""
        for column, (first, times) in sorted(self._rounded.items()):
            yield column, first, times
