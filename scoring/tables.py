"""Tables of facts: one row per creator, window and category, one array per column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scoring.errors import FactsError

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Objects: TypeAlias = NDArray[np.object_]
Codes: TypeAlias = NDArray[np.intp]
Facts: TypeAlias = Mapping[str, NDArray[Any]]

GROUP_COLUMNS: Final = ("window", "region", "category", "tier")
ALL: Final = "*"
ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Table:
    """Checked facts: contiguous floats by column, and the group columns as they came."""

    rows: int
    numbers: Mapping[str, Floats]
    groups: Mapping[str, NDArray[Any]]

    def __getitem__(self, column: str) -> Floats:
        return self.numbers[column]


def checked(facts: Facts, columns: Iterable[str], *, signed: frozenset[str]) -> Table:
    """Return `facts` as a `Table` of `columns`, or raise `FactsError` at the first broken rule.

    NaN means unknown and passes. Only columns in `signed` (logarithms) may be negative; what is
    negative by no more than rounding counts as zero.
    """
    wanted = sorted(columns)
    _refuse_missing(facts, (*GROUP_COLUMNS, *wanted))
    rows = len(facts[GROUP_COLUMNS[0]])
    groups = {name: _column(facts, name, rows) for name in GROUP_COLUMNS}
    numbers = {name: _numbers(facts, name, rows, signed=name in signed) for name in wanted}
    return Table(rows, numbers, groups)


def _refuse_missing(facts: Facts, columns: Iterable[str]) -> None:
    missing = [name for name in columns if name not in facts]
    if missing:
        raise FactsError(
            f"facts lack the column {', '.join(missing)}; every column that an indicator reads"
            " must be there; give NaN where a value is unknown"
        )


def _column(facts: Facts, name: str, rows: int) -> NDArray[Any]:
    values = np.asarray(facts[name])
    if values.shape != (rows,):
        raise FactsError(
            f"facts column {name} has shape {values.shape}, {GROUP_COLUMNS[0]} has ({rows},);"
            " all columns must be of one length; build them from the same rows"
        )
    return values


def _numbers(facts: Facts, name: str, rows: int, *, signed: bool) -> Floats:
    try:
        values = np.ascontiguousarray(_column(facts, name, rows), dtype=np.float64)
    except ValueError as error:
        raise FactsError(f"facts column {name} does not hold numbers ({error}); give float64") from error
    refuse(np.isinf(values), name, values, "must be finite", "give NaN where it is unknown")
    if signed:
        return values
    refuse(values < -ROUNDING, name, values, "must not be negative", "correct its source")
    return np.maximum(values, 0.0)


def refuse(broken: Bools, name: str, values: Floats, rule: str, remedy: str) -> None:
    """Raise `FactsError` for the first row where `broken` holds."""
    if broken.any():
        row = int(np.argmax(broken))
        raise FactsError(f"facts column {name}, row {row}: {values[row]:g} {rule}; {remedy}")
