"""Scorecards computed again from their facts, the fit and the formula, and held to what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from scoring.apply import Scores, apply
from scoring.learnt import Fit
from scoring.proof.scorecards import RatedRows
from scoring.proof.sealing import sealed_scores
from scoring.tables import Bools, Facts, Floats

TOLERANCE: Final = 1e-12
TIER: Final = "tier"
NUMBERS: Final = ("value", "low", "high")
WORDS: Final = ("basis", "reason")


@dataclass(frozen=True, slots=True)
class Difference:
    """What one scorecard says of a score, and what follows from its facts; `what` is value, low, high, evidence, basis or reason."""

    creator: str
    window: int
    category: str
    score: str
    what: str
    stored: Any
    recomputed: Any


def differences(rows: RatedRows, names: tuple[Sequence[str], Sequence[str]], fit: Fit) -> list[Difference]:
    """Return whatever differs by more than `TOLERANCE`; scores on withheld facts are left out.

    `names` are those of the open and of the sealed facts, in the order of their columns.
    """
    if not len(rows):
        return []
    scores = apply(fact_table(rows, names), fit)
    checked = _checked(rows, scores, fit)
    found = [*_in_numbers(rows, scores, checked), *_in_words(rows, scores, checked)]
    return sorted(found, key=lambda each: (each.creator, each.window, each.category))


def fact_table(rows: RatedRows, names: tuple[Sequence[str], Sequence[str]]) -> Facts:
    """Return the rows' facts as `apply` takes them."""
    opened = {name: rows.open_facts[:, at] for at, name in enumerate(names[0])}
    sealed = {name: rows.sealed_facts[:, at] for at, name in enumerate(names[1])}
    groups = {"creator": rows.creator, "region": rows.region, "window": rows.window, "category": rows.category}
    tier = {TIER: opened[TIER].astype(np.int64)} if TIER in opened else {}
    return {**opened, **sealed, **groups, **tier}


def _checked(rows: RatedRows, scores: Scores, fit: Fit) -> Bools:
    """Return which scores [rows × names] the rows' facts suffice for."""
    sealed = sealed_scores(fit.formula)
    return ~(rows.withheld[:, None] & np.array([name in sealed for name in scores.names])[None, :])


def _in_numbers(rows: RatedRows, scores: Scores, checked: Bools) -> list[Difference]:
    found: list[Difference] = []
    for what in NUMBERS:
        stored, anew = getattr(rows, what), getattr(scores, what)
        found += _told(rows, scores, what, (stored, anew), checked & ~_near(stored, anew))
    return found + _told(rows, scores, "evidence", (rows.evidence, scores.evidence), checked & (rows.evidence != scores.evidence))


def _in_words(rows: RatedRows, scores: Scores, checked: Bools) -> list[Difference]:
    found: list[Difference] = []
    for what in WORDS:
        stored, anew = getattr(rows, what), getattr(scores, what)
        found += _told(rows, scores, what, (stored, anew), checked & (stored != anew).astype(np.bool_))
    return found


def _near(stored: Floats, anew: Floats) -> Bools:
    unknown = np.isnan(stored)
    return np.where(unknown, np.isnan(anew), np.abs(stored - anew) <= TOLERANCE)


def _told(rows: RatedRows, scores: Scores, what: str, pair: tuple[Any, Any], differs: Bools) -> list[Difference]:
    stored, anew = pair
    return [
        Difference(
            str(rows.creator[row]),
            int(rows.window[row]),
            str(rows.category[row]),
            scores.names[place],
            what,
            _plain(stored[row, place]),
            _plain(anew[row, place]),
        )
        for row, place in np.argwhere(differs).tolist()
    ]


def _plain(value: Any) -> Any:
    plain: Any = value.item() if hasattr(value, "item") else value
    return None if plain != plain or plain == "" else plain
