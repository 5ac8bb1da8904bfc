"""Why a score is what it is: contributions that add up to it exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.apply import REPORTED, Column, blend_column, blend_voices, ground, indicator_column
from scoring.errors import ScoringError
from scoring.formula import Part, event_parts, report_parts
from scoring.indicator import Indicator
from scoring.learnt import Fit
from scoring.points import BASE, Voice, contribution, effective_weights
from scoring.standing import Ground, Standing, scattered
from scoring.tables import Bools, Facts, Floats


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one component adds to the base. `raw` is null without evidence; where `sensitive` it tells exact sales.

    `weight` is the effective one: components without evidence give theirs to the others, and `note` says so.
    `peer_median` is the value that earns 50 points; `raw`, `shrunk` and `peer_median` are in the component's unit.
    """

    name: str
    contribution: float
    raw: float | None
    shrunk: float | None
    peer_median: float | None
    weight: float
    unit: str
    sensitive: bool
    note: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score taken apart: `base` plus all contributions is `value`, exactly; without a score, the reason."""

    base: float
    value: float | None
    basis: str
    reason: str
    components: tuple[Contribution, ...]


class Line(NamedTuple):
    """One component of all rows: what `Contribution` says, in arrays."""

    name: str
    unit: str
    sensitive: bool
    declared: float
    known: Bools
    contribution: Floats
    raw: Floats
    shrunk: Floats
    peer_median: Floats
    weight: Floats


def explain(facts: Facts, fit: Fit, indicator: str) -> list[Explanation]:
    """Return the explanation of every row's score in the named indicator, recomputed from facts and fit."""
    rows = ground(facts, fit)
    if indicator == fit.formula.blend.name:
        return _explained_blend(rows, fit)
    named = {one.name: one for one in fit.formula.indicators}
    if indicator not in named:
        raise ScoringError(f"no indicator {indicator}; there are {', '.join(fit.formula.names)}; name one of them")
    return _explained(rows, named[indicator])


def _explained(rows: Ground, indicator: Indicator) -> list[Explanation]:
    column = indicator_column(rows, indicator)
    events = _lines(rows, event_parts(indicator))
    reports = _lines(rows, report_parts(indicator))
    chosen = [reports if basis == REPORTED else events for basis in column.basis.tolist()]
    return [_explanation(column, row, lines) for row, lines in enumerate(chosen)]


def _explained_blend(rows: Ground, fit: Fit) -> list[Explanation]:
    indicators = fit.formula.indicators
    columns = [indicator_column(rows, one) for one in indicators]
    column = blend_column(fit.formula.blend, indicators, columns)
    voices = blend_voices(columns)
    weights = [one.overall_weight for one in indicators]
    effective, _ = effective_weights(voices, weights)
    typical = np.full(rows.table.rows, BASE)
    lines = [
        Line(
            one.name,
            "points",
            False,
            one.overall_weight / sum(weights),
            voice.known,
            contribution(weight, voice.points),
            part.value,
            part.value,
            typical,
            weight,
        )
        for one, voice, weight, part in zip(indicators, voices, effective, columns, strict=True)
    ]
    return [_explanation(column, row, lines) for row in range(rows.table.rows)]


def _lines(rows: Ground, parts: Sequence[Part]) -> list[Line]:
    if not parts:
        return []
    standings = [rows.standing(part) for part in parts]
    voices = [standing.voice for standing in standings]
    weights = [part.component.weight for part in parts]
    effective, _ = effective_weights(voices, weights)
    return [
        _line(part, standing, voice, weight, part.component.weight / sum(weights))
        for part, standing, voice, weight in zip(parts, standings, voices, effective, strict=True)
    ]


def _line(part: Part, standing: Standing, voice: Voice, weight: Floats, declared: float) -> Line:
    component, known = part.component, standing.known
    return Line(
        component.name,
        component.unit or component.family,
        component.sensitive,
        declared,
        known,
        contribution(weight, voice.points),
        scattered(known, component.raw(standing.columns), missing=np.nan),
        scattered(known, component.natural(standing.shrunk), missing=np.nan),
        component.natural(standing.centre),
        weight,
    )


def _explanation(column: Column, row: int, lines: Sequence[Line]) -> Explanation:
    basis, reason = str(column.basis[row]), str(column.reason[row])
    if not column.scored[row]:
        return Explanation(BASE, None, basis, reason, ())
    components = tuple(_contribution(line, row, basis) for line in lines)
    return Explanation(BASE, float(column.value[row]), basis, reason, components)


def _contribution(line: Line, row: int, basis: str) -> Contribution:
    return Contribution(
        line.name,
        float(line.contribution[row]),
        _known(line.raw[row]),
        _known(line.shrunk[row]),
        _known(line.peer_median[row]),
        float(line.weight[row]),
        line.unit,
        line.sensitive,
        _note(line, row, basis),
    )


def _note(line: Line, row: int, basis: str) -> str:
    notes: list[str] = []
    if line.declared == 0.0:
        notes.append("shown beside, not counted")
    elif not line.known[row]:
        notes.append(f"no evidence: its weight of {line.declared:.2f} went to the others")
    elif line.weight[row] > line.declared + 1e-9:
        notes.append(f"weighs {line.declared:.2f} where all components have evidence")
    if basis == REPORTED and line.unit != "points":
        notes.append("from the platform's report")
    return "; ".join(notes)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
