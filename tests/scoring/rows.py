"""Small tables of facts for tests: what is not said is unknown."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scoring import FORMULA, Component, Fit, Formula, Indicator
from scoring.traits.families import Successes


def facts(
    columns: Mapping[str, Sequence[float]] | None = None, *, rows: int = 1, formula: Formula = FORMULA, **groups: Sequence[Any]
) -> dict[str, Any]:
    """Return facts of `rows` rows: one region, window and category unless `groups` says otherwise."""
    table: dict[str, Any] = {name: np.full(rows, np.nan) for name in formula.facts}
    table |= {name: np.array(values, dtype=np.float64) for name, values in (columns or {}).items()}
    table["creator"] = np.array(groups.get("creator", [f"c{row:04d}" for row in range(rows)]))
    table["window"] = np.array(groups.get("window", [28] * rows))
    table["region"] = np.array(groups.get("region", ["US"] * rows))
    table["category"] = np.array(groups.get("category", ["*"] * rows))
    table["tier"] = np.array(groups.get("tier", [1] * rows))
    return table


def alone(component: Component) -> Formula:
    """Return a formula of one indicator, `x`, that is `component` alone."""
    return Formula((Indicator("x", question="?", components=(component,), needs="things", overall_weight=1.0),))


def declared(formula: Formula = FORMULA) -> Fit:
    """Return the fit of nobody: every prior is the declared one."""
    return Fit(formula=formula)


def taken(table: Mapping[str, Any], rows: Any) -> dict[str, Any]:
    """Return some rows of a table."""
    return {name: column[rows] for name, column in table.items()}


def market(rows: int, *, seed: int = 0) -> dict[str, Any]:
    """Return a table with every fact known somewhere and unknown elsewhere, two regions, windows and categories."""
    chance = np.random.default_rng(seed)
    place = np.arange(rows)
    table = facts({name: chance.lognormal(0.0, 1.0, rows) for name in sorted(FORMULA.facts)}, rows=rows)
    table |= {"creator": np.array([f"c{one // 4:05d}" for one in place]), "window": np.array([28, 90])[place % 2]}
    table |= {
        "category": np.array(["*", "shoes"])[place // 2 % 2],
        "region": np.array(["GB", "US"])[place // 4 % 2],
        "tier": place // 4 % 5,
    }
    for hits, trials in shares():
        table[trials] = chance.poisson(6.0, rows).astype(np.float64)
        table[hits] = chance.binomial(table[trials].astype(np.int64), chance.beta(3.0, 2.0, rows)).astype(np.float64)
    reported = (table["category"] == "*") & (chance.random(rows) < 0.3)
    events = {name for part in FORMULA.parts() for one in part.component.readings if one.basis == "EVENTS" for name in one.facts}
    for name in sorted(FORMULA.facts):
        if name not in events:
            table[name] = np.where(reported, table[name], np.nan)
        elif name not in {one for pair in shares() for one in pair}:
            table[name] = np.where(chance.random(rows) < 0.05, np.nan, table[name])
    return table


def shares(formula: Formula = FORMULA) -> list[tuple[str, str]]:
    """Return successes and trials of every reading that counts them, each pair once."""
    readings = [one for part in formula.parts() for one in part.component.readings if isinstance(one, Successes)]
    return sorted({(one.of, one.among) for one in readings})
