"""The best borders in an order under a budget of misordered pairs: a longest path with one side constraint.

Nodes are borders, arcs runs of atoms from one border to a later one. With a side constraint the longest path is an integer
program: `exactly` solves it, `by_table` to a fraction of the budget, in time that does not depend on luck.
"""

from typing import Any, Final, NamedTuple

import highspy
import numpy as np

from scoring.highs import exact_solver
from scoring.tables import Floats, Ints

CELLS: Final = 200
TOLERANCE: Final = 1e-7


class Arcs(NamedTuple):
    """What a run from border a to border b gains and uses of the budget, with all before it [borders × borders]; only a < b is read."""

    gain: Floats
    used: Floats

    @classmethod
    def of(cls, gain: Floats, misordered: Floats) -> "Arcs":
        """Return the arcs of pairs of atoms [atoms × atoms], of which those of an earlier with a later one are read."""
        return cls(_with_all_before(gain), _with_all_before(misordered))


def _with_all_before(pairs: Floats) -> Floats:
    borders = len(pairs) + 1
    sums = np.zeros((borders, borders))
    sums[1:, 1:] = np.cumsum(np.cumsum(np.triu(pairs, 1), axis=0), axis=1)
    return sums - np.diag(sums)[:, np.newaxis]


def exactly(arcs: Arcs, budget: float) -> Ints:
    """Return where the runs start of the path that gains most within the budget.

    The table with uses rounded down allows too much: where its path keeps to the budget all the same, it is the best; else
    HiGHS decides.
    """
    starts = by_table(arcs, budget, rounded_up=False)
    return starts if _used(arcs, starts) <= budget else by_program(arcs, budget)


def by_table(arcs: Arcs, budget: float, *, rounded_up: bool = True) -> Ints:
    """Return where the runs start of the path that gains most when the use of each run is rounded to a cell of `CELLS` of the budget.

    Rounded up, it keeps to the budget, and no path gains more that leaves a cell of it for each of its runs.
    """
    first, last = _fitting(arcs, budget)
    cells = arcs.used[first, last] / max(budget, TOLERANCE) * CELLS
    rounded = np.ceil(cells - TOLERANCE) if rounded_up else np.floor(cells)
    used = np.clip(rounded, 0, CELLS).astype(np.int64)
    best = np.full((len(arcs.gain), CELLS + 1), -np.inf)
    best[0] = 0.0
    steps = list(zip(first.tolist(), last.tolist(), used.tolist(), arcs.gain[first, last].tolist(), strict=True))
    for start, end, cost, gain in steps:
        ahead = best[end, cost:]
        np.maximum(ahead, best[start, : CELLS + 1 - cost] + gain, out=ahead)
    return _starts(best, steps)


def _starts(best: Floats, steps: list[tuple[int, int, int, float]]) -> Ints:
    """Return the best path, found from its end: the steps that make up what the table says, to the last bit."""
    starts: list[int] = []
    at, cell = len(best) - 1, CELLS
    for start, end, cost, gain in reversed(steps):
        if end == at and cost <= cell and best[start, cell - cost] + gain == best[end, cell]:
            starts.append(start)
            at, cell = start, cell - cost
    return np.array(starts[::-1], dtype=np.int64)


def _used(arcs: Arcs, starts: Ints) -> float:
    return float(arcs.used[starts, np.append(starts[1:], len(arcs.used) - 1)].sum())


def _fitting(arcs: Arcs, budget: float) -> tuple[Ints, Ints]:
    """Return the arcs that fit the budget, those that end first first."""
    last, first = np.nonzero(np.triu(arcs.used <= budget * (1.0 + TOLERANCE), 1).T)
    return first, last


def by_program(arcs: Arcs, budget: float) -> Ints:
    """Return where the runs start of the path that gains most within the budget, by HiGHS."""
    first, last = _fitting(arcs, budget)
    solver = exact_solver()
    solver.passModel(_program(arcs, budget, first, last))
    solver.run()
    chosen = np.asarray(solver.getSolution().col_value) > 0.5
    return np.sort(first[chosen])


def _program(arcs: Arcs, budget: float, first: Ints, last: Ints) -> Any:
    """Return the program: a binary an arc, one unit of flow from the first border to the last, and the budget.

    Gain and use are counted in budgets, so that the solver's tolerances mean the same for few rows and for many.
    """
    borders, count, unit = len(arcs.gain), len(first), max(budget, TOLERANCE)
    flow = np.zeros(borders)
    flow[0], flow[-1] = 1.0, -1.0
    program: Any = highspy.HighsLp()
    program.sense_ = highspy.ObjSense.kMaximize
    program.num_col_, program.num_row_ = count, borders + 1
    program.col_cost_ = arcs.gain[first, last] / unit
    program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
    program.row_lower_ = np.append(flow, -highspy.kHighsInf)
    program.row_upper_ = np.append(flow, budget / unit)
    matrix: Any = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    matrix.start_ = np.arange(0, 3 * count + 1, 3)
    matrix.index_ = np.stack([first, last, np.full(count, borders)], axis=1).ravel()
    matrix.value_ = np.stack([np.ones(count), -np.ones(count), arcs.used[first, last] / unit], axis=1).ravel()
    program.integrality_ = [highspy.HighsVarType.kInteger] * count
    return program
