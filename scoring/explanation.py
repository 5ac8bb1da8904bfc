"""Why a score is what it is: contributions that add up to it exactly, each with the sources behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.apply import Column, beside_peers, blend_column, blend_voices, indicator_column
from scoring.errors import ScoringError
from scoring.formula import Part, parts
from scoring.ground import Ground, ground
from scoring.indicator import Indicator
from scoring.learnt import Fit
from scoring.points import BASE, Voice, contributed, silent
from scoring.tables import Facts, Floats


@dataclass(frozen=True, slots=True)
class Source:
    """What one reading says of a trait, in the trait's unit, and its share of all that is known; null raw where nothing is.

    The shares of a component's sources and that of its peers (`Contribution.peer_weight`) sum to 1.
    """

    name: str
    basis: str
    raw: float | None
    evidence: int
    weight: float
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one component adds to the base. `raw` is null without evidence; where `sensitive` it tells exact sales.

    `weight` is the effective one: what no peer has evidence of gives its to the others, and `note` says so.
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
    sources: tuple[Source, ...] = ()
    peer_weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score taken apart: `base` plus all contributions is `value`, exactly; without a score, the reason."""

    base: float
    value: float | None
    basis: str
    reason: str
    components: tuple[Contribution, ...]


class Line(NamedTuple):
    """One component of all rows: what `Contribution` says, in arrays; `sources` hold name, basis, raw, evidence, share and sensitivity."""

    name: str
    unit: str
    declared: float
    voice: Voice
    contribution: Floats
    shrunk: Floats
    peer_median: Floats
    sources: tuple[tuple[str, str, Floats, Floats, Floats, bool], ...]


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
    if not column.scored.all():  # what others know matters to those rows alone
        indicators = rows.fit.formula.indicators
        column = beside_peers(rows, [indicator_column(rows, one) for one in indicators])[indicators.index(indicator)]
    lines = [_line(rows, part, voice, column) for part, voice in zip(parts(indicator), rows.voices(indicator), strict=True)]
    return [_explanation(column, row, lines) for row in range(rows.table.rows)]


def _explained_blend(rows: Ground, fit: Fit) -> list[Explanation]:
    indicators = fit.formula.indicators
    found = [indicator_column(rows, one) for one in indicators]
    column = blend_column(rows, indicators, found)
    total = sum(one.overall_weight for one in indicators)
    typical = np.full(rows.table.rows, BASE)
    lines = [
        Line(
            one.name,
            "points",
            one.overall_weight / total,
            voice,
            contributed(voice, column.blend.stretch),
            np.where(part.scored, part.blend.value, np.nan),
            typical,
            (),
        )
        for one, voice, part in zip(indicators, blend_voices(rows, indicators, found), found, strict=True)
    ]
    return [_explanation(column, row, lines) for row in range(rows.table.rows)]


def _line(rows: Ground, part: Part, voice: Voice, column: Column) -> Line:
    component, fitted, standing = part.component, rows.fitted(part), rows.standing(part)
    spreads, medians = (
        np.array([(fitted.group(cell, component)[1], fitted.median(cell, component)) for cell in rows.cells.cells])
        .reshape(-1, 2)[rows.cells.codes]
        .T
    )
    return Line(
        component.name,
        component.unit or component.scale,
        component.weight,
        voice,
        contributed(voice, column.blend.stretch),
        silent(standing.known, component.natural(standing.posterior.mean), np.nan),
        component.natural(medians),
        tuple(_sources(rows, part, spreads)),
    )


def _sources(rows: Ground, part: Part, spread: Floats) -> list[tuple[str, str, Floats, Floats, Floats, bool]]:
    """Return each reading's raw value, pieces and share of the information about the trait."""
    component, fitted, standing = part.component, rows.fitted(part), rows.standing(part)
    seen, known = standing.rows, standing.known
    told = np.zeros((len(component.readings), len(seen.at)))
    counted = component.counted([one.known for one in seen.seen])
    for window in np.unique(seen.windows).tolist():
        here = seen.where(seen.windows == window)
        theta = standing.posterior.mean[seen.windows == window]
        for place, (reading, one, own) in enumerate(zip(component.readings, here.seen, fitted.of_window(window, component), strict=True)):
            told[place, seen.windows == window] = reading.worth * reading.information(one, own, theta)
    told *= counted
    total = told.sum(axis=0) + 1.0 / spread[seen.at] ** 2
    return [
        (
            reading.name,
            reading.basis,
            silent(known, reading.raw(one, component.scale), np.nan),
            silent(known, reading.pieces(one), 0.0),
            silent(known, told[place] / total, 0.0),
            reading.sensitive,
        )
        for place, (reading, one) in enumerate(zip(component.readings, seen.seen, strict=True))
    ]


def _explanation(column: Column, row: int, lines: Sequence[Line]) -> Explanation:
    basis = str(column.basis[row])
    if not column.scored[row]:
        return Explanation(BASE, None, basis, column.reason, ())
    components = tuple(_contribution(line, row) for line in lines)
    return Explanation(BASE, float(column.blend.value[row]), basis, "", components)


def _contribution(line: Line, row: int) -> Contribution:
    sources = tuple(_source(one, row) for one in line.sources)
    heard = [one for one in sources if one.raw is not None]
    raw = heard[0].raw if heard else _known(line.shrunk[row]) if not line.sources else None
    return Contribution(
        line.name,
        float(line.contribution[row]),
        raw,
        _known(line.shrunk[row]),
        _known(line.peer_median[row]),
        float(line.voice.weight[row]),
        line.unit,
        any(one.sensitive for one in heard),
        _note(line, row),
        sources,
        1.0 - sum(one.weight for one in sources),
    )


def _source(one: tuple[str, str, Floats, Floats, Floats, bool], row: int) -> Source:
    name, basis, raw, pieces, share, sensitive = one
    return Source(name, basis, _known(raw[row]), int(pieces[row]), float(share[row]), sensitive)


def _note(line: Line, row: int) -> str:
    weight = line.voice.weight[row]
    if line.declared == 0.0:
        return "shown beside, not counted"
    if weight == 0.0:
        return f"no peer has evidence of it: its weight of {line.declared:.2f} goes to the others"
    if not line.voice.known[row]:
        return "no evidence: counted as a typical peer"
    return ""


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
