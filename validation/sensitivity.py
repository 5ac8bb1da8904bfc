"""`python -m validation.sensitivity`: how far scores move when a constant that is set, not learnt, is another.

What a reading is worth and how alike a creator's contents are cannot be told from one reading a creator, so they are declared; this page
shows what is lost where a declaration is wrong by as much as one could think.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from scoring import Component, Formula, Reading, apply, camel, fit
from scoring.facts import Period, market, table
from scoring.formula import FORMULA
from scoring.solved import solved
from scoring.tables import Facts
from scoring.traits.families import Successes
from scoring.traits.readings import SHARED
from simulation import market as simulated
from validation.arguments import parser
from validation.cheating import tables_of
from validation.markets import FORMS, Form
from validation.measures import agreement, coverage, percentiles
from validation.page import table as markdown_table
from validation.planted import TRAIT_OF, Planted, planted_in
from validation.product import EVERYTHING, WINDOW

PAGE: Final = Path("docs") / "sensitivity.md"
ABOUT: Final = """# Sensitivity

Some constants are declared and not learnt in a run. Each row has one of them otherwise: mean over seven scores of the rank correlation with
the trait and of how often 90 % intervals hold it, and the correlation of the score that moves most. Written by
`python -m validation.sensitivity`; the files of shops are read here without invitations, so cooperation is lower than in validation.md.
"""
Change = Callable[[Component], Component]


@dataclass(frozen=True, slots=True)
class Seen:
    """One market's facts over everything and what was planted."""

    form: Form
    facts: Facts
    planted: Planted


def _readings(change: Callable[[Reading], Reading]) -> Change:
    return lambda component: replace(component, readings=tuple(map(change, component.readings)))


def _worth(worth: float) -> Change:
    return _readings(lambda reading: replace(reading, worth=worth) if reading.worth == SHARED else reading)


def _alike(noise: float) -> Change:
    return _readings(lambda reading: replace(reading, noise=noise) if isinstance(reading, Successes) and reading.weigh else reading)


def _together(alike: float) -> Change:
    return lambda component: replace(component, alike=alike) if component.alike else component


CHANGES: Final[dict[str, Change]] = {
    "as declared": lambda component: component,
    "readings that share errors worth 0.5": _worth(0.5),
    "readings that share errors worth 1": _worth(1.0),
    "readings whose errors go together do so by ρ = 0.2": _together(0.2),
    "readings whose errors go together do so by ρ = 0.4": _together(0.4),
    "contents of a creator independent (ρ = 0)": _alike(0.0),
    "contents of a creator alike (ρ = 0.06)": _alike(0.06),
}


def changed(change: Change) -> Formula:
    """Return the formula with components changed."""
    return replace(FORMULA, indicators=tuple(replace(one, components=tuple(map(change, one.components))) for one in FORMULA.indicators))


def seen(form: Form, seed: int, *, creators: int, days: int) -> Seen:
    """Return the facts of a simulated market in one form."""
    made = simulated(seed, creators=creators, days=days)
    tables, as_of = tables_of(made, form)
    known = market(tables, Period(as_of))
    facts = solved(known, table(known)).facts
    chosen = (facts["window"] == WINDOW) & (facts["category"] == EVERYTHING)
    return Seen(form, {name: column[chosen] for name, column in facts.items()}, planted_in(made))


def measured(of: Seen, formula: Formula) -> dict[str, tuple[float, float]]:
    """Return each score's correlation with its trait, and how often its interval holds."""
    scores, planted = apply(of.facts, fit(of.facts, formula=formula)), of.planted
    at = {id_: place for place, id_ in enumerate(planted.ids)}
    rows = np.array([at[str(id_)] for id_ in of.facts["creator"]])
    found: dict[str, tuple[float, float]] = {}
    for place, name in enumerate(map(camel, scores.names)):
        if name in TRAIT_OF:
            true = percentiles(planted.trait_of(name)[rows], [planted.regions[row] for row in rows])
            value, low, high = (column[:, place] for column in (scores.value, scores.low, scores.high))
            found[name] = agreement(value, true), coverage(low, high, true).share
    return found


def page(markets: Sequence[Seen]) -> str:
    """Return the page in Markdown."""
    parts = [ABOUT]
    for of in markets:
        base, rows = measured(of, FORMULA), list[tuple[str, ...]]()
        for name, change in CHANGES.items():
            now = measured(of, changed(change))
            most = max(now, key=lambda score: abs(now[score][0] - base[score][0]))
            means = np.mean(list(now.values()), axis=0)
            rows.append((name, f"{means[0]:.3f}", f"{means[1]:.0%}", f"{most} {base[most][0]:.3f} → {now[most][0]:.3f}"))
        parts.append(f"## As {of.form}\n\n{markdown_table(('constant', 'correlation', 'intervals hold', 'moves most'), rows)}\n")
    return "\n".join(parts)


def main(words: list[str]) -> int:
    """Measure and write the page."""
    ask = parser("validation.sensitivity", "Move constants that are declared, not learnt.", page=PAGE, creators=240, days=120)
    ask.add_argument("--seed", type=int, default=1, help="seed of the markets (default 1)")
    options = ask.parse_args(words)
    markets = [seen(form, options.seed, creators=options.creators, days=options.days) for form in FORMS]
    options.out.write_text(page(markets), encoding="utf-8")
    print(f"Wrote {options.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
