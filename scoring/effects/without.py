"""A creator's facts without some events: the run's facts, moved by what the creator's own events change.

The facts of copies of the one creator differ from the run's in what those learn from the whole market. So only the difference that
leaving out makes among the copies is taken: amounts and variances by its ratio, all else by its sum.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.effects.ability import selling_of_copies
from scoring.effects.copies import copies, number
from scoring.effects.events import Rows
from scoring.facts import Market, Period, market, table
from scoring.facts.arrays import Floats, Ints
from scoring.facts.events.arrow import Tables
from scoring.tables import GROUP_COLUMNS, Facts


@dataclass(frozen=True, slots=True)
class Rules:
    """How facts are moved: `signed` ones may be negative, `held` ones are not moved at all.

    `solve` tells whether what is solved on the whole market is moved too, the others' part in it held; `check` is called between steps.
    """

    signed: frozenset[str]
    held: frozenset[str]
    solve: bool
    check: Callable[[], None]


WHOLE: Final = 30
"""Copies with nothing left out, so that what is learnt from all copies is what the whole creator tells."""
AT_ONCE: Final = 60
ROWS_AT_ONCE: Final = 400_000
"""Rows of all copies together: bounds the memory."""
_NOTHING: Final[Rows] = {}
NAMES_A_ROW: Final = frozenset({"creator", *GROUP_COLUMNS})


def facts_without(facts: Facts, tables: Tables, period: Period, left_out: Sequence[Rows], rules: Rules) -> Facts:
    """Return the one row of `facts` once as it is, then once without each of `left_out`."""
    names = [name for name in facts if name not in NAMES_A_ROW]
    window, category = int(facts["window"][0]), str(facts["category"][0])
    moved = {name: [np.asarray(facts[name], dtype=np.float64)] for name in names}
    size = min(AT_ONCE, max(1, ROWS_AT_ONCE // max(1, sum(each.num_rows for each in tables.values())) - WHOLE))
    for start in range(0, len(left_out), size):
        rules.check()
        chosen = left_out[start : start + size]
        made = market(copies(tables, [*[_NOTHING] * WHOLE, *chosen]), period)
        found = _of_copies(made, window, category, solve=rules.solve)
        found = {name: column[WHOLE - 1 :] for name, column in found.items()}
        for name in names:
            stored, free = float(facts[name][0]), name in found and name not in rules.held
            scales = name.endswith("_var") or f"{name}_log_var" in names
            copied = found[name] if free else np.zeros(1 + len(chosen))
            moved[name].append(_moved(stored, copied, scales=scales, signed=name in rules.signed))
    groups = {name: np.repeat(facts[name], 1 + len(left_out)) for name in facts if name in NAMES_A_ROW}
    return groups | {name: np.concatenate(parts) for name, parts in moved.items()}


def _of_copies(made: Market, window: int, category: str, *, solve: bool) -> dict[str, Floats]:
    """Return the facts of one window and category, a row a copy; NaN where it has none."""
    found = table(made)
    places = np.full(len(made.creators.id), -1, dtype=np.int64)
    (chosen,) = np.nonzero((found["window"] == window) & (found["category"] == category))
    for place in chosen.tolist():
        places[number(str(found["creator"][place]))] = place
    columns = {name: _at(column, places) for name, column in found.items() if name not in NAMES_A_ROW}
    known = solve and category in made.catalogue.category
    return columns | (selling_of_copies(made, category, columns) if known else {})


def _at(column: NDArray[Any], rows: Ints) -> Floats:
    return np.where(rows < 0, np.nan, np.asarray(column, dtype=np.float64)[rows])


def _moved(stored: float, copied: Floats, *, scales: bool, signed: bool) -> Floats:
    """Return the stored value moved by the step from the first of `copied` to each other one; unknown is what becomes unknown."""
    base, others = float(copied[0]), copied[1:]
    same = (others == base) | (np.isnan(others) & np.isnan(base))
    if np.isnan(base) or np.isnan(stored):
        moved = others
    elif scales and base > 0 and stored > 0:
        moved = stored * (others / base)
    else:
        moved = stored + (others - base)
    return np.where(same, stored, moved if signed else np.maximum(moved, 0.0))
