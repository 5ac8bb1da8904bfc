"""`python -m validation.flag_bound`: how many cheats anyone could find in partner form by the same figures, told how cheats are done.

The flags are held against an oracle that no run can be: it is told, from the truth, how far each kind and level of cheat moves each figure
and how honest creators differ, and weighs likelihood ratios of views, refunds and bursts by the truth, too.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from scoring.authenticity import Kind
from scoring.authenticity.discoveries import adjusted
from scoring.authenticity.flags import FALSE_DISCOVERY_RATE, selling_of, suspicions
from scoring.authenticity.peers import LEAST
from scoring.authenticity.views import figure_deviations
from scoring.facts import Period, market, table
from scoring.facts.arrays import Bools, Floats, Ints
from scoring.regression import logistic
from scoring.solved import solved
from simulation.cheating import Cheat, Cunning
from validation.arguments import parser
from validation.cheating import planted, tables_of
from validation.markets import SEEDS
from validation.page import table as markdown_table

PAGE: Final = Path("docs") / "authenticity-bound.md"
PRECISIONS: Final = (0.97, 0.95, 0.9, 0.8)
CELLS: Final = tuple((int(kind), int(level)) for kind in Cheat if kind for level in Cunning)
TRUE_SHARE: Final = 0.2
"""At least so much of what honest creators differ by is taken for real."""
FARTHEST: Final = 30.0
ABOUT: Final = """# What flags could find at best, in partner form

Of responses the flags find fewer cheats than is aimed at. This page holds them against an oracle with the same figures of each creator,
which is told from the truth how far each kind and level of cheat moves each figure, how honest creators differ, and how much each
detector's word is worth. Its threshold is set by the truth for each precision. Written by `python -m validation.flag_bound`.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """One row a creator: cheat and cunning, figures and their variances, p-values of refunds and bursts, and whether flagged."""

    kind: Ints
    level: Ints
    rest: Floats
    variance: Floats
    p: Floats
    flagged: Bools

    @property
    def honest(self) -> Bools:
        """Who does not cheat."""
        return self.kind == 0


def judged_in(seed: int, *, creators: int, days: int) -> Judged:
    """Return the creators of one market with planted cheats, as responses tell of them."""
    made = planted(seed, "responses", creators=creators, days=days)
    tables, as_of = tables_of(made, "responses")
    seen = market(tables, Period(as_of))
    selling = selling_of(seen, solved(seen, table(seen)).facts)
    found = suspicions(seen, selling)
    rest, variance = figure_deviations(seen, selling)
    at = np.searchsorted(seen.creators.id, made.world.people.id)
    q = np.min([np.nan_to_num(adjusted(each.p), nan=1.0) for each in found.values()], axis=0)
    p = np.stack([found[kind].p for kind in (Kind.REFUNDED_ORDERS, Kind.ORDER_BURST)], axis=1)
    cheats = made.world.cheats
    return Judged(cheats.kind, cheats.level, rest[at], variance[at], p[at], q[at] <= FALSE_DISCOVERY_RATE)


def together(parts: list[Judged]) -> Judged:
    """Return several markets as one."""
    return Judged(*(np.concatenate([getattr(part, name) for part in parts]) for name in Judged.__slots__))


def oracle(of: Judged) -> Floats:
    """Return each creator's log odds to cheat, by one who was told the truth about all others."""
    ratio = _likelihood_ratio(of)
    doubt = -np.log(np.clip(np.nan_to_num(of.p, nan=1.0), 1e-12, 1.0))
    columns = np.column_stack([np.ones(len(ratio)), ratio, np.maximum(ratio, 0.0), doubt, np.sqrt(doubt), np.isnan(of.p[:, 0])])
    none = np.zeros(columns.shape[1])
    weights, _ = logistic(columns, ~of.honest, ridge=np.full(len(none), 0.1), toward=none, start=none)
    return columns @ weights


def _likelihood_ratio(of: Judged) -> Floats:
    """Return ln of how much likelier each creator's figures are under some cheat than without, each moved as cheats of its kind are."""
    known = (~np.isnan(of.rest)).sum(axis=0) >= LEAST
    rest, variance = of.rest[:, known], of.variance[:, known]
    centre, between = _mean(rest[of.honest]), _between(rest[of.honest], variance[of.honest])
    moved = [_mean(rest[(of.kind == kind) & (of.level == level)] - centre) for kind, level in CELLS]
    found = np.zeros(len(rest))
    for row in np.flatnonzero((~np.isnan(rest)).any(axis=1)).tolist():
        at = np.flatnonzero(~np.isnan(rest[row]))
        inverse = np.linalg.inv(between[np.ix_(at, at)] + np.diag(variance[row, at]))
        shifts = np.stack(moved)[:, at]
        log = shifts @ inverse @ (rest[row, at] - centre[at]) - 0.5 * ((shifts @ inverse) * shifts).sum(axis=1)
        found[row] = np.log(np.exp(np.clip(log, -FARTHEST, FARTHEST)).mean())
    return found


def _between(rest: Floats, variance: Floats) -> Floats:
    """Return how the figures of honest creators covary, beyond their sampling variance."""
    size = rest.shape[1]
    whole, own = _mean((rest - _mean(rest)) ** 2), _mean(np.where(np.isnan(rest), np.nan, variance))
    spread = np.sqrt(np.maximum(whole - own, TRUE_SHARE * whole))
    alike = np.eye(size)
    for a, b in zip(*np.tril_indices(size, -1), strict=True):
        both = ~np.isnan(rest[:, a]) & ~np.isnan(rest[:, b])
        if both.sum() >= LEAST:
            alike[a, b] = alike[b, a] = np.corrcoef(rest[both, a], rest[both, b])[0, 1]
    return alike * np.outer(spread, spread)


def _mean(values: Floats) -> Floats:
    """Return the mean of each column's known values; 0 where none is."""
    return np.nansum(values, axis=0) / np.maximum((~np.isnan(values)).sum(axis=0), 1)


def picked(odds: Floats, of: Judged, precision: float) -> Bools:
    """Return the most whom the oracle can flag with so high a share of cheats among them."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(~of.honest[order]) / np.arange(1, len(order) + 1)
    count = int(np.flatnonzero(right >= precision)[-1]) + 1 if (right >= precision).any() else 0
    chosen = np.zeros(len(order), dtype=np.bool_)
    chosen[order[:count]] = True
    return chosen


def page(of: Judged) -> str:
    """Return the page in Markdown."""
    odds = oracle(of)
    ways = {"flags of a run": of.flagged} | {f"oracle at precision {each:g}": picked(odds, of, each) for each in PRECISIONS}
    names = [f"{Cheat(kind).name.lower()}, {Cunning(level).name.lower()}" for kind, level in CELLS]
    rows = [(name, *_figures(chosen, of)) for name, chosen in ways.items()]
    return f"{ABOUT}\n{markdown_table(('by', 'precision', 'recall', *names), rows)}\n"


def _figures(chosen: Bools, of: Judged) -> tuple[str, ...]:
    cells = [(of.kind == kind) & (of.level == level) for kind, level in CELLS]
    precision, recall = float((~of.honest)[chosen].mean()), float(chosen[~of.honest].mean())
    return (f"{precision:.2f}", f"{recall:.2f}", *(f"{int((chosen & cell).sum())} of {int(cell.sum())}" for cell in cells))


def main(words: list[str]) -> int:
    """Measure and write the page."""
    ask = parser("validation.flag_bound", "Bound what flags could find in partner form.", page=PAGE, creators=1_000, days=180)
    options = ask.parse_args(words)
    of = together([judged_in(seed, creators=options.creators, days=options.days) for seed in SEEDS])
    options.out.write_text(page(of), encoding="utf-8")
    print(f"Wrote {options.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
