"""The second phase: rows of facts, held against a fit, become scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from scoring.cells import Rows
from scoring.formula import event_parts, report_parts
from scoring.indicator import Blend, Evidence, Indicator
from scoring.learnt import Fit
from scoring.points import Chorus, Voice, interval, together
from scoring.standing import Ground
from scoring.tables import Bools, Facts, Floats, Ints, Objects, checked

EVENTS: Final = "EVENTS"
REPORTED: Final = "REPORTED"


@dataclass(frozen=True)
class Scores:
    """Arrays [rows × names]: NaN value, low, high, mean and variance, basis "" and a reason where there is no score.

    `mean` and `variance` are those of the true place as a share of the peers, 0–1.
    """

    names: tuple[str, ...]
    value: Floats
    low: Floats
    high: Floats
    evidence: Ints
    basis: Objects
    reason: Objects
    mean: Floats
    variance: Floats


class Column(NamedTuple):
    """One indicator of all rows, with what the blend needs of it."""

    scored: Bools
    value: Floats
    low: Floats
    high: Floats
    mean: Floats
    variance: Floats
    evidence: Ints
    basis: Objects
    reason: Objects


class Support(NamedTuple):
    """What a set of components says, how much evidence it has, and whether that is enough."""

    chorus: Chorus
    evidence: Floats
    enough: Bools


def apply(facts: Facts, fit: Fit) -> Scores:
    """Return the scores of every row; each row depends on itself and the fit alone, to the last bit."""
    columns = scored_columns(ground(facts, fit), fit)
    return Scores(
        fit.formula.names,
        value=np.stack([one.value for one in columns], axis=1),
        low=np.stack([one.low for one in columns], axis=1),
        high=np.stack([one.high for one in columns], axis=1),
        evidence=np.stack([one.evidence for one in columns], axis=1),
        basis=np.stack([one.basis for one in columns], axis=1),
        reason=np.stack([one.reason for one in columns], axis=1),
        mean=np.stack([np.where(one.scored, one.mean, np.nan) for one in columns], axis=1),
        variance=np.stack([np.where(one.scored, one.variance, np.nan) for one in columns], axis=1),
    )


def ground(facts: Facts, fit: Fit) -> Ground:
    """Return the checked rows beside the fit; raises `FactsError` where a fact breaks a rule."""
    return Ground(Rows(checked(facts, fit.formula.facts, signed=fit.formula.signed)), fit)


def scored_columns(rows: Ground, fit: Fit) -> list[Column]:
    """Return the blend's column and then every indicator's."""
    columns = [indicator_column(rows, indicator) for indicator in fit.formula.indicators]
    return [blend_column(fit.formula.blend, fit.formula.indicators, columns), *columns]


def indicator_column(rows: Ground, indicator: Indicator) -> Column:
    """Return one indicator's scores: on events, or else on reports, or else a reason."""
    events = event_support(rows, indicator)
    reason = _shortage(events, indicator)
    reports = report_support(rows, indicator)
    if reports is None:
        return _column(events.chorus, events.enough, events.evidence, _basis(events.enough), reason)
    chosen = Chorus(*(np.where(events.enough, one, other) for one, other in zip(events.chorus, reports.chorus, strict=True)))
    instead = reports.enough & ~events.enough
    basis = np.where(instead, REPORTED, _basis(events.enough))
    return _column(chosen, events.enough | instead, np.where(instead, reports.evidence, events.evidence), basis, reason)


def event_support(rows: Ground, indicator: Indicator) -> Support:
    """Return what the components on events say."""
    parts = event_parts(indicator)
    weights = [part.component.weight for part in parts]
    return _support(rows, indicator, indicator.minimum, rows.voices(parts), weights)


def report_support(rows: Ground, indicator: Indicator) -> Support | None:
    """Return what the components on reports say; None where the indicator never stands on reports."""
    if indicator.reported is None:
        return None
    parts = report_parts(indicator)
    weights = [part.component.weight for part in parts]
    return _support(rows, indicator, indicator.reported.minimum, rows.voices(parts), weights)


def _support(rows: Ground, indicator: Indicator, minimum: Evidence, voices: Sequence[Voice], weights: Sequence[float]) -> Support:
    chorus = together(voices, weights, shared_error=indicator.shared_error)
    evidence = minimum.count(rows.table)
    return Support(chorus, evidence, (evidence >= minimum.least) & (chorus.weight >= indicator.least_weight))


def _shortage(events: Support, indicator: Indicator) -> Objects:
    """Return why there is no score on events: too little evidence, or too little of it usable."""
    minimum = indicator.minimum
    pieces, places = np.unique(np.minimum(events.evidence, minimum.least), return_inverse=True)
    needed = f"components with {indicator.least_weight:.0%} of the weight needed, too few have evidence"
    words = [needed if piece >= minimum.least else f"{int(piece)} of {minimum.least} {minimum.words} needed" for piece in pieces]
    return np.array(words, dtype=np.object_)[places]


def blend_column(blend: Blend, indicators: Sequence[Indicator], columns: Sequence[Column]) -> Column:
    """Return the blend of the indicators that exist, by their published weights."""
    weighing = [column for one, column in zip(indicators, columns, strict=True) if one.overall_weight > 0]
    chorus = together(blend_voices(columns), [one.overall_weight for one in indicators], shared_error=blend.shared_error)
    evidence = np.zeros(len(chorus.value))
    for column in weighing:
        evidence = evidence + column.scored
    scored = evidence >= blend.least
    reported = np.any([column.basis == REPORTED for column in weighing], axis=0)
    words = np.array([f"{n} of {blend.least} indicators needed" for n in range(blend.least)] + [""], dtype=np.object_)
    reason = words[np.minimum(evidence, blend.least).astype(np.intp)]
    return _column(chorus, scored, evidence, np.where(reported, REPORTED, _basis(scored)), reason)


def blend_voices(columns: Sequence[Column]) -> list[Voice]:
    """Return the indicators as the blend's parts."""
    return [Voice(one.scored, np.nan_to_num(one.value), one.mean, one.variance) for one in columns]


def _basis(scored: Bools) -> Objects:
    return np.where(scored, np.array(EVENTS, dtype=np.object_), "")


def _column(chorus: Chorus, scored: Bools, evidence: Floats, basis: Objects, reason: Objects) -> Column:
    low, high = interval(chorus.mean, chorus.variance)
    value = np.where(scored, chorus.value, np.nan)
    return Column(
        scored,
        value,
        np.fmin(np.where(scored, low, np.nan), value),
        np.fmax(np.where(scored, high, np.nan), value),
        chorus.mean,
        chorus.variance,
        evidence.astype(np.int64),
        np.where(scored, basis, "").astype(np.object_),
        np.where(scored, "", reason).astype(np.object_),
    )
