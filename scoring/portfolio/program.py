"""The choice that is worth most, as a linear program in whole numbers that HiGHS solves, with the bound that it proves.

A binary x for each candidate, and a discount d ≥ 0 for each who overlaps with a greater one:
maximise Σ (vᵢ xᵢ − dᵢ), subject to Σ cᵢ xᵢ ≤ budget, the limits, and dᵢ ≥ w vᵢ sᵢⱼ (xᵢ + xⱼ − 1) for each j before i. As d is drawn to the
largest of its lower bounds, the optimum is exactly the worth that `Choice` declares.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import highspy
import numpy as np

from scoring.errors import ScoringError
from scoring.highs import exact_solver
from scoring.portfolio.choice import Choice
from scoring.portfolio.greedy import greedy
from scoring.tables import Floats, Ints

TOLERANCE: Final = 1e-9
"""How far a row or a whole number may be off: rows are scaled to 1."""
PROVEN: Final = 1e-6
"""Part of the bound by which a choice may fall short of it and count as the best."""
LEAST_DISCOUNT: Final = 1e-9
"""Part of the greatest value below which a discount is left out of the program; the bound stays one."""


NOBODY: Final[Ints] = np.zeros(0, dtype=np.int64)


class OutOfTime(ScoringError):
    """No choice within the bounds was found before the end, and none is known to be impossible."""


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """Rows chosen, ascending, what they are worth, and what no choice can exceed."""

    chosen: Ints
    worth: float
    bound: float

    @property
    def gap(self) -> float:
        """Return by which part of the bound the choice may fall short of the best, 0 where it is proven to be the best."""
        return max(self.bound - self.worth, 0.0) / self.bound if not self.proven else 0.0

    @property
    def proven(self) -> bool:
        """Tell whether no choice is worth more, but for rounding."""
        return self.bound - self.worth <= PROVEN * abs(self.bound)


def best(choice: Choice, *, stop: Callable[[], bool] | None = None) -> Best | None:
    """Return the best choice found until `stop` says so; None where no choice keeps all bounds, OutOfTime where none was found.

    It is never worse than the greedy choice, where that keeps all bounds.
    """
    if not len(choice):
        return None if any(choice.broken(NOBODY)) else Best(NOBODY, 0.0, 0.0)
    solver, start = exact_solver(stop=stop, **dict.fromkeys(FEASIBILITY, TOLERANCE)), greedy(choice)
    solver.passModel(_program(choice))
    if start is not None:
        solver.setSolution(_solution(choice, start))
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None
    bound = float(solver.getInfo().mip_dual_bound) * _unit(choice)
    found = np.flatnonzero(np.asarray(solver.getSolution().col_value)[: len(choice)] > 0.5).astype(np.int64)
    kept = [each for each in (found, start) if each is not None and not any(choice.broken(each))]
    if not kept:
        raise OutOfTime("no choice within the bounds was found in time; loosen a bound, or give fewer candidates")
    chosen = max(kept, key=choice.total)
    worth = choice.total(chosen)
    return Best(chosen, worth, max(min(bound, _all(choice)), worth))


FEASIBILITY: Final = ("mip_feasibility_tolerance", "primal_feasibility_tolerance")


def _all(choice: Choice) -> float:
    """Return what no choice exceeds, whatever the bounds."""
    return float(choice.value.sum())


def _unit(choice: Choice) -> float:
    """Return the value that counts as one: the solver's tolerances are absolute."""
    return max(float(choice.value.max(initial=0.0)), TOLERANCE)


def _solution(choice: Choice, chosen: Ints) -> Any:
    solution: Any = highspy.HighsSolution()
    taken, less = np.zeros(len(choice)), np.zeros(len(choice))
    taken[chosen] = 1.0
    less[chosen] = (choice.value[chosen] - choice.worth(chosen)) / _unit(choice)
    solution.col_value = np.concatenate([taken, less])
    return solution


Row = tuple[Ints, Floats, float, float]
"""Columns, their factors, and what their sum must lie between."""


def _program(choice: Choice) -> Any:
    count, rows = len(choice), list(_rows(choice))
    program: Any = highspy.HighsLp()
    program.sense_ = highspy.ObjSense.kMaximize
    program.num_col_, program.num_row_ = 2 * count, len(rows)
    program.col_cost_ = np.concatenate([choice.value / _unit(choice), np.full(count, -1.0)])
    program.col_lower_ = np.zeros(2 * count)
    program.col_upper_ = np.concatenate([np.ones(count), np.full(count, highspy.kHighsInf)])
    program.row_lower_, program.row_upper_ = (np.array([row[side] for row in rows]) for side in (2, 3))
    matrix: Any = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(row[0]) for row in rows)])
    matrix.index_, matrix.value_ = (np.concatenate([row[side] for row in rows]) for side in (0, 1))
    kinds: Any = highspy.HighsVarType
    program.integrality_ = [kinds.kInteger] * count + [kinds.kContinuous] * count
    return program


def _rows(choice: Choice) -> Iterator[Row]:
    everyone, infinite = np.arange(len(choice)), float(highspy.kHighsInf)
    scale = max(choice.budget, TOLERANCE)
    yield everyone, choice.cost / scale, -infinite, choice.budget / scale
    for limit in choice.limits:
        who = np.flatnonzero(limit.who)
        yield who, np.ones(len(who)), float(limit.least), infinite if limit.most is None else float(limit.most)
    yield from _discounts(choice)


def _discounts(choice: Choice) -> Iterator[Row]:
    order = np.argsort(-choice.value, kind="stable")
    for place, row in enumerate(order.tolist()):
        before = order[:place]
        less = choice.weight * choice.value[row] * choice.shared[row, before] / _unit(choice)
        for other, factor in zip(before.tolist(), less.tolist(), strict=True):
            if factor > LEAST_DISCOUNT:
                yield np.array([len(choice) + row, row, other]), np.array([1.0, -factor, -factor]), -factor, float(highspy.kHighsInf)
