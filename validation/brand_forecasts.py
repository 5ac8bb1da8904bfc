"""What brands are told that they will sell, held against what came at earlier dates of simulated markets.

`python -m validation.brand_forecasts` prints a table; with `--learn` it prints the constants that `scoring.outward.brands` should have, to
be learnt on other markets than those of the table. Nothing here needs a database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import optimize as scipy_optimize  # pyright: ignore[reportMissingTypeStubs] (SciPy ships none)

from scoring.facts import Market, Period, market
from scoring.forecast.groups import came
from scoring.forecast.history import DAY, DAYS
from scoring.forecast.refunds import matured
from scoring.forecast.rewind import rewound
from scoring.outward.brands import TAIL, WIDEST, Own, brand_forecast
from scoring.tables import Floats
from simulation import market as simulated
from validation.arguments import seeded
from validation.by_seed import means
from validation.event_tables import event_tables

optimize: Any = scipy_optimize
DATES: Final = 3
"""Earlier dates, 28 days apart."""
COVERAGE: Final = 0.8
FARTHEST: Final = 3.0
"""Deviations beyond which an error teaches no more."""


class Foretold(NamedTuple):
    """One entry a brand and date: what was forecast, what came in USD, and the effective numbers of sales and creators known then."""

    expected: Floats
    low: Floats
    high: Floats
    came: Floats
    sales: Floats
    creators: Floats

    def held(self) -> Floats:
        """Return 1 where the interval holds what came, else 0."""
        return ((self.low <= self.came) & (self.came <= self.high)).astype(np.float64)


def foretold(seed: int, *, creators: int = 1_000, days: int = 180) -> Foretold:
    """Return the forecasts of one simulated market's brands."""
    made = simulated(seed, creators=creators, days=days)
    return joined(_at_dates(matured(market(event_tables(made), Period(made.world.period.end)))))


def joined(parts: Iterator[Foretold] | Sequence[Foretold]) -> Foretold:
    """Return all as one."""
    return Foretold(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _at_dates(seen: Market) -> Iterator[Foretold]:
    for back in range(1, DATES + 1):
        at = seen.period.until - back * DAYS * DAY
        then = rewound(seen, at)
        said, own, brands = brand_forecast(then), Own.of(then), len(then.catalogue.brand)
        units = own.effective(np.arange(len(own.brand)), brands), own.effective(own.creator, brands)
        told = said.expected > 0
        yield Foretold(*(each[told] for each in (said.expected, said.low, said.high, came(seen, at, "brand"), *units)))


def learnt(of: Foretold) -> tuple[float, float, float]:
    """Return the most likely variances over sales and over creators, and how many deviations hold 80 %."""
    some = of.came > 0
    error = np.log(of.came[some] / np.sqrt(of.low[some] * of.high[some]))
    table = np.column_stack([1 / of.sales[some], 1 / of.creators[some]])

    def variance(logs: Floats) -> Floats:
        return np.minimum(table @ np.exp(logs), WIDEST)

    def unlikely(logs: Floats) -> float:
        return float((np.log(variance(logs)) + np.minimum(error**2 / variance(logs), FARTHEST**2)).sum())

    found = optimize.minimize(unlikely, np.zeros(2), method="Nelder-Mead").x
    lines, people = np.exp(found).tolist()
    return lines, people, float(np.quantile(np.abs(error) / np.sqrt(variance(found)), COVERAGE))


def figures(of: Foretold) -> dict[str, float]:
    """Return how much came of what was expected, and how many intervals held: of all, and of thirds by effective sales."""
    held, thirds = of.held(), np.array_split(np.argsort(of.sales, kind="stable"), 3)
    return {
        "came over expected": float(of.came.sum() / of.expected.sum()),
        "80 % intervals that held": float(held.mean()),
        **{f"of the {name} third by sales": float(held[rows].mean()) for name, rows in zip(("low", "middle", "high"), thirds, strict=True)},
    }


def page(seeds: Sequence[int], found: Sequence[dict[str, float]]) -> str:
    """Return a table in Markdown: a row a figure, a column a seed."""
    return means("figure", seeds, found, told="{:.2f}".format)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or the constants."""
    parser = seeded(__doc__, seeds=(1, 2, 3, 4), days=180)
    parser.add_argument("--learn", action="store_true", help=f"print both variances and the deviations (now {TAIL:g}) instead")
    given = parser.parse_args(arguments)
    markets = [foretold(seed, creators=given.creators, days=given.days) for seed in given.seeds]
    print(learnt(joined(markets)) if given.learn else page(given.seeds, [figures(each) for each in markets]))


if __name__ == "__main__":
    main()
