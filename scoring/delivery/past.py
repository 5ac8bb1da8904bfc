"""What had happened before a time, counted for many groups and times at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.facts.arrays import Floats, Ints, places_before


@dataclass(frozen=True, slots=True)
class Past:
    """Events of groups, sorted by group and time; `sums` are running sums of the events' values, with a 0 before the first."""

    group: Ints
    at: Floats
    sums: Floats

    @staticmethod
    def of(group: Ints, at: Floats, values: Floats | None = None) -> Past:
        """Sort events; those whose time is unknown never happen. `values` has shape (events, any), None counts them."""
        known = np.flatnonzero(~np.isnan(at))
        table = np.ones((len(at), 1)) if values is None else values[:, None] if values.ndim == 1 else values
        order = known[np.lexsort((*table[known].T, at[known], group[known]))]
        rows = np.cumsum(table[order], axis=0)
        return Past(group[order], at[order], np.concatenate([np.zeros((1, table.shape[1])), rows]))

    def before(self, group: Ints, time: Floats) -> Floats:
        """Return the sums of the values of a group's events earlier than a time, shape (rows, any)."""
        first, until = self._span(group, time)
        return self.sums[until] - self.sums[first]

    def newest(self, group: Ints, time: Floats) -> Ints:
        """Return the place of a group's last event before a time, −1 where there is none."""
        first, until = self._span(group, time)
        return np.where(until > first, until - 1, -1)

    def _span(self, group: Ints, time: Floats) -> tuple[Ints, Ints]:
        """Return the places of a group's first event, and of its first that is not before the time."""
        first = np.searchsorted(self.group, group)
        until = places_before(self.group, self.at, group, time)
        return first, np.maximum(until, first)
