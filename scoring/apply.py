"""The second phase: rows of facts, held against a fit, become scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring.formula import parts
from scoring.ground import Ground, ground
from scoring.indicator import Indicator
from scoring.learnt import Fit
from scoring.points import EVEN, Blended, Voice, blended
from scoring.tables import ALL, Bools, Facts, Floats, Ints, Objects

EVENTS: Final = "EVENTS"
REPORTED: Final = "REPORTED"
FUSED: Final = "FUSED"
PEERS: Final = "PEERS"
"""Events are known of the creator and nothing of the trait: such a score is any peer's, and as wide."""


@dataclass(frozen=True)
class Scores:
    """Arrays [rows × names]: NaN value, low, high, mean and variance, basis "" and a reason where there is no score.

    `mean` and `variance` are those of the place among peers, as a share.
    """

    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats
    mean: Floats
    variance: Floats
    evidence: Ints
    basis: Objects
    reason: Objects


class Column(NamedTuple):
    """One score of all rows."""

    scored: Bools
    blend: Blended
    evidence: Floats
    basis: Objects
    reason: str


def apply(facts: Facts, fit: Fit) -> Scores:
    """Return the scores of every row; each row depends on itself and the fit alone, to the last bit."""
    found = columns(ground(facts, fit))
    numbers = {
        name: np.stack([np.where(one.scored, getattr(one.blend, name), np.nan) for one in found], axis=1)
        for name in ("value", "low", "high", "mean", "variance")
    }
    return Scores(
        fit.formula.names,
        **numbers,
        evidence=np.stack([one.evidence.astype(np.int64) for one in found], axis=1),
        basis=np.stack([one.basis for one in found], axis=1),
        reason=np.stack([np.where(one.scored, "", np.array(one.reason, dtype=np.object_)) for one in found], axis=1),
    )


def columns(rows: Ground) -> list[Column]:
    """Return the blend's column and then every indicator's."""
    indicators = rows.fit.formula.indicators
    found = [indicator_column(rows, indicator) for indicator in indicators]
    return [blend_column(rows, indicators, found), *beside_peers(rows, found)]


def beside_peers(rows: Ground, found: Sequence[Column]) -> list[Column]:
    """Return the columns with any peer's score over everything for creators of whom another indicator knows an event.

    Sums that the platform reports are not enough: a report of no videos says that there is nothing to rate.
    """
    everything = np.array([cell.category == ALL for cell in rows.cells.cells], dtype=np.bool_)[rows.cells.codes]
    heard = everything & np.any([np.isin(column.basis, (EVENTS, FUSED)) for column in found], axis=0)
    return [column._replace(scored=column.scored | heard, basis=np.where(heard & ~column.scored, PEERS, column.basis)) for column in found]


def indicator_column(rows: Ground, indicator: Indicator) -> Column:
    """Return one indicator's scores: whoever has evidence of a weighed component has one."""
    voices = rows.voices(indicator)
    found = blended(voices, rows.spread(indicator.name, [voice.weight for voice in voices]))
    scored = np.any([voice.known & (voice.weight > 0) for voice in voices], axis=0)
    return Column(scored, found, _evidence(rows, indicator), _basis(rows, indicator, scored), indicator.reason)


def _evidence(rows: Ground, indicator: Indicator) -> Floats:
    """Return the pieces of evidence of the component that has most."""
    most = np.zeros(rows.table.rows)
    for part in parts(indicator):
        if part.component.weight > 0:
            seen = rows.standing(part).rows
            pieces = np.sum([reading.pieces(one) for reading, one in zip(part.component.readings, seen.seen, strict=True)], axis=0)
            most[seen.at] = np.maximum(most[seen.at], pieces)
    return np.floor(most + 1e-9)


def _basis(rows: Ground, indicator: Indicator, scored: Bools) -> Objects:
    heard = {name: np.zeros(rows.table.rows, dtype=np.bool_) for name in (EVENTS, REPORTED)}
    for part in parts(indicator):
        if part.component.weight > 0:
            seen = rows.standing(part).rows
            for reading, one in zip(part.component.readings, seen.seen, strict=True):
                heard[reading.basis][seen.at] |= one.known
    return bases(heard[EVENTS], heard[REPORTED], scored)


def bases(events: Bools, reports: Bools, scored: Bools) -> Objects:
    """Return what scores stand on: events, reports, or both; nothing where there is none."""
    words = np.where(events & reports, FUSED, np.where(events, EVENTS, REPORTED)).astype(np.object_)
    return np.where(scored, words, np.array("", dtype=np.object_))


def blend_column(rows: Ground, indicators: Sequence[Indicator], found: Sequence[Column]) -> Column:
    """Return the blend of the indicators by their published weights; one without a value is any peer's."""
    voices = blend_voices(rows, indicators, found)
    blend = rows.fit.formula.blend
    whole = blended(voices, rows.spread(blend.name, [voice.weight for voice in voices]))
    weighing = [column for one, column in zip(indicators, found, strict=True) if one.overall_weight > 0]
    scored = np.any([column.scored for column in weighing], axis=0)
    events = np.any([np.isin(column.basis, (EVENTS, FUSED)) for column in weighing], axis=0)
    reports = np.any([np.isin(column.basis, (REPORTED, FUSED)) for column in weighing], axis=0)
    evidence = np.sum([column.scored for column in weighing], axis=0).astype(np.float64)
    return Column(scored, whole, evidence, bases(events, reports, scored), blend.reason)


def blend_voices(rows: Ground, indicators: Sequence[Indicator], found: Sequence[Column]) -> list[Voice]:
    """Return the indicators as the blend's parts."""
    weights = rows.weights([one.overall_weight for one in indicators], [_speaking(rows, one) for one in indicators])
    return [
        Voice(
            column.scored,
            np.where(column.scored, column.blend.mean, 0.5),
            np.where(column.scored, column.blend.variance, EVEN),
            np.where(column.scored, column.blend.low / 100.0, 0.05),
            np.where(column.scored, column.blend.high / 100.0, 0.95),
            weight,
        )
        for column, weight in zip(found, weights, strict=True)
    ]


def _speaking(rows: Ground, indicator: Indicator) -> dict[int, int]:
    """Return how many peers have evidence of an indicator, by window."""
    total: dict[int, int] = {}
    for part in parts(indicator):
        if part.component.weight > 0:
            for window, count in rows.fitted(part).speaking.items():
                total[window] = max(total.get(window, 0), count)
    return total
