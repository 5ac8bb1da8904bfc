"""The second phase on Arrow tables: rows of facts in, their scores out, so that it runs wherever a table can be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scoring.apply import Scores, apply
from scoring.facts.events.arrow import Table, encoded, pa
from scoring.formula import Formula
from scoring.learnt import Fit
from scoring.tables import GROUP_COLUMNS, Facts, Objects

NUMBERS: Final = ("value", "low", "high", "mean", "variance", "evidence")
TEXTS: Final = ("basis", "reason")
DICTIONARY: Final = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class Scoring:
    """Facts of some rows → scores of the same rows, in their order."""

    fit: Fit

    def __call__(self, facts: Table) -> Table:
        """Return the scores; each row depends on itself and the fit alone, to the last bit."""
        return _packed(apply({name: _column(facts[name]) for name in facts.column_names}, self.fit))


def fact_tables(facts: Facts, formula: Formula, *, rows: int) -> list[Table]:
    """Return what `Scoring` needs of the facts, cut into tables of at most `rows` rows; one without rows where there are none."""
    names = (*GROUP_COLUMNS, *sorted(formula.facts - set(GROUP_COLUMNS)))
    whole = pa.table({name: _array(np.asarray(facts[name])) for name in names})
    return [whole.slice(at, rows) for at in range(0, max(whole.num_rows, 1), rows)]


def scores_of(tables: Sequence[Table], names: tuple[str, ...]) -> Scores:
    """Return the scores of all tables' rows, one table after the other; `names` are the formula's."""
    whole = pa.concat_tables(tables).unify_dictionaries()
    numbers: dict[str, Any] = {name: np.stack([whole[f"{name}.{at}"].to_numpy() for at in range(len(names))], axis=1) for name in NUMBERS}
    texts: dict[str, Any] = {name: np.stack([_words(whole[f"{name}.{at}"]) for at in range(len(names))], axis=1) for name in TEXTS}
    return Scores(names, **numbers, **texts)


def _packed(scores: Scores) -> Table:
    columns = {f"{name}.{at}": _array(getattr(scores, name)[:, at]) for name in (*NUMBERS, *TEXTS) for at in range(len(scores.names))}
    return pa.table(columns)


def _array(values: NDArray[Any]) -> Any:
    """Return a column as Arrow has it: NaN stays NaN, and texts that come again are kept once."""
    if values.dtype.kind in "UO":
        return pa.array(values.tolist(), type=pa.string()).cast(DICTIONARY)
    return pa.array(np.ascontiguousarray(values))


def _words(column: Any) -> Objects:
    """Return texts, each different one kept once."""
    place, different = encoded(column)
    return np.array([*different.to_pylist(), ""], dtype=np.object_)[place]


def _column(values: Any) -> NDArray[Any]:
    if pa.types.is_dictionary(values.type):
        return _words(values).astype(np.str_)
    return values.to_numpy()
