"""The first phase: learn what all creators share, in rounds whose sums add up from parts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Final
from zlib import crc32

import numpy as np

from scoring.apply import blend_voices, indicator_column
from scoring.cells import cells
from scoring.formula import FORMULA, Formula, Part
from scoring.ground import Ground
from scoring.learnt import Fit
from scoring.points import EVEN, Voice, summed
from scoring.tables import ALL, Bools, Facts, Floats, Ints, Table, checked
from scoring.traits import learning
from scoring.traits.acceleration import leap, moved
from scoring.traits.component import Component
from scoring.traits.fitted import Fitted, Rows
from scoring.traits.shape import Shape

LEAPS: Final = 12
"""At most so many, each of three rounds; most constants settle to a thousandth in about eight."""
SETTLED: Final = 1e-4
"""Constants that a leap moves by less are there."""
SAMPLE: Final = 3000
"""Creators of a window from whom the constants are learnt, where there are more: enough to know a tenth of a spread's hundredth."""
LAST_ROUNDS: Final = 2
CATEGORY_ROUNDS: Final = 10
THREADS: Final = 2
PSEUDO: Final = 20.0
"""Independence of a blend's parts counts as this many peers."""


def fit(facts: Facts, *, formula: Formula = FORMULA) -> Fit:
    """Return what the creators in `facts` share, whatever the order of rows; raises `FactsError` where a fact breaks a rule."""
    table = checked(facts, formula.facts, signed=formula.signed)
    grouped, marks = cells(table), _marks(facts)

    def learnt(part: Part) -> Fitted:
        witnessed = part.component.witnessed
        return trait(Rows.of(table, grouped, witnessed, marks), witnessed).beside_priors(part.component)

    parts = tuple(formula.parts())
    with ThreadPoolExecutor(THREADS) as threads:
        traits = dict(zip((part.key for part in parts), threads.map(learnt, parts), strict=True))
    return _blends(table, Fit({key: one for key, one in traits.items() if one.speaking}, formula=formula))


def _marks(facts: Facts) -> Ints:
    """Return a number for each row that follows from its creator alone, as good as drawn at random."""
    return np.fromiter((crc32(str(one).encode()) for one in facts["creator"]), dtype=np.int64, count=len(facts["window"]))


def trait(rows: Rows, component: Component) -> Fitted:
    """Return one trait as learnt from its rows."""
    over_everything = np.array([cell.category == ALL for cell in rows.cells], dtype=np.bool_)[rows.codes]
    overall, within = rows.where(over_everything), rows.where(~over_everything)
    if not len(overall.at):
        return Fitted(Shape.normal())
    some = overall.where(_sampled(overall))
    found = learning.started(some, component)
    for _ in range(LEAPS):
        points = [found]
        for _ in range(2):
            points.append(learning.advanced(learning.summed(some, component, points[-1]), component, points[-1]))
        found = leap(points, component) if found.constants else points[-1]
        found = learning.advanced(learning.summed(some, component, found), component, found)
        if moved(points[0], found, component) < SETTLED:
            break
    return _placed(overall, within, component, found)


def _placed(overall: Rows, within: Rows, component: Component, found: Fitted) -> Fitted:
    """Return the same constants with all groups placed, those over everything first."""
    for rows, rounds, placed in ((overall, LAST_ROUNDS, learning.located), (within, CATEGORY_ROUNDS, learning.with_categories)):
        terms = rows.terms(component, found)
        for _ in range(rounds):
            found = placed(learning.grouped(rows, terms, component, found), component, found)
    return found


def _sampled(rows: Rows) -> Bools:
    """Return a sample of the rows that depends on their creators alone: those with the smallest marks."""
    chosen = np.ones(len(rows.at), dtype=np.bool_)
    for window in np.unique(rows.windows).tolist():
        here = rows.windows == window
        if here.sum() > SAMPLE:
            chosen[here] = rows.marks[here] <= np.partition(rows.marks[here], SAMPLE)[SAMPLE]
    return chosen


def _blends(table: Table, fit: Fit) -> Fit:
    """Return the fit with how each blend varies among peers: first the indicators, then the blend of them."""
    ground = Ground(table, fit)
    own = {one.name: _spreads(table, ground.voices(one)) for one in fit.formula.indicators if len(one.components) > 1}
    fit = replace(fit, blends=own)
    ground.fit = fit
    blend, indicators = fit.formula.blend, fit.formula.indicators
    voices = blend_voices(ground, indicators, [indicator_column(ground, one) for one in indicators])
    return replace(fit, blends={**own, blend.name: _spreads(table, voices)})


def _spreads(table: Table, voices: list[Voice]) -> dict[int, float]:
    """Return the variance of the true blend among peers over everything, window by window."""
    windows = np.asarray(table.groups["window"], dtype=np.int64)
    known = np.any([voice.known & (voice.weight > 0) for voice in voices], axis=0) & (table.groups["category"] == ALL)
    mean, variance = summed(voices)
    apart = np.sum([voice.weight * voice.weight for voice in voices], axis=0) * EVEN
    found: dict[int, float] = {}
    for window in np.unique(windows[known]).tolist():
        chosen = known & (windows == window)
        count = float(chosen.sum())
        first, second = (_mean(column[chosen]) for column in (mean, mean * mean + variance))
        own = max(second - first * first, 0.0)
        found[int(window)] = (count * own + PSEUDO * float(apart[chosen][0])) / (count + PSEUDO)
    return found


def _mean(column: Floats) -> float:
    return float(np.sum(np.rint(column * 2.0**30)) * 2.0**-30) / len(column)
