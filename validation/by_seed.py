"""Tables in Markdown of what was measured on markets of several seeds: a row a figure, a column a seed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np


def table(first: Sequence[str], seeds: Sequence[int], rows: Iterable[Sequence[str]], *, last: Sequence[str] = ()) -> str:
    """Return a table; a row has the cells of the `first` columns, of the seeds, and of the `last`."""
    head = [*first, *(f"seed {seed}" for seed in seeds), *last]
    return "\n".join(f"| {' | '.join(row)} |" if row else "|" + "---|" * len(head) for row in ([*head], [], *rows))


def means(first: str, seeds: Sequence[int], found: Sequence[Mapping[str, float]], *, told: Callable[[float], str]) -> str:
    """Return a table of each market's figures by name, with their means."""
    columns = {name: [each[name] for each in found] for name in found[0]}
    rows = ([name, *map(told, [*values, float(np.mean(values))])] for name, values in columns.items())
    return table([first], seeds, rows, last=["mean"])
